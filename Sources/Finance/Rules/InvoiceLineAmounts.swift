import Contracts

/// What one line of an invoice books (`domain.md` §6.13, §9.4–9.9). Amounts are those of the customer's invoice: positive
/// when the customer owes them.
struct InvoiceLineAmounts: Hashable {
    /// The line without tax.
    var revenue = PostedAmount.zero
    /// A tax for each code, in the order of the codes.
    var taxes: [Tax] = []
    /// What stood in WIP and accrued revenue, at the rate of the accrual; nil when nothing did.
    var accrualReversed: PostedAmount?

    struct Tax: Hashable {
        var base: Money
        var tax: PostedAmount
    }

    /// The sales tax of all codes, in the transaction currency.
    var salesTax: Money { taxes.reduce(.zero) { $0 + $1.tax.amount } }

    /// - parameter isChargeable: whether the line adds to the invoice; one that does not has no tax either.
    /// - parameter accrual: what the sale that the line bills accrued (see ``Correction/billedSale(_:reversing:)``).
    init(
        _ amount: Money, isChargeable: Bool, codes: [SalesTaxCode], accrual: PostedAmount?,
        conversion: InvoiceConversion
    ) {
        accrualReversed = accrual
        guard isChargeable else { return }
        let tax = SalesTax(on: amount, codes: codes, precision: conversion.currencyPrecision)
        taxes = tax.taxes.map { Tax(base: $0.base, tax: conversion.posted($0.amount)) }
        revenue = conversion.posted(tax.net)
    }
}
