import Contracts
public import Database

/// The table `operator_actions`: what operators did. Append-only; the database refuses to change or to delete its rows.
public enum OperatorActionStore {
    /// The session's settings that say in which run of a command a row was written.
    static let runSetting = "ledgerbus.run"
    static let commandLineSetting = "ledgerbus.command_line"

    /// Keeps what an operator does, in the transaction that does it: neither is there without the other.
    ///
    /// - throws: `DatabaseError`.
    public static func record(_ action: OperatorAction, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO operator_actions (actor, action, subject, reason, before, after)
            VALUES ($1, $2, $3, $4, $5::jsonb, $6::jsonb)
            """, action.actor, action.action, action.subject, action.reason, action.before, action.after)
    }

    /// From now on the session's rows belong to a run.
    static func begin(_ run: GUID, commandLine: String, on connection: Connection) throws {
        try connection.execute(
            "SELECT set_config('\(runSetting)', $1, false), set_config('\(commandLineSetting)', $2, false)",
            run.description, commandLine)
    }

    /// Whether this transaction has changed something, and no row tells of the session's run yet.
    static func isUnrecorded(_ run: GUID, on connection: Connection) throws -> Bool {
        try connection.value(
            Bool.self,
            """
            SELECT pg_current_xact_id_if_assigned() IS NOT NULL
                AND NOT EXISTS (SELECT FROM operator_actions WHERE run = $1)
            """, run)
    }

    /// Whether the schema has the table yet.
    static func isThere(on connection: Connection) throws -> Bool {
        try connection.value(Bool.self, "SELECT to_regclass('operator_actions') IS NOT NULL")
    }

    /// Whether a row tells of a run.
    static func isRecorded(_ run: GUID, on connection: Connection) throws -> Bool {
        try connection.value(Bool.self, "SELECT EXISTS (SELECT FROM operator_actions WHERE run = $1)", run)
    }

    /// Some rows as they stand, as JSON; at most so many that a person reads them.
    ///
    /// - parameter keys: of the rows; all when there is none.
    static func rows(_ rows: AuditedRows, _ keys: [String], on connection: Connection) throws -> String? {
        try connection.optionalValue(
            String.self,
            """
            SELECT jsonb_agg(to_jsonb(standing))::text FROM (
                SELECT * FROM \(rows.table) WHERE cardinality($1::text[]) = 0 OR \(rows.key) = ANY ($1)
                ORDER BY \(rows.key) LIMIT 50
            ) standing HAVING count(*) > 0
            """, keys)
    }

    /// A row as it is listed.
    struct Recorded: Record {
        let id: Int64
        let actedAt: Instant
        let actor: String
        let databaseRole: String
        let action: String
        let subject: String
        let reason: String?
        let before: String?
        let after: String?
        let run: GUID?
        let commandLine: String?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Recorded(
                id: try column("id", row?.id),
                actedAt: try column("acted_at", row?.actedAt),
                actor: try column("actor", row?.actor),
                databaseRole: try column("database_role", row?.databaseRole),
                action: try column("action", row?.action),
                subject: try column("subject", row?.subject),
                reason: try column("reason", row?.reason),
                before: try column("before", row?.before),
                after: try column("after", row?.after),
                run: try column("run", row?.run),
                commandLine: try column("command_line", row?.commandLine))
        }
    }

    /// What of the table is listed. Nil is all.
    struct Filter {
        var days: DayRange
        var actor: String?
        /// The action, or how it begins: `errors`.
        var action: String?
        /// What the subject contains.
        var subject: String?
    }

    /// Gives the rows, in the order in which they were written.
    ///
    /// - parameter limit: the newest, at most so many.
    static func forEach(
        _ filter: Filter, limit: Int, on connection: Connection, _ body: (Recorded) throws -> Void
    ) throws {
        try connection.forEachRecord(
            Recorded.self,
            """
            SELECT * FROM (
                SELECT id, acted_at, actor, database_role, action, subject, reason, before::text AS before,
                    after::text AS after, run, command_line
                FROM operator_actions
                WHERE \(DayRange.contains("acted_at")) AND ($4::text IS NULL OR actor = $4)
                    AND ($5::text IS NULL OR action = $5 OR starts_with(action, $5 || ' '))
                    AND ($6::text IS NULL OR strpos(subject, $6) > 0)
                ORDER BY id DESC LIMIT $7
            ) newest ORDER BY id
            """, filter.days.from, filter.days.to, filter.days.zone.name, filter.actor, filter.action, filter.subject,
            limit, record: body)
    }
}
