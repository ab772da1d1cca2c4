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
    private static let mostHeaders = 64 << 10

    func record(_ exception: PreparedBatch.Exception, of messages: MessageBatch, on connection: Connection) throws {
        switch exception.setAside {
        case .wait(let reason):
            try hold(messages, exception.index, reason, on: connection)
        case .deadLetter(let reason):
            let message = messages[exception.index]
            let letter = Letter(
                clusterID: clusterID, topic: logicalTopic(messages.topic(exception.index)),
                partition: message.partition, offset: message.offset, key: message.key.map { Array($0) },
                headers: headerArray(messages.headers(exception.index)), value: message.value.map { Array($0) })
            try park(letter, reason, on: connection)
        }
    }

    private func hold(
        _ messages: MessageBatch, _ index: Int, _ reason: Reason, on connection: Connection
    ) throws {
        let message = messages[index]
        try connection.execute(
            """
            INSERT INTO held_messages
                (cluster_id, topic, partition, "offset", consumer, key, headers, payload, code, waiting_for)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING
            """, clusterID, logicalTopic(messages.topic(index)), message.partition, message.offset, consumer,
            message.key.map { Array($0) }, headerArray(messages.headers(index)), message.value.map { Array($0) } ?? [],
            reason.code, reason.sentence)
    }

    /// A message that can never take effect, as it came.
    struct Letter {
        let clusterID: String
        /// Without the environment's prefix.
        let topic: String
        let partition: Int32
        let offset: Int64
        let key: [UInt8]?
        /// Name, value, name, value, …
        let headers: [[UInt8]]
        let value: [UInt8]?
    }

    /// Keeps a letter and publishes it, unless it has been before.
    func park(_ letter: Letter, _ reason: Reason, on connection: Connection) throws {
        let size = letter.value?.count ?? 0
        let kept = size > Self.longestPayload ? Self.keptOfLongPayload : size
        let payload = letter.value.map { Array($0.prefix(kept)) }
        let digest = (letter.value ?? []).withUnsafeBytes { hash.digest($0) }
        let inserted = try connection.execute(
            """
            INSERT INTO dead_letters
                (cluster_id, topic, partition, "offset", consumer, key, headers, payload, payload_size,
                 payload_sha256, code, reason)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING
            """, letter.clusterID, letter.topic, letter.partition, letter.offset, consumer, letter.key,
            letter.headers, payload, Int64(size), digest.bytes, reason.code, reason.sentence)
        guard inserted == 1 else { return }
        let place = "\(letter.clusterID)/\(letter.topic)/\(letter.partition)/\(letter.offset)/\(digest)"
        let causes = [
            ("ledgerbus-code", reason.code.rawValue), ("ledgerbus-reason", reason.sentence),
            ("ledgerbus-consumer", consumer),
            ("ledgerbus-topic", topicPrefix + letter.topic), ("ledgerbus-partition", "\(letter.partition)"),
            ("ledgerbus-offset", "\(letter.offset)"), ("ledgerbus-payload-size", "\(size)"),
            ("ledgerbus-payload-sha256", digest.description),
        ]
        try connection.execute(
            "INSERT INTO outbox (topic, key, event_id, trace_id, headers, payload) VALUES ($1, $2, $3, $3, $4, $5)",
            letter.topic + ".dead-letter", letter.key, hash.digest(place).guid,
            publishable(letter.headers) + causes.flatMap { [Array($0.0.utf8), Array($0.1.utf8)] }, payload)
    }

    /// Headers that leave room for the payload; larger ones are in the table alone.
    private func publishable(_ headers: [[UInt8]]) -> [[UInt8]] {
        headers.reduce(0) { $0 + $1.count } > Self.mostHeaders ? [] : headers
    }

    private func logicalTopic(_ name: String) -> String { String(name.dropFirst(topicPrefix.count)) }

    private func headerArray(_ headers: [Header]) -> [[UInt8]] {
        headers.flatMap { [Array($0.name.utf8), $0.value] }
    }
}
