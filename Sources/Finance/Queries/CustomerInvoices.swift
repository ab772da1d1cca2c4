import Bus
public import Contracts
public import Database

/// What posting made, for who looks at it (`domain.md` §4.7).
public struct CustomerInvoices {
    private let store: InvoiceStore

    public init(_ connection: Connection) { store = InvoiceStore(connection: connection) }

    /// Posted invoices, newest first.
    ///
    /// - throws: `DatabaseError`.
    public func list(company: Company? = nil, limit: Int = 100) throws -> [CustomerInvoice] {
        try store.invoices(company: company, number: nil, limit: limit)
    }

    /// The invoices of a customer invoice number or proposal number; of several companies there may be several.
    ///
    /// - throws: `DatabaseError`.
    public func find(_ number: String, company: Company? = nil) throws -> [CustomerInvoice] {
        try store.invoices(company: company, number: number, limit: 10)
    }

    /// The invoice's lines in their order, one at a time, so that one of any size can be printed.
    ///
    /// - throws: `DatabaseError`; what `body` throws.
    public func forEachLine(of invoice: CustomerInvoice, _ body: (CustomerInvoiceLine) throws -> Void) throws {
        try store.forEachLine(company: invoice.company, proposal: invoice.proposalNumber, body)
    }

    /// The invoice's lines added up by project, class and category.
    ///
    /// - throws: `DatabaseError`.
    public func groups(of invoice: CustomerInvoice) throws -> [CustomerInvoiceLineGroup] {
        try store.lineGroups(company: invoice.company, proposal: invoice.proposalNumber)
    }

    /// The invoice's sales tax, by code.
    ///
    /// - throws: `DatabaseError`.
    public func taxes(of invoice: CustomerInvoice) throws -> [CustomerInvoiceTax] {
        try store.taxes(company: invoice.company, voucher: invoice.voucher)
    }
}

/// A posted invoice as a list shows it.
public struct CustomerInvoice: Record, Hashable, Encodable {
    public let company: Company
    public let number: String
    public let proposalNumber: String
    public let invoiceId: GUID
    public let voucher: String
    public let invoiceDate: CalendarDate
    public let dueDate: CalendarDate
    public let contractNumber: String
    public let customerAccount: String
    public let currency: CurrencyCode
    public let currencyPrecision: Int
    public let lineAmount: Money
    public let salesTaxAmount: Money
    public let invoiceAmount: Money
    public let accountingCurrency: CurrencyCode
    public let accountingInvoiceAmount: Money
    public let exchangeRate: ExchangeRate
    public let lineCount: Int
    public let customerName: String
    /// The address, its lines parted by line feeds.
    public let address: String?

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        CustomerInvoice(
            company: try column("data_area_id", row?.company),
            number: try column("customer_invoice_number", row?.number),
            proposalNumber: try column("proposal_number", row?.proposalNumber),
            invoiceId: try column("invoice_id", row?.invoiceId),
            voucher: try column("voucher", row?.voucher),
            invoiceDate: try column("invoice_date", row?.invoiceDate),
            dueDate: try column("due_date", row?.dueDate),
            contractNumber: try column("contract_number", row?.contractNumber),
            customerAccount: try column("customer_account", row?.customerAccount),
            currency: try column("currency", row?.currency),
            currencyPrecision: try column("currency_precision", row?.currencyPrecision, as: Int16.self),
            lineAmount: try column("line_amount", row?.lineAmount),
            salesTaxAmount: try column("sales_tax_amount", row?.salesTaxAmount),
            invoiceAmount: try column("invoice_amount", row?.invoiceAmount),
            accountingCurrency: try column("accounting_currency", row?.accountingCurrency),
            accountingInvoiceAmount: try column("accounting_invoice_amount", row?.accountingInvoiceAmount),
            exchangeRate: try column("exchange_rate", row?.exchangeRate),
            lineCount: try column("line_count", row?.lineCount),
            customerName: try column("bill_to_customer", row?.customerName),
            address: try column("bill_to_address", row?.address))
    }
}

/// A line of a printed invoice.
public struct CustomerInvoiceLine: Record, Hashable, Encodable {
    public let lineNumber: Int
    public let transactionClass: TransactionClass
    public let projectNumber: String
    public let transactionDate: CalendarDate
    public let categoryId: String?
    public let description: String?
    public let resource: String?
    public let billingType: BillingType?
    public let quantity: Quantity
    public let price: Money
    public let amount: Money
    public let salesTaxAmount: Money
    /// Whether the line takes back one of an earlier invoice.
    public let isCredit: Bool

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        CustomerInvoiceLine(
            lineNumber: try column("line_number", row?.lineNumber, as: Int32.self),
            transactionClass: try column("transaction_class", row?.transactionClass),
            projectNumber: try column("project_number", row?.projectNumber),
            transactionDate: try column("transaction_date", row?.transactionDate),
            categoryId: try column("category_id", row?.categoryId),
            description: try column("description", row?.description),
            resource: try column("resource", row?.resource),
            billingType: try column("billing_type", row?.billingType),
            quantity: try column("quantity", row?.quantity),
            price: try column("price", row?.price),
            amount: try column("amount", row?.amount),
            salesTaxAmount: try column("sales_tax_amount", row?.salesTaxAmount),
            isCredit: try column("is_credit", row?.isCredit))
    }
}

/// The lines of an invoice of one project, class and category, added up.
public struct CustomerInvoiceLineGroup: Record, Hashable, Encodable {
    public let projectNumber: String
    public let transactionClass: TransactionClass
    public let categoryId: String?
    public let lineCount: Int
    public let quantity: Quantity
    public let amount: Money
    public let salesTaxAmount: Money

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        CustomerInvoiceLineGroup(
            projectNumber: try column("project_number", row?.projectNumber),
            transactionClass: try column("transaction_class", row?.transactionClass),
            categoryId: try column("category_id", row?.categoryId),
            lineCount: try column("line_count", row?.lineCount),
            quantity: try column("quantity", row?.quantity),
            amount: try column("amount", row?.amount),
            salesTaxAmount: try column("sales_tax_amount", row?.salesTaxAmount))
    }
}

/// The sales tax of one code on an invoice.
public struct CustomerInvoiceTax: Record, Hashable, Encodable {
    public let code: String
    public let name: String
    public let percentage: Percentage
    public let baseAmount: Money
    public let taxAmount: Money

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        CustomerInvoiceTax(
            code: try column("sales_tax_code", row?.code),
            name: try column("name", row?.name),
            percentage: try column("percentage", row?.percentage),
            baseAmount: try column("base_amount", row?.baseAmount),
            taxAmount: try column("tax_amount", row?.taxAmount))
    }
}
