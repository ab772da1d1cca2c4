public import JSON

/// What posting made of one actual (`domain.md` §6.14).
public struct AccountingDetail: Message, Hashable {
    public static var topic: TopicName { .accountingDetail }

    /// The Dataverse actual.
    public var actualId: GUID
    /// The legal entity that posted.
    public var company: String
    /// The voucher.
    public var voucher: String
    /// The accounting date in the ledger.
    public var accountingDate: CalendarDate
    /// Accounting currency per 100 units of the transaction currency (`domain.md` §9.6).
    public var exchangeRate: ExchangeRate
    /// The company's accounting currency.
    public var accountingCurrency: String
    /// The amount in the accounting currency.
    public var accountingAmount: Money
    /// The sales tax in the transaction currency; zero on journal rows (`domain.md` §9.8).
    public var salesTaxAmount: Money
    /// What was posted.
    public var source: PostingKind
    /// The journal's or the proposal's number.
    public var sourceNumber: String
    /// The Dataverse invoice, when a proposal was posted.
    public var invoiceId: GUID?
    /// The version of the posting; the highest wins.
    public var postingVersion: Int

    public init(
        actualId: GUID,
        company: String,
        voucher: String,
        accountingDate: CalendarDate,
        exchangeRate: ExchangeRate,
        accountingCurrency: String,
        accountingAmount: Money,
        salesTaxAmount: Money,
        source: PostingKind,
        sourceNumber: String,
        invoiceId: GUID? = nil,
        postingVersion: Int
    ) {
        self.actualId = actualId
        self.company = company
        self.voucher = voucher
        self.accountingDate = accountingDate
        self.exchangeRate = exchangeRate
        self.accountingCurrency = accountingCurrency
        self.accountingAmount = accountingAmount
        self.salesTaxAmount = salesTaxAmount
        self.source = source
        self.sourceNumber = sourceNumber
        self.invoiceId = invoiceId
        self.postingVersion = postingVersion
    }

    public static let fields = [
        "actualId", "company", "voucher", "accountingDate", "exchangeRate", "accountingCurrency",
        "accountingAmount", "salesTaxAmount", "source", "sourceNumber", "invoiceId", "postingVersion",
    ]

    public init(from fields: borrowing MessageFields, choices: ChoiceTables) throws(ContractError) {
        actualId = try fields.guid(0)
        company = try fields.company(1)
        voucher = try fields.text(2, most: 20)
        accountingDate = try fields.date(3)
        exchangeRate = try fields.decimal(4)
        accountingCurrency = try fields.currency(5)
        accountingAmount = try fields.decimal(6)
        salesTaxAmount = try fields.decimal(7)
        source = try fields.label(8, as: PostingKind.self)
        sourceNumber = try fields.text(9, most: 20)
        invoiceId = try fields.optionalGUID(10)
        postingVersion = try fields.integer(11)
    }

    public func write(to json: inout JSONWriter, choices: ChoiceTables) throws(ContractError) {
        json.beginObject()
        json.member("actualId", actualId)
        json.member("company", company)
        json.member("voucher", voucher)
        json.member("accountingDate", accountingDate)
        json.member("exchangeRate", exchangeRate)
        json.member("accountingCurrency", accountingCurrency)
        json.member("accountingAmount", accountingAmount)
        json.member("salesTaxAmount", salesTaxAmount)
        json.member("source", source)
        json.member("sourceNumber", sourceNumber)
        json.member("invoiceId", invoiceId)
        json.member("postingVersion", postingVersion)
        json.endObject()
    }

    public var key: String { actualId.description }
}
