import Bus
import Contracts
import Database

/// What a milestone or a retainer was invoiced on-account: ProjOnAccTrans (`domain.md` §4.8).
struct OnAccountTransaction: Record {
    var company: Company
    var actualId: GUID
    var proposalNumber: String
    var origin: OnAccountOrigin
    var contractNumber: String
    var projectNumber: String
    var transactionDate: CalendarDate
    var currency: CurrencyCode
    var amount: Money
    var exchangeRate: ExchangeRate
    var accountingAmount: Money
    /// Nil when the company has no reporting currency, as the amount.
    var reportingRate: ExchangeRate?
    var reportingAmount: Money?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        OnAccountTransaction(
            company: try column("data_area_id", row?.company),
            actualId: try column("actual_id", row?.actualId),
            proposalNumber: try column("proposal_number", row?.proposalNumber),
            origin: try column("transaction_origin", row?.origin),
            contractNumber: try column("contract_number", row?.contractNumber),
            projectNumber: try column("project_number", row?.projectNumber),
            transactionDate: try column("transaction_date", row?.transactionDate),
            currency: try column("currency", row?.currency),
            amount: try column("amount", row?.amount),
            exchangeRate: try column("exchange_rate", row?.exchangeRate),
            accountingAmount: try column("accounting_amount", row?.accountingAmount),
            reportingRate: try column("reporting_exchange_rate", row?.reportingRate),
            reportingAmount: try column("reporting_amount", row?.reportingAmount))
    }
}

/// The on-account transactions: `on_account_transactions`.
struct OnAccountTransactionStore {
    let connection: Connection

    func write(_ transactions: CopyRows) throws {
        try connection.copy(transactions, of: OnAccountTransaction.self, into: "on_account_transactions")
    }

    /// What is invoiced of a contract's retainers, and not deducted, with the tax that is included, as Dataverse sent it.
    ///
    /// - throws: `DatabaseError`.
    func retainers(of contract: String, currency: CurrencyCode, company: Company) throws -> Money {
        try connection.value(
            Money.self,
            """
            SELECT coalesce(sum(line.amount), 0) FROM on_account_transactions booked
            JOIN invoice_proposal_lines line
                ON line.data_area_id = booked.data_area_id AND line.actual_id = booked.actual_id
            WHERE booked.data_area_id = $1 AND booked.contract_number = $2 AND booked.currency = $3
                AND \(Self.isOfRetainer)
            """, company, contract, currency)
    }

    /// Keeps others from posting deductions of a contract's retainers until the transaction ends.
    ///
    /// - throws: `DatabaseError`.
    func holdRetainers(of contract: String, company: Company) throws {
        try connection.execute(
            """
            SELECT FROM invoice_proposals WHERE data_area_id = $1 AND proposal_number IN (
                SELECT booked.proposal_number FROM on_account_transactions booked
                WHERE booked.data_area_id = $1 AND booked.contract_number = $2 AND \(Self.isOfRetainer)
                    AND booked.amount > 0)
            ORDER BY proposal_number FOR NO KEY UPDATE
            """, company, contract)
    }

    private static let isOfRetainer = """
        booked.transaction_origin IN (\(OnAccountOrigin.prepayment.sql), \(OnAccountOrigin.deduction.sql))
        """
}
