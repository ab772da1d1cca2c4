import Contracts
public import Database

/// Things of one side that do not go on, of one kind and for one cause.
public struct ErrorGroup: Sendable, Encodable {
    /// What does not go on.
    public enum Kind: String, Sendable, Encodable, CaseIterable {
        case deadLetter = "dead letter"
        case waitingMessage = "waiting message"
        case unsentMessage = "unsent message"
        case blockedRow = "blocked row"
        case journal
        case proposal
        case lostInvoice = "lost invoice"
        case waitingRow = "waiting row"
    }

    public let side: String
    public let kind: Kind
    /// The code by which it is counted, or what it waits for.
    public let cause: String
    /// Without the environment's prefix; nil for what is no message.
    public let topic: String?
    public let count: Int
    /// Since when the first of them stands there, in UTC; nil when nothing says so.
    public let oldest: String?
    public let oldestSeconds: Int64?
    /// One of them: for a message the number that `errors show` takes.
    public let example: String
    /// What is wrong with that one.
    public let reason: String
    /// What to do.
    public let cure: String

    public init(
        _ side: Side, _ kind: Kind, cause: String, topic: String? = nil, count: Int, oldest: Instant?,
        oldestSeconds: Int64?, example: String, reason: String, cure: String
    ) {
        self.side = side.rawValue
        self.kind = kind
        self.cause = cause
        self.topic = topic
        self.count = count
        self.oldest = oldest?.text()
        self.oldestSeconds = oldestSeconds
        self.example = example
        self.reason = reason
        self.cure = cure
    }

    /// The messages of a side that do not go on: dead letters, those that wait, and those that are not sent.
    ///
    /// - parameters:
    ///   - prefix: the side's letter.
    ///   - cures: of each code.
    /// - throws: `DatabaseError`.
    public static func messages(
        of side: Side, prefix: String, cures: [FailureCode: String], on connection: Connection
    ) throws -> [ErrorGroup] {
        let letters = try DeadLetterStore.groups(on: connection).map {
            ErrorGroup(side, .deadLetter, $0, prefix: prefix, cures)
        }
        let waiting = try HeldMessageStore.groups(on: connection).map {
            ErrorGroup(side, .waitingMessage, $0, prefix: prefix + "W", cures)
        }
        return try letters + waiting + unsent(side, cures, on: connection)
    }

    /// What the outbox does not get rid of: it says why, or nobody sends it.
    private static func unsent(
        _ side: Side, _ cures: [FailureCode: String], on connection: Connection
    ) throws -> [ErrorGroup] {
        let outbox = try OutboxReport(connection)
        guard outbox.pending > 0 else { return [] }
        let code: FailureCode
        let reason: String
        if let failure = outbox.lastFailure {
            (code, reason) = (.notDelivered, failure)
        } else if outbox.relay == nil {
            (code, reason) = (.noRelay, "no process relays the outbox")
        } else {
            return []
        }
        return [
            ErrorGroup(
                side, .unsentMessage, cause: code.rawValue, count: Int(outbox.pending), oldest: nil,
                oldestSeconds: outbox.oldestPendingSeconds, example: outbox.topics.first?.topic ?? "", reason: reason,
                cure: cures[code] ?? "")
        ]
    }

    private init(
        _ side: Side, _ kind: Kind, _ group: MessageGroup, prefix: String, _ cures: [FailureCode: String]
    ) {
        self.init(
            side, kind, cause: group.code.rawValue, topic: group.topic, count: group.count, oldest: group.oldest,
            oldestSeconds: group.oldestSeconds, example: "\(prefix)\(group.example)", reason: group.reason,
            cure: cures[group.code] ?? "errors show \(prefix)\(group.example)")
    }
}

/// Messages of one topic that do not go on for one cause.
struct MessageGroup: Record {
    let code: FailureCode
    let topic: String
    let count: Int
    let oldest: Instant
    let oldestSeconds: Int64
    /// The first of them.
    let example: Int64
    let reason: String

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        MessageGroup(
            code: try column("code", row?.code), topic: try column("topic", row?.topic),
            count: try column("count", row?.count), oldest: try column("oldest", row?.oldest),
            oldestSeconds: try column("oldest_seconds", row?.oldestSeconds),
            example: try column("example", row?.example), reason: try column("reason", row?.reason))
    }

    /// A query of the groups of a table's messages, those with most first.
    ///
    /// - parameter condition: which of them.
    static func query(_ table: String, where condition: String = "true") -> String {
        """
        SELECT grouped.*, message.reason FROM (
            SELECT code, topic, count(*) AS count, min(received_at) AS oldest,
                extract(epoch FROM now() - min(received_at))::bigint AS oldest_seconds, min(id) AS example
            FROM \(table) WHERE \(condition) GROUP BY code, topic
        ) grouped JOIN \(table) message ON message.id = grouped.example
        ORDER BY count DESC, code, topic
        """
    }
}
