import Kafka

/// A message, copied out of its batch.
public struct SeenMessage: Sendable {
    public let partition: Int32
    public let offset: Int64
    public let key: String?
    public let value: [UInt8]?
    public let headers: [(name: String, value: String)]

    public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

extension MessageBatch {
    /// Its messages, which outlive it.
    var seen: [SeenMessage] {
        (0..<count).map { index in
            let message = self[index]
            return SeenMessage(
                partition: message.partition, offset: message.offset,
                key: message.key.map { String(decoding: $0, as: UTF8.self) }, value: message.value.map { Array($0) },
                headers: headers(index).map { ($0.name, String(decoding: $0.value, as: UTF8.self)) })
        }
    }
}
