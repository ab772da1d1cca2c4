public import Contracts
public import Database
import JSON

/// Events that are to be published, encoded for the outbox.
///
/// The rows commit with the business rows that they tell of: append as many
/// as there are, and write them every few thousand, inside the caller's
/// transaction. What has committed is relayed by an ``OutboxRelay``.
public final class OutboxRows {
    private var rows = CopyRows()
    private var json = JSONWriter()
    private let hash: SHA256
    private let choices: ChoiceTables
    private let publishes: Bool

    /// How many events are written to the outbox at once.
    public static let chunk = 10_000

    /// - parameter publishes: false when nothing is to be written, since what the events tell of is rolled back.
    /// - throws: `SHA256Unavailable`.
    public init(choices: ChoiceTables, publishes: Bool = true) throws {
        self.choices = choices
        self.publishes = publishes
        self.hash = try SHA256()
    }

    public var count: Int { rows.rowCount }

    /// Adds an event. Its id is derived from its bytes, so that the same fact
    /// always has the same id.
    ///
    /// - parameter traceId: the invoice where there is one, else the row itself.
    /// - throws: `ContractError` when a meaning has no code.
    public func append(_ message: some Message, traceId: GUID) throws {
        guard publishes else { return }
        json.removeAll(keepingCapacity: true)
        try message.write(to: &json, choices: choices)
        let topic = type(of: message).topic.rawValue
        var key = message.key
        try key.withUTF8 { key in
            try json.withBytes { payload in
                try rows.append(
                    OutboxEvent(
                        topic: topic, key: ByteView(bytes: UnsafeRawBufferPointer(key)),
                        eventId: hash.digest(payload).guid, traceId: traceId, headers: nil,
                        payload: ByteView(bytes: payload)))
            }
        }
    }

    /// Writes and forgets the rows when a chunk of them has come together.
    ///
    /// - throws: `DatabaseError`.
    public func writeFullChunk(to connection: Connection) throws {
        if count >= Self.chunk { try write(to: connection) }
    }

    /// Writes the rows, and forgets them.
    ///
    /// - throws: `DatabaseError`; the rows are then still there.
    public func write(to connection: Connection) throws {
        guard rows.rowCount > 0 else { return }
        try OutboxStore.copy(rows, on: connection)
        rows.removeAll(keepingCapacity: true)
    }
}
