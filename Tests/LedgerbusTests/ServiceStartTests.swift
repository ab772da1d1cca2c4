import Bus
import Finance
import Foundation
import Glibc
import Kafka
import Testbed
import Testing

@testable import Database

/// How the services start and end when what they need is not there, or not right.
@Suite(.serialized, .timeLimit(.minutes(5)), .tags(.broker, .processes))
struct ServiceStartTests {
    /// What a posting-consumer reads.
    private static let topics = ["posting-requested", "accounting-detail", "invoice-posted"].map {
        (name: $0, partitions: 6)
    }

    private func environment(_ servers: String, _ url: String) -> [String: String] {
        [
            "KAFKA_BOOTSTRAP_SERVERS": servers, "FINANCE_DATABASE_URL": url, "DATAVERSE_DATABASE_URL": url,
            "LOG_FORMAT": "json",
        ]
    }

    @Test("A service whose database is away waits, says so once, and stops in good order", arguments: Program.services)
    func databaseAway(_ program: Program) async throws {
        let service = try RunningProgram(program, environment("127.0.0.1:1", "postgres://127.0.0.1:1/nowhere"))
        try await eventually(service.log) { service.log.contains("trying again") }
        #expect(service.isRunning)
        #expect(service.end(SIGTERM) == 0, "\(service.log)")
        #expect(service.log.components(separatedBy: "trying again").count == 2, "\(service.log)")
        #expect(service.log.contains("stopping"))
    }

    @Test("A service whose cluster is away waits, goes on when it comes, and says both")
    func clusterAway() async throws {
        let broker = try EmbeddedBroker(topics: Self.topics)
        broker.takeDown()
        let database = try TestDatabase(FinanceSchema.migrations)
        let service = try RunningProgram(.postingConsumer, environment(broker.bootstrapServers, database.url))
        try await eventually(service.log) { service.log.contains("trying again") }
        broker.bringUp()
        try await eventually(service.log) { service.log.contains("it works again") && service.log.contains("started") }
        #expect(service.end(SIGTERM) == 0, "\(service.log)")
        broker.stop()
    }

    @Test(
        "A service that cannot run says why in the last line of its log, which is of the log's format",
        arguments: Program.services)
    func lastLine(_ program: Program) throws {
        let database = try TestDatabase()
        let broker = try EmbeddedBroker()
        let good = environment(broker.bootstrapServers, database.url)
        let cases: [(changes: [String: String], says: String)] = [
            (["KAFKA_PROPERTY_ACKS": "1"], "breaks a promise"),
            (["KAFKA_BOOTSTRAP_SERVERS": ""], "KAFKA_BOOTSTRAP_SERVERS"),
            (["LOG_LEVEL": "loud"], "log.level"), (["LEDGERBUS_CONFIG": "/nowhere.yaml"], "/nowhere.yaml"),
            ([:], "ledgerbus database migrate"),
        ]
        for (changes, says) in cases {
            let service = try RunningProgram(program, good.merging(changes) { $1 })
            #expect(service.end() == 1, "\(service.log)")
            let lines = service.log.split(separator: "\n")
            for line in lines {
                let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                #expect(object?["message"] != nil, "\(line)")
            }
            #expect(lines.last?.contains(says) == true, "\(service.log)")
            #expect(lines.last?.contains(#""level":"critical""#) == true, "\(service.log)")
        }
        broker.stop()
    }

    @Test("A process that is configured for another environment than its database's stops, and says what to do")
    func otherEnvironment() async throws {
        let broker = try EmbeddedBroker(topics: Self.topics + Self.topics.map { ("test.\($0.name)", $0.partitions) })
        let database = try TestDatabase(FinanceSchema.migrations)
        let good = environment(broker.bootstrapServers, database.url)
        let first = try RunningProgram(.postingConsumer, good)
        try await eventually(first.log) { first.log.contains("started") }
        #expect(first.end(SIGTERM) == 0, "\(first.log)")
        let other = try RunningProgram(.financeConsumer, good.merging(["KAFKA_TOPIC_PREFIX": "test."]) { $1 })
        #expect(other.end() == 1)
        #expect(other.log.contains("ledgerbus database adopt"), "\(other.log)")
        broker.stop()
    }
}
