/// An actual of Dataverse with Skip Sync = No, with all that Finance cannot look up (`domain.md` §1.1, §4.1); or that one
/// which was such an actual no longer is (``withdrawn``).
public struct ActualCreated: Message, Hashable {
    public static var topic: TopicName { .actualCreated }

    /// The Dataverse actual.
    public var actualId: GUID
    /// The row's version in Dataverse; the highest wins.
    public var rowVersion: Int
    /// The legal entity whose Finance takes the row.
    public var company: Company
    /// The project's number in Finance.
    public var projectNumber: String
    /// The project contract's order number.
    public var contractNumber: String?
    /// The contract line's name.
    public var contractLine: String?
    /// The customer's account number in Finance.
    public var customerAccount: String?
    /// The transaction type, as its Dataverse code.
    public var transactionType: TransactionType
    /// The transaction class, as its Dataverse code.
    public var transactionClass: TransactionClass
    /// The billing type, as its Dataverse code; nil is *Not specified*.
    public var billingType: BillingType?
    /// The billing status, as its Dataverse code.
    public var billingStatus: BillingStatus?
    /// The adjustment status, as its Dataverse code; nil is a normal actual.
    public var adjustmentStatus: AdjustmentStatus?
    /// The billing method of the contract line, as its Dataverse code; required on billed sales.
    public var billingMethod: BillingMethod?
    /// The transaction currency.
    public var currency: CurrencyCode
    /// The currency's decimal places.
    public var currencyPrecision: Int
    /// The quantity; negative on a reversal.
    public var quantity: Quantity
    /// The price of one, in the transaction currency.
    public var price: Money
    /// The amount in the transaction currency; negative on a reversal.
    public var amount: Money
    /// The business date of the transaction: Finance's transaction date.
    public var documentDate: CalendarDate
    /// The accounting date that Dataverse asks for.
    public var accountingDate: CalendarDate
    /// The transaction category's name.
    public var category: String?
    /// The product's number, of material that is of one.
    public var productNumber: String?
    /// The bookable resource's name.
    public var resource: String?
    /// The description.
    public var description: String?
    /// The description for the customer.
    public var externalDescription: String?
    /// The invoice that a billed sale is on; required on billed sales.
    public var invoiceId: GUID?
    /// The unbilled sale that a billed sale bills; required where it stands on one (``BilledSaleBasis``).
    public var unbilledActualId: GUID?
    /// The actual that this one reverses; on a billed sale, the one that it corrects.
    public var reversedActualId: GUID?
    /// The company of the project, which borrows; said on resourcing unit cost and inter-organizational sales, whose
    /// `company` is the one that lends.
    public var projectCompany: Company?
    /// The currency of the contracting unit, on the same.
    public var contractingUnitCurrency: CurrencyCode?
    /// What the amount is reduced by: the sales amount before it is `amount` and this.
    public var discountAmount: Money?
    /// What of the amount of a billed sale is its fee, whose unbilled sale is an actual of its own.
    public var feeAmount: Money?
    /// The actual of time, expense or material that a fee is for.
    public var sourceActualId: GUID?
    /// Finance must not see the actual any more: Skip Sync was set, or the row is gone, after it had been published. It
    /// is not booked, if it is not booked already.
    public var withdrawn: Bool
    /// The voucher under which another system posted the actual before the cut-over: it gets that voucher and no ledger
    /// entries (`domain.md` §9.17). Nil for what Finance posts itself.
    public var openingVoucher: String?

