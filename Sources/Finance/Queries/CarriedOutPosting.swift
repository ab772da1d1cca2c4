public import Bus
public import Contracts
public import Database

/// A request to post that was carried out: what was posted or refused, when, and who asked for it.
public struct CarriedOutPosting: Hashable, Sendable, Encodable {
    /// In UTC.
    public let finishedAt: String
    public let company: Company
    public let kind: PostingKind
    public let number: String
    public let status: PostingRequestStatus
    /// Who asked: a user of the machine on which it was asked, or a job.
    public let requestedBy: String
    /// In UTC.
    public let requestedAt: String
    /// The worker that carried it out.
    public let worker: String?
    public let lines: Int
    /// Of a proposal that was posted, as what follows.
    public let customerInvoiceNumber: String?
    public let voucher: String?
    public let invoiceDate: CalendarDate?
    public let currency: CurrencyCode?
    public let invoiceAmount: Money?
    public let accountingInvoiceAmount: Money?
    /// Why it was refused, or what else is to be said.
    public let message: String?
    public let code: FailureCode?

    /// The postings that were carried out in the days of a scope, the oldest first, one by one.
    ///
    /// - parameters:
    ///   - requestedBy: only what this user or job asked for; nil for all.
    ///   - refusedAsWell: also what posting refused.
    ///   - zone: whose days they are.
    /// - throws: `DatabaseError`; what `body` throws.
    public static func read(
        _ scope: ReportScope, requestedBy: String? = nil, refusedAsWell: Bool = false, zone: DayZone,
        on connection: Connection,
        _ body: (CarriedOutPosting) throws -> Void
    ) throws {
        try PostingRequestStore(connection: connection).forEachFinished(
            scope, requestedBy: requestedBy, in: refusedAsWell ? [.posted, .error] : [.posted], zone: zone
        ) { try body(CarriedOutPosting($0)) }
    }

    private init(_ row: FinishedRequest) {
        finishedAt = row.finishedAt.text()
        company = row.company
        kind = row.kind
        number = row.number
        status = row.status
        requestedBy = row.requestedBy
        requestedAt = row.requestedAt.text()
        worker = row.worker
        lines = row.rowsDone
        customerInvoiceNumber = row.customerInvoiceNumber
        voucher = row.voucher
        invoiceDate = row.invoiceDate
        currency = row.currency
        invoiceAmount = row.invoiceAmount
        accountingInvoiceAmount = row.accountingInvoiceAmount
        message = row.message
        code = row.code
    }
}

/// A request that was carried out, with the invoice that it made.
struct FinishedRequest: Record {
    var finishedAt: Instant
    var company: Company
    var kind: PostingKind
    var number: String
    var status: PostingRequestStatus
    var requestedBy: String
    var requestedAt: Instant
    var worker: String?
    var rowsDone: Int
    var customerInvoiceNumber: String?
    var voucher: String?
    var invoiceDate: CalendarDate?
    var currency: CurrencyCode?
    var invoiceAmount: Money?
    var accountingInvoiceAmount: Money?
    var message: String?
    var code: FailureCode?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        FinishedRequest(
            finishedAt: try column("finished_at", row?.finishedAt),
            company: try column("data_area_id", row?.company),
            kind: try column("kind", row?.kind),
            number: try column("number", row?.number),
            status: try column("status", row?.status),
            requestedBy: try column("requested_by", row?.requestedBy),
            requestedAt: try column("requested_at", row?.requestedAt),
            worker: try column("worker", row?.worker),
            rowsDone: try column("rows_done", row?.rowsDone),
            customerInvoiceNumber: try column("customer_invoice_number", row?.customerInvoiceNumber),
            voucher: try column("voucher", row?.voucher),
            invoiceDate: try column("posted_on", row?.invoiceDate),
            currency: try column("currency", row?.currency),
            invoiceAmount: try column("invoice_amount", row?.invoiceAmount),
            accountingInvoiceAmount: try column("accounting_invoice_amount", row?.accountingInvoiceAmount),
            message: try column("message", row?.message),
            code: try column("error_code", row?.code))
    }
}

extension PostingRequestStore {
    /// The requests that were carried out, the oldest first.
    func forEachFinished(
        _ scope: ReportScope, requestedBy: String?, in states: [PostingRequestStatus], zone: DayZone,
        _ body: (FinishedRequest) throws -> Void
    ) throws {
        try connection.forEachRecord(
            FinishedRequest.self,
            """
            SELECT request.*, coalesce(request.error, request.note) AS message, invoice.customer_invoice_number,
                invoice.voucher, invoice.invoice_date AS posted_on, invoice.currency, invoice.invoice_amount,
                invoice.accounting_invoice_amount
            FROM posting_requests request
            LEFT JOIN project_invoices invoice ON request.kind = \(PostingKind.proposal.sql)
                AND request.status = \(PostingRequestStatus.posted.sql)
                AND invoice.data_area_id = request.data_area_id AND invoice.proposal_number = request.number
            WHERE request.status IN (\(states.sql)) AND \(ReportScope.within("request", instant: "request.finished_at"))
                AND ($5::text IS NULL OR request.requested_by = $5)
            ORDER BY request.finished_at, request.data_area_id, request.number
            """, scope.company, scope.to, scope.from, zone.name, requestedBy, record: body)
    }
}
