public import Bus
public import Contracts
public import Database

/// Staged rows that are blocked for one and the same reason.
public struct BlockedRows: Hashable, Sendable, Encodable {
    public let company: Company
    /// By which causes are counted: `no-exchange-rate`.
    public let code: FailureCode
    /// What is wrong and what to do.
    public let reason: String
    public let rows: Int

    private struct Row: Record {
        var company: Company
        var code: FailureCode
        var reason: String
        var rows: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Row(
                company: try column("data_area_id", row?.company), code: try column("code", row?.code),
                reason: try column("reason", row?.reason), rows: try column("rows", row?.rows))
        }
    }

    /// How many rows are blocked for which reasons, those with most rows first in each company.
    ///
    /// - throws: `DatabaseError`.
    public static func list(_ connection: Connection) throws -> [BlockedRows] {
        try connection.records(
            Row.self,
            """
            SELECT data_area_id, code, reason, count(*) AS rows FROM blocked_actuals
            GROUP BY data_area_id, code, reason ORDER BY data_area_id, count(*) DESC, code, reason
            """
        ).map { BlockedRows(company: $0.company, code: $0.code, reason: $0.reason, rows: $0.rows) }
    }
}
