import Bus
import Contracts
import Database

/// What a milestone or a retainer was invoiced on-account: ProjOnAccTrans (`domain.md` §4.8).
struct OnAccountTransaction: Record {
    var company: Company
    var actualId: GUID
    var proposalNumber: String
    var origin: OnAccountOrigin
    var projectNumber: String
    var transactionDate: CalendarDate
    var currency: CurrencyCode
    var amount: Money
    var exchangeRate: ExchangeRate
    var accountingAmount: Money

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        OnAccountTransaction(
            company: try column("data_area_id", row?.company),
            actualId: try column("actual_id", row?.actualId),
            proposalNumber: try column("proposal_number", row?.proposalNumber),
            origin: try column("transaction_origin", row?.origin),
            projectNumber: try column("project_number", row?.projectNumber),
            transactionDate: try column("transaction_date", row?.transactionDate),
            currency: try column("currency", row?.currency),
            amount: try column("amount", row?.amount),
            exchangeRate: try column("exchange_rate", row?.exchangeRate),
            accountingAmount: try column("accounting_amount", row?.accountingAmount))
    }
}

/// The on-account transactions: `on_account_transactions`.
struct OnAccountTransactionStore {
    let connection: Connection

    func write(_ transactions: CopyRows) throws {
        try connection.copy(transactions, of: OnAccountTransaction.self, into: "on_account_transactions")
    }

    /// What is invoiced of a contract's retainers, and not deducted, in the contract's currency.
    ///
    /// - parameter isHeld: whether nobody else posts a deduction of them before this transaction ends.
    func retainers(of contract: String, company: Company, isHeld: Bool = false) throws -> Money {
        if isHeld {
            try connection.execute(
                """
                SELECT FROM invoice_proposals WHERE data_area_id = $1 AND contract_number = $2
                    AND status = \(ProposalStatus.invoiced.sql) ORDER BY proposal_number FOR NO KEY UPDATE
                """, company, contract)
        }
        return try connection.value(
            Money.self,
            """
            SELECT coalesce(sum(booked.amount), 0) FROM on_account_transactions booked
            JOIN invoice_proposals proposal USING (data_area_id, proposal_number)
            WHERE booked.data_area_id = $1 AND proposal.contract_number = $2
                AND booked.transaction_origin IN (\(OnAccountOrigin.prepayment.sql), \(OnAccountOrigin.deduction.sql))
            """, company, contract)
    }
}
