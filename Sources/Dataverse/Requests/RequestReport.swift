public import Contracts

/// What became of a row of a request.
public struct RowOutcome: Hashable, Sendable, Encodable {
    public enum Outcome: String, Hashable, Sendable, Encodable {
        case done
        /// It asks for what is so already.
        case unchanged
        /// Nothing of it was done; the others went on.
        case refused
    }

    /// Its place in the request, from 1.
    public let row: Int
    /// What it is known by; nil when it does not say.
    public let key: String?
    public let outcome: Outcome
    /// Why it was refused, and what to do; or what there is to know of it.
    public let message: String?

    init(row: Int, key: String?, _ outcome: Outcome, _ message: String? = nil) {
        self.row = row
        self.key = key
        self.outcome = outcome
        self.message = message
    }
}

/// What became of a request, row by row. All that was done was done in one transaction.
public struct RequestReport: Hashable, Sendable {
    /// In the order of the request.
    public internal(set) var rows: [RowOutcome] = []
    /// How many messages were written to the outbox, by topic.
    public internal(set) var published: [TopicName: Int] = [:]

    init() {}

    public func count(_ outcome: RowOutcome.Outcome) -> Int { rows.count { $0.outcome == outcome } }

    public var hasRefusals: Bool { rows.contains { $0.outcome == .refused } }
}
