public import Bus
public import Contracts
public import Database

/// A line of an integration journal, as a list shows it.
public struct JournalLineSummary: Hashable, Sendable, Encodable {
    public let lineNumber: Int
    public let actualId: GUID
    public let voucher: String
    /// The vouchers of the lines that belong to it by a connection: of a cost those of its unbilled sales, of an unbilled
    /// sale that of its cost (`domain.md` §6.10.5).
    public let relatedVouchers: [String]
    public let transactionType: TransactionType
    public let transactionClass: TransactionClass
    public let projectNumber: String
    /// The borrowing company as a customer, on a lending company's line (`domain.md` §6.9).
    public let intercompanyCustomer: String?
    public let transactionDate: CalendarDate
    public let accountingDate: CalendarDate
    public let category: String
    public let lineProperty: String
    public let quantity: Quantity
    public let price: Money
    public let currency: CurrencyCode
    public let amount: Money
    /// Accounting currency per 100 units of the transaction currency.
    public let exchangeRate: ExchangeRate
    public let accountingAmount: Money
    /// Nil when the company has no reporting currency.
    public let reportingAmount: Money?
    public let salesTaxGroup: String?
    public let itemSalesTaxGroup: String?
    public let status: JournalLineStatus
    /// Why posting refused it.
    public let error: String?
    public let errorCode: FailureCode?

    /// A line, and the status of its journal.
    private struct Row: Record {
        var line: IntegrationJournalLine
        var relatedVouchers: [String]
        var journalStatus: JournalStatus
        var isBeingPosted: Bool

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Row(
                line: try column.record("", row?.line),
                relatedVouchers: try column("related_vouchers", row?.relatedVouchers),
                journalStatus: try column("status", row?.journalStatus),
                isBeingPosted: try column("is_being_posted", row?.isBeingPosted))
        }
    }

    private init(_ row: Row) {
        let line = row.line
        let draft = line.draft
        lineNumber = line.lineNumber
        actualId = draft.actualId
        voucher = line.voucher
        relatedVouchers = row.relatedVouchers
        transactionType = draft.transactionType
        transactionClass = draft.transactionClass
        projectNumber = draft.projectNumber
        intercompanyCustomer = draft.intercompanyCustomer
        transactionDate = draft.transactionDate
        accountingDate = draft.accountingDate
        category = draft.categoryId
        lineProperty = draft.linePropertyId
        quantity = draft.quantity
        price = draft.price
        currency = draft.currency
        amount = draft.amount
        exchangeRate = draft.exchangeRate
        accountingAmount = draft.accountingAmount
        reportingAmount = draft.reportingAmount
        salesTaxGroup = draft.salesTaxGroup
        itemSalesTaxGroup = draft.itemSalesTaxGroup
        status = JournalLineStatus(
            in: JournalHeaderStatus(row.journalStatus, isBeingPosted: row.isBeingPosted), refusal: line.errorCode)
        error = line.error
        errorCode = line.errorCode
    }

    /// The lines of a journal, in their order.
    ///
    /// - throws: `DatabaseError`.
    public static func list(
        _ connection: Connection, company: Company, journal: String
    ) throws -> [JournalLineSummary] {
        try connection.records(
            Row.self,
            """
            SELECT \(IntegrationJournalLine.columnList(of: "line")), journal.status,
                \(PostingRequestStore.isBeingPosted) AS is_being_posted, ARRAY(
                    SELECT related.voucher FROM (\(ConnectionStore.related(to: "line.actual_id"))) other (actual_id)
                    JOIN integration_journal_lines related
                        ON related.data_area_id = line.data_area_id AND related.actual_id = other.actual_id
                    ORDER BY related.voucher
                ) AS related_vouchers
            FROM integration_journal_lines line JOIN integration_journals journal USING (data_area_id, journal_number)
            WHERE data_area_id = $1 AND journal_number = $2 ORDER BY line_number
            """, company, journal
        ).map(JournalLineSummary.init)
    }
}
