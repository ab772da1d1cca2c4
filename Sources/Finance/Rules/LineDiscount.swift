import Contracts

/// Line discounts and fees (`domain.md` §6.13, §9.12), of time and material alone.
///
/// | | line discount category set | not set |
/// |---|---|---|
/// | journal, WIP | sales before the discount | sales after it |
/// | invoice, revenue of the line | before the discount | after it |
/// | invoice, revenue of the category | the discount, debited | nothing |
///
/// A fee is an unbilled sale of its own, of class Fee, that names the sale which it is for; on the invoice it is a part of
/// that sale's line, and its revenue goes where fees go. Tax is on what is left after the discount, fee included. The
/// sources do not say how a message has them [I]: its amount is what the customer pays, after the discount and, of a billed
/// sale, with its fee.
enum LineDiscount {
    /// The discount that a journal line's amount does not have deducted.
    ///
    /// - parameter reversed: whether the line that this one takes back has its own deducted; nil when it takes none back.
    /// - returns: nil when the amount is net.
    static func undeducted(
        of actual: ActualCreated, deductsOfReversed reversed: Bool?, setup: FinanceSetup
    ) -> Money? {
        guard actual.transactionType == .unbilledSales, let discount = actual.discountAmount, discount != .zero
        else { return nil }
        let deducts = reversed ?? (setup.parameters.lineDiscountCategory == nil)
        return deducts ? nil : discount
    }
}

/// What of an invoice line's amount is a fee, and what it is reduced by, as Dataverse sent them.
struct LineParts: Hashable, Sendable {
    var discount = Money.zero
    var fee = Money.zero

    static let none = LineParts()

    var isEmpty: Bool { self == .none }
}

extension FinanceSetup {
    /// Where discounts are posted by themselves; nil when they are not.
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noPostingAccount``.
    func discountAccount(at place: PostingPlace) throws(SetupGap) -> LedgerAccount? {
        guard let category = parameters.lineDiscountCategory else { return nil }
        return try feeAccount(category: category, .invoicedRevenue, at: place)
    }

    /// Where the fees of lines go: to the revenue of the default category of fees.
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noPostingAccount``.
    func feeAccount(_ type: PostingType, at place: PostingPlace) throws(SetupGap) -> LedgerAccount {
        try feeAccount(category: defaultCategories[.fee], type, at: place)
    }

    private func feeAccount(
        category: String?, _ type: PostingType, at place: PostingPlace
    ) throws(SetupGap) -> LedgerAccount {
        var place = place
        place.category = category
        place.transactionClass = .fee
        return try ledgerAccount(type, at: place)
    }
}
