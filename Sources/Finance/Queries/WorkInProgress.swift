import Bus
public import Contracts
public import Database

/// What stands in work in progress and accrued revenue of a project: by the subledger, and by the ledger, which must say
/// the same (`domain.md` §7, invariant 5). In the accounting currency.
public struct WorkInProgress: Record, Hashable, Encodable {
    public let company: Company
    /// Nil for what a company lends, which is no project of its own (§6.9).
    public let projectNumber: String?
    public let accountingCurrency: CurrencyCode
    /// What posted sales put there.
    public let accrued: Money
    /// What invoices took back.
    public let invoiced: Money
    /// What the entries of *WIP sales value* come to, debit positive.
    public let wipOnLedger: Money
    /// What the entries of *Accrued revenue sales value* come to, credit positive.
    public let accruedRevenueOnLedger: Money

    /// What is not invoiced, by the subledger.
    public var balance: Money { accrued - invoiced }
    /// Whether the ledger says the same on both of its sides.
    public var agrees: Bool { balance == wipOnLedger && balance == accruedRevenueOnLedger }

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        WorkInProgress(
            company: try column("data_area_id", row?.company),
            projectNumber: try column("project_number", row?.projectNumber),
            accountingCurrency: try column("accounting_currency", row?.accountingCurrency),
            accrued: try column("accrued", row?.accrued),
            invoiced: try column("invoiced", row?.invoiced),
            wipOnLedger: try column("wip_on_ledger", row?.wipOnLedger),
            accruedRevenueOnLedger: try column("accrued_revenue_on_ledger", row?.accruedRevenueOnLedger))
    }

    private enum CodingKeys: String, CodingKey {
        case company, projectNumber, accountingCurrency, accrued, invoiced, balance, wipOnLedger
        case accruedRevenueOnLedger, agrees
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(company, forKey: .company)
        try container.encode(projectNumber, forKey: .projectNumber)
        try container.encode(accountingCurrency, forKey: .accountingCurrency)
        try container.encode(accrued, forKey: .accrued)
        try container.encode(invoiced, forKey: .invoiced)
        try container.encode(balance, forKey: .balance)
        try container.encode(wipOnLedger, forKey: .wipOnLedger)
        try container.encode(accruedRevenueOnLedger, forKey: .accruedRevenueOnLedger)
        try container.encode(agrees, forKey: .agrees)
    }

    /// A company's projects together.
    public struct Total: Hashable, Sendable, Encodable {
        public let company: Company
        public let accountingCurrency: CurrencyCode
        public internal(set) var accrued = Money.zero
        public internal(set) var invoiced = Money.zero
        public internal(set) var balance = Money.zero
        public internal(set) var wipOnLedger = Money.zero
        public internal(set) var accruedRevenueOnLedger = Money.zero
    }

    /// The projects of which anything stands there, or of which the ledger says otherwise, one by one.
    ///
    /// - parameter scope: as it stood at the end of its last day, by accounting date.
    /// - parameter all: also those of which nothing stands there any more.
    /// - returns: the sums of all projects, by company.
    /// - throws: `DatabaseError`; what `body` throws.
    public static func read(
        _ scope: ReportScope, all: Bool = false, on connection: Connection, _ body: (WorkInProgress) throws -> Void
    ) throws -> [Total] {
        var totals: [Company: Total] = [:]
        try ProjectTransactionStore(connection: connection).forEachWorkInProgress(scope) { project in
            var total =
                totals[project.company]
                ?? Total(company: project.company, accountingCurrency: project.accountingCurrency)
            total.accrued += project.accrued
            total.invoiced += project.invoiced
            total.balance += project.balance
            total.wipOnLedger += project.wipOnLedger
            total.accruedRevenueOnLedger += project.accruedRevenueOnLedger
            totals[project.company] = total
            if all || project.balance != .zero || !project.agrees { try body(project) }
        }
        return totals.values.sorted { $0.company < $1.company }
    }
}

extension ProjectTransactionStore {
    /// The projects that have or had work in progress, in one pass over the subledger, the invoices' lines and the ledger.
    ///
    /// Inter-organizational sales accrue in the lending company without a project of its own and without a project
    /// transaction (§6.9, §9.21): their journal lines are their subledger.
    func forEachWorkInProgress(_ scope: ReportScope, _ body: (WorkInProgress) throws -> Void) throws {
        try connection.forEachRecord(
            WorkInProgress.self,
            """
            SELECT data_area_id, project_number, company.accounting_currency,
                sum(accrued)::numeric(38, 4) AS accrued, sum(invoiced)::numeric(38, 4) AS invoiced,
                sum(wip)::numeric(38, 4) AS wip_on_ledger,
                (-sum(accrued_revenue))::numeric(38, 4) AS accrued_revenue_on_ledger
            FROM (
                SELECT sale.data_area_id, sale.project_number, sum(sale.accounting_amount) AS accrued, 0 AS invoiced,
                    0 AS wip, 0 AS accrued_revenue
                FROM project_transactions sale
                WHERE sale.accrued AND \(ReportScope.upToEnd("sale", date: "sale.accounting_date"))
                GROUP BY sale.data_area_id, sale.project_number
                UNION ALL
                SELECT line.data_area_id, NULL, sum(line.accounting_amount), 0, 0, 0
                FROM integration_journal_lines line JOIN integration_journals journal USING (data_area_id, journal_number)
                WHERE line.transaction_type = \(TransactionType.interOrganizationalSales.sql)
                    AND journal.status = \(JournalStatus.posted.sql)
                    AND \(ReportScope.upToEnd("line", date: "line.accounting_date"))
                GROUP BY line.data_area_id
                UNION ALL
                SELECT line.data_area_id, sale.project_number, 0, sum(line.accrual_reversed), 0, 0
                FROM project_invoice_lines line
                JOIN project_invoices invoice USING (data_area_id, proposal_number)
                JOIN project_transactions sale
                    ON sale.data_area_id = line.data_area_id AND sale.actual_id = line.unbilled_actual_id
                WHERE line.accrual_reversed <> 0 AND \(ReportScope.upToEnd("line", date: "invoice.invoice_date"))
                GROUP BY line.data_area_id, sale.project_number
                UNION ALL
                SELECT line.data_area_id, fee.project_number, 0, sum(line.fee_accrual_reversed), 0, 0
                FROM project_invoice_lines line
                JOIN project_invoices invoice USING (data_area_id, proposal_number)
                JOIN project_transactions fee
                    ON fee.data_area_id = line.data_area_id AND fee.actual_id = line.fee_actual_id
                WHERE line.fee_accrual_reversed <> 0 AND \(ReportScope.upToEnd("line", date: "invoice.invoice_date"))
                GROUP BY line.data_area_id, fee.project_number
                UNION ALL
                SELECT entry.data_area_id, entry.project_number, 0, 0, \(Self.sum(of: .wipSalesValue)),
                    \(Self.sum(of: .accruedRevenueSalesValue))
                FROM ledger_entries entry
                WHERE posting_type IN (\([PostingType.wipSalesValue, .accruedRevenueSalesValue].sql))
                    AND \(ReportScope.upToEnd("entry", date: "entry.accounting_date"))
                GROUP BY entry.data_area_id, entry.project_number
            ) standing JOIN companies company USING (data_area_id)
            GROUP BY data_area_id, project_number, company.accounting_currency
            ORDER BY data_area_id, project_number
            """, scope.company, scope.to, record: body)
    }

    private static func sum(of type: PostingType) -> String {
        "coalesce(sum(accounting_amount) FILTER (WHERE posting_type = \(type.sql)), 0)"
    }
}
