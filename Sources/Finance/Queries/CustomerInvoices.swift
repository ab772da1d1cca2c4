import Bus
public import Contracts
public import Database

/// What posting made, for who looks at it (`domain.md` §4.7).
public struct CustomerInvoices {
    private let store: InvoiceStore

    public init(_ connection: Connection) { store = InvoiceStore(connection: connection) }

    /// Posted invoices, newest first, one by one.
    ///
    /// - parameter scope: by invoice date.
    /// - throws: `DatabaseError`; what `body` throws.
    public func read(_ scope: ReportScope, _ body: (CustomerInvoice) throws -> Void) throws {
        try store.forEachInvoice(scope, number: nil, body)
    }

    /// The same, held in memory.
    ///
    /// - throws: `DatabaseError`.
    public func list(company: Company? = nil) throws -> [CustomerInvoice] {
        var invoices: [CustomerInvoice] = []
        try read(ReportScope(company: company)) { invoices.append($0) }
        return invoices
    }

    /// The invoices of a customer invoice number or proposal number; of several companies there may be several.
    ///
    /// - throws: `DatabaseError`.
    public func find(_ number: String, company: Company? = nil) throws -> [CustomerInvoice] {
        var invoices: [CustomerInvoice] = []
        try store.forEachInvoice(ReportScope(company: company), number: number) { invoices.append($0) }
        return invoices
    }

    /// Writes an invoice as it was posted, of any size, in one pass over its lines.
    ///
    /// - parameter sumsLines: whether lines are summed by project, class and category.
    /// - parameter write: is given the text, part by part.
    /// - throws: `DatabaseError`; what `write` throws.
    public func print(
        _ invoice: CustomerInvoice, as form: InvoiceForm, sumsLines: Bool = false, write: (String) throws -> Void
    ) throws {
        let layout = form.layout
        let head = InvoiceHead(invoice, supplied: try store.supplyPeriod(invoice))
        let precision = invoice.currencyPrecision
        try write(layout.head(head))
        let totals = try read(invoice, sumsLines: sumsLines) {
            try write(layout.line($0, precision: precision))
        }
        try write(layout.foot(InvoiceFoot(totals, of: invoice), head))
    }

    /// The lines of an invoice as they are printed, in their order, one at a time.
    ///
    /// - parameter sumsLines: whether they are summed by project, class and category.
    /// - returns: what they come to.
    /// - throws: `DatabaseError`; what `body` throws.
    public func read(
        _ invoice: CustomerInvoice, sumsLines: Bool = false, _ body: (InvoiceDocumentLine) throws -> Void
    ) throws -> InvoiceTotals {
        var sums = InvoiceLineSums()
        var groups = InvoiceLineGroups()
        try store.forEachLine(of: invoice) { line in
            let printed = try InvoiceDocumentLine(line, precision: invoice.currencyPrecision)
            sums.add(printed)
            if sumsLines { groups.add(line, printed: printed) } else { try body(printed) }
        }
        for line in groups.lines { try body(line) }
        return InvoiceTotals(invoice, taxes: try store.taxes(of: invoice), lines: sums)
    }

