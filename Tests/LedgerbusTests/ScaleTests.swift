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

/// Scale by starting more (promise 7), on Apache Kafka.
@Suite(.serialized, .tags(.broker, .processes), .onlyOnApacheKafka)
struct ScaleTests {
    private let shutdown = GracefulShutdown()

    @Test(
        "Three finance-consumers divide the partitions; one killed and one stopped, every row is staged once",
        .tags(.long))
    func threeConsumersStageEveryRowOnce() throws {
        let test = try ProcessBus(on: .apacheKafka)
        defer { test.remove() }
        let configuration = try test.bus.configuration(side: .dataverse)
        let admin = try Admin(configuration.kafka, clientID: "test")
        let group = configuration.clusterName("finance-consumer")
        for number in 1...3 { try test.bus.fleet.start(.financeConsumer, label: "finance-consumer-\(number)") }
        try test.bus.waitForNone(of: "dividing the partitions", timeout: .seconds(60), shutdown: shutdown) {
            // A group that has just been made has no coordinator for a moment.
            let members = (try? admin.describeGroups([group]))?.first?.members ?? []
            let shares = members.map(\.partitions.count).sorted()
            return shares == [6, 6, 6] ? 0 : 1
        }

        let pages = LoadPages(
            connection: test.dataverse, configuration: DataverseConfiguration(choices: configuration.choices))
        _ = try pages.load(PageSources(["\(ProcessBus.export)/pages"]).sources)
        try test.bus.fleet.start(.dataverseProducer)
        try test.bus.waitForNone(of: "the first rows", timeout: .seconds(60), shutdown: shutdown) {
            try test.count(test.finance, "SELECT count(*) FROM actuals_staging") > 0 ? 0 : 1
        }
        // One is killed with work in flight, and started again; one leaves.
        try test.killAndReplace(.financeConsumer, label: "finance-consumer-1")
        try test.bus.fleet.stop("finance-consumer-2")

        try test.bus.waitForNone(of: "relaying", timeout: .seconds(120), shutdown: shutdown) {
            try test.bus.pendingRows(test.dataverse)
        }
        let topics: [TopicName] = [.invoiceConfirmed, .actualCreated, .transactionConnected]
        try test.bus.waitForNone(of: "staging", timeout: .seconds(120), shutdown: shutdown) {
            try test.bus.unconsumed(topics, by: test.finance, of: .financeConsumer, admin: admin)
        }
        #expect(
            try test.count(test.finance, "SELECT count(*) FROM actuals_staging")
                == test.count(test.dataverse, "SELECT count(*) FROM outbox WHERE topic = 'actual-created'"))
        #expect(
            try test.count(test.finance, "SELECT count(*) FROM transaction_connections")
                == test.count(test.dataverse, "SELECT count(*) FROM outbox WHERE topic = 'transaction-connected'"))
        #expect(
            try test.count(test.finance, "SELECT coalesce(sum(count), 0)::bigint FROM invoice_arrivals")
                == test.count(
                    test.finance, "SELECT count(*) FROM actuals_staging WHERE transaction_type = 'Billed Sales'"))
        try expectNoLag(test, admin, group: group)
    }

    /// Kafka's own tool shows the mirrored offsets, and a lag of nothing.
    private func expectNoLag(_ test: ProcessBus, _ admin: Admin, group: String) throws {
        let home = try #require(TestBroker.apacheKafkaHome)
        try test.bus.waitForNone(of: "mirroring the offsets", timeout: .seconds(30), shutdown: shutdown) {
            let offsets = try admin.groupOffsets(group)
            let ends = try admin.watermarks(Array(offsets.keys)).mapValues(\.high)
            return offsets.count == 18 && offsets == ends ? 0 : 1
        }
        let text = try ProcessBus.run(
            "\(home)/bin/kafka-consumer-groups",
            ["--bootstrap-server", test.bus.bootstrapServers, "--describe", "--group", group]
        ).output
        let rows = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        let lags = rows.filter { $0.count > 5 && $0[0] == group }.map { $0[5] }
        #expect(lags == Array(repeating: "0", count: 18), "\(text)")
    }

    @Test("Two posting-consumers share a month's journals, each posted once", .tags(.long))
    func twoPostingConsumersShareTheJournals() throws {
        let test = try ProcessBus(on: .apacheKafka)
        defer { test.remove() }
        let configuration = try test.bus.configuration(side: .dataverse)
        let admin = try Admin(configuration.kafka, clientID: "test")
        let setup = try Data(contentsOf: URL(fileURLWithPath: "\(ProcessBus.export)/finance.yaml"))
        _ = try FinanceConfiguration(parsing: Array(setup), file: "finance.yaml").apply(to: test.finance)
        try test.finance.execute("UPDATE project_parameters SET journal_line_limit = 20")
        let pages = LoadPages(
            connection: test.dataverse, configuration: DataverseConfiguration(choices: configuration.choices))
        _ = try pages.load(PageSources(["\(ProcessBus.export)/pages"]).sources)
        for program in [Program.dataverseProducer, .financeConsumer] { try test.bus.fleet.start(program) }
        for number in 1...2 { try test.bus.fleet.start(.postingConsumer, label: "posting-consumer-\(number)") }
        try test.bus.waitForNone(of: "relaying", timeout: .seconds(120), shutdown: shutdown) {
            try test.bus.pendingRows(test.dataverse)
        }
        try test.bus.waitForNone(of: "staging", timeout: .seconds(120), shutdown: shutdown) {
            try test.bus.unconsumed([.actualCreated], by: test.finance, of: .financeConsumer, admin: admin)
        }
        let pool = ConnectionPool(url: test.bus.financeURL, size: 2, applicationName: "test")
        let imported = try ImportFromStaging(pool: pool).run()
        #expect(imported.journals.count > 20)
        let requests = PostingRequests(choices: configuration.choices)
        let requested = try requests.publish(.journals, requestedBy: "test", on: test.finance)
        try test.bus.waitForNone(of: "posting", timeout: .seconds(120), shutdown: shutdown) {
            try requests.states(of: requested, on: test.finance).count { !$0.isFinal }
        }
        #expect(try requests.states(of: requested, on: test.finance).allSatisfy { $0.status == .posted })
        #expect(
            try test.count(test.finance, "SELECT count(*) FROM project_transactions") == imported.journalLines)
        let processes = try test.finance.query(
            "SELECT DISTINCT substring(worker FROM '^[^ #]+') FROM posting_requests WHERE worker IS NOT NULL"
        ).map { try $0.string(0) }
        #expect(processes.count >= 2, "posted by \(processes)")
    }
}
