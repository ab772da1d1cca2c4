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
}
