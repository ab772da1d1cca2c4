public import Database

/// A cause for which messages of one side are set aside.
public struct SetAsideCause: Record, Sendable, Encodable {
    public let code: String
    public let count: Int64
    /// When the newest came.
    private let newestAt: Instant
    /// What is wrong with the newest.
    public let newest: String

    public var at: String { newestAt.text() }

    private enum CodingKeys: CodingKey { case code, count, at, newest }

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        SetAsideCause(
            code: try column("code", row?.code), count: try column("count", row?.count),
            newestAt: try column("newest_at", row?.newestAt), newest: try column("newest", row?.newest))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(code, forKey: .code)
        try container.encode(count, forKey: .count)
        try container.encode(at, forKey: .at)
        try container.encode(newest, forKey: .newest)
    }

    /// The causes of dead letters that nobody has settled and of messages that wait, the newest first.
    ///
    /// - throws: `DatabaseError`.
    public static func all(on connection: Connection) throws -> [SetAsideCause] {
        try connection.records(
            SetAsideCause.self,
            """
            SELECT code, count(*) AS count, max(received_at) AS newest_at,
                left((array_agg(reason ORDER BY received_at DESC))[1], 300) AS newest
            FROM (
                SELECT code, received_at, reason FROM dead_letters
                WHERE state IN (\(DeadLetterState.unsettled.sql))
                UNION ALL SELECT code, received_at, reason FROM held_messages
            ) message
            GROUP BY code ORDER BY newest_at DESC, code
            """)
    }
}
