public import Bus
public import Database

/// How the bus is (promise 8): lag, outboxes, what waits, what failed.
public struct BusStatus: Sendable, Encodable {
    /// A number that a person wants to see, with its meaning.
    public struct Count: Sendable, Encodable {
        public let side: String
        public let what: String
        public let count: Int64
    }

    public var consumers: [ConsumerState] = []
    public var sides: [SideState] = []
    public var counts: [Count] = []

    public init() {}

    /// Adds what one side's database and the cluster say.
    ///
    /// - throws: `DatabaseError`, `KafkaError`.
    public mutating func add(_ side: Side, _ connection: Connection, _ configuration: BusConfiguration) throws {
        sides.append(try SideState(side, connection))
        consumers += try ConsumerState.all(connection, configuration)
        for (what, query) in Self.questions[side] ?? [] {
            counts.append(
                Count(side: side.rawValue, what: what, count: try connection.value(Int64.self, query)))
        }
    }

    /// What each side is asked, in the domain's words.
    private static let questions: [Side: [(String, String)]] = [
        .dataverse: [
            ("invoices confirmed, waiting for actuals", "SELECT count(*) FROM invoices_waiting"),
            (
                "rows waiting for a lookup",
                "SELECT (SELECT count(*) FROM actuals_waiting) + (SELECT count(*) FROM connections_waiting)"
            ),
            ("invoices posted", "SELECT count(*) FROM posted_invoices"),
        ],
        .finance: [
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
