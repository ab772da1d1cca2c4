import Bus
public import Contracts
public import Database

/// An actual that changed in Dataverse after Finance had posted it: a person corrects the difference with a new invoice
/// (design §4).
public struct OutOfSync: Hashable, Sendable, Encodable, Record {
    public let company: Company
    public let actualId: GUID
    /// As Finance's line has them.
    public let amount: Money
    public let quantity: Quantity
    /// As Dataverse has them since.
    public let newAmount: Money
    public let newQuantity: Quantity
    /// The columns of staging that are not what was posted: `amount, quantity`, `withdrawn`.
    public let changes: String

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        OutOfSync(
            company: try column("data_area_id", row?.company), actualId: try column("actual_id", row?.actualId),
            amount: try column("amount", row?.amount), quantity: try column("quantity", row?.quantity),
            newAmount: try column("new_amount", row?.newAmount),
            newQuantity: try column("new_quantity", row?.newQuantity),
            changes: try column("changes", row?.changes))
    }

    /// What differs now, by the newest version of each actual; the newest first.
    ///
    /// - parameter company: the only company; nil for all.
    /// - throws: `DatabaseError`.
    public static func list(
        _ connection: Connection, company: Company? = nil, limit: Int = 1_000
    ) throws -> [OutOfSync] {
        try connection.records(
            OutOfSync.self,
            """
            SELECT noticed.data_area_id, noticed.actual_id, coalesce(line.amount, billed.amount) AS amount,
                coalesce(line.quantity, billed.quantity) AS quantity, noticed.amount AS new_amount,
                noticed.quantity AS new_quantity, noticed.changes
            FROM out_of_sync_actuals noticed
            LEFT JOIN integration_journal_lines line USING (data_area_id, actual_id)
            LEFT JOIN invoice_proposal_lines billed USING (data_area_id, actual_id)
            WHERE ($1::text IS NULL OR noticed.data_area_id = $1)
                AND NOT EXISTS (
                    SELECT FROM out_of_sync_actuals newer
                    WHERE newer.data_area_id = noticed.data_area_id AND newer.actual_id = noticed.actual_id
                        AND newer.row_version > noticed.row_version)
            ORDER BY noticed.noticed_at DESC, noticed.actual_id LIMIT $2
            """, company, limit)
    }
}

/// A posted invoice that Dataverse has otherwise by now: a person corrects the difference (`domain.md` §9.25).
public struct InvoiceOutOfSync: Hashable, Sendable, Encodable, Record {
    public let company: Company
    public let proposalNumber: String
    public let customerInvoiceNumber: String?
    /// What is different.
    public let reason: String

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        InvoiceOutOfSync(
            company: try column("data_area_id", row?.company),
            proposalNumber: try column("proposal_number", row?.proposalNumber),
            customerInvoiceNumber: try column("customer_invoice_number", row?.customerInvoiceNumber),
            reason: try column("out_of_sync", row?.reason))
    }

    /// In the order of company and number.
    ///
    /// - throws: `DatabaseError`.
    public static func list(
        _ connection: Connection, company: Company? = nil, limit: Int = 1_000
    ) throws -> [InvoiceOutOfSync] {
        try connection.records(
            InvoiceOutOfSync.self,
            """
            SELECT proposal.data_area_id, proposal.proposal_number, invoice.customer_invoice_number,
                proposal.out_of_sync
            FROM invoice_proposals proposal
            LEFT JOIN project_invoices invoice USING (data_area_id, proposal_number)
            WHERE proposal.out_of_sync IS NOT NULL AND ($1::text IS NULL OR proposal.data_area_id = $1)
            ORDER BY proposal.data_area_id, proposal.proposal_number LIMIT $2
            """, company, limit)
    }
}
