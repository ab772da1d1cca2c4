/// Which actuals Finance must not see (`domain.md` §6.8, §9.1): by the part that a row plays, not by its sign.
enum SkipSync {
    /// The part that a new actual plays.
    enum Part: CaseIterable {
        /// The cost of an approved entry.
        case approvedCost
        /// The same, when another company's resource did it: Finance makes it of the intercompany vendor invoice.
        case intercompanyCost
        /// What an invoice bills.
        case billedSale
        /// Takes back an unbilled sale that Finance marks as invoiced, instead of reversing it: also the second-level
        /// reversals of T8 to T11.
        case reversalOfInvoicedUnbilledSale
        /// The first reversal of an edited line (T8, T9): takes back an unbilled sale that Finance has posted.
        case reversalOfEditedUnbilledSale
        /// Takes back a billed sale (T10, T11, F5).
        case reversalOfBilledSale
        /// What is open of a retainer, which is no reversal, whatever its sign (§9.11).
        case openBalanceOfRetainer
    }

    /// A row that takes back a skipped one is skipped as well, whatever its part.
    static func isSet(on part: Part) -> Bool {
        switch part {
        case .reversalOfInvoicedUnbilledSale, .intercompanyCost: true
        case .approvedCost, .billedSale, .reversalOfEditedUnbilledSale, .reversalOfBilledSale, .openBalanceOfRetainer:
            false
        }
    }
}
