import Database
import Foundation
import Glibc

/// A PostgreSQL that lets nobody in over the network without TLS and a password, or a certificate.
public final class SecuredPostgres: Sendable {
    /// Signs the server's certificate and those of clients.
    public let authority: TestAuthority
    private let folder: String
    private let port: Int
    private let cluster: PrivateCluster

    /// The host in the server's certificate.
    public static let host = "localhost"
    /// Is let in by a certificate of its name alone.
    public static let certificateUser = "certificate_user"

    public init() throws {
        folder = "\(NSTemporaryDirectory())/\(TestBroker.unique("secured"))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // The server's user has to get at its files.
        chmod(folder, 0o711)
        authority = try TestAuthority(in: folder)
        port = try Self.freePort()
        try """
        local all all trust
        hostssl all \(Self.certificateUser) 127.0.0.1/32 cert
        hostssl all all 127.0.0.1/32 scram-sha-256
        """.write(toFile: "\(folder)/hba", atomically: true, encoding: .utf8)
        try Self.install(try authority.certify("server", host: Self.host), in: folder)
        chmod(authority.certificate, 0o644)
        chmod("\(folder)/hba", 0o644)
        cluster = try PrivateCluster.start(
            directory: "\(folder)/postgresql",
            options: PrivateCluster.Options(
                sharedBuffers: 128, port: port, isDurable: false,
                settings: [
                    "ssl": "on", "ssl_cert_file": "\(folder)/server.crt", "ssl_key_file": "\(folder)/server.key",
                    "ssl_ca_file": authority.certificate, "hba_file": "\(folder)/hba",
                ]))
    }

    /// Stops it and removes all of it.
    public func remove() {
        try? cluster.remove()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The URL of a database by the socket, for a superuser.
    public func administration(_ database: String = "postgres") -> String { cluster.url(database: database) }

    public func createDatabase(_ name: String) throws { try cluster.createDatabase(name) }

    /// The URL of a database over TLS.
    public func url(
        _ user: String, password: String? = nil, database: String = "postgres", mode: String = "verify-full",
        authority other: String? = nil, identity: TestAuthority.Identity? = nil
    ) -> String {
        let secret = password.map { ":\($0)" } ?? ""
        let own = identity.map { "&sslcert=\($0.certificate)&sslkey=\($0.key)" } ?? ""
        return "postgres://\(user)\(secret)@\(Self.host):\(port)/\(database)?sslmode=\(mode)"
            + "&sslrootcert=\(other ?? authority.certificate)\(own)"
    }

    /// Has the server show another certificate from now on, to connections that begin a little later.
    public func present(_ identity: TestAuthority.Identity) throws {
        try Self.install(identity, in: folder)
        try Connection(url: administration(), applicationName: "tests").executeScript("SELECT pg_reload_conf()")
    }

    private static func install(_ identity: TestAuthority.Identity, in folder: String) throws {
        for (source, name, mode) in [
            (identity.certificate, "server.crt", mode_t(0o644)), (identity.key, "server.key", 0o600),
        ] {
            let path = "\(folder)/\(name)"
            try? FileManager.default.removeItem(atPath: path)
            try FileManager.default.copyItem(atPath: source, toPath: path)
            chmod(path, mode)
            if geteuid() == 0, let owner = getpwnam("postgres") {
                chown(path, owner.pointee.pw_uid, owner.pointee.pw_gid)
            }
        }
    }

    /// A port that nobody listens on.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw TestAuthority.Failure(description: "no port is free") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
