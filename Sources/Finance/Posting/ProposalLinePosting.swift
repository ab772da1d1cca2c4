import Contracts

/// What a line of an invoice proposal is, apart from its amount
/// (`domain.md` §6.12, §9.9–9.11).
struct ProposalLineKind: Hashable {
    /// The other side of what the customer owes.
    var revenue: PostingType
    /// The on-account transaction that the line makes; nil for time and material.
    var onAccount: OnAccountOrigin?
    /// Whether the line adds to the invoice.
    var chargeable: Bool
    /// Whether the line takes back one of an earlier invoice. It then leaves
    /// WIP and accrued revenue alone (§9.10).
    var isCredit: Bool

    init(
        transactionClass: TransactionClass, billingMethod: BillingMethod, chargeable: Bool, isCredit: Bool,
        isNegative: Bool, onAccountToBalance: Bool
    ) {
        switch (billingMethod, transactionClass) {
        case (.timeAndMaterial, .retainer), (.timeAndMaterial, .milestone): revenue = .wipInvoicedOnAccount
        case (.timeAndMaterial, _): revenue = .invoicedRevenue
        case (.fixedPrice, _): revenue = onAccountToBalance ? .wipInvoicedOnAccount : .invoicedRevenueOnAccount
        }
        switch transactionClass {
        case .milestone: onAccount = .milestone
        case .retainer: onAccount = isNegative != isCredit ? .deduction : .prepayment
        default: onAccount = nil
        }
        self.chargeable = chargeable
        self.isCredit = isCredit
    }
}

/// Where an on-account transaction comes from: ProjOrigin 23, 21 and 22 (`domain.md` §4.9, §6.7).
enum OnAccountOrigin: String, Hashable, Sendable {
    case milestone = "Milestone"
    case prepayment = "Prepayment"
    case deduction = "Deduction"
}

/// A sales tax code, as it concerns one line.
struct LineTaxCode: Hashable, Sendable {
    var code: String
    var percentage: Percentage
    /// Whether the line's amount contains the tax.
    var included: Bool
}

/// An amount in the transaction currency and in the accounting currency.
struct PostedAmount: Hashable, Sendable {
    var amount: Money
    var accounting: Money

    static let zero = PostedAmount(amount: .zero, accounting: .zero)
    static func += (left: inout PostedAmount, right: PostedAmount) {
        left.amount += right.amount
        left.accounting += right.accounting
    }
    static prefix func - (value: PostedAmount) -> PostedAmount {
        PostedAmount(amount: -value.amount, accounting: -value.accounting)
    }
}

/// What the lines of an invoice are converted and rounded by.
struct InvoiceConversion: Hashable, Sendable {
    /// The rate of the invoice's own date, for credits as well (§9.5).
    var rate: ExchangeRate
    var currencyPrecision: Int
    var accountingPrecision: Int

    func posted(_ amount: Money) -> PostedAmount {
        PostedAmount(amount: amount, accounting: amount.converted(at: rate, precision: accountingPrecision))
    }
}

/// What posting one line of a proposal does. Amounts are those of the
/// customer's invoice: positive when the customer owes them.
struct ProposalLinePosting: Hashable {
    /// The line without tax.
    var revenue = PostedAmount.zero
    /// A tax for each code, in the order of the codes.
    var taxes: [Tax] = []
    /// What stood in WIP and accrued revenue, at the rate of the accrual (§6.13).
    var accrualReversed: PostedAmount?

    struct Tax: Hashable {
        var base: Money
        var tax: PostedAmount
    }

    /// The sales tax of all codes, in the transaction currency.
    var salesTax: Money { taxes.reduce(.zero) { $0 + $1.tax.amount } }

    /// - parameter accrual: what the line's unbilled sale accrued; nil when
    ///   it accrued nothing, or has none.
    init(
        _ kind: ProposalLineKind, amount: Money, codes: [LineTaxCode], accrual: PostedAmount?,
        conversion: InvoiceConversion
    ) {
        if !kind.isCredit { accrualReversed = accrual }
        guard kind.chargeable else { return }
        guard !codes.isEmpty else {
            revenue = conversion.posted(amount)
            return
        }
        let precision = conversion.currencyPrecision
        var allIncluded = Percentage.zero
        for code in codes where code.included { allIncluded += code.percentage }
        var net = amount
        taxes = codes.map { code in
            let tax =
                code.included
                ? amount.includedPart(code.percentage, ofAll: allIncluded, precision: precision)
                : amount.part(code.percentage, precision: precision)
            if code.included { net -= tax }
            return Tax(base: amount, tax: conversion.posted(tax))
        }
        for index in codes.indices where codes[index].included { taxes[index].base = net }
        revenue = conversion.posted(net)
    }
}
