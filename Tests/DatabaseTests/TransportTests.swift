import Glibc
import Testbed
import Testing

@testable import Database

/// TLS to a server, by URLs alone.
@Suite(.serialized, .timeLimit(.minutes(3)), .tags(.processes))
struct TransportTests {
    @Test(
        "TLS, verified in full, with a password or with a certificate, lets in; whatever is wrong is said, and not tried again"
    )
    func everyWay() throws {
        let server = try SecuredPostgres()
        defer { server.remove() }
        try Connection(url: server.administration(), applicationName: "tests").executeScript(
            "CREATE ROLE ada LOGIN PASSWORD 'sesame'; CREATE ROLE \(SecuredPostgres.certificateUser) LOGIN")
        let user = SecuredPostgres.certificateUser
        let other = try TestAuthority(in: server.authority.folder, name: "other")
        let identity = try server.authority.certify(user)

        for url in [
            server.url("ada", password: "sesame"), server.url(user, identity: identity),
            server.url("ada", password: "sesame", mode: "verify-ca"),
            server.url("ada", password: "sesame", mode: "require"),
        ] {
            let connection = try Connection(url: url, applicationName: "tests")
            #expect(try connection.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").single().bool(0))
        }

        let readable = try server.authority.certify(user)
        chmod(readable.key, 0o644)
        try expectRefused(
            server.url("ada", password: "open-1234"), "password authentication failed", cure: "password in its URL")
        try expectRefused(server.url("eve", password: "sesame"), "password authentication failed", cure: "the user")
        try expectRefused(server.url("ada", password: "sesame", mode: "disable"), "no encryption", cure: "URL")
        try expectRefused(
            server.url("ada", password: "sesame", authority: other.certificate), "certificate verify failed",
            cure: "sslrootcert")
        try expectRefused(
            server.url("ada", password: "sesame", authority: "/nowhere/ca.pem"), "/nowhere/ca.pem", cure: "sslrootcert")
        try expectRefused(server.url(user), "valid client certificate", cure: "URL")
        try expectRefused(server.url(user, identity: try server.authority.certify("ada")), "certificate", cure: "URL")
        try expectRefused(server.url(user, identity: try other.certify(user)), "unknown ca", cure: "sslcert")
        try expectRefused(server.url(user, identity: readable), "has group or world access", cure: "only we may read")

        // The server's own certificate.
        try server.present(server.authority.certify("server", host: "elsewhere.example"))
        try expectRefused(
            server.url("ada", password: "sesame"), "does not match host name", cure: "for the host in the URL")
        try server.present(server.authority.certify("server", host: SecuredPostgres.host, days: -1))
        try expectRefused(server.url("ada", password: "sesame"), "certificate verify failed", cure: "valid today")
        try server.present(server.authority.certify("server", host: SecuredPostgres.host))
        try eventually {
            (try? Connection(url: server.url("ada", password: "sesame"), applicationName: "tests")) != nil
        }
    }

    /// The server takes a moment to show a certificate that is new, so that it is asked until it refuses.
    private func expectRefused(
        _ url: String, _ words: String, cure: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var last: DatabaseError?
        try eventually("\(words): \(last.map { "\($0)" } ?? "let in")", sourceLocation: sourceLocation) {
            do { _ = try Connection(url: url, applicationName: "tests") } catch let error as DatabaseError {
                last = error
            }
            return last?.description.contains(words) == true
        }
        let error = try #require(last, sourceLocation: sourceLocation)
        #expect(!error.isTransient, sourceLocation: sourceLocation)
        #expect(error.description.contains(cure), "\(error)", sourceLocation: sourceLocation)
        for secret in ["sesame", "open-1234"] {
            #expect(!error.description.contains(secret), sourceLocation: sourceLocation)
        }
    }

    @Test("Of several servers, one that is away is waited for, whatever another's certificate is like")
    func several() throws {
        let reason = { (host: String, words: String) in
            "connection to server at \"\(host)\" (10.0.0.1), port 5432 failed: \(words)\n"
        }
        let mistrust = reason("db1", "SSL error: certificate verify failed")
        let refused = reason("db2", "Connection refused")
        #expect(ConnectionFailure(mistrust + refused, try DatabaseURL("postgres://db1,db2/d")) == .away)
        #expect(ConnectionFailure(mistrust + mistrust, try DatabaseURL("postgres://db1,db2/d")) == .mistrusted)
        // One host by two addresses.
        #expect(ConnectionFailure(refused + mistrust, try DatabaseURL("postgres://db1/d")) == .mistrusted)
    }
}
