public import Database

/// The ledger as a whole.
public struct LedgerTotals: Record, Hashable {
    public let entries: Int
    /// Vouchers whose entries do not add up to zero, of which there are none.
    public let unbalancedVouchers: Int

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        LedgerTotals(
            entries: try column("entries", row?.entries),
            unbalancedVouchers: try column("unbalanced_vouchers", row?.unbalancedVouchers))
    }

    /// - throws: `DatabaseError`.
    public static func load(_ connection: Connection) throws -> LedgerTotals {
        try connection.records(
            LedgerTotals.self,
            """
            SELECT coalesce(sum(entries), 0)::bigint AS entries,
                count(*) FILTER (WHERE amount <> 0 OR accounting_amount <> 0 OR reporting_amount <> 0) AS unbalanced_vouchers
            FROM (
                SELECT count(*) AS entries, sum(amount) AS amount, sum(accounting_amount) AS accounting_amount,
                    sum(reporting_amount) AS reporting_amount
                FROM ledger_entries GROUP BY data_area_id, voucher
            ) vouchers
            """)[0]
    }
}
