public import JSON

/// An actual of Dataverse with Skip Sync = No, with all that Finance cannot look up (`domain.md` §1.1, §4.1).
public struct ActualCreated: Message, Hashable {
    public static var topic: TopicName { .actualCreated }

    /// The Dataverse actual.
    public var actualId: GUID
    /// The row's version in Dataverse; the highest wins.
    public var rowVersion: Int
    /// The legal entity whose Finance takes the row.
    public var company: String
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
    public var currency: String
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

    public init(
        actualId: GUID,
        rowVersion: Int,
        company: String,
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
        currency: String,
        currencyPrecision: Int,
        quantity: Quantity,
        price: Money,
        amount: Money,
        documentDate: CalendarDate,
        accountingDate: CalendarDate,
        category: String? = nil,
        resource: String? = nil,
        description: String? = nil,
        externalDescription: String? = nil,
        invoiceId: GUID? = nil,
        unbilledActualId: GUID? = nil,
        reversedActualId: GUID? = nil
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
        self.resource = resource
        self.description = description
        self.externalDescription = externalDescription
        self.invoiceId = invoiceId
        self.unbilledActualId = unbilledActualId
        self.reversedActualId = reversedActualId
    }

    public static let fields = [
        "actualId", "rowVersion", "company", "projectNumber", "contractNumber", "contractLine",
        "customerAccount", "transactionType", "transactionClass", "billingType", "billingStatus",
        "adjustmentStatus", "billingMethod", "currency", "currencyPrecision", "quantity", "price", "amount",
        "documentDate", "accountingDate", "category", "resource", "description", "externalDescription",
        "invoiceId", "unbilledActualId", "reversedActualId",
    ]

    public init(from fields: borrowing MessageFields, choices: ChoiceTables) throws(ContractError) {
        actualId = try fields.guid(0)
        rowVersion = try fields.integer(1)
        company = try fields.company(2)
        projectNumber = try fields.text(3, most: 20)
        contractNumber = try fields.optionalText(4, most: 20)
        contractLine = try fields.optionalText(5, most: 100)
        customerAccount = try fields.optionalText(6, most: 20)
        transactionType = try fields.choice(7, in: choices.transactionType)
        transactionClass = try fields.choice(8, in: choices.transactionClass)
        billingType = try fields.optionalChoice(9, in: choices.billingType)
        billingStatus = try fields.optionalChoice(10, in: choices.billingStatus)
        adjustmentStatus = try fields.optionalChoice(11, in: choices.adjustmentStatus)
        billingMethod = try fields.optionalChoice(12, in: choices.billingMethod)
        currency = try fields.currency(13)
        currencyPrecision = try fields.currencyPrecision(14)
        quantity = try fields.decimal(15)
        price = try fields.decimal(16)
        amount = try fields.decimal(17)
        documentDate = try fields.date(18)
        accountingDate = try fields.date(19)
        category = try fields.optionalText(20, most: 60)
        resource = try fields.optionalText(21, most: 100)
        description = try fields.optionalText(22, most: 255)
        externalDescription = try fields.optionalText(23, most: 255)
        invoiceId = try fields.optionalGUID(24)
        unbilledActualId = try fields.optionalGUID(25)
        reversedActualId = try fields.optionalGUID(26)
        if transactionType == .billedSales {
            guard invoiceId != nil else { throw .missing(field: "invoiceId") }
            guard let billingMethod else { throw .missing(field: "billingMethod") }
            let basis = BilledSaleBasis(billingMethod, transactionClass, isCorrection: reversedActualId != nil)
            if basis == .unbilledSale, unbilledActualId == nil { throw .missing(field: "unbilledActualId") }
        }
    }

    public func write(to json: inout JSONWriter, choices: ChoiceTables) throws(ContractError) {
        json.beginObject()
        json.member("actualId", actualId)
        json.member("rowVersion", rowVersion)
        json.member("company", company)
        json.member("projectNumber", projectNumber)
        json.member("contractNumber", contractNumber)
        json.member("contractLine", contractLine)
        json.member("customerAccount", customerAccount)
        try json.member("transactionType", choices.transactionType.requiredCode(of: transactionType))
        try json.member("transactionClass", choices.transactionClass.requiredCode(of: transactionClass))
        json.member("billingType", billingType.flatMap { choices.billingType.code(of: $0) })
        json.member("billingStatus", billingStatus.flatMap { choices.billingStatus.code(of: $0) })
        json.member("adjustmentStatus", adjustmentStatus.flatMap { choices.adjustmentStatus.code(of: $0) })
        json.member("billingMethod", billingMethod.flatMap { choices.billingMethod.code(of: $0) })
        json.member("currency", currency)
        json.member("currencyPrecision", currencyPrecision)
        json.member("quantity", quantity)
        json.member("price", price)
        json.member("amount", amount)
        json.member("documentDate", documentDate)
        json.member("accountingDate", accountingDate)
        json.member("category", category)
        json.member("resource", resource)
        json.member("description", description)
        json.member("externalDescription", externalDescription)
        json.member("invoiceId", invoiceId)
        json.member("unbilledActualId", unbilledActualId)
        json.member("reversedActualId", reversedActualId)
        json.endObject()
    }

    public var key: String { actualId.description }
}
