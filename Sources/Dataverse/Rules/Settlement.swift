import Contracts
import Database

/// Whether an invoice is settled: another system has invoiced it, so that it is not published, and nothing is billed again.
///
/// Decided once, when the invoice is captured first in a database with a cut-over. The first row that applies:
///
/// | status | its billed sales | its date | |
/// |---|---|---|---|
/// | Draft, In Review | | | not settled |
/// | Invoice Paid | | | settled: paid |
/// | Posted | | | settled: posted |
/// | Confirmed | one has a voucher | | settled: posted |
/// | Confirmed | | before the cut-over | settled: dated before |
/// | Confirmed | | the cut-over or later | not settled |
/// | Confirmed | | not known yet | undecided |
enum Settlement: String, CaseIterable, DatabaseLabel {
    case notSettled = "not settled"
    /// Neither its header nor a billed sale says when it was confirmed: looked at again with each load.
    case undecided
    case paid
    case posted
    case datedBefore = "dated before the cut-over"

    /// - parameter cutover: the first day that is ours to post.
    init(of invoice: InvoiceAtCutover, cutover: CalendarDate) {
        switch invoice.status {
        case .draft, .inReview: self = .notSettled
        case .invoicePaid: self = .paid
        case .posted: self = .posted
        case .confirmed:
            if invoice.hasVoucher {
                self = .posted
            } else if let date = invoice.date {
                self = date.day < cutover.day ? .datedBefore : .notSettled
            } else {
                self = .undecided
            }
        }
    }

    /// The settlements of which a property is true.
    static func all(_ property: (Settlement) -> Bool) -> [Settlement] { allCases.filter(property) }

    /// Whether another system has it.
    var isSettled: Bool {
        switch self {
        case .paid, .posted, .datedBefore: true
        case .notSettled, .undecided: false
        }
    }

    /// Why it is not published, for people; nil when it is ours.
    var sentence: String? {
        switch self {
        case .notSettled, .undecided: nil
        case .paid: "settled: it was paid when it was loaded first"
        case .posted: "settled: it was posted when it was loaded first"
        case .datedBefore: "settled: dated before the cut-over"
        }
    }
}

/// What decides whether an invoice is settled.
struct InvoiceAtCutover: Hashable, Sendable {
    var status: ProjectInvoiceStatus
    /// The header's accounting date, or else the latest of its billed sales'.
    var date: CalendarDate?
    /// Whether a billed sale of it has a voucher.
    var hasVoucher = false
}
