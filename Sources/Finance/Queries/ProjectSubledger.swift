import Bus
public import Contracts
public import Database

/// A transaction of a project's subledger: cost, an unbilled sale, or what was invoiced on-account (`domain.md` §4.8).
public struct SubledgerTransaction: Record, Hashable, Encodable {
    public let company: Company
    public let projectNumber: String
    public let contractNumber: String?
    public let accountingDate: CalendarDate
    public let transactionDate: CalendarDate
    /// `Cost`, `Unbilled Sales`, or where an on-account transaction comes from: `Milestone`, `Prepayment`, `Deduction`.
    public let kind: String
    public let transactionClass: TransactionClass
    public let categoryId: String?
    public let quantity: Quantity?
    public let currency: CurrencyCode
    public let amount: Money
    /// Accounting currency per 100 units.
    public let exchangeRate: ExchangeRate
    public let accountingCurrency: CurrencyCode
    public let accountingAmount: Money
    /// Whether its amount stood in WIP and accrued revenue until it was invoiced.
    public let isAccrued: Bool
    public let voucher: String
    /// The journal or proposal that it was posted with.
    public let sourceNumber: String
    /// The invoice that it is on; nil when it is on none.
    public let customerInvoiceNumber: String?
    public let actualId: GUID

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        SubledgerTransaction(
            company: try column("data_area_id", row?.company),
            projectNumber: try column("project_number", row?.projectNumber),
            contractNumber: try column("contract_number", row?.contractNumber),
            accountingDate: try column("accounting_date", row?.accountingDate),
            transactionDate: try column("transaction_date", row?.transactionDate),
            kind: try column("kind", row?.kind),
            transactionClass: try column("transaction_class", row?.transactionClass),
            categoryId: try column("category_id", row?.categoryId),
            quantity: try column("quantity", row?.quantity),
            currency: try column("currency", row?.currency),
            amount: try column("amount", row?.amount),
            exchangeRate: try column("exchange_rate", row?.exchangeRate),
            accountingCurrency: try column("accounting_currency", row?.accountingCurrency),
            accountingAmount: try column("accounting_amount", row?.accountingAmount),
            isAccrued: try column("accrued", row?.isAccrued),
            voucher: try column("voucher", row?.voucher),
            sourceNumber: try column("source_number", row?.sourceNumber),
            customerInvoiceNumber: try column("customer_invoice_number", row?.customerInvoiceNumber),
            actualId: try column("actual_id", row?.actualId))
    }
}

/// The sum of a project's transactions of one kind and currency.
public struct SubledgerTotal: Hashable, Sendable, Encodable {
    public let company: Company
    public let kind: String
    public let currency: CurrencyCode
    public internal(set) var transactions: Int
    public internal(set) var quantity: Quantity
    public internal(set) var amount: Money
    public let accountingCurrency: CurrencyCode
    public internal(set) var accountingAmount: Money
}

/// A project's subledger.
public enum ProjectSubledger {
    /// The transactions of a project in the order of their accounting dates, one by one.
    ///
    /// - parameter scope: by accounting date.
    /// - returns: their sums by company, kind and currency.
    /// - throws: `DatabaseError`; what `body` throws.
    public static func read(
        project: String, _ scope: ReportScope, on connection: Connection,
        _ body: (SubledgerTransaction) throws -> Void
    ) throws -> [SubledgerTotal] {
        var totals: [[String]: SubledgerTotal] = [:]
        try ProjectTransactionStore(connection: connection).forEach(of: project, scope) { transaction in
            try body(transaction)
            let key = [transaction.company.rawValue, transaction.kind, transaction.currency.rawValue]
            var total =
                totals[key]
                ?? SubledgerTotal(
                    company: transaction.company, kind: transaction.kind, currency: transaction.currency,
                    transactions: 0, quantity: .zero, amount: .zero,
                    accountingCurrency: transaction.accountingCurrency, accountingAmount: .zero)
            total.transactions += 1
            total.quantity += transaction.quantity ?? .zero
            total.amount += transaction.amount
            total.accountingAmount += transaction.accountingAmount
            totals[key] = total
        }
        return totals.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    }
}

extension ProjectTransactionStore {
    /// A project's transactions with what they were invoiced with; `$1` to `$3` are the scope, `$4` is the project.
    func forEach(
        of project: String, _ scope: ReportScope, _ body: (SubledgerTransaction) throws -> Void
    ) throws {
        try connection.forEachRecord(
            SubledgerTransaction.self,
            """
            SELECT posted.*, company.accounting_currency FROM (
                SELECT sale.data_area_id, sale.project_number, sale.contract_number, sale.accounting_date,
                    sale.transaction_date, sale.transaction_type AS kind, sale.transaction_class, sale.category_id,
                    sale.quantity, sale.currency, sale.amount, sale.exchange_rate, sale.accounting_amount, sale.accrued,
                    sale.voucher, sale.journal_number AS source_number, invoice.customer_invoice_number, sale.actual_id
                FROM project_transactions sale
                LEFT JOIN LATERAL (
                    SELECT data_area_id, proposal_number FROM project_invoice_lines line
                    WHERE line.data_area_id = sale.data_area_id AND line.unbilled_actual_id = sale.actual_id
                    UNION ALL
                    SELECT data_area_id, proposal_number FROM project_invoice_lines line
                    WHERE line.data_area_id = sale.data_area_id AND line.fee_actual_id = sale.actual_id
                    LIMIT 1
                ) line ON true
                LEFT JOIN project_invoices invoice
                    ON invoice.data_area_id = line.data_area_id AND invoice.proposal_number = line.proposal_number
                WHERE sale.project_number = $4 AND \(ReportScope.within("sale", date: "sale.accounting_date"))
                UNION ALL
                SELECT booked.data_area_id, booked.project_number, invoice.contract_number, invoice.invoice_date,
                    booked.transaction_date, booked.transaction_origin, line.transaction_class, line.category_id,
                    line.quantity, booked.currency, booked.amount, booked.exchange_rate, booked.accounting_amount,
                    false, invoice.voucher, booked.proposal_number, invoice.customer_invoice_number, booked.actual_id
                FROM on_account_transactions booked
                JOIN project_invoices invoice USING (data_area_id, proposal_number)
                JOIN invoice_proposal_lines line
                    ON line.data_area_id = booked.data_area_id AND line.actual_id = booked.actual_id
                WHERE booked.project_number = $4 AND \(ReportScope.within("booked", date: "invoice.invoice_date"))
            ) posted JOIN companies company USING (data_area_id)
            ORDER BY posted.data_area_id, accounting_date, voucher, actual_id
            """, scope.company, scope.to, scope.from, project, record: body)
    }
}
