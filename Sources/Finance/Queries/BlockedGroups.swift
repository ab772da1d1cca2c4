public import Bus
import Contracts
public import Database

extension ErrorGroup {
    /// What Finance cannot take, import or post, by cause.
    ///
    /// - parameter cures: of each code.
    /// - throws: `DatabaseError`.
    public static func blocked(cures: [FailureCode: String], on connection: Connection) throws -> [ErrorGroup] {
        try BlockedActualStore(connection: connection).groups().map { group in
            let code = group.code ?? .waitsForLines
            return ErrorGroup(
                .finance, group.place.kind, cause: code.rawValue, count: group.count, oldest: group.oldest,
                oldestSeconds: group.oldestSeconds, example: group.example, reason: group.reason,
                cure: cures[code] ?? "see ledgerbus finance blocked")
        }
    }
}

extension BlockedPlace {
    fileprivate var kind: ErrorGroup.Kind {
        switch self {
        case .staging: .blockedRow
        case .journal: .journal
        case .proposal: .proposal
        case .lostInvoice: .lostInvoice
        }
    }
}

/// What is blocked in one place for one cause.
struct BlockedGroup: Record {
    var place: BlockedPlace
    var code: FailureCode?
    var count: Int
    var oldest: Instant?
    var oldestSeconds: Int64?
    /// The first of them: an actual, a journal or a proposal, as its place names it.
    var example: String
    var reason: String

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        BlockedGroup(
            place: try column("place", row?.place), code: try column("code", row?.code),
            count: try column("count", row?.count), oldest: try column("oldest", row?.oldest),
            oldestSeconds: try column("oldest_seconds", row?.oldestSeconds),
            example: try column("example", row?.example), reason: try column("reason", row?.reason))
    }
}

extension BlockedActualStore {
    /// What is blocked anywhere, by place and cause, the most first.
    func groups() throws -> [BlockedGroup] {
        try connection.records(
            BlockedGroup.self,
            """
            SELECT place, code, count(*) AS count, min(since) AS oldest,
                extract(epoch FROM now() - min(since))::bigint AS oldest_seconds,
                (min(ARRAY[coalesce(named, ''), reason]))[1] AS example,
                (min(ARRAY[coalesce(named, ''), reason]))[2] AS reason
            FROM (
                SELECT *, CASE place WHEN \(BlockedPlace.staging.sql) THEN actual_id::text
                    WHEN \(BlockedPlace.journal.sql) THEN journal_number ELSE proposal_number END AS named
                FROM (\(Self.everywhere)) everywhere
            ) blocked GROUP BY place, code ORDER BY count DESC, place, code
            """)
    }
}
