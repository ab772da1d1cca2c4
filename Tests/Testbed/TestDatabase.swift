public import Database
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A fresh database for a test, on a PostgreSQL that all tests of the process share.
///
/// The server is a private cluster in a folder under `/tmp`, started on first use, stopped and removed when the
/// process exits; one that a killed process left behind is removed by the next that starts one. With
/// `LEDGERBUS_TEST_DATABASE_URL` set, the databases are made on that server instead.
public final class TestDatabase: Sendable {
    public let name: String
    public let url: String

    /// Makes an empty database with a random name.
    public init() throws {
        name = "test_" + UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: "")
        let server = try TestServer.shared.get()
        try server.connect(to: server.database).executeScript("CREATE DATABASE \(name)")
        url = server.url(name)
    }

    /// Drops the database, whoever is still connected.
    deinit {
        guard let server = try? TestServer.shared.get() else { return }
        _ = try? server.connect(to: server.database).executeScript("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }

    public func connect() throws -> Connection {
        try Connection(url: url, applicationName: "tests")
    }

    /// A connection to a database with this schema.
    public func connect(_ migrations: [Migration]) throws -> Connection {
        try Migrations.migrate(url: url, migrations)
        return try connect()
    }
}

/// The server of the tests of this process.
private struct TestServer: Sendable {
    /// A database that is always there.
    let database: String
    let url: @Sendable (String) -> String

    func connect(to database: String) throws -> Connection {
        try Connection(url: url(database), applicationName: "tests")
    }

    static let shared = Result { try start() }

    private static func start() throws -> TestServer {
        if let given = ProcessInfo.processInfo.environment["LEDGERBUS_TEST_DATABASE_URL"] {
            guard var components = URLComponents(string: given) else {
                throw DatabaseError(message: "LEDGERBUS_TEST_DATABASE_URL is not a URL")
            }
            let database = String(components.path.dropFirst())
            components.path = ""
            let base = components
            return TestServer(database: database.isEmpty ? "postgres" : database) { name in
                var components = base
                components.path = "/\(name)"
                return components.string ?? given
            }
        }
        removeLeftovers()
        let cluster = try PrivateCluster.start(
            directory: "\(folder)\(getpid())",
            options: PrivateCluster.Options(sharedBuffers: 256, isDurable: false))
        running.withLock { $0 = cluster }
        atexit { TestServer.stop() }
        return TestServer(database: "postgres") { cluster.url(database: $0) }
    }

    /// The process's id follows.
    private static let folder = "/tmp/ledgerbus-tests-"
    private static let running = Mutex<PrivateCluster?>(nil)

    private static func stop() {
        _ = try? running.withLock { $0 }?.remove()
    }

    private static func removeLeftovers() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? [] {
            guard let process = Int32("/tmp/\(name)".replacingOccurrences(of: folder, with: "")),
                kill(process, 0) != 0, errno == ESRCH
            else { continue }
            let directory = folder + "\(process)"
            _ = try? PrivateCluster.existing(directory: directory)?.remove()
            // One that was still being made.
            try? FileManager.default.removeItem(atPath: directory)
        }
    }
}
