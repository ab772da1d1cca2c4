public import Bus
public import Contracts
public import Database

/// A number sequence of a company (`domain.md` §6.10.5, §6.13).
public enum NumberSequence: String, DatabaseLabel {
    case integrationJournal = "integration-journal"
    case voucher
    case customerInvoice = "customer-invoice"
    /// Journals that reconcile accrued revenue, and their vouchers (`domain.md` §6.14).
    case accruedRevenueJournal = "accrued-revenue-journal"
    case accruedRevenueVoucher = "accrued-revenue-voucher"
}

/// How a sequence's numbers are printed: `PSV-000042`.
struct NumberFormat: Hashable, Sendable {
    let prefix: String
    /// So many digits at least.
    let digits: Int

    /// Finance holds no longer number.
    static let mostCharacters = 20

    func text(_ number: Int) -> String {
        let text = String(number)
        return prefix + String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    /// The number that a text prints; nil when it is not of this format.
    func number(_ text: String) -> Int? {
        guard text.hasPrefix(prefix) else { return nil }
        let digits = text.dropFirst(prefix.count)
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return Int(digits)
    }
}

/// Consecutive numbers of one sequence, taken together.
struct NumberBlock: Hashable, Sendable {
    /// The company.
    let company: Company
    let sequence: NumberSequence
    let format: NumberFormat
    /// The first number.
    let first: Int
    /// How many numbers there are.
    let count: Int

    /// The number at a position, `0 ..< count`, as it is printed: `PSV-000042`.
    func number(_ position: Int) -> String { format.text(first + position) }
}

/// Why a company's number sequence gives no number.
public enum NumberSequenceError: Error, Hashable, Sendable {
    case missing(company: Company, sequence: NumberSequence)
    case usedUp(company: Company, sequence: NumberSequence)
    /// The topics have seen higher numbers than the next one: this database was restored from a backup.
    case behind(company: Company, sequence: NumberSequence, next: String, seen: String)

    public var code: FailureCode {
        switch self {
        case .missing: .noNumberSequence
        case .usedUp: .numberSequenceUsedUp
        case .behind: .numberSequenceBehind
        }
    }
}

extension NumberSequenceError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .missing(let company, let sequence):
            "company \(company) has no number sequence \"\(sequence.rawValue)\"; "
                + "add it with \"ledgerbus finance configure\""
        case .behind(let company, let sequence, let next, let seen):
            "the number sequence \"\(sequence.rawValue)\" of company \(company) would give out \(next), and \(seen) was given "
                + "out before this database was restored from a backup; move it on with: "
                + "ledgerbus finance sequences advance"
        case .usedUp(let company, let sequence):
            "the number sequence \"\(sequence.rawValue)\" of company \(company) is used up: "
                + "its numbers would be longer than \(NumberFormat.mostCharacters) characters; give it a shorter prefix"
        }
    }
}
