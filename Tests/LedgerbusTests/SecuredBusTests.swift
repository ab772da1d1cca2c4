import Bus
import Contracts
import Dataverse
import Finance
import Foundation
import Kafka
import Operations
import Service
import Testbed
import Testing

@testable import Database

/// The main job where nobody may do more than he must: TLS to PostgreSQL and Kafka, a database role and a certificate of its own
/// for each process, and an operator with a password, under the rights that `deploy/roles` and `deploy/kafka-acls` give.
@Suite(.serialized, .tags(.broker, .processes, .long), .onlyOnApacheKafka)
struct SecuredBusTests {
    /// A bus whose processes have what `deploy` gives them.
    private final class Secured {
        let test: ProcessBus
        let roles: DatabaseRoles
        private let server: SecuredPostgres

        init() throws {
            let server = try SecuredPostgres()
            self.server = server
            var administration: [Side: String] = [:]
            for side in Side.allCases {
                let database = side.rawValue
                try server.createDatabase(database)
                let url = server.administration(database)
                try Migrations.migrate(
                    url: url, side == .dataverse ? DataverseSchema.migrations : FinanceSchema.migrations)
                administration[side] = url
            }
            let roles = try DatabaseRoles(administration)
            self.roles = roles
            let kafka = try ApacheKafka.shared.get()
            let prefix = TestBroker.unique("secured") + "."
            let principal = TestBroker.unique("p") + "-"
            let tls = "\(kafka.directory)/tls"
            func databases(_ role: DatabaseRoles.Role) -> [String: String] {
                func url(_ side: Side) -> String {
                    server.url(roles.login(role), password: DatabaseRoles.password, database: side.rawValue)
                }
                return ["DATAVERSE_DATABASE_URL": url(.dataverse), "FINANCE_DATABASE_URL": url(.finance)]
            }
            func brokers(as name: String) throws -> [String: String] {
                try kafka.run("certificate", principal + name)
                return [
                    "KAFKA_BOOTSTRAP_SERVERS": try kafka.run("address", "--tls"),
                    "KAFKA_PROPERTY_SECURITY_PROTOCOL": "SSL", "KAFKA_PROPERTY_SSL_CA_LOCATION": "\(tls)/ca.pem",
                    "KAFKA_PROPERTY_SSL_CERTIFICATE_LOCATION": "\(tls)/\(principal)\(name).crt",
                    "KAFKA_PROPERTY_SSL_KEY_LOCATION": "\(tls)/\(principal)\(name).key",
                    "KAFKA_PROPERTY_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM": "https",
                ]
            }
            var options = PrivateBus.Options(binaries: ProcessBus.binaries)
            options.topicPrefix = prefix
            let operatorKafka = try brokers(as: "operator")
            options.bootstrapServers = operatorKafka["KAFKA_BOOTSTRAP_SERVERS"]
            options.environment = operatorKafka
            let operatorDatabases = databases(.operator)
            options.databaseURLs = (
                operatorDatabases["DATAVERSE_DATABASE_URL"] ?? "", operatorDatabases["FINANCE_DATABASE_URL"] ?? ""
            )
            for program in Program.services {
                options.environments[program] = databases(DatabaseRoles.Role(program))
                    .merging(try brokers(as: program.rawValue)) { $1 }
            }
            let acls = try ProcessBus.run(
                ProcessBus.export + "/../kafka-acls",
                [
                    "--bootstrap-server", kafka.bootstrapServers, "--prefix", prefix, "--principal",
                    "User:\(principal)",
                ], environment: ["KAFKA_HOME": try #require(TestBroker.apacheKafkaHome)])
            try #require(acls.status == 0, "\(acls.errors)")
            test = try ProcessBus(
                options, dataverse: Connection(url: server.administration("dataverse"), applicationName: "tests"),
                finance: Connection(url: server.administration("finance"), applicationName: "tests"))
        }

        /// The operator's tool as somebody else uses it.
        func ledgerbus(_ role: DatabaseRoles.Role, _ arguments: [String]) throws -> (
            status: Int32, output: String, errors: String
        ) {
            func url(_ side: Side) -> String {
                server.url(roles.login(role), password: DatabaseRoles.password, database: side.rawValue)
            }
            return try test.ledgerbus(
                arguments,
                environment: ["DATAVERSE_DATABASE_URL": url(.dataverse), "FINANCE_DATABASE_URL": url(.finance)])
        }

        func remove() {
            test.remove()
            server.remove()
        }
    }

    @Test("Every invoice is posted and written back over TLS, by processes that may do no more than they must")
    func mainJob() throws {
        let secured = try Secured()
        defer { secured.remove() }
        let test = secured.test
        let applied = try test.ledgerbus("topics", "apply", "--replication", "1")
        try #require(applied.status == 0, "\(applied.errors)")

        let demo = Demo(bus: test.bus, export: ProcessBus.export, shutdown: GracefulShutdown(), progress: { _, _ in })
        try test.expectEverything(demo.run(isKept: true))

        // A message that nobody can read becomes a dead letter, is published as one, is tried again, and settled.
        let kafka = try ApacheKafka.shared.get()
        for topic in [TopicName.actualCreated, .accountingDetail] {
            try produceNonsense(to: test.bus.topicPrefix + topic.rawValue, on: kafka.bootstrapServers)
        }
        try eventually(test.bus.fleet.lastWords) {
            try test.count(test.finance, "SELECT count(*) FROM dead_letters") == 2
                && test.count(test.dataverse, "SELECT count(*) FROM dead_letters") == 1
        }
        for connection in [test.dataverse, test.finance] {
            try eventually(test.bus.fleet.lastWords) {
                try test.count(connection, "SELECT count(*) FROM outbox_pending") == 0
            }
        }
        let list = try test.ledgerbus("errors", "list", "--json")
        #expect(list.status == 0, "\(list.errors)")
        #expect(try test.ledgerbus("errors", "retry", "F1").status == 0)
        try eventually(test.bus.fleet.lastWords) {
            try test.count(test.finance, "SELECT count(*) FROM dead_letters WHERE attempts = 2") == 1
        }
        #expect(try test.ledgerbus("errors", "discard", "F1", "--reason", "a test").status == 0)

        // Who owned a partition is frozen in its transaction: another ends its session and goes on.
        let consumer = try #require(test.bus.fleet.members.first { $0.name == Program.financeConsumer.rawValue })
        #expect(try expectTakeover(secured, from: consumer))
        #expect(test.bus.fleet.firstFailure() == nil)

        try expectReaders(secured)
        #expect(!logs(test).contains(DatabaseRoles.password))
        #expect(!logs(test).contains("permission denied"))
    }

    /// Freezes a consumer's session while it holds its positions, by a session of the same name that does nothing.
    private func expectTakeover(_ secured: Secured, from member: ProcessFleet.Member) throws -> Bool {
        let test = secured.test
        let frozen = try Connection(
            url: test.bus.financeURL, applicationName: "\(Program.financeConsumer.rawValue)@elsewhere")
        try frozen.executeScript("BEGIN; UPDATE consumer_positions SET updated_at = updated_at")
        try test.bus.fleet.start(.financeConsumer, label: "finance-consumer-2")
        let log = {
            test.bus.fleet.members.map { (try? String(contentsOfFile: $0.log, encoding: .utf8)) ?? "" }.joined()
        }
        try eventually(log()) { log().contains("ended a session that held locks for a client that does nothing") }
        return !log().contains("may not end its session")
    }

    /// What an accountant asks and what a monitor counts is answered; the rest is refused with a sentence, and changes nothing.
    private func expectReaders(_ secured: Secured) throws {
        let day = ["--from", "2026-01-01", "--to", "2026-12-31"]
        for question in [
            ["finance", "blocked"], ["finance", "posted"], ["finance", "work-in-progress"], ["finance", "on-account"],
            ["finance", "trial-balance"] + day, ["finance", "sales-tax"] + day, ["finance", "sequences", "gaps"],
            ["finance", "journals", "list"], ["finance", "proposals", "list"], ["finance", "invoices", "list"],
            ["errors", "log"], ["errors", "list"], ["errors", "out-of-sync"], ["dataverse", "invoices"], ["reconcile"],
        ] {
            let answer = try secured.ledgerbus(.accountant, question)
            #expect(answer.status == 0, "\(question): \(answer.errors)")
        }
        for question in [["positions", "list"], ["outbox", "list"], ["errors", "list"]] {
            let answer = try secured.ledgerbus(.monitor, question)
            #expect(answer.status == 0, "\(question): \(answer.errors)")
        }
        for role in [DatabaseRoles.Role.accountant, .monitor] {
            // A dead letter wants a person, and that is all that is wrong.
            let status = try secured.ledgerbus(role, ["status"])
            #expect(status.status == 1)
            #expect(status.errors.isEmpty, "\(role): \(status.errors)")
        }
        let before = try secured.test.count(secured.test.finance, "SELECT count(*) FROM outbox")
        for command in [
            ["maps", "pause", "invoices"], ["finance", "configure", "\(ProcessBus.export)/finance.yaml"],
            ["dataverse", "load", "\(ProcessBus.export)/pages"], ["errors", "retry", "F2"],
            ["outbox", "resend", "--side", "finance"],
        ] {
            let refused = try secured.ledgerbus(.accountant, command)
            #expect(refused.status == 1, "\(command): \(refused.output)")
            #expect(refused.errors.contains("permission denied"), "\(command): \(refused.errors)")
            #expect(!refused.errors.contains(DatabaseRoles.password))
        }
        #expect(try secured.test.count(secured.test.finance, "SELECT count(*) FROM outbox") == before)
    }

    private func logs(_ test: ProcessBus) -> String {
        test.bus.fleet.members.map { (try? String(contentsOfFile: $0.log, encoding: .utf8)) ?? "" }.joined()
    }

    private func produceNonsense(to topic: String, on servers: String) throws {
        let producer = try Producer(KafkaConfiguration(bootstrapServers: servers), clientID: "test")
        let bytes = Array("nonsense".utf8)
        try bytes.withUnsafeBytes { bytes in
            try producer.send(topic: topic, key: bytes, value: bytes, template: producer.headerTemplate([]), token: 0)
        }
        var deliveries: [Delivery] = []
        while deliveries.isEmpty { producer.deliveries(into: &deliveries, timeout: .seconds(30)) }
        producer.close(timeout: .seconds(5))
        if let error = deliveries.first?.error { throw error }
    }
}
