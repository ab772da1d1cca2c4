import CRdKafka

/// What became of a message that was sent.
public struct Delivery: Sendable {
    /// The number given to ``Producer/send(topic:key:value:template:headers:token:)``.
    public let token: Int
    public let partition: Int32
    /// Where the broker put the message; negative when it did not say.
    public let offset: Int64
    /// Nil when the broker has acknowledged the message.
    public let error: KafkaError?
}

extension Delivery {
    init(_ message: rd_kafka_message_t) {
        token = Int(bitPattern: message._private)
        partition = message.partition
        offset = message.offset
        if message.err == RD_KAFKA_RESP_ERR_NO_ERROR {
            error = nil
        } else {
            let topic = message.rkt.map { String(cString: rd_kafka_topic_name($0)) }
            error = KafkaError(
                .init(message.err),
                "A message for \(topic ?? "a topic") was not delivered: \(KafkaError.text(message.err))",
                isFatal: message.err == RD_KAFKA_RESP_ERR__FATAL, topic: topic)
        }
    }
}
