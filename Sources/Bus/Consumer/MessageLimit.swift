import Kafka
public import Service

/// How large a message may be that is taken in: what is larger becomes a dead letter before anything decodes it.
public struct MessageLimit: Hashable, Sendable {
    /// Key and value together.
    public let bytes: Int

    /// Far more than any message of the bus has, and little enough to hold some of them at a time.
    public static let standard = MessageLimit(bytes: 4 << 20)

    public init(bytes: Int) { self.bytes = bytes }

    /// Why a message is not taken in; nil when it is.
    func refusal(_ message: Kafka.Message) -> SetAside? {
        let size = (message.key?.count ?? 0) + (message.value?.count ?? 0)
        guard size > bytes else { return nil }
        return .deadLetter(
            Reason(
                .messageTooLarge,
                "it has \(size) bytes, and at most \(bytes) are taken in; KAFKA_MESSAGE_MAX_BYTES raises that"))
    }
}

extension ConfigReader {
    /// How large a message may be, by `kafka.message.max.bytes`.
    ///
    /// - throws: `ConfigError` when it is no number of bytes from 64 KiB to 256 MiB.
    public func messageLimit() throws -> MessageLimit {
        let bytes = try int(forKey: "kafka.message.max.bytes", default: MessageLimit.standard.bytes)
        guard (65_536...268_435_456).contains(bytes) else {
            throw ConfigError("kafka.message.max.bytes is \(bytes): expected a number from 65536 to 268435456.")
        }
        return MessageLimit(bytes: bytes)
    }
}
