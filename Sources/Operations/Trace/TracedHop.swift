import Bus
public import Contracts
import Database

/// A hop on the way of an invoice or an actual: rows of a table, or messages of a topic.
public struct TracedHop: Sendable, Encodable {
    public let side: String
    public let step: String
    /// The table.
    public let table: String
    public let rows: Int
    /// When the first and the last of them were written, in UTC; nil where nothing keeps it.
    public let first: String?
    public let last: String?
    /// Seconds between the last of the hop before that has a time, and the last of this one.
    public internal(set) var seconds: Double?
    public let state: String?
    /// Of messages.
    public let topic: String?
    /// How many of them are still in the outbox.
    public let pending: Int?
    /// Of the last message: its row in the outbox, and its `ce_id`.
    public let outboxId: Int64?
    public let eventId: GUID?
    /// Where the last message is in Kafka; nil when it was not found there.
    public let partition: Int32?
    public let offset: Int64?
    /// Whether its consumer has taken it over.
    public let taken: Bool?

    let order: TraceStep
    let at: Instant?

    private enum CodingKeys: CodingKey {
        case side, step, table, rows, first, last, seconds, state, topic, pending, outboxId, eventId, partition, offset,
            taken
    }

    init(_ rows: TracedRows, _ side: Side) {
        self.side = side.rawValue
        step = rows.step.rawValue
        table = rows.table
        self.rows = rows.count
        first = rows.first?.text(fraction: 3)
        last = (rows.last ?? rows.first)?.text(fraction: 3)
        state = rows.state
        topic = nil
        pending = nil
        outboxId = nil
        eventId = nil
        partition = nil
        offset = nil
        taken = nil
        order = rows.step
        at = rows.last ?? rows.first
    }

    init(_ messages: TracedMessages, _ side: Side, _ place: MessagePlace?, taken: Bool?, state: String?) {
        let order: TraceStep =
            switch (side, messages.topic) {
            case (.dataverse, _): .published
            case (.finance, TopicName.postingRequested.rawValue): .asked
            case (.finance, _): .givenBack
            }
        self.side = side.rawValue
        self.order = order
        step = order.rawValue
        table = "outbox"
        rows = messages.count
        first = messages.first.text(fraction: 3)
        last = messages.last.text(fraction: 3)
        self.state = state
        topic = place?.topic ?? messages.topic
        pending = messages.pending
        outboxId = messages.outboxId
        eventId = messages.eventId
        partition = place?.partition
        offset = place?.offset
        self.taken = taken
        at = messages.last
    }
}
