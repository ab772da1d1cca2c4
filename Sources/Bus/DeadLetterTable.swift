import Contracts
import Database
import Kafka

/// Messages that do not take effect: dead letters, which are also published,
/// and held messages, which wait. Both commit with the batch that they came in.
struct DeadLetterTable {
    let consumer: String
    let clusterID: String
    let topicPrefix: String
    let hash: SHA256

    /// A longer value is kept in part only: Kafka takes no message of more
    /// than a megabyte, headers included.
    private static let longestPayload = 900_000
    private static let keptOfLongPayload = 64 << 10

    func record(_ exception: PreparedBatch.Exception, of messages: MessageBatch, on connection: Connection) throws {
        switch exception.disposition {
        case .wait(let waitingFor):
            try hold(messages, exception.index, waitingFor: waitingFor, on: connection)
        case .deadLetter(let code, let reason):
            try park(messages, exception.index, code: code, reason: reason, on: connection)
        case .retry, .fatal:
            break
        }
    }

    private func hold(
        _ messages: MessageBatch, _ index: Int, waitingFor: String, on connection: Connection
    ) throws {
        let message = messages[index]
        try connection.execute(
            """
            INSERT INTO held_messages
                (cluster_id, topic, partition, "offset", consumer, key, headers, payload, waiting_for)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
            """, clusterID, logicalTopic(messages.topic(index)), message.partition, message.offset, consumer,
            message.key.map { Array($0) }, headerArray(messages.headers(index)), message.value.map { Array($0) } ?? [],
            waitingFor)
    }

    private func park(
        _ messages: MessageBatch, _ index: Int, code: String, reason: String, on connection: Connection
    ) throws {
        let message = messages[index]
        let topic = logicalTopic(messages.topic(index))
        let size = message.value?.count ?? 0
        let kept = size > Self.longestPayload ? Self.keptOfLongPayload : size
        let payload = message.value.map { Array($0.prefix(kept)) }
        let key = message.key.map { Array($0) }
        let digest = message.value.map { hash.digest($0) } ?? hash.digest("")
        let headers = headerArray(messages.headers(index))
        let inserted = try connection.execute(
            """
            INSERT INTO dead_letters
                (cluster_id, topic, partition, "offset", consumer, key, headers, payload, payload_size,
                 payload_sha256, code, reason)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING
            """, clusterID, topic, message.partition, message.offset, consumer, key, headers, payload, Int64(size),
            digest.bytes, code, reason)
        guard inserted == 1 else { return }
        let place = "\(clusterID)/\(topic)/\(message.partition)/\(message.offset)"
        let causes = [
            ("ledgerbus-code", code), ("ledgerbus-reason", reason), ("ledgerbus-consumer", consumer),
            ("ledgerbus-topic", messages.topic(index)), ("ledgerbus-partition", "\(message.partition)"),
            ("ledgerbus-offset", "\(message.offset)"), ("ledgerbus-payload-size", "\(size)"),
            ("ledgerbus-payload-sha256", digest.description),
        ]
        let identity = hash.digest(place).guid
        try connection.execute(
            "INSERT INTO outbox (topic, key, event_id, trace_id, headers, payload) VALUES ($1, $2, $3, $3, $4, $5)",
            topic + ".dead-letter", key, identity,
            headers + causes.flatMap { [Array($0.0.utf8), Array($0.1.utf8)] }, payload)
    }

    private func logicalTopic(_ name: String) -> String { String(name.dropFirst(topicPrefix.count)) }

    private func headerArray(_ headers: [Header]) -> [[UInt8]] {
        headers.flatMap { [Array($0.name.utf8), $0.value] }
    }
}
