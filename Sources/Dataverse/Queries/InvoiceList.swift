import Bus
public import Contracts
public import Database

/// An invoice as the operator sees it.
public struct InvoiceSummary: Hashable, Sendable, Encodable {
    public let invoiceId: GUID
    public let number: String
    /// The proforma's status; *Posted* when Finance says so.
    public let status: String
    public let isOurs: Bool
    public let currency: String?
    public let lineDetails: Int
    public let billedSales: Int
    public let lineAmount: Money
    /// Why a confirmed invoice is not published, in the domain's terms.
    public let waitingReason: String?
    /// The version of the control totals published last.
    public let publishedVersion: Int?
    /// What Finance made of it.
    public let posted: PostedInvoice?
}

/// What Finance says of a posted invoice, and how much of it has come.
public struct PostedInvoice: Hashable, Sendable, Encodable {
    public let customerInvoiceNumber: String
    public let invoiceDate: CalendarDate
    public let salesTaxAmount: Money
    public let voucher: String
    /// How many of its actuals have their accounting detail.
    public let updatedActuals: Int
    /// How many belong to it.
    public let actuals: Int
    /// Whether all have come, and their amounts add up.
    public let isComplete: Bool
}

/// The invoices of the database.
public struct InvoiceList {
    private let connection: Connection

    public init(connection: Connection) { self.connection = connection }

    /// The invoices, by number.
    ///
    /// - parameters:
    ///   - number: only the invoice with this number or id.
    ///   - limit: at most so many.
    /// - throws: `DatabaseError`.
    public func invoices(number: String? = nil, limit: Int = 1_000) throws -> [InvoiceSummary] {
        try connection.query(
            """
            SELECT i.invoice_id, i.invoice_number, coalesce(p.status, i.status), i.is_ours, y.iso_code,
                coalesce(g.line_details, 0), coalesce(g.billed_sales, 0), i.line_amount,
                w.waiting_for, w.waiting_for_id::text, w.missing_billed_sales, w.amount_difference,
                q.totals_version, p.customer_invoice_number, p.invoice_date, p.sales_tax_amount, p.voucher,
                coalesce(c.details, 0)::bigint, p.detail_count,
                p.detail_count = coalesce(c.details, 0) AND p.detail_accounting_amount = coalesce(c.amount, 0)
            FROM invoices i
            LEFT JOIN currencies y ON y.currency_id = i.currency_id
            LEFT JOIN invoice_progress g ON g.invoice_id = i.invoice_id
            LEFT JOIN invoices_waiting w ON w.invoice_id = i.invoice_id
            LEFT JOIN published_invoices q ON q.invoice_id = i.invoice_id
            LEFT JOIN posted_invoices p ON p.invoice_id = i.invoice_id
            LEFT JOIN LATERAL (
                SELECT sum(d.details) AS details, sum(d.accounting_amount) AS amount
                FROM invoice_detail_counts d WHERE d.invoice_id = i.invoice_id
            ) c ON true
            WHERE $1::text IS NULL OR i.invoice_number = $1 OR i.invoice_id::text = lower($1)
            ORDER BY i.invoice_number, i.invoice_id LIMIT $2
            """, number, limit
        ).map(InvoiceSummary.init)
    }
}

extension InvoiceSummary {
    fileprivate init(_ row: BinaryRow) throws {
        var reason = try row.optionalString(8).map { Waiting.sentence($0, id: try row.optionalString(9)) }
        if try row.optionalString(8) == Waiting.actuals.rawValue {
            let missing = try row.optionalInt(10) ?? 0
            let difference = Numeric(unscaled: try row.optionalNumeric(11, scale: 4) ?? 0, scale: 4)
            reason =
                "waiting for actuals: "
                + (missing > 0 ? "\(missing) line details have no billed sale, " : "")
                + "the chargeable billed sales differ from the line amount by \(difference)"
        }
        let posted: PostedInvoice? =
            if let customerInvoiceNumber = try row.optionalString(13) {
                PostedInvoice(
                    customerInvoiceNumber: customerInvoiceNumber, invoiceDate: try row.date(14),
                    salesTaxAmount: try row.money(15), voucher: try row.string(16),
                    updatedActuals: try row.int(17), actuals: try row.int(18), isComplete: try row.bool(19))
            } else {
                nil
            }
        self.init(
            invoiceId: try row.guid(0), number: try row.string(1), status: try row.string(2), isOurs: try row.bool(3),
            currency: try row.optionalString(4), lineDetails: try row.int(5), billedSales: try row.int(6),
            lineAmount: try row.money(7), waitingReason: reason, publishedVersion: try row.optionalInt(12),
            posted: posted)
    }
}
