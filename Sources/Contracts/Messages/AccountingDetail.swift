/// What posting made of one actual (`domain.md` §6.14).
public struct AccountingDetail: Message, Hashable {
    public static var topic: TopicName { .accountingDetail }

    /// The Dataverse actual.
    public var actualId: GUID
    /// The legal entity that posted.
    public var company: Company
    /// The voucher.
    public var voucher: String
    /// The accounting date in the ledger.
    public var accountingDate: CalendarDate
    /// Accounting currency per 100 units of the transaction currency (`domain.md` §9.6).
    public var exchangeRate: ExchangeRate
    /// The company's accounting currency.
    public var accountingCurrency: CurrencyCode
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
        company: Company,
        voucher: String,
        accountingDate: CalendarDate,
        exchangeRate: ExchangeRate,
        accountingCurrency: CurrencyCode,
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

    @inlinable
    public static func fields<Coder: FieldCoder>(
        _ field: inout Coder, of message: Self?
    ) throws(ContractError) -> Self {
        AccountingDetail(
            actualId: try field.id("actualId", message?.actualId),
            company: try field.company("company", message?.company),
            voucher: try field.text("voucher", message?.voucher, most: 20),
            accountingDate: try field.date("accountingDate", message?.accountingDate),
            exchangeRate: try field.decimal("exchangeRate", message?.exchangeRate),
            accountingCurrency: try field.currency("accountingCurrency", message?.accountingCurrency),
            accountingAmount: try field.decimal("accountingAmount", message?.accountingAmount),
            salesTaxAmount: try field.decimal("salesTaxAmount", message?.salesTaxAmount),
            source: try field.label("source", message?.source),
            sourceNumber: try field.text("sourceNumber", message?.sourceNumber, most: 20),
            invoiceId: try field.optionalId("invoiceId", message?.invoiceId),
            postingVersion: try field.integer("postingVersion", message?.postingVersion))
    }

    public var key: String { actualId.description }
}
