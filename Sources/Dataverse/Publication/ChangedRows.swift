import Database

/// The temporary tables in which a transaction notes what it changed, for
/// ``Publication``.
enum ChangedRows {
    /// Makes them, empty, until the transaction ends.
    ///
    /// - throws: `DatabaseError`.
    static func create(_ tables: [CapturedTable], on connection: Connection) throws {
        let changed = tables.map { "CREATE TEMP TABLE \($0.changed) (id uuid) ON COMMIT DROP;" }
        try connection.executeScript(
            changed.joined(separator: "\n") + """
                CREATE TEMP TABLE invoice_changes (
                    invoice_id uuid, line_details bigint, billed_sales bigint, chargeable_amount numeric
                ) ON COMMIT DROP;
                CREATE TEMP TABLE due_invoices (invoice_id uuid) ON COMMIT DROP;
                CREATE TEMP TABLE due_actuals (actual_id uuid) ON COMMIT DROP;
                CREATE TEMP TABLE due_connections (connection_id uuid) ON COMMIT DROP;
                """)
    }

    private static let lockKey: Int64 = 0x6461_7461_7665_7273

    /// Only one transaction at a time changes what is captured, so that each
    /// sees all that the others published.
    ///
    /// - throws: `DatabaseError`.
    static func lock(_ connection: Connection) throws {
        try connection.lockUntilTransactionEnds(lockKey)
    }
}
