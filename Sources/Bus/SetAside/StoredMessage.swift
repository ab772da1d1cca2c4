import Contracts
import Database
import Kafka

/// A message that does not take effect, as it came.
struct StoredMessage: Record {
    let clusterID: String
    /// Without the environment's prefix.
    let topic: String
    let partition: Int32
    let offset: Int64
    let consumer: Program
    let key: [UInt8]?
    /// Name, value, name, value, …; nil is none.
    let headers: [[UInt8]]?
    /// Nil when the message had none.
    let payload: [UInt8]?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        StoredMessage(
            clusterID: try column("cluster_id", row?.clusterID),
            topic: try column("topic", row?.topic),
            partition: try column("partition", row?.partition),
            offset: try column("message_offset", row?.offset),
            consumer: try column("consumer", row?.consumer),
            key: try column("key", row?.key),
            headers: try column("headers", row?.headers),
            payload: try column("payload", row?.payload))
    }

    /// Where it stands, as the execution log names it.
    var place: String { "\(topic)/\(partition)@\(offset)" }

    /// The value of the last header of a name.
    func header(_ name: String) -> [UInt8]? {
        guard let headers else { return nil }
        for index in stride(from: headers.count / 2 * 2 - 2, through: 0, by: -2)
        where headers[index].elementsEqual(name.utf8) {
            return headers[index + 1]
        }
        return nil
    }

    /// The message with another payload.
    func with(payload: [UInt8]?) -> StoredMessage {
        StoredMessage(
            clusterID: clusterID, topic: topic, partition: partition, offset: offset, consumer: consumer, key: key,
            headers: headers, payload: payload)
    }
}

/// A message that did not take effect, and why, in a list.
struct StoredMessageSummary: Record {
    let id: Int64
    let consumer: Program
    let topic: String
    let partition: Int32
    let offset: Int64
    let key: [UInt8]?
    let code: FailureCode
    let reason: String
    let receivedAt: Instant

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        StoredMessageSummary(
            id: try column("id", row?.id),
            consumer: try column("consumer", row?.consumer),
            topic: try column("topic", row?.topic),
            partition: try column("partition", row?.partition),
            offset: try column("message_offset", row?.offset),
            key: try column("key", row?.key),
            code: try column("code", row?.code),
            reason: try column("reason", row?.reason),
            receivedAt: try column("received_at", row?.receivedAt))
    }
}

/// A row that the database has given a number.
struct Numbered<Value: Record>: Record {
    let id: Int64
    let value: Value

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        Numbered(id: try column("id", row?.id), value: try column.record("", row?.value))
    }
}
