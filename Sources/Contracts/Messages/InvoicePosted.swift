public import JSON

/// A proposal was posted as the customer's invoice (`domain.md` §5.1, export entity).
public struct InvoicePosted: Message, Hashable {
    public static var topic: TopicName { .invoicePosted }

    /// The Dataverse invoice.
    public var invoiceId: GUID
    /// The legal entity that posted.
    public var company: String
    /// The proposal's number, which is the proforma's.
    public var proposalNumber: String
    /// The number of the customer's invoice.
    public var customerInvoiceNumber: String
    /// The date of the customer's invoice.
    public var invoiceDate: CalendarDate
    /// The day on which it is due.
    public var dueDate: CalendarDate
    /// The invoice's voucher.
    public var voucher: String
    /// The proforma's new status: *Posted*.
    public var status: PostedStatus
    /// The invoice's currency.
    public var currency: String
    /// The invoice's amount without tax.
    public var lineAmount: Money
    /// The invoice's sales tax.
    public var salesTaxAmount: Money
    /// How many accounting details belong to the invoice.
    public var detailCount: Int
    /// The company's accounting currency.
    public var accountingCurrency: String
    /// The sum of their accounting amounts.
    public var detailAccountingAmount: Money
    /// The version of the posting; the highest wins.
    public var postingVersion: Int

    public init(
        invoiceId: GUID,
        company: String,
        proposalNumber: String,
        customerInvoiceNumber: String,
        invoiceDate: CalendarDate,
        dueDate: CalendarDate,
        voucher: String,
        status: PostedStatus,
        currency: String,
        lineAmount: Money,
        salesTaxAmount: Money,
        detailCount: Int,
        accountingCurrency: String,
        detailAccountingAmount: Money,
        postingVersion: Int
    ) {
        self.invoiceId = invoiceId
        self.company = company
        self.proposalNumber = proposalNumber
        self.customerInvoiceNumber = customerInvoiceNumber
        self.invoiceDate = invoiceDate
        self.dueDate = dueDate
        self.voucher = voucher
        self.status = status
        self.currency = currency
        self.lineAmount = lineAmount
        self.salesTaxAmount = salesTaxAmount
        self.detailCount = detailCount
        self.accountingCurrency = accountingCurrency
        self.detailAccountingAmount = detailAccountingAmount
        self.postingVersion = postingVersion
    }

    public static let fields = [
        "invoiceId", "company", "proposalNumber", "customerInvoiceNumber", "invoiceDate", "dueDate", "voucher",
        "status", "currency", "lineAmount", "salesTaxAmount", "detailCount", "accountingCurrency",
        "detailAccountingAmount", "postingVersion",
    ]

    public init(from fields: borrowing MessageFields, choices: ChoiceTables) throws(ContractError) {
        invoiceId = try fields.guid(0)
        company = try fields.company(1)
        proposalNumber = try fields.text(2, most: 20)
        customerInvoiceNumber = try fields.text(3, most: 20)
        invoiceDate = try fields.date(4)
        dueDate = try fields.date(5)
        voucher = try fields.text(6, most: 20)
        status = try fields.label(7, as: PostedStatus.self)
        currency = try fields.currency(8)
        lineAmount = try fields.decimal(9)
        salesTaxAmount = try fields.decimal(10)
        detailCount = try fields.integer(11)
        accountingCurrency = try fields.currency(12)
        detailAccountingAmount = try fields.decimal(13)
        postingVersion = try fields.integer(14)
    }

    public func write(to json: inout JSONWriter, choices: ChoiceTables) throws(ContractError) {
        json.beginObject()
        json.member("invoiceId", invoiceId)
        json.member("company", company)
        json.member("proposalNumber", proposalNumber)
        json.member("customerInvoiceNumber", customerInvoiceNumber)
        json.member("invoiceDate", invoiceDate)
        json.member("dueDate", dueDate)
        json.member("voucher", voucher)
        json.member("status", status)
        json.member("currency", currency)
        json.member("lineAmount", lineAmount)
        json.member("salesTaxAmount", salesTaxAmount)
        json.member("detailCount", detailCount)
        json.member("accountingCurrency", accountingCurrency)
        json.member("detailAccountingAmount", detailAccountingAmount)
        json.member("postingVersion", postingVersion)
        json.endObject()
    }

    public var key: String { invoiceId.description }
}
