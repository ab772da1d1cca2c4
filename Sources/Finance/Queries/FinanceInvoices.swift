import Bus
public import Contracts
public import Database

/// An invoice as Finance's side has it, for a comparison with Dataverse's.
public struct FinanceInvoice: Hashable, Sendable {
    public let invoiceId: GUID
    public let company: Company
    /// The proposal's.
    public let number: String
    public let currency: CurrencyCode
    /// As Dataverse announced it, without tax.
    public let lineAmount: Money
    public let accountingDate: CalendarDate
    public let status: ProposalStatus
    /// What an open proposal waits for, or why posting refused a ready one.
    public let reason: String?
    /// How many lines Dataverse announced, and how many the proposal has.
    public let announcedLines: Int
    public let lines: Int
    /// What was, or ought to have been, given back; nil when it is not posted.
    public let posted: InvoicePosted?
    /// Whether the message of what was posted is still in the outbox.
    public let isInOutbox: Bool
}

/// The invoices of Finance's side.
public enum FinanceInvoices {
    /// In the order of their ids.
    ///
    /// - parameter id: only this one; all when nil.
    /// - throws: `DatabaseError`.
    public static func list(_ connection: Connection, id: GUID? = nil) throws -> [FinanceInvoice] {
        try connection.records(
            InvoiceRow.self,
            """
            SELECT p.invoice_id, p.data_area_id, p.proposal_number, p.currency, p.line_amount, p.accounting_date,
                p.status, p.waiting_for, p.posting_error, p.total_count, coalesce(l.lines, 0) AS lines,
                o.id IS NOT NULL AS is_in_outbox, c.accounting_currency,
                i.customer_invoice_number AS invoice_customer_invoice_number, i.voucher AS invoice_voucher,
                i.invoice_date AS invoice_invoice_date, i.due_date AS invoice_due_date,
                i.line_amount AS invoice_line_amount, i.sales_tax_amount AS invoice_sales_tax_amount,
                i.line_count AS invoice_line_count
            FROM invoice_proposals p
            JOIN companies c ON c.data_area_id = p.data_area_id
            LEFT JOIN (
                SELECT data_area_id, proposal_number, count(*) AS lines FROM invoice_proposal_lines l
                WHERE $1::uuid IS NULL OR (data_area_id, proposal_number) IN (
                    SELECT data_area_id, proposal_number FROM invoice_proposals WHERE invoice_id = $1)
                GROUP BY data_area_id, proposal_number
            ) l ON l.data_area_id = p.data_area_id AND l.proposal_number = p.proposal_number
            LEFT JOIN project_invoices i
                ON i.data_area_id = p.data_area_id AND i.proposal_number = p.proposal_number
            LEFT JOIN (\(OutboxStore.pendingIds(of: .invoicePosted))) o ON o.id = p.invoice_id
            WHERE $1::uuid IS NULL OR p.invoice_id = $1
            ORDER BY p.invoice_id, p.data_area_id
            """, id
        ).map(\.invoice)
    }
}

private struct InvoiceRow: Record {
    var invoiceId: GUID
    var company: Company
    var number: String
    var currency: CurrencyCode
    var lineAmount: Money
    var accountingDate: CalendarDate
    var status: ProposalStatus
    var waitingFor: String?
    var postingError: String?
    var announcedLines: Int
    var lines: Int
    var isInOutbox: Bool
    var accountingCurrency: CurrencyCode
    var posted: PostedFacts?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        InvoiceRow(
            invoiceId: try column("invoice_id", row?.invoiceId), company: try column("data_area_id", row?.company),
            number: try column("proposal_number", row?.number), currency: try column("currency", row?.currency),
            lineAmount: try column("line_amount", row?.lineAmount),
            accountingDate: try column("accounting_date", row?.accountingDate),
            status: try column("status", row?.status), waitingFor: try column("waiting_for", row?.waitingFor),
            postingError: try column("posting_error", row?.postingError),
            announcedLines: try column("total_count", row?.announcedLines), lines: try column("lines", row?.lines),
            isInOutbox: try column("is_in_outbox", row?.isInOutbox),
            accountingCurrency: try column("accounting_currency", row?.accountingCurrency),
            posted: try column.optionalRecord("invoice_", presentIf: "customer_invoice_number", row?.posted))
    }

    var invoice: FinanceInvoice {
        FinanceInvoice(
            invoiceId: invoiceId, company: company, number: number, currency: currency, lineAmount: lineAmount,
            accountingDate: accountingDate, status: status,
            reason: status == .open ? waitingFor : status == .ready ? postingError : nil,
            announcedLines: announcedLines, lines: lines,
            posted: posted.map {
                InvoicePosted(
                    invoiceId: invoiceId, company: company, proposalNumber: number,
                    customerInvoiceNumber: $0.customerInvoiceNumber, invoiceDate: $0.invoiceDate, dueDate: $0.dueDate,
                    voucher: $0.voucher, status: .posted, currency: currency, lineAmount: $0.lineAmount,
                    salesTaxAmount: $0.salesTaxAmount, detailCount: $0.lineCount,
                    accountingCurrency: accountingCurrency, detailAccountingAmount: .zero,
                    postingVersion: PostingVersion.first)
            }, isInOutbox: isInOutbox)
    }

    struct PostedFacts: Record {
        var customerInvoiceNumber: String
        var voucher: String
        var invoiceDate: CalendarDate
        var dueDate: CalendarDate
        var lineAmount: Money
        var salesTaxAmount: Money
        var lineCount: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            PostedFacts(
                customerInvoiceNumber: try column("customer_invoice_number", row?.customerInvoiceNumber),
                voucher: try column("voucher", row?.voucher), invoiceDate: try column("invoice_date", row?.invoiceDate),
                dueDate: try column("due_date", row?.dueDate), lineAmount: try column("line_amount", row?.lineAmount),
                salesTaxAmount: try column("sales_tax_amount", row?.salesTaxAmount),
                lineCount: try column("line_count", row?.lineCount))
        }
    }
}

/// A voucher whose ledger entries do not add up to zero (`domain.md` §7, invariant 4).
public struct UnbalancedVoucher: Hashable, Sendable, Encodable, Record {
    public let company: Company
    public let voucher: String
    public let amount: Money
    public let accountingAmount: Money

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        UnbalancedVoucher(
            company: try column("data_area_id", row?.company), voucher: try column("voucher", row?.voucher),
            amount: try column("amount", row?.amount),
            accountingAmount: try column("accounting_amount", row?.accountingAmount))
    }

    /// In the order of company and voucher.
    ///
    /// - parameter company: the only company; nil for all.
    /// - throws: `DatabaseError`.
    public static func list(
        _ connection: Connection, company: Company? = nil, limit: Int
    ) throws -> [UnbalancedVoucher] {
        try connection.records(
            UnbalancedVoucher.self,
            """
            SELECT data_area_id, voucher, sum(amount)::numeric(38, 4) AS amount,
                sum(accounting_amount)::numeric(38, 4) AS accounting_amount
            FROM ledger_entries WHERE $1::text IS NULL OR data_area_id = $1
            GROUP BY data_area_id, voucher HAVING sum(amount) <> 0 OR sum(accounting_amount) <> 0
            ORDER BY data_area_id, voucher LIMIT $2
            """, company, limit)
    }
}
