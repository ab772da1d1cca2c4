import Bus
import Contracts
import Database

/// The table `actuals`.
struct ActualStore {
    let connection: Connection

    /// Writes new actuals.
    ///
    /// - throws: `DatabaseError`.
    func insert(_ actuals: CopyRows) throws { try connection.copy(actuals, of: Actual.self, into: Actual.table) }

    /// Brings actuals to a newer version of their rows, each made from the stored one: their statuses and the invoice
    /// that they are on.
    ///
    /// - returns: how many were; one that is named twice, or of which something else made a newer version, is not.
    /// - throws: `DatabaseError`.
    func update(_ actuals: [Actual]) throws -> Int {
        try connection.execute(
            """
            UPDATE actuals a SET row_version = n.row_version, billing_status = n.billing_status,
                adjustment_status = n.adjustment_status, invoice_id = n.invoice_id
            FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::uuid[])
                AS n (actual_id, row_version, billing_status, adjustment_status, invoice_id)
            WHERE a.actual_id = n.actual_id AND a.row_version = n.row_version - 1
            """, actuals.map(\.actualId), actuals.map(\.rowVersion), actuals.map { $0.billingStatus?.rawValue },
            actuals.map { $0.adjustmentStatus?.rawValue }, actuals.map(\.invoiceId))
    }

    /// Deletes actuals.
    ///
    /// - parameter query: of their ids.
    /// - throws: `DatabaseError`.
    func delete(those query: String) throws {
        try connection.execute("DELETE FROM actuals a USING (\(query)) d WHERE a.actual_id = d.id")
    }

    /// The same, and notes what changed.
    ///
    /// - throws: `DatabaseError`, also when something else made a newer version of one.
    func update(_ actuals: [Actual], noting changes: ChangeSet) throws {
        guard !actuals.isEmpty else { return }
        guard try update(actuals) == actuals.count else {
            throw DatabaseError(message: "an actual was changed meanwhile; try again")
        }
        try changes.note(Actual.self, written: actuals.map(\.actualId))
    }

    /// Of some ids those that no actual has, by their place among them.
    ///
    /// - throws: `DatabaseError`.
    func unknown(_ actualIds: [GUID]) throws -> [Int] {
        try connection.values(
            Int.self,
            """
            SELECT i.place - 1 FROM unnest($1::uuid[]) WITH ORDINALITY AS i (actual_id, place)
            WHERE NOT EXISTS (SELECT FROM actuals a WHERE a.actual_id = i.actual_id)
            """, actualIds)
    }

    /// Passes the billed sales of invoices that Finance may see, invoice by invoice.
    ///
    /// - throws: `DatabaseError`.
    func forEachBilledSale(of invoices: [GUID], _ sale: (InvoicedSale) throws -> Void) throws {
        try connection.forEachRecord(
            InvoicedSale.self,
            """
            SELECT a.invoice_id, a.actual_id, a.amount, a.currency_id, y.iso_code,
                coalesce(a.accounting_date, a.document_date) AS accounting_date, a.project_contract_id, a.customer_id,
                \(WaitingReason.columnList(of: "w"))
            FROM unnest($1::uuid[]) AS i (invoice_id)
            JOIN actuals a ON a.invoice_id = i.invoice_id
            LEFT JOIN currencies y ON y.currency_id = a.currency_id
            LEFT JOIN actuals_waiting w ON w.id = a.actual_id
            WHERE a.transaction_type = \(TransactionType.billedSales.sql) AND NOT a.skip_sync
            ORDER BY a.invoice_id
            """, invoices, record: sale)
    }
}

extension InvoicedSale: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        InvoicedSale(
            invoiceId: try column("invoice_id", row?.invoiceId), actualId: try column("actual_id", row?.actualId),
            amount: try column("amount", row?.amount), currencyId: try column("currency_id", row?.currencyId),
            currency: try column("iso_code", row?.currency),
            accountingDate: try column("accounting_date", row?.accountingDate),
            projectContractId: try column("project_contract_id", row?.projectContractId),
            customerId: try column("customer_id", row?.customerId),
            waitingReason: try column.optionalRecord("", presentIf: "waiting_for", row?.waitingReason))
    }
}
