public import JSON

/// A proforma invoice was confirmed in Dataverse (`domain.md` §5.3), with the control totals of
/// the billed sales that have to arrive with it (design §4).
public struct InvoiceConfirmed: Message, Hashable {
    public static var topic: TopicName { .invoiceConfirmed }

    /// The Dataverse invoice.
    public var invoiceId: GUID
    /// The proforma's number, which becomes the proposal's. Finance holds 20 characters (`domain.md` §2.1).
    public var invoiceNumber: String
    /// The legal entity that owns the contract.
    public var company: String
    /// The project contract's order number.
    public var contractNumber: String
    /// The customer's account number in Finance.
    public var customerAccount: String
    /// The customer's name.
    public var customerName: String?
    /// The contract's currency, that of every amount here.
    public var currency: String
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
        company: String,
        contractNumber: String,
        customerAccount: String,
        customerName: String? = nil,
        currency: String,
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

    public static let fields = [
        "invoiceId", "invoiceNumber", "company", "contractNumber", "customerAccount", "customerName",
        "currency", "currencyPrecision", "accountingDate", "paymentTerms", "billToName", "billToAddress",
        "hasCorrections", "lineAmount", "totalsVersion", "totalCount", "totalAmount", "totalDigest",
    ]

    public init(from fields: borrowing MessageFields, choices: ChoiceTables) throws(ContractError) {
        invoiceId = try fields.guid(0)
        invoiceNumber = try fields.text(1, most: 20)
        company = try fields.company(2)
        contractNumber = try fields.text(3, most: 20)
        customerAccount = try fields.text(4, most: 20)
        customerName = try fields.optionalText(5, most: 300)
        currency = try fields.currency(6)
        currencyPrecision = try fields.currencyPrecision(7)
        accountingDate = try fields.date(8)
        paymentTerms = try fields.optionalText(9, most: 60)
        billToName = try fields.optionalText(10, most: 200)
        billToAddress = try fields.optionalText(11, most: 1000)
        hasCorrections = try fields.boolean(12)
        lineAmount = try fields.decimal(13)
        totalsVersion = try fields.integer(14)
        totalCount = try fields.integer(15)
        totalAmount = try fields.decimal(16)
        totalDigest = try fields.digest(17)
    }

    public func write(to json: inout JSONWriter, choices: ChoiceTables) throws(ContractError) {
        json.beginObject()
        json.member("invoiceId", invoiceId)
        json.member("invoiceNumber", invoiceNumber)
        json.member("company", company)
        json.member("contractNumber", contractNumber)
        json.member("customerAccount", customerAccount)
        json.member("customerName", customerName)
        json.member("currency", currency)
        json.member("currencyPrecision", currencyPrecision)
        json.member("accountingDate", accountingDate)
        json.member("paymentTerms", paymentTerms)
        json.member("billToName", billToName)
        json.member("billToAddress", billToAddress)
        json.member("hasCorrections", hasCorrections)
        json.member("lineAmount", lineAmount)
        json.member("totalsVersion", totalsVersion)
        json.member("totalCount", totalCount)
        json.member("totalAmount", totalAmount)
        json.member("totalDigest", totalDigest)
        json.endObject()
    }

    public var key: String { invoiceId.description }

    /// The control totals that the invoice's billed sales must come to.
    public var totals: ControlTotals {
        ControlTotals(count: totalCount, amount: totalAmount, digest: totalDigest)
    }
}
