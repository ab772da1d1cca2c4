import Contracts

/// A posted line of an invoice that credits take back, and what of it they have taken back so far
/// (`domain.md` §9.26).
///
/// A credit takes back what its original was posted with, in proportion to its part of the original's amount: tax by tax,
/// at the rates and on the accounts of then. The credit that takes the rest takes all that is left.
struct CreditedLine: Hashable, Sendable {
    /// The invoice that the line is on.
    var proposalNumber: String
    /// The line's amount, as Dataverse sent it.
    var amount: Money
    /// The tax of each code, in the transaction currency.
    var salesTaxes: [Money]
    var booking: InvoiceLineBooking
    /// Those at which it was invoiced.
    var rates: PostingRates
    /// What credits have taken back: of the opposite sign.
    private(set) var credited = Money.zero
    private(set) var creditedTaxes: [Money]

    init(
        proposalNumber: String, amount: Money, salesTaxes: [Money], booking: InvoiceLineBooking, rates: PostingRates
    ) {
        self.proposalNumber = proposalNumber
        self.amount = amount
        self.salesTaxes = salesTaxes
        self.booking = booking
        self.rates = rates
        creditedTaxes = salesTaxes.map { _ in .zero }
    }

    /// Remembers a credit that was posted.
    mutating func take(_ credit: Money, taxes: [Money]) {
        credited += credit
        for (index, tax) in taxes.enumerated() where creditedTaxes.indices.contains(index) {
            creditedTaxes[index] += tax
        }
    }

    /// What a credit takes back.
    ///
    /// - parameter credit: of the opposite sign, as Dataverse sent it.
    /// - parameter precision: that of the transaction currency.
    /// - throws: ``LineRefusal`` when it is more than there is to take back, or of the same sign.
    mutating func take(_ credit: Money, precision: Int) throws(LineRefusal) -> SalesTax {
        let rest = amount + credited
        let left = rest + credit
        guard credit == -rest || (left < .zero) == (amount < .zero) && (credit < .zero) != (amount < .zero) else {
            throw LineRefusal(
                .creditExceedsOriginal,
                "it takes \(-credit) back of a line of proposal \(proposalNumber), which is \(amount), and of which "
                    + "\(rest) is still there; correct it in Dataverse")
        }
        do throws(DecimalProblem) {
            var taxes: [Money] = []
            for (tax, taken) in zip(salesTaxes, creditedTaxes) {
                taxes.append(
                    credit == -rest ? -(tax + taken) : try tax.share(credit, of: amount, precision: precision))
            }
            let tax = try SalesTax(
                taxes, on: credit.rounded(to: precision), codes: booking.salesTaxCodes,
                standing: zip(salesTaxes, creditedTaxes).map { $0 + $1 }, precision: precision)
            take(credit, taxes: taxes)
            return tax
        } catch {
            throw LineRefusal(.tooLarge(credit, "taken back"))
        }
    }
}
