import Bus
public import Contracts
public import Database

/// The sales tax of posted invoices by code and period, as a return asks for it.
public struct SalesTaxByCode: Sendable {
    /// A code at a rate in a period, of invoices of one currency. Positive when customers owe it.
    public struct Line: Record, Hashable, Encodable {
        public let company: Company
        /// The first day of the period; nil when there is only one.
        public let period: CalendarDate?
        public let code: String
        public let name: String
        public let percentage: Percentage
        /// Whether the lines' amounts contained it.
        public let included: Bool
        public let invoices: Int
        public let currency: CurrencyCode
        public let base: Money
        public let tax: Money
        /// What of the tax is not deductible.
        public let nonDeductible: Money
        public let accountingCurrency: CurrencyCode
        /// At the rate of each invoice.
        public let accountingBase: Money
        public let accountingTax: Money
        /// Nil when the company has no reporting currency.
        public let reportingTax: Money?

        public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Line(
                company: try column("data_area_id", row?.company), period: try column("period", row?.period),
                code: try column("sales_tax_code", row?.code), name: try column("name", row?.name),
                percentage: try column("percentage", row?.percentage),
                included: try column("included", row?.included), invoices: try column("invoices", row?.invoices),
                currency: try column("currency", row?.currency), base: try column("base_amount", row?.base),
                tax: try column("tax_amount", row?.tax),
                nonDeductible: try column("non_deductible_amount", row?.nonDeductible),
                accountingCurrency: try column("accounting_currency", row?.accountingCurrency),
                accountingBase: try column("accounting_base_amount", row?.accountingBase),
                accountingTax: try column("accounting_tax_amount", row?.accountingTax),
                reportingTax: try column("reporting_tax_amount", row?.reportingTax))
        }
    }

    /// A company's tax, and what its ledger says of it.
    public struct Total: Hashable, Sendable, Encodable {
        public let company: Company
        public let accountingCurrency: CurrencyCode
        public let accountingTax: Money
        /// What is booked with the posting type *Sales tax* in the same days, credit positive.
        public let ledgerTax: Money
        /// Whether some of it is not deductible, which set-up may have booked with the lines.
        public let hasNonDeductible: Bool

        /// Whether the ledger's is the same; where some is booked with the lines, it is another.
        public var agrees: Bool { hasNonDeductible || accountingTax == ledgerTax }
    }

    public let lines: [Line]
    public let totals: [Total]

    /// - parameters:
    ///   - scope: by invoice date.
    ///   - period: into which its days are divided.
    /// - throws: `DatabaseError`.
    public init(_ scope: ReportScope, per period: ReportPeriod, on connection: Connection) throws {
        (lines, totals) = try connection.transaction(.repeatableRead) {
            let lines = try InvoiceStore(connection: connection).salesTax(scope, per: period)
            let booked = Dictionary(grouping: lines, by: \.company)
            let totals = try LedgerStore(connection: connection).balances(of: .salesTax, scope).map { balance in
                let own = booked[balance.company] ?? []
                return Total(
                    company: balance.company, accountingCurrency: balance.currency,
                    accountingTax: own.reduce(.zero) { $0 + $1.accountingTax }, ledgerTax: -balance.amount,
                    hasNonDeductible: own.contains { $0.nonDeductible != .zero })
            }
            return (lines, totals)
        }
    }
}

extension InvoiceStore {
    /// The taxes of invoices, by code, rate and period.
    func salesTax(_ scope: ReportScope, per period: ReportPeriod) throws -> [SalesTaxByCode.Line] {
        func sum(_ column: String) -> String { "sum(tax.\(column))::numeric(38, 4) AS \(column)" }
        return try connection.records(
            SalesTaxByCode.Line.self,
            """
            SELECT data_area_id, \(period.sql(of: "invoice.invoice_date", company: "data_area_id")) AS period,
                tax.sales_tax_code, max(tax.name) AS name, tax.percentage, tax.included, count(*) AS invoices, tax.currency,
                \(sum("base_amount")), \(sum("tax_amount")), \(sum("non_deductible_amount")),
                company.accounting_currency, \(sum("accounting_base_amount")), \(sum("accounting_tax_amount")),
                \(sum("reporting_tax_amount"))
            FROM sales_tax_transactions tax JOIN project_invoices invoice USING (data_area_id, voucher)
            JOIN companies company USING (data_area_id)
            WHERE \(ReportScope.within("invoice", date: "invoice.invoice_date"))
            GROUP BY data_area_id, period, tax.sales_tax_code, tax.percentage, tax.included, tax.currency,
                company.accounting_currency
            ORDER BY data_area_id, period, tax.sales_tax_code, tax.currency, tax.percentage, tax.included
            """, scope.company, scope.to, scope.from)
    }
}

/// What was booked of a posting type in a company.
struct LedgerBalance: Record, Hashable {
    var company: Company
    var currency: CurrencyCode
    /// Debit positive, in the accounting currency.
    var amount: Money

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        LedgerBalance(
            company: try column("data_area_id", row?.company),
            currency: try column("accounting_currency", row?.currency), amount: try column("amount", row?.amount))
    }
}

extension LedgerStore {
    /// What was booked of a posting type, of each company that has anything of it.
    func balances(of type: PostingType, _ scope: ReportScope) throws -> [LedgerBalance] {
        try connection.records(
            LedgerBalance.self,
            """
            SELECT entry.data_area_id, company.accounting_currency, sum(accounting_amount)::numeric(38, 4) AS amount
            FROM ledger_entries entry JOIN companies company USING (data_area_id)
            WHERE posting_type = \(type.sql) AND \(ReportScope.within("entry", date: "accounting_date"))
            GROUP BY entry.data_area_id, company.accounting_currency ORDER BY entry.data_area_id
            """, scope.company, scope.to, scope.from)
    }
}
