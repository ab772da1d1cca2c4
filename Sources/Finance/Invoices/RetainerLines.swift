import Bus
import Contracts
import Database

/// The lines of an invoice that bill retainers, deduct them, or credit either: they are settled when all lines have been
/// read, as they need the contract's retainers to be held (`domain.md` §6.7, §9.11). There are few of them.
struct RetainerLines {
    struct Line {
        var transaction: OnAccountTransaction
        var unbilledActualId: GUID?
        var reversedActualId: GUID?
        var booking: InvoiceLineBooking
        /// At the rate of the invoice.
        var amount: PostedAmount

        var rates: PostingRates {
            PostingRates(accounting: transaction.exchangeRate, reporting: transaction.reportingRate)
        }
    }

    private(set) var lines: [Line] = []

    var isEmpty: Bool { lines.isEmpty }
    /// Whether lines bill retainers or give them back, so that others may go on.
    var adds: Bool { lines.contains { $0.amount.amount > .zero } }
    /// Whether lines take from what stands on account.
    var takes: Bool { lines.contains { $0.amount.amount < .zero } }
    /// Whether lines have to do with what earlier invoices billed.
    var settles: Bool { takes || lines.contains { $0.reversedActualId != nil } }
    /// The deductions that lines credit.
    var creditedDeductions: [GUID] {
        lines.filter { $0.transaction.origin == .deduction }.compactMap(\.reversedActualId)
    }

    mutating func append(_ line: Line) { lines.append(line) }

    /// What a line settled.
    struct Settled {
        var line: Line
        var shares: [StandingPrepayments.Share]
    }

    /// Settles each line, those first that add to what stands.
    ///
    /// - parameters:
    ///   - standing: of posted invoices.
    ///   - taken: what the deductions took that lines credit.
    /// - throws: `DecimalProblem`.
    func settled(
        _ standing: StandingPrepayments, taken: [GUID: [StandingPrepayments.Share]]
    ) throws(DecimalProblem) -> [Settled] {
        var standing = standing
        var taken = taken
        var settled: [Settled] = []
        for line in lines.filter({ $0.amount.amount >= .zero }) + lines.filter({ $0.amount.amount < .zero }) {
            let amount = line.amount.amount
            var shares: [StandingPrepayments.Share] = []
            switch (line.transaction.origin, line.reversedActualId) {
            case (.prepayment, nil):
                standing.add(
                    StandingPrepayments.Prepayment(
                        actualId: line.transaction.actualId, unbilledActualId: line.unbilledActualId,
                        account: line.booking.revenue, rates: line.rates, standing: line.amount))
            case (.prepayment, let original?): shares = try standing.takeBack(-amount, of: original)
            case (.deduction, nil): shares = try standing.take(-amount, using: line.unbilledActualId)
            case (.deduction, let original?):
                shares = try standing.giveBack(amount, of: taken[original] ?? [])
                for share in shares {
                    guard
                        let index = taken[original]?.firstIndex(where: {
                            $0.prepaymentActualId == share.prepaymentActualId
                        })
                    else { continue }
                    taken[original]?[index].amount += share.amount
                }
            case (.milestone, _): break
            }
            settled.append(Settled(line: line, shares: shares))
        }
        return settled
    }
}

extension RetainerLines.Settled {
    /// The on-account transaction: of what was settled it has the accounting amount that stood.
    var transaction: OnAccountTransaction {
        guard !shares.isEmpty else { return line.transaction }
        var transaction = line.transaction
        let difference = onAccount - atInvoiceRate
        transaction.accountingAmount += difference.accounting
        if let reporting = difference.reporting { transaction.reportingAmount? += reporting }
        return transaction
    }

    /// What the line books on account, as it was settled: negative when it takes.
    private var onAccount: PostedAmount { shares.reduce(into: .zero) { $0 += -$1.amount } }

    /// The same part of the line at the invoice's rate: all of it, but for a deduction of more than there is, which is
    /// refused.
    private var atInvoiceRate: PostedAmount {
        onAccount.amount == line.amount.amount ? line.amount : onAccount
    }

    /// Books the line where its prepayments stand, and for as much as stands there, instead of where set-up would book it
    /// today: what the customer owes is at the rate of the invoice, as of any line (§9.5), and the rest is a difference.
    ///
    /// - parameters:
    ///   - difference: where the difference of exchange rates is booked.
    ///   - penny: where the difference of rounding is.
    func book(
        in voucher: inout InvoiceVoucher, difference: () throws(PostingRefusal) -> LedgerAccount,
        penny: () throws(PostingRefusal) -> LedgerAccount
    ) throws(PostingRefusal) {
        guard !shares.isEmpty else { return }
        voucher.debit(line.booking.revenue, atInvoiceRate)
        for share in shares { voucher.debit(share.account, share.amount) }
        let rest = onAccount - atInvoiceRate
        guard !rest.isZero else { return }
        let isOfRates = shares.contains { $0.rates != line.rates }
        voucher.debit(isOfRates ? try difference() : try penny(), rest)
    }
}
