import Bus
public import Contracts
public import Database

/// What stands on account of a contract in a currency: its milestones, and its retainers less what is deducted
/// (`domain.md` §4.8, §6.12, §9.11).
public struct OnAccountBalance: Record, Hashable, Encodable {
    public let company: Company
    public let contractNumber: String
    public let currency: CurrencyCode
    /// Milestones that are invoiced, less those that are credited.
    public let milestones: Money
    /// Retainers that are invoiced, less those that are credited.
    public let prepayments: Money
    /// What is deducted or refunded of them: negative.
    public let deductions: Money
    public let accountingCurrency: CurrencyCode
    /// The same in the accounting currency: deductions at the rates of what they take back.
    public let accountingMilestones: Money
    public let accountingPrepayments: Money
    public let accountingDeductions: Money

    /// What is left of the retainers.
    public var retainers: Money { prepayments + deductions }
    public var accountingRetainers: Money { accountingPrepayments + accountingDeductions }
    /// All that stands on account.
    public var balance: Money { milestones + retainers }
    public var accountingBalance: Money { accountingMilestones + accountingRetainers }

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        OnAccountBalance(
            company: try column("data_area_id", row?.company),
            contractNumber: try column("contract_number", row?.contractNumber),
            currency: try column("currency", row?.currency),
            milestones: try column("milestones", row?.milestones),
            prepayments: try column("prepayments", row?.prepayments),
            deductions: try column("deductions", row?.deductions),
            accountingCurrency: try column("accounting_currency", row?.accountingCurrency),
            accountingMilestones: try column("accounting_milestones", row?.accountingMilestones),
            accountingPrepayments: try column("accounting_prepayments", row?.accountingPrepayments),
            accountingDeductions: try column("accounting_deductions", row?.accountingDeductions))
    }

    private enum CodingKeys: String, CodingKey {
        case company, contractNumber, currency, milestones, prepayments, deductions, retainers, balance
        case accountingCurrency, accountingMilestones, accountingPrepayments, accountingDeductions
        case accountingRetainers, accountingBalance
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(company, forKey: .company)
        try container.encode(contractNumber, forKey: .contractNumber)
        try container.encode(currency, forKey: .currency)
        try container.encode(milestones, forKey: .milestones)
        try container.encode(prepayments, forKey: .prepayments)
        try container.encode(deductions, forKey: .deductions)
        try container.encode(retainers, forKey: .retainers)
        try container.encode(balance, forKey: .balance)
        try container.encode(accountingCurrency, forKey: .accountingCurrency)
        try container.encode(accountingMilestones, forKey: .accountingMilestones)
        try container.encode(accountingPrepayments, forKey: .accountingPrepayments)
        try container.encode(accountingDeductions, forKey: .accountingDeductions)
        try container.encode(accountingRetainers, forKey: .accountingRetainers)
        try container.encode(accountingBalance, forKey: .accountingBalance)
    }

    /// Those of all contracts, or of one company or contract, in the order of company, contract and currency.
    ///
    /// - parameter date: as they were at the end of a day, by the dates of the invoices; now when it is nil.
    /// - throws: `DatabaseError`.
    public static func list(
        _ connection: Connection, company: Company? = nil, contract: String? = nil, on date: CalendarDate? = nil
    ) throws -> [OnAccountBalance] {
        func sums(_ column: String, _ name: String, _ origin: OnAccountOrigin) -> String {
            """
            coalesce(sum(booked.\(column)) FILTER (WHERE booked.transaction_origin = \(origin.sql)), 0) AS \(name)
            """
        }
        return try connection.records(
            OnAccountBalance.self,
            """
            SELECT booked.data_area_id, booked.contract_number, booked.currency, company.accounting_currency,
                \(sums("amount", "milestones", .milestone)), \(sums("amount", "prepayments", .prepayment)),
                \(sums("amount", "deductions", .deduction)),
                \(sums("accounting_amount", "accounting_milestones", .milestone)),
                \(sums("accounting_amount", "accounting_prepayments", .prepayment)),
                \(sums("accounting_amount", "accounting_deductions", .deduction))
            FROM on_account_transactions booked
            JOIN companies company ON company.data_area_id = booked.data_area_id
            JOIN project_invoices invoice
                ON invoice.data_area_id = booked.data_area_id AND invoice.proposal_number = booked.proposal_number
            WHERE ($1::text IS NULL OR booked.data_area_id = $1) AND ($2::text IS NULL OR booked.contract_number = $2)
                AND ($3::date IS NULL OR invoice.invoice_date <= $3)
            GROUP BY booked.data_area_id, booked.contract_number, booked.currency, company.accounting_currency
            ORDER BY booked.data_area_id, booked.contract_number, booked.currency
            """, company, contract, date)
    }
}
