/// A proposal was posted as the customer's invoice (`domain.md` §5.1, export entity).
public struct InvoicePosted: Message, Hashable {
    public static var topic: TopicName { .invoicePosted }

    /// The Dataverse invoice.
    public var invoiceId: GUID
    /// The legal entity that posted.
    public var company: Company
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
    public var currency: CurrencyCode
    /// The invoice's amount without tax.
    public var lineAmount: Money
    /// The invoice's sales tax.
    public var salesTaxAmount: Money
    /// How many accounting details belong to the invoice.
    public var detailCount: Int
    /// The company's accounting currency.
    public var accountingCurrency: CurrencyCode
    /// The sum of their accounting amounts.
    public var detailAccountingAmount: Money
    /// The version of the posting; the highest wins.
    public var postingVersion: Int

    public init(
        invoiceId: GUID,
        company: Company,
        proposalNumber: String,
        customerInvoiceNumber: String,
        invoiceDate: CalendarDate,
        dueDate: CalendarDate,
        voucher: String,
        status: PostedStatus,
        currency: CurrencyCode,
        lineAmount: Money,
        salesTaxAmount: Money,
        detailCount: Int,
        accountingCurrency: CurrencyCode,
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

    @inlinable
    public static func fields<Coder: FieldCoder>(
        _ field: inout Coder, of message: Self?
    ) throws(ContractError) -> Self {
        InvoicePosted(
            invoiceId: try field.id("invoiceId", message?.invoiceId),
            company: try field.company("company", message?.company),
            proposalNumber: try field.text("proposalNumber", message?.proposalNumber, most: 20),
            customerInvoiceNumber: try field.text("customerInvoiceNumber", message?.customerInvoiceNumber, most: 20),
            invoiceDate: try field.date("invoiceDate", message?.invoiceDate),
            dueDate: try field.date("dueDate", message?.dueDate),
            voucher: try field.text("voucher", message?.voucher, most: 20),
            status: try field.label("status", message?.status),
            currency: try field.currency("currency", message?.currency),
            lineAmount: try field.decimal("lineAmount", message?.lineAmount),
            salesTaxAmount: try field.decimal("salesTaxAmount", message?.salesTaxAmount),
            detailCount: try field.integer("detailCount", message?.detailCount),
            accountingCurrency: try field.currency("accountingCurrency", message?.accountingCurrency),
            detailAccountingAmount: try field.decimal("detailAccountingAmount", message?.detailAccountingAmount),
            postingVersion: try field.integer("postingVersion", message?.postingVersion))
    }

    public var key: String { invoiceId.description }
}
