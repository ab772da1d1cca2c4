import Contracts

/// How a correction is posted (`domain.md` §6.12 *Credit line*, §9.10, §9.26).
///
/// A corrected line comes as several rows:
///
/// | row | on posting |
/// |---|---|
/// | a **credit**, the billed row that takes a billed row back | takes back revenue (or on-account), sales tax and what the customer owes as its original booked them (see `CreditedLine`), at the exchange rate of its own invoice date (§9.5); leaves WIP and accrued revenue alone, and bills no unbilled sale |
/// | a **reversal**, the journal row that takes a journal row back | books with the opposite sign what its original booked, on the same accounts, whatever set-up says now (see `ReversedPostings`); at its original's rate (§9.5, see `ReversedRows`) |
/// | each new unbilled row | accrues anew, as any does |
/// | each new billed row | takes back the accrual of its own unbilled row, as any does |
///
/// Mirroring the whole entry of the invoice would count WIP twice: 8 h at 200 corrected to 6 h ends with 400 of WIP.
enum Correction {
    /// Whether a billed row is a credit.
    static func isCredit(reversing original: GUID?) -> Bool { original != nil }

    /// The unbilled sale that a billed row bills, and whose accrual it takes back: a credit bills none.
    static func billedSale(_ unbilled: GUID?, reversing original: GUID?) -> GUID? {
        isCredit(reversing: original) ? nil : unbilled
    }
}
