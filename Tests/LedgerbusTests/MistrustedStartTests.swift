import Bus
import Dataverse
import Finance
import Foundation
import Kafka
import Testbed
import Testing

@testable import Database

/// A process that is not let in, or does not trust who answers, stops and says what to correct; its supervisor starts it again.
/// Whatever it says, the secret is not in it.
@Suite(.serialized, .timeLimit(.minutes(5)), .tags(.broker, .processes))
struct MistrustedStartTests {
    private static let secret = "hunter-two"

    @Test("A process that the database does not take, or that does not take the database, ends with what to correct")
    func database() throws {
        let server = try SecuredPostgres()
        defer { server.remove() }
        let broker = try EmbeddedBroker()
        defer { broker.stop() }
        let other = try TestAuthority(in: server.authority.folder, name: "other")
        try Connection(url: server.administration(), applicationName: "tests").executeScript(
            "CREATE ROLE ada LOGIN PASSWORD '\(Self.secret)'")
        let cases = [
            (server.url("ada", password: Self.secret + "x"), "the password in its URL"),
            (server.url("ada", password: Self.secret, authority: other.certificate), "sslrootcert"),
            (server.url("ada", password: Self.secret, authority: "/nowhere.pem"), "/nowhere.pem"),
        ]
        for program in Program.services {
            for (url, says) in cases {
                let file = "\(server.authority.folder)/url"
                try url.write(toFile: file, atomically: true, encoding: .utf8)
                let process = try RunningProgram(
                    program,
                    [
                        "KAFKA_BOOTSTRAP_SERVERS": broker.bootstrapServers, "LOG_FORMAT": "json", "LOG_LEVEL": "trace",
                        "FINANCE_DATABASE_URL_FILE": file, "DATAVERSE_DATABASE_URL_FILE": file,
                    ])
                expectEnd(process, says)
            }
        }
    }

    @Test(
        "A process that the brokers do not take, or that does not take the brokers, ends with what to correct",
        .onlyOnApacheKafka)
    func brokers() throws {
        let kafka = try ApacheKafka.shared.get()
        let databases = [
            Side.dataverse: try TestDatabase(DataverseSchema.migrations),
            .finance: try TestDatabase(FinanceSchema.migrations),
        ]
        let folder = NSTemporaryDirectory() + TestBroker.unique("authority")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let secretFile = "\(folder)/password"
        try (Self.secret + "\n").write(toFile: secretFile, atomically: true, encoding: .utf8)
        let other = try TestAuthority(in: folder)
        let good = [
            "KAFKA_BOOTSTRAP_SERVERS": try kafka.run("address", "--sasl"), "LOG_FORMAT": "json",
            "KAFKA_PROPERTY_SECURITY_PROTOCOL": "SASL_SSL",
            "KAFKA_PROPERTY_SSL_CA_LOCATION": "\(kafka.directory)/tls/ca.pem",
            "KAFKA_PROPERTY_SASL_MECHANISMS": "PLAIN", "KAFKA_PROPERTY_SASL_USERNAME": "alice",
            "KAFKA_PROPERTY_SASL_PASSWORD_FILE": secretFile,
            "DATAVERSE_DATABASE_URL": try #require(databases[.dataverse]).url,
            "FINANCE_DATABASE_URL": try #require(databases[.finance]).url,
        ]
        let cases: [([String: String], String)] = [
            ([:], "sasl.password"), (["KAFKA_PROPERTY_SSL_CA_LOCATION": other.certificate], "ssl.ca.location"),
        ]
        for (changes, says) in cases {
            let processes = try Program.services.map { try RunningProgram($0, good.merging(changes) { $1 }) }
            for process in processes { expectEnd(process, says) }
        }
    }

    private func expectEnd(_ process: RunningProgram, _ says: String) {
        #expect(process.end() == 1, "\(process.log)")
        let last = process.log.split(separator: "\n").last ?? ""
        #expect(last.contains(#""level":"critical""#), "\(last)")
        #expect(last.contains(says), "\(last)")
        #expect(!process.log.contains(Self.secret), "\(process.log)")
    }
}
