public import Contracts

/// What the lines of an invoice come to, as its foot says it. Every number of it is made of what is printed above it, so
/// that the document adds up to the cent in either currency.
public struct InvoiceTotals: Hashable, Sendable, Encodable {
    /// The net amounts of the lines.
    public var lines: Money
    /// What the invoice's amount is more than its lines, each rounded to the currency (§9.28).
    public var rounding: Money
    /// The invoice's amount without tax: the two.
    public var net: Money
    public var taxes: [Tax]
    /// The net amounts of the lines that no sales tax applies to.
    public var untaxed: Money
    public var salesTax: Money
    /// What the customer owes: net and tax.
    public var total: Money
    /// The same in the accounting currency; nil when that is the invoice's own.
    public var accounting: Accounting?

    /// The sales tax of one code and rate.
    public struct Tax: Hashable, Sendable, Encodable {
        public var code: String
        /// The name with its rate: `State sales tax 6.5 %`.
        public var label: String
        public var percentage: Percentage
        public var base: Money
        public var tax: Money
        /// In the accounting currency; nil when that is the invoice's own.
        public var accountingBase: Money?
        public var accountingTax: Money?
    }

    /// An invoice in the accounting currency, as it was posted.
    public struct Accounting: Hashable, Sendable, Encodable {
        public var currency: CurrencyCode
        /// Accounting currency per 100 units of the invoice's.
        public var exchangeRate: ExchangeRate
        public var net: Money
        public var salesTax: Money
        /// What the total is more, since it is converted as one amount (§9.7).
        public var rounding: Money
        public var total: Money
    }
}

extension InvoiceTotals {
    /// - parameter lines: what was summed of the invoice's printed lines.
    init(_ invoice: CustomerInvoice, taxes: [CustomerInvoiceTax], lines: InvoiceLineSums) {
        self.lines = lines.net
        untaxed = lines.untaxed
        net = invoice.lineAmount
        rounding = invoice.lineAmount - lines.net
        salesTax = invoice.salesTaxAmount
        total = invoice.invoiceAmount
        let isForeign = invoice.currency != invoice.accountingCurrency
        self.taxes = []
        for tax in taxes {
            self.taxes.append(
                Tax(
                    code: tax.code, label: InvoiceFormat.salesTax(tax.name, tax.percentage),
                    percentage: tax.percentage, base: tax.baseAmount, tax: tax.taxAmount,
                    accountingBase: isForeign ? tax.accountingBaseAmount : nil,
                    accountingTax: isForeign ? tax.accountingTaxAmount : nil))
        }
        guard isForeign else { return }
        let accountingTax = taxes.reduce(Money.zero) { $0 + $1.accountingTaxAmount }
        accounting = Accounting(
            currency: invoice.accountingCurrency, exchangeRate: invoice.exchangeRate,
            net: invoice.accountingDetailAmount, salesTax: accountingTax,
            rounding: invoice.accountingInvoiceAmount - invoice.accountingDetailAmount - accountingTax,
            total: invoice.accountingInvoiceAmount)
    }
}

/// The sums of an invoice's lines, taken one line after another.
struct InvoiceLineSums: Hashable {
    private(set) var net = Money.zero
    private(set) var untaxed = Money.zero

    mutating func add(_ line: InvoiceDocumentLine) {
        guard let amount = line.netAmount else { return }
        net += amount
        if line.salesTaxCodes.isEmpty { untaxed += amount }
    }
}
