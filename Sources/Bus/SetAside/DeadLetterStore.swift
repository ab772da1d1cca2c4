import Contracts
import Database

/// The table `dead_letters`: messages that can never take effect as they are. It is the truth of which the dead-letter
/// topics are the publication.
struct DeadLetterStore {
    let topicPrefix: String
    let hash: SHA256

    struct DeadLetter: Record {
        let message: StoredMessage
        /// Of the value as it came.
        let payloadSize: Int64
        let payloadDigest: [UInt8]
        let code: FailureCode
        let reason: String

        /// Whether all of the value was kept.
        var isWhole: Bool { payloadSize <= message.payload?.count ?? 0 }

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            DeadLetter(
                message: try column.record("", row?.message),
                payloadSize: try column("payload_size", row?.payloadSize),
                payloadDigest: try column("payload_sha256", row?.payloadDigest),
                code: try column("code", row?.code),
                reason: try column("reason", row?.reason))
        }
    }

    /// Keeps a message and publishes it, unless it has been before.
    ///
    /// - parameter message: what is kept of it.
    /// - parameter value: the value as it came.
    func park(
        _ message: StoredMessage, value: UnsafeRawBufferPointer, _ reason: Reason, on connection: Connection
    ) throws {
        let digest = hash.digest(value)
        let letter = DeadLetter(
            message: message, payloadSize: Int64(value.count), payloadDigest: digest.bytes, code: reason.code,
            reason: String(reason.sentence.prefix(Self.longestReason)))
        guard try connection.insert(letter, into: "dead_letters", "ON CONFLICT DO NOTHING") == 1 else { return }
        try OutboxStore.insert(publication(of: letter, digest), on: connection)
    }

    /// Keeps a message that was held, and publishes it, unless it has been before.
    func park(_ message: StoredMessage, _ reason: Reason, on connection: Connection) throws {
        try (message.payload ?? []).withUnsafeBytes { value in
            let kept = message.with(payload: message.payload.map { _ in KeptParts(hash: hash).value(value) })
            try park(kept, value: value, reason, on: connection)
        }
    }

    /// A reason is a sentence; one that quotes a whole message is cut.
    private static let longestReason = 2_000

    /// The numbers of some letters of a consumer that are to be tried again, in the order in which they came.
    ///
    /// - parameter id: those after this one.
    static func requested(
        of consumer: Program, after id: Int64, limit: Int64, on connection: Connection
    ) throws -> [Int64] {
        try connection.values(
            Int64.self,
            """
            SELECT id FROM dead_letters WHERE consumer = $1 AND id > $2 AND state = \(DeadLetterState.requested.sql)
            ORDER BY id LIMIT $3
            """, consumer, id, limit)
    }

    /// A requested letter that this transaction may settle, with the value that is to be tried; nil when another settles it,
    /// or has.
    static func lockRequested(_ id: Int64, on connection: Connection) throws -> DeadLetter? {
        try connection.record(
            DeadLetter.self,
            """
            SELECT \(DeadLetter.columnList) FROM (
                SELECT cluster_id, topic, partition, message_offset, consumer, key, headers, \(Self.value) AS payload,
                    \(Self.valueSize) AS payload_size, payload_sha256, code, reason
                FROM dead_letters WHERE id = $1 AND state = \(DeadLetterState.requested.sql) FOR UPDATE SKIP LOCKED
            ) letter
            """, id)
    }

    /// What is tried: what an operator has put in the place of the value, or else the value; and its size as it came.
    private static let value = "coalesce(edited_payload, payload)"
    private static func condition(_ filter: DeadLetterFilter) -> String { filter.condition(payload: value) }
    private static let valueSize =
        "CASE WHEN edited_payload IS NULL THEN payload_size ELSE length(edited_payload)::bigint END"

    /// It took effect.
    static func resolve(_ id: Int64, by consumer: Program, on connection: Connection) throws {
        try connection.execute(
            "UPDATE dead_letters SET state = \(DeadLetterState.resolved.sql), changed_at = now() WHERE id = $1", id)
        try DeadLetterHistory.add(.resolved, to: [id], by: consumer.rawValue, on: connection)
    }

    /// It failed again.
    static func parkAgain(_ id: Int64, _ reason: Reason, by consumer: Program, on connection: Connection) throws {
        let reason = Reason(reason.code, String(reason.sentence.prefix(longestReason)))
        try connection.execute(
            """
            UPDATE dead_letters SET state = \(DeadLetterState.parked.sql), attempts = attempts + 1, code = $2,
                reason = $3, changed_at = now()
            WHERE id = $1
            """, id, reason.code, reason.sentence)
        try DeadLetterHistory.add(.failed, to: [id], by: consumer.rawValue, reason, on: connection)
    }

    /// What is known of a letter that an operator wants to settle.
    struct Standing: Record {
        let id: Int64
        let state: DeadLetterState
        let topic: String
        let consumer: Program
        let payloadSize: Int64
        /// How much of the value was kept; nil when there was none.
        let keptSize: Int64?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Standing(
                id: try column("id", row?.id), state: try column("state", row?.state),
                topic: try column("topic", row?.topic), consumer: try column("consumer", row?.consumer),
                payloadSize: try column("payload_size", row?.payloadSize),
                keptSize: try column("kept_size", row?.keptSize))
        }
    }

    /// Some letters, which nobody else can settle until this transaction ends.
    static func lock(_ ids: [Int64], on connection: Connection) throws -> [Standing] {
        try connection.records(
            Standing.self,
            """
            SELECT id, state, topic, consumer, \(Self.valueSize) AS payload_size, length(\(Self.value))::bigint AS kept_size
            FROM dead_letters WHERE id = ANY($1) ORDER BY id FOR UPDATE
            """, ids)
    }

    /// Letters that are not settled, by what is meant, which nobody else can settle until this transaction ends.
    static func lockUnsettled(_ filter: DeadLetterFilter, on connection: Connection) throws -> [Standing] {
        try connection.records(
            Standing.self,
            """
            SELECT id, state, topic, consumer, \(Self.valueSize) AS payload_size, length(\(Self.value))::bigint AS kept_size
            FROM dead_letters
            WHERE state IN (\(DeadLetterState.unsettled.sql)) AND \(Self.condition(filter))
            ORDER BY id FOR UPDATE
            """, filter.days.from, filter.days.to, filter.days.zone.name, filter.cause, filter.topic, filter.bytes)
    }

    /// Has letters tried again.
    ///
    /// - returns: those that were not to be yet.
    static func request(_ ids: [Int64], by person: String, on connection: Connection) throws {
        let changed = try connection.values(
            Int64.self,
            """
            UPDATE dead_letters SET state = \(DeadLetterState.requested.sql), changed_at = now()
            WHERE id = ANY($1) AND state = \(DeadLetterState.parked.sql) RETURNING id
            """, ids)
        try DeadLetterHistory.add(.requested, to: changed, by: person, on: connection)
    }

    /// Puts another value in the place of a letter's own, which stays, and has it tried.
    static func edit(
        _ id: Int64, to payload: [UInt8], by person: String, because reason: String, on connection: Connection
    ) throws {
        try connection.execute(
            """
            UPDATE dead_letters SET edited_payload = $2, state = \(DeadLetterState.requested.sql), changed_at = now()
            WHERE id = $1
            """, id, payload)
        try DeadLetterHistory.addEdit(of: id, to: payload, by: person, because: reason, on: connection)
    }

    /// Settles letters for good.
    static func discard(_ ids: [Int64], by person: String, because reason: String, on connection: Connection) throws {
        try connection.execute(
            """
            UPDATE dead_letters SET state = \(DeadLetterState.discarded.sql), discarded_by = $2, discard_reason = $3,
                changed_at = now()
            WHERE id = ANY($1)
            """, ids, person, reason)
        try DeadLetterHistory.add(.discarded, to: ids, by: person, because: reason, on: connection)
    }

    /// Messages of a partition, from an offset on, that must not take effect when they are read again: an operator has
    /// settled them, or what took effect was another value in the place of their own.
    ///
    /// - returns: the digests of their values, by offset.
    static func settledByOperators(
        clusterID: String, topic: String, partition: Int32, from offset: Int64, of consumer: Program,
        on connection: Connection
    ) throws -> [Int64: [UInt8]] {
        let letters = try connection.records(
            SettledPlace.self,
            """
            SELECT message_offset, payload_sha256 FROM dead_letters
            WHERE cluster_id = $1 AND topic = $2 AND partition = $3 AND message_offset >= $4 AND consumer = $5
                AND (state = \(DeadLetterState.discarded.sql)
                    OR state = \(DeadLetterState.resolved.sql) AND edited_payload IS NOT NULL)
            """, clusterID, topic, partition, offset, consumer)
        return Dictionary(letters.map { ($0.offset, $0.digest) }, uniquingKeysWith: { $1 })
    }

    private struct SettledPlace: Record {
        let offset: Int64
        let digest: [UInt8]

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            SettledPlace(
                offset: try column("message_offset", row?.offset), digest: try column("payload_sha256", row?.digest))
        }
    }

    /// A letter, how often it was tried, and who has settled it otherwise.
    struct Tried: Record {
        let letter: DeadLetter
        let attempts: Int32
        let discardedBy: String?
        let discardReason: String?
        let editedPayload: [UInt8]?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Tried(
                letter: try column.record("", row?.letter),
                attempts: try column("attempts", row?.attempts),
                discardedBy: try column("discarded_by", row?.discardedBy),
                discardReason: try column("discard_reason", row?.discardReason),
                editedPayload: try column("edited_payload", row?.editedPayload))
        }
    }

    static func find(_ id: Int64, on connection: Connection) throws -> Tried? {
        try connection.record(Tried.self, "SELECT \(Tried.columnList) FROM dead_letters WHERE id = $1", id)
    }

    /// A letter in a list.
    struct Summary: Record {
        let message: StoredMessageSummary
        let state: DeadLetterState

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Summary(message: try column.record("", row?.message), state: try column("state", row?.state))
        }
    }

    /// - parameter filter: which are meant.
    /// - parameter all: also those that are settled.
    /// - parameter limit: the newest, at most so many.
    static func summaries(
        _ filter: DeadLetterFilter, all: Bool, limit: Int, on connection: Connection
    ) throws -> [Summary] {
        try connection.records(
            Summary.self,
            """
            SELECT \(Summary.columnList) FROM dead_letters
            WHERE \(Self.condition(filter)) AND ($7 OR state IN (\(DeadLetterState.unsettled.sql)))
            ORDER BY received_at DESC, id DESC LIMIT $8
            """, filter.days.from, filter.days.to, filter.days.zone.name, filter.cause, filter.topic, filter.bytes, all,
            limit)
    }

    static func summary(_ id: Int64, on connection: Connection) throws -> Summary? {
        try connection.record(Summary.self, "SELECT \(Summary.columnList) FROM dead_letters WHERE id = $1", id)
    }

    /// The dead letters of a topic that are not settled, by their keys.
    static func numbers(of topic: TopicName, keys: [[UInt8]], on connection: Connection) throws -> [KeyedNumber] {
        try connection.records(
            KeyedNumber.self,
            """
            SELECT key, max(id) AS id FROM dead_letters
            WHERE topic = $1 AND key = ANY ($2) AND state IN (\(DeadLetterState.unsettled.sql)) GROUP BY key
            """, topic.rawValue, keys)
    }

    /// The letters that are not settled, by cause.
    static func groups(on connection: Connection) throws -> [MessageGroup] {
        try connection.records(
            MessageGroup.self,
            MessageGroup.query("dead_letters", where: "state IN (\(DeadLetterState.unsettled.sql))"))
    }

    /// How many are meant.
    ///
    /// - parameter all: also those that are settled.
    static func count(_ filter: DeadLetterFilter, all: Bool, on connection: Connection) throws -> Int {
        try connection.value(
            Int.self,
            """
            SELECT count(*) FROM dead_letters
            WHERE \(Self.condition(filter)) AND ($7 OR state IN (\(DeadLetterState.unsettled.sql)))
            """, filter.days.from, filter.days.to, filter.days.zone.name, filter.cause, filter.topic, filter.bytes, all)
    }

    /// How many are not settled.
    static func count(on connection: Connection) throws -> Int {
        try connection.value(
            Int.self, "SELECT count(*) FROM dead_letters WHERE state IN (\(DeadLetterState.unsettled.sql))")
    }

    private func publication(of letter: DeadLetter, _ digest: SHA256.Digest) -> OutboxEvent<[UInt8]> {
        let message = letter.message
        let place = "\(message.clusterID)/\(message.topic)/\(message.partition)/\(message.offset)/\(digest)"
        let id = hash.digest(place).guid
        let causes = [
            ("ledgerbus-code", letter.code.rawValue), ("ledgerbus-reason", letter.reason),
            ("ledgerbus-consumer", message.consumer.rawValue), ("ledgerbus-topic", topicPrefix + message.topic),
            ("ledgerbus-partition", "\(message.partition)"), ("ledgerbus-offset", "\(message.offset)"),
            ("ledgerbus-payload-size", "\(letter.payloadSize)"), ("ledgerbus-payload-sha256", digest.description),
        ]
        return OutboxEvent(
            topic: TopicName.deadLetter(of: message.topic), key: message.key, eventId: id,
            traceId: message.header(EventHeader.traceParent).flatMap(TraceParent.guid) ?? id,
            headers: (message.headers ?? []) + causes.flatMap { [Array($0.0.utf8), Array($0.1.utf8)] },
            payload: message.payload)
    }
}
