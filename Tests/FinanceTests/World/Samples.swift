import Contracts
import Testbed

/// An id that a number gives.
func id(_ number: Int, _ kind: UInt64 = 1) -> GUID { GUID(high: kind << 32, low: UInt64(bitPattern: Int64(number))) }

/// Eight hours on project P1, changed as a test needs it.
func actual(_ number: Int, _ type: TransactionType, _ change: (inout ActualCreated) -> Void = { _ in }) -> ActualCreated
{
    var actual = ActualCreated(
        actualId: id(number), rowVersion: 1, company: "usmf", projectNumber: "P1", contractNumber: "C1",
        customerAccount: "US-001", transactionType: type, transactionClass: .time,
        billingType: type == .cost ? .notAvailable : .chargeable, currency: "USD", currencyPrecision: 2,
        quantity: Quantity(8), price: Money(200), amount: Money(1600), documentDate: CalendarDate(day: 20_710),
        accountingDate: CalendarDate(day: 20_710), category: "Consulting")
    if type == .billedSales {
        actual.billingMethod = .timeAndMaterial
        actual.invoiceId = id(1, 9)
        actual.unbilledActualId = id(number - 1_000)
    }
    change(&actual)
    return actual
}

/// The confirmation of an invoice with these billed sales.
func confirmation(
    of billed: [ActualCreated], number: String = "PRO-1", invoice: GUID = id(1, 9), version: Int = 1
) throws -> InvoiceConfirmed {
    var totals = ControlTotals()
    let hash = try SHA256()
    for row in billed {
        totals += (
            row.amount,
            ControlDigest(actualId: row.actualId, amount: row.amount, currency: row.currency, hash: hash)
        )
    }
    return InvoiceConfirmed(
        invoiceId: invoice, invoiceNumber: number, company: billed.first?.company ?? "usmf", contractNumber: "C1",
        customerAccount: "US-001", currency: "USD", currencyPrecision: 2, accountingDate: CalendarDate(day: 20_720),
        hasCorrections: false, lineAmount: totals.amount, totalsVersion: version, totalCount: totals.count,
        totalAmount: totals.amount, totalDigest: totals.digest)
}
