public import Bus
import Contracts
public import Database
import Kafka

/// How the bus is (promise 8): lag, outboxes, what waits, what failed.
public struct BusStatus: Sendable, Encodable {
    /// One consumer on one topic.
    public struct Consumer: Sendable, Encodable {
        public let consumer: String
        public let topic: String
        /// Messages that have not taken effect; nil when the topic is gone.
        public let lag: Int64?
        /// The processes that share the topic, each with its partitions.
        public let members: [Member]
    }

    public struct Member: Sendable, Encodable {
        public let client: String
        public let host: String
        public let partitions: [Int32]
    }

    /// One side's outbox and errors.
    public struct SideState: Sendable, Encodable {
        public let side: String
        public let outboxPending: Int64
        public let outboxOldestSeconds: Int64?
        public let relay: String?
        public let deadLetters: Int64
        public let waitingMessages: Int64
    }

    /// A number that a person wants to see, with its meaning.
    public struct Count: Sendable, Encodable {
        public let side: String
        public let what: String
        public let count: Int64
    }

    public var consumers: [Consumer] = []
    public var sides: [SideState] = []
    public var counts: [Count] = []

    public init() {}

    /// Adds what one side's database and the cluster say.
    ///
    /// - throws: `DatabaseError`, `KafkaError`.
    public mutating func add(side: String, _ connection: Connection, _ configuration: BusConfiguration) throws {
        let outbox = try OutboxReport(connection)
        let errors = try connection.query(
            """
            SELECT (SELECT count(*) FROM dead_letters WHERE state <> 'resolved'), (SELECT count(*) FROM held_messages)
            """
        ).single()
        sides.append(
            SideState(
                side: side, outboxPending: outbox.pending, outboxOldestSeconds: outbox.oldestPendingSeconds,
                relay: outbox.relay, deadLetters: try errors.int64(0), waitingMessages: try errors.int64(1)))
        try addConsumers(connection, configuration)
        for (what, query) in Self.questions[side] ?? [] {
            counts.append(Count(side: side, what: what, count: try connection.query(query).single().int64(0)))
        }
    }

    private mutating func addConsumers(_ connection: Connection, _ configuration: BusConfiguration) throws {
        let positions = try PositionList(connection, configuration).positions
        let names = Set(positions.map(\.consumer)).sorted()
        let admin = try Admin(configuration.kafka, clientID: "ledgerbus")
        var groups: [String: GroupDescription] = [:]
        if !configuration.kafka.isEmbedded, !names.isEmpty {
            // A group that nobody has joined yet cannot be described: it has no members.
            for name in names.map(configuration.clusterName) {
                groups[name] = try? admin.describeGroups([name]).first
            }
        }
        for name in names {
            let members = groups[configuration.clusterName(name)]?.members ?? []
            let own = positions.filter { $0.consumer == name }
            for topic in Set(own.map(\.topic)).sorted() {
                let lags = own.filter { $0.topic == topic }.map(\.lag)
                consumers.append(
                    Consumer(
                        consumer: name, topic: topic,
                        lag: lags.contains { $0 == nil } ? nil : lags.reduce(0) { $0 + ($1 ?? 0) },
                        members: members.map { member in
                            Member(
                                client: member.clientID, host: member.host,
                                partitions: member.partitions.filter { $0.topic == topic }.map(\.partition).sorted())
                        }))
            }
        }
    }

    /// What each side is asked, in the domain's words.
    private static let questions: [String: [(String, String)]] = [
        "dataverse": [
            ("invoices confirmed, waiting for actuals", "SELECT count(*) FROM invoices_waiting"),
            (
                "rows waiting for a lookup",
                "SELECT (SELECT count(*) FROM actuals_waiting) + (SELECT count(*) FROM connections_waiting)"
            ),
            ("invoices posted", "SELECT count(*) FROM posted_invoices"),
        ],
        "finance": [
            ("actuals blocked", "SELECT count(*) FROM blocked_actuals"),
            ("proposals open", "SELECT count(*) FROM invoice_proposals WHERE status = 'Open'"),
            ("proposals ready to post", "SELECT count(*) FROM invoice_proposals WHERE status = 'Ready'"),
            ("journals in draft", "SELECT count(*) FROM integration_journals WHERE status = 'Draft'"),
            ("journals in error", "SELECT count(*) FROM integration_journals WHERE status = 'Error'"),
            ("postings under way", "SELECT count(*) FROM posting_requests WHERE status IN ('Draft', 'Processing')"),
            ("postings failed", "SELECT count(*) FROM posting_requests WHERE status = 'Error'"),
            ("amounts out of sync", "SELECT count(*) FROM out_of_sync_actuals"),
        ],
    ]
}
