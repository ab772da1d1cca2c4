import Bus
import Contracts
import Database

/// Where an on-account transaction comes from: ProjOrigin 23, 21 and 22 (`domain.md` §4.9, §6.7).
enum OnAccountOrigin: String, DatabaseLabel {
    case milestone = "Milestone"
    case prepayment = "Prepayment"
    case deduction = "Deduction"

    /// The origin of the transaction that an invoice line makes; nil when it makes none (§9.11). A credit takes back what
    /// its original was.
    ///
    /// A retainer that is billed is a prepayment, one that is applied a negative row and a deduction.
    init?(_ transactionClass: TransactionClass, isNegative: Bool) {
        switch transactionClass {
        case .milestone: self = .milestone
        case .retainer: self = isNegative ? .deduction : .prepayment
        default: return nil
        }
    }
}
