/// A proforma invoice was confirmed in Dataverse (`domain.md` §5.3), with the control totals of
/// the billed sales that have to arrive with it (design §4).
public struct InvoiceConfirmed: Message, Hashable {
    public static var topic: TopicName { .invoiceConfirmed }

    /// The Dataverse invoice.
    public var invoiceId: GUID
    /// The proforma's number, which becomes the proposal's. Finance holds 20 characters (`domain.md` §2.1).
    public var invoiceNumber: String
    /// The legal entity that owns the contract.
    public var company: Company
    /// The project contract's order number.
    public var contractNumber: String
    /// The customer's account number in Finance.
    public var customerAccount: String
    /// The customer's name.
    public var customerName: String?
    /// The contract's currency, that of every amount here.
    public var currency: CurrencyCode
    /// The currency's decimal places.
    public var currencyPrecision: Int
    /// The accounting date of its billed sales: the header's, or the day of confirmation (`domain.md` §6.13).
    public var accountingDate: CalendarDate
    /// The payment terms' label, `Net 30`; nil when there are none.
    public var paymentTerms: String?
    /// The name that the invoice is addressed to.
    public var billToName: String?
    /// The address that the invoice is sent to, its lines parted by line feeds.
    public var billToAddress: String?
    /// Whether a line corrects an earlier invoice.
    public var hasCorrections: Bool
    /// The invoice's amount without tax.
    public var lineAmount: Money
    /// The version of the control totals; the highest wins.
    public var totalsVersion: Int
    /// How many billed sales with Skip Sync = No the invoice has, chargeable or not (`domain.md` §9.18).
    public var totalCount: Int
    /// The sum of their amounts.
    public var totalAmount: Money
    /// The sum of their digests.
    public var totalDigest: ControlDigest

    public init(
        invoiceId: GUID,
        invoiceNumber: String,
        company: Company,
        contractNumber: String,
        customerAccount: String,
        customerName: String? = nil,
        currency: CurrencyCode,
        currencyPrecision: Int,
        accountingDate: CalendarDate,
        paymentTerms: String? = nil,
        billToName: String? = nil,
        billToAddress: String? = nil,
        hasCorrections: Bool,
        lineAmount: Money,
        totalsVersion: Int,
        totalCount: Int,
        totalAmount: Money,
        totalDigest: ControlDigest
    ) {
        self.invoiceId = invoiceId
        self.invoiceNumber = invoiceNumber
        self.company = company
        self.contractNumber = contractNumber
        self.customerAccount = customerAccount
        self.customerName = customerName
        self.currency = currency
        self.currencyPrecision = currencyPrecision
        self.accountingDate = accountingDate
        self.paymentTerms = paymentTerms
        self.billToName = billToName
        self.billToAddress = billToAddress
        self.hasCorrections = hasCorrections
        self.lineAmount = lineAmount
        self.totalsVersion = totalsVersion
        self.totalCount = totalCount
        self.totalAmount = totalAmount
        self.totalDigest = totalDigest
    }

    @inlinable
    public static func fields<Coder: FieldCoder>(
        _ field: inout Coder, of message: Self?
    ) throws(ContractError) -> Self {
        InvoiceConfirmed(
            invoiceId: try field.id("invoiceId", message?.invoiceId),
            invoiceNumber: try field.text("invoiceNumber", message?.invoiceNumber, most: 20),
            company: try field.company("company", message?.company),
            contractNumber: try field.text("contractNumber", message?.contractNumber, most: 20),
            customerAccount: try field.text("customerAccount", message?.customerAccount, most: 20),
            customerName: try field.optionalDisplayText("customerName", message?.customerName, most: 300),
            currency: try field.currency("currency", message?.currency),
            currencyPrecision: try field.currencyPrecision("currencyPrecision", message?.currencyPrecision),
            accountingDate: try field.date("accountingDate", message?.accountingDate),
            paymentTerms: try field.optionalText("paymentTerms", message?.paymentTerms, most: 60),
            billToName: try field.optionalDisplayText("billToName", message?.billToName, most: 200),
            billToAddress: try field.optionalDisplayText("billToAddress", message?.billToAddress, most: 1000),
            hasCorrections: try field.boolean("hasCorrections", message?.hasCorrections),
            lineAmount: try field.decimal("lineAmount", message?.lineAmount),
            totalsVersion: try field.integer("totalsVersion", message?.totalsVersion),
            totalCount: try field.integer("totalCount", message?.totalCount),
            totalAmount: try field.decimal("totalAmount", message?.totalAmount),
            totalDigest: try field.digest("totalDigest", message?.totalDigest))
    }

    public var key: String { invoiceId.description }

    /// The control totals that the invoice's billed sales must come to.
    public var totals: ControlTotals {
        ControlTotals(count: totalCount, amount: totalAmount, digest: totalDigest)
    }
}
