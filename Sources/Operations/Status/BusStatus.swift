public import Bus
public import Database
import Dataverse
import Finance

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

    /// Postings that are asked for and not carried out.
    private var postingsUnderWay = 0

    private enum CodingKeys: CodingKey { case consumers, sides, counts }

    public init() {}

    /// What is on its way: messages to be published, those that their consumer has not taken over, postings.
    ///
    /// A topic that is gone counts as one.
    public var underWay: Int64 {
        sides.reduce(0) { $0 + $1.outboxPending } + consumers.reduce(0) { $0 + ($1.lag ?? 1) }
            + Int64(postingsUnderWay)
    }

    /// Adds what one side's database and the cluster say.
    ///
    /// - throws: `DatabaseError`, `KafkaError`.
    public mutating func add(_ side: Side, _ connection: Connection, _ configuration: BusConfiguration) throws {
        sides.append(try SideState(side, connection))
        consumers += try ConsumerState.all(of: side, connection, configuration)
        for (what, count) in try counts(side, connection) {
            counts.append(Count(side: side.rawValue, what: what, count: Int64(count)))
        }
    }

    /// What a person wants to know of each side, in the domain's words.
    private mutating func counts(_ side: Side, _ connection: Connection) throws -> [(what: String, count: Int)] {
        switch side {
        case .dataverse:
            let counts = try DataverseCounts.load(connection)
            return [
                ("invoices confirmed, waiting for actuals", counts.waitingInvoices),
                ("rows waiting for a lookup", counts.waitingRows),
                ("invoices posted", counts.postedInvoices),
            ]
        case .finance:
            let counts = try FinanceCounts.load(connection)
            postingsUnderWay = counts.postingsUnderWay
            return [
                ("actuals blocked", counts.blockedActuals),
                ("proposals open", counts.openProposals),
                ("proposals ready to post", counts.readyProposals),
                ("journals in draft", counts.draftJournals),
                ("journals in error", counts.failedJournals),
                ("postings under way", counts.postingsUnderWay),
                ("postings failed", counts.failedPostings),
                ("posted actuals out of sync", counts.outOfSync),
                ("posted invoices out of sync", counts.invoicesOutOfSync),
            ]
        }
    }
}
