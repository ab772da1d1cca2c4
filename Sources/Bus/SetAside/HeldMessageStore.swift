import Contracts
import Database

/// The table `held_messages`: good messages that wait for something, kept and tried again when it may have come.
///
/// A row has one state, *waiting*: it is deleted when the message takes effect, or becomes a dead letter.
enum HeldMessageStore {
    /// A message with what it waits for.
    struct HeldMessage: Record {
        let message: StoredMessage
        let code: FailureCode
        let reason: String

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            HeldMessage(
                message: try column.record("", row?.message),
                code: try column("code", row?.code),
                reason: try column("reason", row?.reason))
        }
    }

    /// Keeps a message, unless it is kept already.
    static func hold(_ message: StoredMessage, _ reason: Reason, on connection: Connection) throws {
        let held = HeldMessage(
            message: message.with(payload: message.payload ?? []), code: reason.code, reason: reason.sentence)
        try connection.insert(held, into: "held_messages", "ON CONFLICT DO NOTHING")
    }

    /// Some messages of a consumer, in the order in which they came.
    ///
    /// - parameter id: those after this one.
    /// - parameter bytes: no message is begun beyond so many bytes of values; one is always taken.
    static func messages(
        of consumer: Program, after id: Int64, limit: Int64, bytes: Int64, on connection: Connection
    ) throws -> [Numbered<StoredMessage>] {
        try connection.records(
            Numbered<StoredMessage>.self,
            """
            SELECT \(Numbered<StoredMessage>.columnList) FROM (
                SELECT *, sum(octet_length(payload)) OVER (ORDER BY id) - octet_length(payload) AS before
                FROM (SELECT * FROM held_messages WHERE consumer = $1 AND id > $2 ORDER BY id LIMIT $3) next
            ) sized WHERE before < $4 ORDER BY id
            """, consumer, id, limit, bytes)
    }

    /// A message that this transaction may settle; nil when another settles it, or has.
    static func lock(_ id: Int64, on connection: Connection) throws -> HeldMessage? {
        try connection.record(
            HeldMessage.self,
            "SELECT \(HeldMessage.columnList) FROM held_messages WHERE id = $1 FOR UPDATE SKIP LOCKED", id)
    }

    /// It waits on, for something that may be another thing now.
    static func wait(_ id: Int64, for reason: Reason, on connection: Connection) throws {
        try connection.execute(
            "UPDATE held_messages SET code = $2, reason = $3 WHERE id = $1", id, reason.code, reason.sentence)
    }

    /// It took effect, or has become a dead letter.
    static func remove(_ id: Int64, on connection: Connection) throws {
        try connection.execute("DELETE FROM held_messages WHERE id = $1", id)
    }

    static func find(_ id: Int64, on connection: Connection) throws -> StoredMessage? {
        try connection.record(
            StoredMessage.self, "SELECT \(StoredMessage.columnList) FROM held_messages WHERE id = $1", id)
    }

    private static func condition(_ filter: DeadLetterFilter) -> String { filter.condition(payload: "payload") }

    /// - parameter filter: which are meant.
    /// - parameter limit: the newest, at most so many.
    static func summaries(
        _ filter: DeadLetterFilter, limit: Int, on connection: Connection
    ) throws -> [StoredMessageSummary] {
        try connection.records(
            StoredMessageSummary.self,
            """
            SELECT \(StoredMessageSummary.columnList) FROM held_messages
            WHERE \(Self.condition(filter)) ORDER BY received_at DESC, id DESC LIMIT $7
            """, filter.days.from, filter.days.to, filter.days.zone.name, filter.cause, filter.topic, filter.bytes,
            limit)
    }

    /// The waiting messages of a topic, by their keys.
    static func numbers(of topic: TopicName, keys: [[UInt8]], on connection: Connection) throws -> [KeyedNumber] {
        try connection.records(
            KeyedNumber.self,
            "SELECT key, max(id) AS id FROM held_messages WHERE topic = $1 AND key = ANY ($2) GROUP BY key",
            topic.rawValue, keys)
    }

    static func summary(_ id: Int64, on connection: Connection) throws -> StoredMessageSummary? {
        try connection.record(
            StoredMessageSummary.self,
            "SELECT \(StoredMessageSummary.columnList) FROM held_messages WHERE id = $1", id)
    }

    /// The messages by cause.
    static func groups(on connection: Connection) throws -> [MessageGroup] {
        try connection.records(MessageGroup.self, MessageGroup.query("held_messages"))
    }

    /// How many are meant.
    static func count(_ filter: DeadLetterFilter, on connection: Connection) throws -> Int {
        try connection.value(
            Int.self, "SELECT count(*) FROM held_messages WHERE \(Self.condition(filter))",
            filter.days.from, filter.days.to, filter.days.zone.name, filter.cause, filter.topic, filter.bytes)
    }

    static func count(on connection: Connection) throws -> Int {
        try connection.value(Int.self, "SELECT count(*) FROM held_messages")
    }
}
