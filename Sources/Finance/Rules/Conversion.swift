import Contracts

/// An amount in the transaction currency, in the accounting currency and, where the company has one, in the reporting
/// currency.
struct PostedAmount: Hashable, Sendable {
    var amount: Money
    var accounting: Money
    /// Nil when the company has no reporting currency.
    var reporting: Money?

    init(amount: Money, accounting: Money, reporting: Money?) {
        self.amount = amount
        self.accounting = accounting
        self.reporting = reporting
    }

    static let zero = PostedAmount(amount: .zero, accounting: .zero, reporting: nil)

    /// Whether it is zero in every currency.
    var isZero: Bool { amount == .zero && accounting == .zero && (reporting ?? .zero) == .zero }

    static func += (left: inout PostedAmount, right: PostedAmount) {
        left.amount += right.amount
        left.accounting += right.accounting
        if let reporting = right.reporting { left.reporting = (left.reporting ?? .zero) + reporting }
    }
    static func - (left: PostedAmount, right: PostedAmount) -> PostedAmount {
        var difference = left
        difference += -right
        return difference
    }
    static prefix func - (value: PostedAmount) -> PostedAmount {
        PostedAmount(amount: -value.amount, accounting: -value.accounting, reporting: value.reporting.map { -$0 })
    }
}

/// What amounts of one document are rounded and converted by (`domain.md` §9.4–9.7, §9.28): each line and each tax by
/// itself, once to its currency and once to the accounting and the reporting currency, of what was rounded before.
struct Conversion: Hashable, Sendable {
    /// Accounting currency per 100 units; of an invoice that of its own date (§9.5).
    var rate: ExchangeRate
    var currencyPrecision: Int
    var accountingPrecision: Int
    /// Nil when the company has no reporting currency.
    var reporting: Reporting?

    /// How amounts come into the reporting currency.
    struct Reporting: Hashable, Sendable {
        /// Reporting currency per 100 units of the currency that it is computed from.
        var rate: ExchangeRate
        var precision: Int
        var basis: ReportingCurrency.Basis
    }

    var rates: PostingRates { PostingRates(accounting: rate, reporting: reporting?.rate) }

    /// - throws: ``SetupGap`` with the code ``FailureCode/amountTooLarge``.
    func posted(_ amount: Money) throws(SetupGap) -> PostedAmount {
        do {
            let rounded = try amount.rounded(to: currencyPrecision)
            let accounting = try rounded.converted(at: rate, precision: accountingPrecision)
            guard let reporting else { return PostedAmount(amount: rounded, accounting: accounting, reporting: nil) }
            let source =
                switch reporting.basis {
                case .transaction: rounded
                case .accounting: accounting
                }
            return PostedAmount(
                amount: rounded, accounting: accounting,
                reporting: try source.converted(at: reporting.rate, precision: reporting.precision))
        } catch {
            throw .tooLarge(amount, "converted at \(rate)")
        }
    }
}

extension Conversion {
    /// - parameter precision: decimal places of the transaction currency, as Dataverse has them; of the accounting currency
    ///   those of set-up count as well.
    init(of currency: CurrencyCode, precision: Int, at rates: PostingRates, setup: FinanceSetup) {
        self.init(
            rate: rates.accounting,
            currencyPrecision: currency == setup.accountingCurrency
                ? min(precision, setup.accountingCurrencyPrecision) : precision,
            accountingPrecision: setup.accountingCurrencyPrecision)
        guard let currency = setup.reportingCurrency, let rate = rates.reporting else { return }
        reporting = Reporting(rate: rate, precision: currency.precision, basis: currency.basis)
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
