import Database

/// What retention takes out of a database, kind by kind: which rows are due, how they are archived, and how they go.
public enum RetainedRows: String, CaseIterable, Sendable, Encodable {
    case outbox
    case deadLetters = "dead-letters"
    case deadLetterMarks = "dead-letter-marks"
    case executionLog = "execution-log"

    private var table: String {
        switch self {
        case .outbox: "outbox"
        case .deadLetters, .deadLetterMarks: "dead_letters"
        case .executionLog: "execution_log"
        }
    }

    /// Whether a row is due, in SQL: `$1` is how many seconds old it has to be. What is pending or not settled never is.
    private var condition: String {
        let age = "now() - make_interval(secs => $1)"
        let settled = "kept.state IN (\(DeadLetterState.settled.sql)) AND kept.changed_at < \(age)"
        return switch self {
        case .outbox:
            "kept.created_at < \(age) AND NOT EXISTS (SELECT FROM outbox_pending pending WHERE pending.id = kept.id)"
        case .deadLetters: "\(settled) AND (kept.payload IS NOT NULL OR kept.headers IS NOT NULL)"
        case .deadLetterMarks: settled
        case .executionLog: "kept.logged_at < \(age)"
        }
    }

    /// How many rows are due.
    func count(olderThan age: Duration, on connection: Connection) throws -> Int {
        try connection.value(
            Int.self, "SELECT count(*) FROM \(table) kept WHERE \(condition)", age.components.seconds)
    }

    /// Some rows that are due, in the order of their ids.
    func due(olderThan age: Duration, after id: Int64, limit: Int, on connection: Connection) throws -> [Int64] {
        try connection.values(
            Int64.self,
            "SELECT kept.id FROM \(table) kept WHERE \(condition) AND kept.id > $2 ORDER BY kept.id LIMIT $3",
            age.components.seconds, id, limit)
    }

    /// A row as the archive has it.
    private struct Line: Record {
        let row: String

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of line: Self?) throws -> Self {
            Line(row: try column("row", line?.row))
        }
    }

    /// Gives rows as JSON, one by one, in the order of their ids: all their columns, bytes as hexadecimal digits.
    func forEach(_ ids: [Int64], on connection: Connection, _ body: (String) throws -> Void) throws {
        let row =
            switch self {
            case .outbox, .executionLog: "to_jsonb(kept)"
            case .deadLetters, .deadLetterMarks:
                """
                to_jsonb(kept) || jsonb_build_object('history', (
                    SELECT coalesce(jsonb_agg(to_jsonb(event) ORDER BY event.id), '[]')
                    FROM dead_letter_events event WHERE event.letter_id = kept.id))
                """
            }
        try connection.forEachRecord(
            Line.self, "SELECT (\(row))::text AS row FROM \(table) kept WHERE kept.id = ANY ($1) ORDER BY kept.id", ids
        ) { try body($0.row) }
    }

    /// Takes rows out that have been archived.
    ///
    /// - returns: how many.
    func remove(_ ids: [Int64], on connection: Connection) throws -> Int {
        switch self {
        case .outbox:
            // One that is to be sent again since stays.
            return try connection.execute(
                """
                DELETE FROM outbox WHERE id = ANY ($1)
                    AND NOT EXISTS (SELECT FROM outbox_pending pending WHERE pending.id = outbox.id)
                """, ids)
        case .executionLog, .deadLetterMarks:
            return try connection.execute("DELETE FROM \(table) WHERE id = ANY ($1)", ids)
        case .deadLetters:
            // That it was edited is still to be known.
            try connection.execute("UPDATE dead_letter_events SET payload = NULL WHERE letter_id = ANY ($1)", ids)
            return try connection.execute(
                """
                UPDATE dead_letters SET payload = NULL, headers = NULL,
                    edited_payload = CASE WHEN edited_payload IS NULL THEN NULL ELSE ''::bytea END
                WHERE id = ANY ($1)
                """, ids)
        }
    }

    /// Puts messages of the outbox back that are not in it, each under its own number, to be sent.
    ///
    /// - parameter rows: a JSON array of them.
    /// - returns: how many were not there.
    static func restoreOutbox(_ rows: String, on connection: Connection) throws -> Int {
        try connection.execute(
            """
            INSERT INTO outbox OVERRIDING SYSTEM VALUE SELECT * FROM json_populate_recordset(NULL::outbox, $1::json)
            ORDER BY id ON CONFLICT DO NOTHING
            """, rows)
    }
}