    /// The first and the last day of what the invoice is for.
    ///
    /// - throws: `DatabaseError`.
    public func supplyPeriod(_ invoice: CustomerInvoice) throws -> SupplyPeriod? { try store.supplyPeriod(invoice) }
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
    public let accountingCurrencyPrecision: Int
    public let accountingInvoiceAmount: Money
    /// The accounting amounts of the lines that add to the invoice, without tax.
    public let accountingDetailAmount: Money
    public let exchangeRate: ExchangeRate
    /// What the customer owes in the company's reporting currency; nil when it has none.
    public let reportingInvoiceAmount: Money?
    public let lineCount: Int
    /// As they were when the invoice was posted.
    public let seller: InvoiceParty
    public let customer: InvoiceParty
    public let paymentTerms: String?
    /// Where and how to pay, its lines parted by line feeds.
    public let paymentDetails: String?
    /// How Dataverse has the invoice by now, when that is not what was posted (`domain.md` §9.25).
    public let outOfSync: String?

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
            accountingCurrencyPrecision: try column(
                "accounting_currency_precision", row?.accountingCurrencyPrecision, as: Int16.self),
            accountingInvoiceAmount: try column("accounting_invoice_amount", row?.accountingInvoiceAmount),
            accountingDetailAmount: try column("accounting_detail_amount", row?.accountingDetailAmount),
            exchangeRate: try column("exchange_rate", row?.exchangeRate),
            reportingInvoiceAmount: try column("reporting_invoice_amount", row?.reportingInvoiceAmount),
            lineCount: try column("line_count", row?.lineCount),
            seller: try column.record("seller_", row?.seller),
            customer: try column.record("customer_", row?.customer),
            paymentTerms: try column("payment_terms", row?.paymentTerms),
            paymentDetails: try column("payment_details", row?.paymentDetails),
            outOfSync: try column("out_of_sync", row?.outOfSync))
    }
}

/// A line of a posted invoice, with what it was posted with.
struct CustomerInvoiceLine: Record, Hashable {
    let lineNumber: Int
    let transactionClass: TransactionClass
    let projectNumber: String
    let transactionDate: CalendarDate
    let categoryId: String?
    let description: String?
    let resource: String?
    let quantity: Quantity
    let price: Money
    /// As Dataverse sent it.
    let amount: Money
    /// Whether it adds to the invoice.
    let isChargeable: Bool
    /// The on-account transaction that it made.
    let origin: OnAccountOrigin?
    let salesTaxCodes: [String]
    /// Of each code, whether the amount contains it.
    let included: [Bool]
    /// The tax of each code.
    let salesTaxes: [Money]
    /// Whether the line takes back one of an earlier invoice.
    let isCredit: Bool
    /// That invoice; nil when it was not posted here.
    let originalInvoiceNumber: String?
    let originalInvoiceDate: CalendarDate?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        CustomerInvoiceLine(
            lineNumber: try column("line_number", row?.lineNumber, as: Int32.self),
            transactionClass: try column("transaction_class", row?.transactionClass),
            projectNumber: try column("project_number", row?.projectNumber),
            transactionDate: try column("transaction_date", row?.transactionDate),
            categoryId: try column("category_id", row?.categoryId),
            description: try column("description", row?.description),
            resource: try column("resource", row?.resource),
            quantity: try column("quantity", row?.quantity),
            price: try column("price", row?.price),
            amount: try column("amount", row?.amount),
            isChargeable: try column("chargeable", row?.isChargeable),
            origin: try column("transaction_origin", row?.origin),
            salesTaxCodes: try column("sales_tax_codes", row?.salesTaxCodes),
            included: try column("included", row?.included),
            salesTaxes: try column("sales_taxes", row?.salesTaxes),
            isCredit: try column("is_credit", row?.isCredit),
            originalInvoiceNumber: try column("original_invoice_number", row?.originalInvoiceNumber),
            originalInvoiceDate: try column("original_invoice_date", row?.originalInvoiceDate))
    }
}

/// The sales tax of one code and rate on an invoice, as it was posted.
struct CustomerInvoiceTax: Record, Hashable {
    let code: String
    let name: String
    let percentage: Percentage
    let baseAmount: Money
    let taxAmount: Money
    let accountingBaseAmount: Money
    let accountingTaxAmount: Money

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        CustomerInvoiceTax(
            code: try column("sales_tax_code", row?.code),
            name: try column("name", row?.name),
            percentage: try column("percentage", row?.percentage),
            baseAmount: try column("base_amount", row?.baseAmount),
            taxAmount: try column("tax_amount", row?.taxAmount),
            accountingBaseAmount: try column("accounting_base_amount", row?.accountingBaseAmount),
            accountingTaxAmount: try column("accounting_tax_amount", row?.accountingTaxAmount))
    }
}
