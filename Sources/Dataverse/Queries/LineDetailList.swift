import Bus
public import Contracts
public import Database

/// A line detail of an invoice, as whoever edits a draft sees it.
public struct LineDetailSummary: Hashable, Sendable, Encodable {
    public let lineDetailId: GUID
    public let contractLine: String?
    public let transactionClass: TransactionClass
    public let billingType: BillingType?
    public let documentDate: CalendarDate
    public let quantity: Quantity?
    public let price: Money?
    /// In the invoice's currency, without tax.
    public let amount: Money
    public let isCorrection: Bool
    public let description: String?
}

/// The line details of the database.
public struct LineDetailList {
    private let connection: Connection

    public init(connection: Connection) { self.connection = connection }

    /// The line details of an invoice, by its number or id.
    ///
    /// - throws: `DatabaseError`.
    public func lineDetails(invoice: String, limit: Int = 1_000) throws -> [LineDetailSummary] {
        try connection.records(
            ListedLineDetail.self,
            """
            SELECT \(InvoiceLineDetail.columnList(of: "d")), l.name AS contract_line
            FROM invoices i
            JOIN invoice_line_details d ON d.invoice_id = i.invoice_id
            LEFT JOIN contract_lines l ON l.contract_line_id = d.contract_line_id
            WHERE i.invoice_number = $1 OR i.invoice_id::text = lower($1)
            ORDER BY d.document_date, d.invoice_line_detail_id LIMIT $2
            """, invoice, limit
        ).map(LineDetailSummary.init)
    }
}

/// A row of the list.
private struct ListedLineDetail: Record {
    var detail: InvoiceLineDetail
    var contractLine: String?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ListedLineDetail(
            detail: try column.record("", row?.detail), contractLine: try column("contract_line", row?.contractLine))
    }
}

extension LineDetailSummary {
    fileprivate init(_ row: ListedLineDetail) {
        let (detail, facts) = (row.detail, row.detail.facts)
        self.init(
            lineDetailId: detail.invoiceLineDetailId, contractLine: row.contractLine,
            transactionClass: facts.transactionClass, billingType: facts.billingType,
            documentDate: facts.documentDate, quantity: facts.quantity, price: facts.price, amount: facts.amount,
            isCorrection: detail.isCorrection, description: facts.description)
    }
}
