import Bus
import Contracts
import Database

/// The tables `invoices`, `invoice_lines` and `invoice_line_details`.
struct InvoiceStore {
    let connection: Connection

    /// The invoices with a number or an id.
    ///
    /// - throws: `DatabaseError`.
    func drafts(numbered invoice: String) throws -> [DraftInvoice] {
        try connection.records(
            DraftInvoice.self,
            "SELECT \(DraftInvoice.columnList) FROM invoices WHERE invoice_number = $1 OR invoice_id = $2",
            invoice, GUID(invoice))
    }

    /// The numbers of the drafts that this database confirms.
    ///
    /// - throws: `DatabaseError`.
    func ownDrafts() throws -> [String] {
        try connection.values(
            String.self,
            """
            SELECT invoice_number FROM invoices WHERE is_ours AND status = \(ProjectInvoiceStatus.draft.sql)
            ORDER BY invoice_number
            """)
    }

    /// Marks a draft as confirmed by this database.
    ///
    /// - throws: `DatabaseError`.
    func confirm(_ invoiceId: GUID, on date: CalendarDate, hasCorrections: Bool) throws {
        try connection.execute(
            """
            UPDATE invoices SET status = \(ProjectInvoiceStatus.confirmed.sql), confirmed_here_on = $2,
                has_corrections = has_corrections OR $3, row_version = row_version + 1
            WHERE invoice_id = $1
            """, invoiceId, date, hasCorrections)
    }

    /// Marks the drafts among the rows of a load as ours.
    ///
    /// - returns: how many were not yet.
    /// - throws: `DatabaseError`.
    func markOurs(loaded spool: Spool) throws -> Int {
        try connection.execute(
            """
            UPDATE invoices i SET is_ours = true FROM \(spool.name(of: Invoice.table)) s
            WHERE s.invoice_id = i.invoice_id AND NOT i.is_ours
                AND i.status IN (\([ProjectInvoiceStatus.draft, .inReview].sql))
            """)
    }

    /// Whether this database confirmed any invoice.
    ///
    /// - throws: `DatabaseError`.
    func hasConfirmedHere() throws -> Bool {
        try connection.value(Bool.self, "SELECT EXISTS (SELECT FROM invoices WHERE confirmed_here_on IS NOT NULL)")
    }

    /// The lines of some invoices, by their ids.
    ///
    /// - throws: `DatabaseError`.
    func lines(ofInvoices ids: [GUID]) throws -> [InvoiceLine] {
        try connection.records(
            InvoiceLine.self,
            "SELECT \(InvoiceLine.columnList) FROM invoice_lines WHERE invoice_id = ANY ($1) ORDER BY invoice_line_id",
            ids)
    }

    /// Of some ids those that no invoice has, by their place among them.
    ///
    /// - throws: `DatabaseError`.
    func unknown(_ invoiceIds: [GUID]) throws -> [Int] {
        try connection.values(
            Int.self,
            """
            SELECT i.place - 1 FROM unnest($1::uuid[]) WITH ORDINALITY AS i (invoice_id, place)
            WHERE NOT EXISTS (SELECT FROM invoices v WHERE v.invoice_id = i.invoice_id)
            """, invoiceIds)
    }

    /// Passes the line details of an invoice in chunks, each with the unbilled sale that it is connected to.
    ///
    /// - throws: `DatabaseError`, whatever the closures throw.
    func forEachDraftLine(
        of invoiceId: GUID, chunk: Int, _ line: (DraftLineRow) throws -> Void, afterChunk: () throws -> Void
    ) throws {
        try connection.forEachRecord(
            DraftLineRow.self, chunk: chunk,
            """
            SELECT \(InvoiceLineDetail.columnList(of: "d")), l.billing_method AS invoice_line_billing_method,
                k.billing_method AS contract_line_billing_method, \(Actual.columnList(of: "u", prefix: "unbilled_")),
                c.ids[2] AS other_unbilled_id
            FROM invoice_line_details d
            LEFT JOIN invoice_lines l ON l.invoice_line_id = d.invoice_line_id
            LEFT JOIN contract_lines k ON k.contract_line_id = d.contract_line_id
            LEFT JOIN LATERAL (
                SELECT array_agg(DISTINCT c.transaction2_id) AS ids FROM transaction_connections c
                WHERE c.transaction1_id = d.invoice_line_detail_id
                    AND c.transaction1_role = \(ConnectionRole.billedSales.sql)
                    AND c.transaction1_type = \(ConnectedTable.invoiceLineDetail.sql)
                    AND c.transaction2_type = \(ConnectedTable.actual.sql)
            ) c ON true
            LEFT JOIN actuals u ON u.actual_id = c.ids[1]
            WHERE d.invoice_id = $1
            """, invoiceId, record: line, afterChunk: afterChunk)
    }
}

/// A line detail of a draft as it is stored, with what it is connected to.
struct DraftLineRow: Record {
    var detail: InvoiceLineDetail
    var invoiceLineBillingMethod: BillingMethod?
    var contractLineBillingMethod: BillingMethod?
    var unbilled: Actual?
    var otherUnbilledId: GUID?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        DraftLineRow(
            detail: try column.record("", row?.detail),
            invoiceLineBillingMethod: try column("invoice_line_billing_method", row?.invoiceLineBillingMethod),
            contractLineBillingMethod: try column("contract_line_billing_method", row?.contractLineBillingMethod),
            unbilled: try column.optionalRecord("unbilled_", presentIf: "actual_id", row?.unbilled),
            otherUnbilledId: try column("other_unbilled_id", row?.otherUnbilledId))
    }
}

extension DraftInvoice: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        DraftInvoice(
            invoiceId: try column("invoice_id", row?.invoiceId),
            invoiceNumber: try column("invoice_number", row?.invoiceNumber),
            status: try column("status", row?.status), lineAmount: try column("line_amount", row?.lineAmount),
            accountingDate: try column("accounting_date", row?.accountingDate),
            isOurs: try column("is_ours", row?.isOurs),
            confirmedHereOn: try column("confirmed_here_on", row?.confirmedHereOn))
    }
}
