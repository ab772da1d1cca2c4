import Bus
public import Contracts
public import Database

/// What becomes of a confirmation that was published, and that this database has lost.
public enum LostConfirmationState: String, DatabaseLabel, Encodable {
    /// Nothing more of its contract is drafted until a person decides.
    case lost = "Lost"
    /// A person decided that it is drafted and confirmed again as it was.
    case repeating = "Repeat"
    /// A person decided that it is not: its number is not given out again.
    case givenUp = "Given up"
}

/// An invoice that `invoice-confirmed` says was confirmed, and that this database has not, or not so, since it was restored
/// from a backup: a row of `lost_confirmations`.
public struct LostConfirmation: Record, Hashable, Encodable {
    public var invoiceId: GUID
    public var invoiceNumber: String
    public var company: Company
    /// The project contract's order number.
    public var contractNumber: String
    /// The customer's account number in Finance.
    public var customerAccount: String
    public var currency: CurrencyCode
    public var accountingDate: CalendarDate
    /// Without tax.
    public var lineAmount: Money
    /// How many Finance was told of.
    public var billedSales: Int
    /// Of the control totals.
    public var totalsVersion: Int
    /// A digest of the message without its version.
    var content: GUID
    public var state: LostConfirmationState

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        LostConfirmation(
            invoiceId: try column("invoice_id", row?.invoiceId),
            invoiceNumber: try column("invoice_number", row?.invoiceNumber),
            company: try column("data_area_id", row?.company),
            contractNumber: try column("contract_number", row?.contractNumber),
            customerAccount: try column("customer_account", row?.customerAccount),
            currency: try column("currency", row?.currency),
            accountingDate: try column("accounting_date", row?.accountingDate),
            lineAmount: try column("line_amount", row?.lineAmount),
            billedSales: try column("billed_sales", row?.billedSales),
            totalsVersion: try column("totals_version", row?.totalsVersion),
            content: try column("content", row?.content), state: try column("state", row?.state))
    }

    /// - parameter content: a digest of the message without its version.
    init(_ confirmed: InvoiceConfirmed, content: GUID) {
        self.init(
            invoiceId: confirmed.invoiceId, invoiceNumber: confirmed.invoiceNumber, company: confirmed.company,
            contractNumber: confirmed.contractNumber, customerAccount: confirmed.customerAccount,
            currency: confirmed.currency, accountingDate: confirmed.accountingDate, lineAmount: confirmed.lineAmount,
            billedSales: confirmed.totalCount, totalsVersion: confirmed.totalsVersion, content: content, state: .lost)
    }

    private init(
        invoiceId: GUID, invoiceNumber: String, company: Company, contractNumber: String, customerAccount: String,
        currency: CurrencyCode, accountingDate: CalendarDate, lineAmount: Money, billedSales: Int, totalsVersion: Int,
        content: GUID, state: LostConfirmationState
    ) {
        self.invoiceId = invoiceId
        self.invoiceNumber = invoiceNumber
        self.company = company
        self.contractNumber = contractNumber
        self.customerAccount = customerAccount
        self.currency = currency
        self.accountingDate = accountingDate
        self.lineAmount = lineAmount
        self.billedSales = billedSales
        self.totalsVersion = totalsVersion
        self.content = content
        self.state = state
    }
}
