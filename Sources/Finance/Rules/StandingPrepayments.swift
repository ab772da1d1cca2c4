import Contracts

/// What stands on account of a contract's retainers, which deductions take back as it was booked: at the prepayments'
/// exchange rates and from their accounts, wherever set-up would book it today (`domain.md` §6.7, §9.11), as WIP is taken
/// back when it is invoiced (§6.13). So nothing stays on account when a retainer is used up, in no currency.
///
/// A deduction takes from the prepayment whose open balance it uses, and else from the oldest (§9.11).
struct StandingPrepayments {
    struct Prepayment: Hashable, Sendable {
        /// The billed sale that was invoiced.
        var actualId: GUID
        /// Its open balance, which Dataverse's first deduction names.
        var unbilledActualId: GUID?
        var account: LedgerAccount
        var rates: PostingRates
        /// What of it still stands.
        var standing: PostedAmount
    }

    /// What a deduction takes of a prepayment, or gives back to it when it is negative.
    struct Share: Hashable, Sendable {
        var prepaymentActualId: GUID
        var account: LedgerAccount
        var rates: PostingRates
        var amount: PostedAmount
    }

    /// The oldest first.
    private(set) var prepayments: [Prepayment]
    private let accountingPrecision: Int
    /// Nil when the company has no reporting currency.
    private let reportingPrecision: Int?

    init(_ prepayments: [Prepayment] = [], accountingPrecision: Int, reportingPrecision: Int? = nil) {
        self.prepayments = prepayments
        self.accountingPrecision = accountingPrecision
        self.reportingPrecision = reportingPrecision
    }

    /// One that the invoice itself bills: the youngest.
    mutating func add(_ prepayment: Prepayment) { prepayments.append(prepayment) }

    /// Takes a deduction: who takes the rest of a prepayment takes all that is left of it, to the cent.
    ///
    /// - parameters:
    ///   - amount: positive, in the transaction currency.
    ///   - unbilledActualId: the open balance that the deduction uses.
    /// - returns: nothing of what is more than all that stands.
    /// - throws: `DecimalProblem`.
    mutating func take(_ amount: Money, using unbilledActualId: GUID?) throws(DecimalProblem) -> [Share] {
        var rest = amount
        var shares: [Share] = []
        let own = prepayments.indices.filter {
            unbilledActualId != nil && prepayments[$0].unbilledActualId == unbilledActualId
        }
        for index in own + prepayments.indices.filter({ !own.contains($0) }) where rest > .zero {
            guard let share = try take(min(rest, prepayments[index].standing.amount), at: index) else { continue }
            rest += -share.amount.amount
            shares.append(share)
        }
        return shares
    }

    /// Takes back a prepayment that is credited.
    ///
    /// - throws: `DecimalProblem`.
    mutating func takeBack(_ amount: Money, of actualId: GUID) throws(DecimalProblem) -> [Share] {
        guard let index = prepayments.firstIndex(where: { $0.actualId == actualId }) else { return [] }
        return try take(min(amount, prepayments[index].standing.amount), at: index).map { [$0] } ?? []
    }

    /// Gives back what a deduction took, as it is credited.
    ///
    /// - parameters:
    ///   - amount: positive, in the transaction currency.
    ///   - taken: what the deduction took, less what earlier credits have given back.
    /// - throws: `DecimalProblem`.
    mutating func giveBack(_ amount: Money, of taken: [Share]) throws(DecimalProblem) -> [Share] {
        var rest = amount
        var shares: [Share] = []
        for var share in taken.reversed() where rest > .zero && share.amount.amount > .zero {
            let part = min(rest, share.amount.amount)
            rest += -part
            share.amount = -(try self.share(part, of: share.amount))
            if let index = prepayments.firstIndex(where: { $0.actualId == share.prepaymentActualId }) {
                prepayments[index].standing += -share.amount
            }
            shares.append(share)
        }
        return shares
    }

    private mutating func take(_ amount: Money, at index: Int) throws(DecimalProblem) -> Share? {
        guard amount > .zero else { return nil }
        let prepayment = prepayments[index]
        let taken = try share(amount, of: prepayment.standing)
        prepayments[index].standing += -taken
        return Share(
            prepaymentActualId: prepayment.actualId, account: prepayment.account,
            rates: prepayment.rates, amount: taken)
    }

    /// What stands of a part of an amount, in every currency.
    private func share(_ part: Money, of standing: PostedAmount) throws(DecimalProblem) -> PostedAmount {
        guard part != standing.amount else { return standing }
        var share = PostedAmount(
            amount: part,
            accounting: try standing.accounting.share(part, of: standing.amount, precision: accountingPrecision),
            reporting: nil)
        if let reporting = standing.reporting, let reportingPrecision {
            share.reporting = try reporting.share(part, of: standing.amount, precision: reportingPrecision)
        }
        return share
    }
}
