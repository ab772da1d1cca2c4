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
    public let currency: CurrencyCode?
    public let lineDetails: Int
    public let billedSales: Int
    public let lineAmount: Money
    /// Why a confirmed invoice is not published, in the domain's terms.
    public let waitingReason: String?
    /// Why it is another system's to post, before the cut-over; nil when it is ours.
    public let settlement: String?
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
        let rows = try connection.records(
            ListedInvoice.self,
            """
            SELECT i.invoice_id, i.invoice_number, i.status, i.is_ours, i.line_amount, y.iso_code,
                coalesce(g.line_details, 0) AS line_details, coalesce(g.billed_sales, 0) AS billed_sales,
                coalesce(g.chargeable_amount, 0) AS chargeable_amount, \(WaitingReason.columnList(of: "w")),
                q.totals_version, c.details, c.accounting_amount, s.settlement,
                \(PostedInvoiceRow.columnList(of: "p", prefix: "posted_"))
            FROM invoices i
            LEFT JOIN currencies y ON y.currency_id = i.currency_id
            LEFT JOIN invoice_progress g ON g.invoice_id = i.invoice_id
            LEFT JOIN invoices_waiting w ON w.id = i.invoice_id
            LEFT JOIN published_invoices q ON q.invoice_id = i.invoice_id
            LEFT JOIN cutover_invoices s ON s.invoice_id = i.invoice_id
            LEFT JOIN posted_invoices p ON p.invoice_id = i.invoice_id
            CROSS JOIN LATERAL (
                SELECT coalesce(sum(d.details), 0)::bigint AS details,
                    coalesce(sum(d.accounting_amount), 0) AS accounting_amount
                FROM invoice_detail_counts d WHERE d.invoice_id = i.invoice_id
            ) c
            WHERE $1::text IS NULL OR i.invoice_number = $1 OR i.invoice_id::text = lower($1)
            ORDER BY i.invoice_number, i.invoice_id LIMIT $2
            """, number, limit)
        let gaps = try gaps(of: rows)
        return rows.map { InvoiceSummary($0, gaps[$0.invoiceId]) }
    }

    /// What invoices lack that cannot be complete yet: nobody looked at their rows so far. That is done for as many as a
    /// person can wait for.
    private func gaps(of rows: [ListedInvoice]) throws -> [GUID: InvoiceGaps] {
        var (invoices, lineDetails): ([GUID], Int) = ([], 0)
        for row in rows where row.waitsForUnknownActuals {
            lineDetails += row.progress.lineDetails
            guard lineDetails <= Self.mostLineDetails else { break }
            invoices.append(row.invoiceId)
        }
        guard !invoices.isEmpty else { return [:] }
        return try connection.transaction { try InvoiceEvidenceStore(connection: connection).gaps(of: invoices) }
    }

    private static let mostLineDetails = 20_000

    /// The numbers of the drafts that this database confirms.
    ///
    /// - throws: `DatabaseError`.
    public func ownDrafts() throws -> [String] {
        try InvoiceStore(connection: connection).ownDrafts()
    }
}

/// A row of the list.
private struct ListedInvoice: Record {
    var invoiceId: GUID
    var number: String
    var status: ProjectInvoiceStatus
    var isOurs: Bool
    var lineAmount: Money
    var currency: CurrencyCode?
    var progress: InvoiceProgress
    var waitingReason: WaitingReason?
    var settlement: Settlement?
    var publishedVersion: Int?
    var details: Int
    var detailAccountingAmount: Money
    var posted: PostedInvoiceRow?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ListedInvoice(
            invoiceId: try column("invoice_id", row?.invoiceId), number: try column("invoice_number", row?.number),
            status: try column("status", row?.status), isOurs: try column("is_ours", row?.isOurs),
            lineAmount: try column("line_amount", row?.lineAmount), currency: try column("iso_code", row?.currency),
            progress: try column.record("", row?.progress),
            waitingReason: try column.optionalRecord("", presentIf: "waiting_for", row?.waitingReason),
            settlement: try column("settlement", row?.settlement),
            publishedVersion: try column("totals_version", row?.publishedVersion),
            details: try column("details", row?.details),
            detailAccountingAmount: try column("accounting_amount", row?.detailAccountingAmount),
            posted: try column.optionalRecord("posted_", presentIf: "invoice_id", row?.posted))
    }

    /// What it waits for, in the domain's terms.
    func waitingSentence(_ gaps: InvoiceGaps?) -> String? {
        guard waitsForUnknownActuals else { return waitingReason?.sentence }
        return progress.waitingSentence(lineAmount: lineAmount) + (gaps.map { "; \($0.sentence)" } ?? "")
    }

    /// Whether it waits for actuals, and only their number and amount are known.
    var waitsForUnknownActuals: Bool { waitingReason?.waitingFor == .actuals && waitingReason?.detail == nil }
}

extension InvoiceSummary {
    fileprivate init(_ row: ListedInvoice, _ gaps: InvoiceGaps?) {
        self.init(
            invoiceId: row.invoiceId, number: row.number,
            status: row.posted?.invoice.status.rawValue ?? row.status.rawValue, isOurs: row.isOurs,
            currency: row.currency,
            lineDetails: row.progress.lineDetails, billedSales: row.progress.billedSales, lineAmount: row.lineAmount,
            waitingReason: row.waitingSentence(gaps), settlement: row.settlement?.sentence,
            publishedVersion: row.publishedVersion,
            posted: (row.posted?.invoice).map { posted in
                PostedInvoice(
                    customerInvoiceNumber: posted.customerInvoiceNumber, invoiceDate: posted.invoiceDate,
                    salesTaxAmount: posted.salesTaxAmount, voucher: posted.voucher, updatedActuals: row.details,
                    actuals: posted.detailCount,
                    isComplete: posted.detailCount == row.details
                        && posted.detailAccountingAmount == row.detailAccountingAmount)
            })
    }
}
