import Testing

@testable import Database

struct TransportSecurityTests {
    @Test(
        "A way to a database on another host that is not verified in full is warned of",
        arguments: [
            ("postgres://u@db1/d", "unencrypted"), ("postgres://u@db1/d?sslmode=disable", "unencrypted"),
            ("postgres://u@db1/d?sslmode=prefer", "unencrypted"), ("postgres://u@db1/d?sslmode=require", "impostor"),
            ("postgres://u@db1/d?sslmode=verify-ca", "impostor"), ("host=10.0.0.7 dbname=d", "unencrypted"),
            ("postgres://localhost,db2/d", "unencrypted"),
        ])
    func weak(_ url: String, _ words: String) throws {
        #expect(try TransportSecurity.weakness(of: url)?.contains(words) == true)
    }

    @Test(
        "A way that is verified, or leads to this machine, is not",
        arguments: [
            "postgres://u@db1/d?sslmode=verify-full", "postgres://u@localhost/d", "postgres://127.0.0.1:5432/d",
            "postgres://[::1]/d", "postgres:///d?host=/tmp", "postgres:///d", "host=/var/run/postgresql dbname=d",
        ])
    func strong(_ url: String) throws {
        #expect(try TransportSecurity.weakness(of: url) == nil)
    }

    @Test("The warning does not show the password")
    func secret() throws {
        let weakness = try TransportSecurity.weakness(of: "postgres://u:s3cret@db1/d")
        #expect(weakness?.contains("s3cret") == false)
    }

    @Test("Of several servers the one that takes writes is meant, unless the URL says otherwise")
    func target() throws {
        #expect(try DatabaseURL("postgres://a,b/d").targetSession == "read-write")
        #expect(try DatabaseURL("postgres://a/d").targetSession == "any")
    }
}
