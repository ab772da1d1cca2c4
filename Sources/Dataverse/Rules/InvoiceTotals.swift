import Contracts

/// The control totals of an invoice: over all billed sales with Skip Sync = No, chargeable or not (`domain.md` §9.18),
/// none of which contradicts the header.
struct InvoiceTotals: Sendable {
    private let header: Belonging
    private let invoiceNumber: String
    private(set) var totals = ControlTotals()
    /// The latest of the billed sales' accounting dates, which is the day of confirmation (`domain.md` §9.15).
    private(set) var latestAccountingDate: CalendarDate?
    /// Why there are none: a billed sale that waits, contradicts the header, or whose currency is not here yet.
    private(set) var reason: WaitingReason?

    init(header: Belonging, invoiceNumber: String) {
        self.header = header
        self.invoiceNumber = invoiceNumber
    }

    mutating func add(_ sale: InvoicedSale, _ hash: SHA256) {
        guard reason == nil else { return }
        reason = sale.reason(header, invoiceNumber)
        guard reason == nil, let currency = sale.currency else { return }
        totals += (
            sale.amount,
            ControlDigest(actualId: sale.actualId, amount: sale.amount, currency: currency, hash: hash)
        )
        latestAccountingDate = latestAccountingDate.map { max($0, sale.accountingDate) } ?? sale.accountingDate
    }
}

/// A billed sale as its invoice counts it.
struct InvoicedSale: Hashable, Sendable {
    var invoiceId: GUID
    var actualId: GUID
    var amount: Money
    var currencyId: GUID
    /// The currency's code; nil when it is not here yet.
    var currency: CurrencyCode?
    var accountingDate: CalendarDate
    var projectContractId: GUID?
    var customerId: GUID?
    /// Why it is not published.
    var waitingReason: WaitingReason?

    /// Why its invoice cannot be published.
    fileprivate func reason(_ header: Belonging, _ invoiceNumber: String) -> WaitingReason? {
        if let waitingReason { return WaitingReason(.billedSale, actualId, waitingReason.sentence) }
        let own = Belonging(
            currency: Belonging.Reference(currencyId, currency?.rawValue),
            contract: projectContractId.map { Belonging.Reference($0, nil) },
            customer: customerId.map { Belonging.Reference($0, nil) })
        if let problem = own.contradiction(header, of: "its invoice \(invoiceNumber)") {
            return WaitingReason(
                .contradiction, actualId, "\(TransactionType.billedSales.rawValue) \(actualId): \(problem)")
        }
        return currency == nil ? WaitingReason(.currency, currencyId) : nil
    }
}
