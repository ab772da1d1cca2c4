import Contracts
import Database

/// The table `dead_letter_events`: what operators and consumers did about dead letters, in the transaction in which they did.
enum DeadLetterHistory {
    /// Something that happened to a letter.
    struct Entry: Record {
        let happenedAt: Instant
        let event: DeadLetterEvent
        let actor: String
        let code: FailureCode?
        let reason: String?
        let payload: [UInt8]?
        let payloadDigest: [UInt8]?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Entry(
                happenedAt: try column("happened_at", row?.happenedAt), event: try column("event", row?.event),
                actor: try column("actor", row?.actor), code: try column("code", row?.code),
                reason: try column("reason", row?.reason), payload: try column("payload", row?.payload),
                payloadDigest: try column("payload_sha256", row?.payloadDigest))
        }
    }

    /// The same happened to some letters.
    static func add(
        _ event: DeadLetterEvent, to letters: [Int64], by actor: String, _ reason: Reason? = nil,
        because sentence: String? = nil, on connection: Connection
    ) throws {
        guard !letters.isEmpty else { return }
        try connection.execute(
            """
            INSERT INTO dead_letter_events (letter_id, event, actor, code, reason)
            SELECT unnest($1::bigint[]), $2, $3, $4, $5
            """, letters, event, actor, reason?.code, reason?.sentence ?? sentence)
    }

    /// A letter was edited.
    static func addEdit(
        of letter: Int64, to payload: [UInt8], by actor: String, because reason: String, on connection: Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO dead_letter_events (letter_id, event, actor, reason, payload, payload_sha256)
            VALUES ($1, $2, $3, $4, $5, sha256($5))
            """, letter, DeadLetterEvent.edited, actor, reason, payload)
    }

    /// What happened to a letter, in order.
    static func entries(of letter: Int64, on connection: Connection) throws -> [Entry] {
        try connection.records(
            Entry.self,
            "SELECT \(Entry.columnList) FROM dead_letter_events WHERE letter_id = $1 ORDER BY id", letter)
    }
}