    public init(
        actualId: GUID,
        rowVersion: Int,
        company: Company,
        projectNumber: String,
        contractNumber: String? = nil,
        contractLine: String? = nil,
        customerAccount: String? = nil,
        transactionType: TransactionType,
        transactionClass: TransactionClass,
        billingType: BillingType? = nil,
        billingStatus: BillingStatus? = nil,
        adjustmentStatus: AdjustmentStatus? = nil,
        billingMethod: BillingMethod? = nil,
        currency: CurrencyCode,
        currencyPrecision: Int,
        quantity: Quantity,
        price: Money,
        amount: Money,
        documentDate: CalendarDate,
        accountingDate: CalendarDate,
        category: String? = nil,
        productNumber: String? = nil,
        resource: String? = nil,
        description: String? = nil,
        externalDescription: String? = nil,
        invoiceId: GUID? = nil,
        unbilledActualId: GUID? = nil,
        reversedActualId: GUID? = nil,
        projectCompany: Company? = nil,
        contractingUnitCurrency: CurrencyCode? = nil,
        discountAmount: Money? = nil,
        feeAmount: Money? = nil,
        sourceActualId: GUID? = nil,
        withdrawn: Bool = false,
        openingVoucher: String? = nil
    ) {
        self.actualId = actualId
        self.rowVersion = rowVersion
        self.company = company
        self.projectNumber = projectNumber
        self.contractNumber = contractNumber
        self.contractLine = contractLine
        self.customerAccount = customerAccount
        self.transactionType = transactionType
        self.transactionClass = transactionClass
        self.billingType = billingType
        self.billingStatus = billingStatus
        self.adjustmentStatus = adjustmentStatus
        self.billingMethod = billingMethod
        self.currency = currency
        self.currencyPrecision = currencyPrecision
        self.quantity = quantity
        self.price = price
        self.amount = amount
        self.documentDate = documentDate
        self.accountingDate = accountingDate
        self.category = category
        self.productNumber = productNumber
        self.resource = resource
        self.description = description
        self.externalDescription = externalDescription
        self.invoiceId = invoiceId
        self.unbilledActualId = unbilledActualId
        self.reversedActualId = reversedActualId
        self.projectCompany = projectCompany
        self.contractingUnitCurrency = contractingUnitCurrency
        self.discountAmount = discountAmount
        self.feeAmount = feeAmount
        self.sourceActualId = sourceActualId
        self.withdrawn = withdrawn
        self.openingVoucher = openingVoucher
    }

    @inlinable
    public static func fields<Coder: FieldCoder>(
        _ field: inout Coder, of message: Self?
    ) throws(ContractError) -> Self {
        ActualCreated(
            actualId: try field.id("actualId", message?.actualId),
            rowVersion: try field.integer("rowVersion", message?.rowVersion),
            company: try field.company("company", message?.company),
            projectNumber: try field.text("projectNumber", message?.projectNumber, most: 20),
            contractNumber: try field.optionalText("contractNumber", message?.contractNumber, most: 20),
            contractLine: try field.optionalDisplayText("contractLine", message?.contractLine, most: 100),
            customerAccount: try field.optionalText("customerAccount", message?.customerAccount, most: 20),
            transactionType: try field.choice("transactionType", message?.transactionType),
            transactionClass: try field.choice("transactionClass", message?.transactionClass),
            billingType: try field.optionalChoice("billingType", message?.billingType),
            billingStatus: try field.optionalChoice("billingStatus", message?.billingStatus),
            adjustmentStatus: try field.optionalChoice("adjustmentStatus", message?.adjustmentStatus),
            billingMethod: try field.optionalChoice("billingMethod", message?.billingMethod),
            currency: try field.currency("currency", message?.currency),
            currencyPrecision: try field.currencyPrecision("currencyPrecision", message?.currencyPrecision),
            quantity: try field.decimal("quantity", message?.quantity),
            price: try field.decimal("price", message?.price),
            amount: try field.decimal("amount", message?.amount),
            documentDate: try field.date("documentDate", message?.documentDate),
            accountingDate: try field.date("accountingDate", message?.accountingDate),
            category: try field.optionalText("category", message?.category, most: 60),
            productNumber: try field.optionalText("productNumber", message?.productNumber, most: 100),
            resource: try field.optionalDisplayText("resource", message?.resource, most: 100),
            description: try field.optionalDisplayText("description", message?.description, most: 255),
            externalDescription: try field.optionalDisplayText(
                "externalDescription", message?.externalDescription, most: 255),
            invoiceId: try field.optionalId("invoiceId", message?.invoiceId),
            unbilledActualId: try field.optionalId("unbilledActualId", message?.unbilledActualId),
            reversedActualId: try field.optionalId("reversedActualId", message?.reversedActualId),
            projectCompany: try field.optionalCompany("projectCompany", message?.projectCompany),
            contractingUnitCurrency: try field.optionalCurrency(
                "contractingUnitCurrency", message?.contractingUnitCurrency),
            discountAmount: try field.optionalDecimal("discountAmount", message?.discountAmount),
            feeAmount: try field.optionalDecimal("feeAmount", message?.feeAmount),
            sourceActualId: try field.optionalId("sourceActualId", message?.sourceActualId),
            withdrawn: try field.flag("withdrawn", message?.withdrawn),
            openingVoucher: try field.optionalText("openingVoucher", message?.openingVoucher, most: 20))
    }

    public func validate() throws(ContractError) {
        guard transactionType == .billedSales else { return }
        guard invoiceId != nil else { throw .missing(field: "invoiceId") }
        guard let billingMethod else { throw .missing(field: "billingMethod") }
        let basis = BilledSaleBasis(billingMethod, transactionClass, isCorrection: reversedActualId != nil)
        if basis == .unbilledSale, unbilledActualId == nil { throw .missing(field: "unbilledActualId") }
    }

    public var key: String { actualId.description }
}
