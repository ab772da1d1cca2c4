import Contracts

/// What stands in WIP and accrued revenue of one unbilled sale, and on which accounts it was put: there it is taken back,
/// wherever set-up would book it today (`domain.md` §9.26).
struct StandingAccrual: Hashable {
    var amount: PostedAmount
    var wip: LedgerAccount
    var accruedRevenue: LedgerAccount
}

/// What one line of an invoice books (`domain.md` §6.13, §9.4–9.9). Amounts are those of the customer's invoice: positive
/// when the customer owes them.
struct InvoiceLineAmounts: Hashable {
    /// The line as it was sent, rounded to its currency (§9.28): with the tax that is included.
    var rounded = Money.zero
    /// The line without tax.
    var revenue = PostedAmount.zero
    /// What of it is a fee, and what it is reduced by and another account shows (`LineDiscount`).
    var fee = PostedAmount.zero
    var discount = PostedAmount.zero
    /// A tax for each code, in the order of the codes.
    var taxes: [Tax] = []
    /// What stood in WIP and accrued revenue, at the rate of the accrual; nil when nothing did.
    var accrualReversed: StandingAccrual?
    /// The same of the fee's sale.
    var feeAccrualReversed: StandingAccrual?

    /// What goes to the revenue of the line itself: without the fee, and before the discount.
    var ownRevenue: PostedAmount {
        var own = revenue
        own += discount
        own += -fee
        return own
    }

    struct Tax: Hashable {
        var base: PostedAmount
        var tax: PostedAmount
        /// What of the tax is not deductible.
        var nonDeductible = PostedAmount.zero

        static func += (left: inout Tax, right: Tax) {
            left.base += right.base
            left.tax += right.tax
            left.nonDeductible += right.nonDeductible
        }
    }

    /// The line's amount without tax, in the accounting currency, as it is written back: also of a line that adds nothing
    /// (§9.22).
    var accounting = Money.zero

    /// The sales tax of all codes, in the transaction currency.
    var salesTax: Money { taxes.reduce(.zero) { $0 + $1.tax.amount } }

    /// - parameter amount: as Dataverse sent it.
    /// - parameter isChargeable: whether the line adds to the invoice; one that does not has no tax either.
    /// - parameter accrual: what the sale that the line bills accrued (see ``Correction/billedSale(_:reversing:)``).
    /// - parameters:
    ///   - feeAccrual: what the sale of its fee accrued.
    ///   - parts: discount and fee that other accounts show than that of the line.
    /// - throws: ``SetupGap`` with the code ``FailureCode/amountTooLarge``.
    init(
        _ amount: Money, isChargeable: Bool, codes: [SalesTaxCode], accrual: StandingAccrual?,
        feeAccrual: StandingAccrual? = nil, parts: LineParts = .none, conversion: Conversion
    ) throws(SetupGap) {
        accrualReversed = accrual
        feeAccrualReversed = feeAccrual
        let line = try conversion.posted(amount)
        accounting = line.accounting
        rounded = line.amount
        guard isChargeable else { return }
        let tax: SalesTax
        do {
            tax = try SalesTax(on: line.amount, codes: codes, precision: conversion.currencyPrecision)
        } catch {
            throw .tooLarge(amount, "taxed")
        }
        try book(tax, conversion)
        try divide(amount, parts, conversion)
    }

    /// What a credit takes back; nothing of what its original accrued.
    ///
    /// - parameter tax: as the original was taxed; nil when it added nothing to its invoice.
    /// - throws: ``SetupGap`` with the code ``FailureCode/amountTooLarge``.
    init(
        credit amount: Money, tax: SalesTax?, parts: LineParts = .none, conversion: Conversion
    ) throws(SetupGap) {
        let line = try conversion.posted(amount)
        accounting = line.accounting
        rounded = line.amount
        guard let tax else { return }
        try book(tax, conversion)
        try divide(amount, parts, conversion)
    }

    /// Tells discount and fee from the rest, each without the tax that the amount contains, and rounded by itself.
    private mutating func divide(
        _ amount: Money, _ parts: LineParts, _ conversion: Conversion
    ) throws(SetupGap) {
        guard !parts.isEmpty else { return }
        let net = revenue.amount
        let whole = rounded
        func withoutTax(_ part: Money) throws(SetupGap) -> PostedAmount {
            guard net != whole, whole != .zero else { return try conversion.posted(part) }
            do {
                return try conversion.posted(part.share(net, of: whole, precision: conversion.currencyPrecision))
            } catch {
                throw .tooLarge(part, "taxed")
            }
        }
        // As the journal does: what is rounded is the amount before the discount.
        let gross = try conversion.posted(amount + parts.discount).amount
        discount = try withoutTax(gross - whole)
        fee = try withoutTax(parts.fee)
    }

    private mutating func book(_ tax: SalesTax, _ conversion: Conversion) throws(SetupGap) {
        for tax in tax.taxes {
            taxes.append(
                Tax(
                    base: try conversion.posted(tax.base), tax: try conversion.posted(tax.amount),
                    nonDeductible: tax.nonDeductible == .zero ? .zero : try conversion.posted(tax.nonDeductible)))
        }
        revenue = try conversion.posted(tax.net)
        accounting = revenue.accounting
    }
}
