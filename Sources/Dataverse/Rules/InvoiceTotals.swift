import Contracts

/// The control totals of an invoice: over all billed sales with Skip Sync = No, chargeable or not (`domain.md` §9.18).
struct InvoiceTotals: Sendable {
    private(set) var totals = ControlTotals()
    /// The latest of the billed sales' accounting dates, which is the day of confirmation (`domain.md` §9.15).
    private(set) var latestAccountingDate: CalendarDate?
    /// A currency of one of them that is not here yet.
    private(set) var missingCurrency: GUID?

    mutating func add(_ sale: BilledSaleAmount, _ hash: SHA256) {
        guard let currency = sale.currency else {
            missingCurrency = sale.currencyId
            return
        }
        totals += (
            sale.amount,
            ControlDigest(actualId: sale.actualId, amount: sale.amount, currency: currency, hash: hash)
        )
        latestAccountingDate = latestAccountingDate.map { max($0, sale.accountingDate) } ?? sale.accountingDate
    }
}

/// What a billed sale adds to its invoice's totals.
struct BilledSaleAmount: Hashable, Sendable {
    var invoiceId: GUID
    var actualId: GUID
    var amount: Money
    var currencyId: GUID
    /// The currency's code; nil when it is not here yet.
    var currency: CurrencyCode?
    var accountingDate: CalendarDate
}
