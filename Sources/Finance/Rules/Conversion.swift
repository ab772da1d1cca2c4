import Contracts

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

/// What the lines of an invoice are converted and rounded by (`domain.md` §9.4–9.7): each line and each tax by itself,
/// once.
struct InvoiceConversion: Hashable, Sendable {
    /// The rate of the invoice's own date, for credits as well (§9.5).
    var rate: ExchangeRate
    var currencyPrecision: Int
    var accountingPrecision: Int

    func posted(_ amount: Money) -> PostedAmount {
        PostedAmount(amount: amount, accounting: amount.converted(at: rate, precision: accountingPrecision))
    }
}
