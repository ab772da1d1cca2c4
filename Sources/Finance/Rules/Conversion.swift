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

/// What amounts of one document are rounded and converted by (`domain.md` §9.4–9.7, §9.28): each line and each tax by
/// itself, once to its currency and once to the accounting currency, of what was rounded to its own.
struct Conversion: Hashable, Sendable {
    /// Accounting currency per 100 units; of an invoice that of its own date, for credits as well (§9.5).
    var rate: ExchangeRate
    var currencyPrecision: Int
    var accountingPrecision: Int

    /// - throws: ``SetupGap`` with the code ``FailureCode/amountTooLarge``.
    func posted(_ amount: Money) throws(SetupGap) -> PostedAmount {
        do {
            let rounded = try amount.rounded(to: currencyPrecision)
            return PostedAmount(
                amount: rounded, accounting: try rounded.converted(at: rate, precision: accountingPrecision))
        } catch {
            throw .tooLarge(amount, "converted at \(rate)")
        }
    }
}

extension Conversion {
    /// - parameter precision: decimal places of the transaction currency, as Dataverse has them; of the accounting currency
    ///   those of set-up count as well.
    init(of currency: CurrencyCode, precision: Int, at rate: ExchangeRate, setup: FinanceSetup) {
        self.init(
            rate: rate,
            currencyPrecision: currency == setup.accountingCurrency
                ? min(precision, setup.accountingCurrencyPrecision) : precision,
            accountingPrecision: setup.accountingCurrencyPrecision)
    }
}

extension SetupGap {
    /// An amount that is too large to be booked once something is computed of it.
    static func tooLarge(_ amount: Money, _ computed: String) -> SetupGap {
        SetupGap(
            .amountTooLarge,
            "the amount \(amount), \(computed), has more than the \(Money.mostDigits - Money.scale) digits before the "
                + "point that Finance holds; correct the amount in Dataverse, or the rate")
    }
}
