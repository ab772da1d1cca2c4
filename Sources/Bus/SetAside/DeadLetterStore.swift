import Contracts
public import Database

/// What has become of a dead letter.
public enum DeadLetterState: String, CaseIterable, DatabaseLabel {
    /// It stays until an operator asks for it: from nothing, or from ``requested`` when it failed again.
    case parked
    /// An operator wants it tried again: from ``parked``.
    case requested
    /// It took effect: from ``requested``, for good.
    case resolved
    /// An operator has settled it otherwise, with a reason: from ``parked`` or ``requested``, for good.
    case discarded

    /// Those that somebody has to do something about.
    static let unsettled: [DeadLetterState] = [.parked, .requested]
}

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

    /// A requested letter that this transaction may settle; nil when another settles it, or has.
    static func lockRequested(_ id: Int64, on connection: Connection) throws -> DeadLetter? {
        try connection.record(
            DeadLetter.self,
            """
            SELECT \(DeadLetter.columnList) FROM dead_letters
            WHERE id = $1 AND state = \(DeadLetterState.requested.sql) FOR UPDATE SKIP LOCKED
            """, id)
    }

    /// It took effect.
    static func resolve(_ id: Int64, on connection: Connection) throws {
        try connection.execute(
            "UPDATE dead_letters SET state = \(DeadLetterState.resolved.sql), changed_at = now() WHERE id = $1", id)
    }

    /// It failed again.
    static func parkAgain(_ id: Int64, _ reason: Reason, on connection: Connection) throws {
        try connection.execute(
            """
            UPDATE dead_letters SET state = \(DeadLetterState.parked.sql), attempts = attempts + 1, code = $2,
                reason = $3, changed_at = now()
            WHERE id = $1
            """, id, reason.code, reason.sentence)
    }

    /// What is known of a letter that an operator wants to settle.
    struct Standing: Record {
        let id: Int64
        let state: DeadLetterState
        let payloadSize: Int64
        /// How much of the value was kept; nil when there was none.
        let keptSize: Int64?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Standing(
                id: try column("id", row?.id),
                state: try column("state", row?.state),
                payloadSize: try column("payload_size", row?.payloadSize),
                keptSize: try column("kept_size", row?.keptSize))
        }
    }

    /// Some letters, which nobody else can settle until this transaction ends.
    static func lock(_ ids: [Int64], on connection: Connection) throws -> [Standing] {
        try connection.records(
            Standing.self,
            """
            SELECT id, state, payload_size, length(payload)::bigint AS kept_size FROM dead_letters
            WHERE id = ANY($1) ORDER BY id FOR UPDATE
            """, ids)
    }

    /// Has letters tried again.
    static func request(_ ids: [Int64], on connection: Connection) throws {
        try connection.execute(
            """
            UPDATE dead_letters SET state = \(DeadLetterState.requested.sql), changed_at = now() WHERE id = ANY($1)
            """, ids)
    }

    /// Has all parked letters tried again that can be.
    ///
    /// - returns: how many.
    static func requestAll(on connection: Connection) throws -> Int {
        try connection.execute(
            """
            UPDATE dead_letters SET state = \(DeadLetterState.requested.sql), changed_at = now()
            WHERE state = \(DeadLetterState.parked.sql) AND length(payload) = payload_size
            """)
    }

    /// Settles letters for good.
    static func discard(_ ids: [Int64], by person: String, because reason: String, on connection: Connection) throws {
        try connection.execute(
            """
            UPDATE dead_letters SET state = \(DeadLetterState.discarded.sql), discarded_by = $2, discard_reason = $3,
                changed_at = now()
            WHERE id = ANY($1)
            """, ids, person, reason)
    }

    /// A letter, how often it was tried, and who has settled it otherwise.
    struct Tried: Record {
        let letter: DeadLetter
        let attempts: Int32
        let discardedBy: String?
        let discardReason: String?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Tried(
                letter: try column.record("", row?.letter),
                attempts: try column("attempts", row?.attempts),
                discardedBy: try column("discarded_by", row?.discardedBy),
                discardReason: try column("discard_reason", row?.discardReason))
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

    /// - parameter all: also those that are settled.
    /// - parameter limit: the newest, at most so many.
    static func summaries(all: Bool, limit: Int, on connection: Connection) throws -> [Summary] {
        try connection.records(
            Summary.self,
            """
            SELECT \(Summary.columnList) FROM dead_letters
            WHERE $1 OR state IN (\(DeadLetterState.unsettled.sql)) ORDER BY received_at DESC, id DESC LIMIT $2
            """, all, limit)
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

    /// How many there are, settled or not.
    static func countAll(on connection: Connection) throws -> Int {
        try connection.value(Int.self, "SELECT count(*) FROM dead_letters")
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
