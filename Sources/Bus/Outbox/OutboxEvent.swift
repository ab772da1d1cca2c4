import Contracts
import Database

/// What goes into a message: a row of the outbox.
struct OutboxEvent<Bytes: DatabaseValue>: Record {
    /// Without the environment's prefix.
    let topic: String
    let key: Bytes?
    let eventId: GUID
    /// The invoice where there is one, so that all its messages are one trace.
    let traceId: GUID
    /// Name, value, name, value, …: the whole headers of a dead letter; nil of an event, whose headers follow from the row.
    let headers: [[UInt8]]?
    let payload: Bytes?

    // A generic record is not compiled for its type by itself; these are written and read by the million.
    @_specialize(where Bytes == ByteView, Coder == CopyRows)
    @_specialize(where Bytes == ByteView, Coder == RecordDecoder)
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        OutboxEvent(
            topic: try column("topic", row?.topic),
            key: try column("key", row?.key),
            eventId: try column("event_id", row?.eventId),
            traceId: try column("trace_id", row?.traceId),
            headers: try column("headers", row?.headers),
            payload: try column("payload", row?.payload))
    }
}

/// A row of the outbox that is on its way.
struct PendingEvent: Record {
    let id: Int64
    let event: OutboxEvent<ByteView>
    let createdAt: Instant

    /// Key, value and the headers of a dead letter together.
    var bytes: Int {
        (event.key?.bytes.count ?? 0) + (event.payload?.bytes.count ?? 0)
            + (event.headers?.reduce(0) { $0 + $1.count } ?? 0)
    }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        PendingEvent(
            id: try column("id", row?.id),
            event: try column.record("", row?.event),
            createdAt: try column("created_at", row?.createdAt))
    }
}
