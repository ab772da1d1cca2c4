import Contracts
public import Database

/// What a journal is of, which decides what posting its lines books (`domain.md` §6.10.17, §9.17).
///
/// | actual | journal |
/// |---|---|
/// | posted by another system before the cut-over | *Opening*: keeps its voucher, and is posted as soon as it is imported |
/// | dated on the beginning-balance date or before | *Beginning balance*: a voucher, project transactions, no ledger entries |
/// | any other | *Integration* |
///
/// Neither of the first two makes ledger entries: its amounts are in the general ledger already. So no fiscal period has to
/// be open, and no date is moved.
public enum JournalKind: String, Sendable, CaseIterable, Encodable {
    case integration = "Integration"
    case beginningBalance = "Beginning balance"
    case opening = "Opening"

    /// The kind of journal that an actual goes to.
    ///
    /// An actual is dated by its document date, the date of its project transaction: beginning balances are those of the
    /// project subledger. (The sources say "dated" and not which date: `domain.md` §6.10.17.)
    ///
    /// - parameter beginningBalanceDate: nil where there are no beginning balances.
    init(of actual: ActualCreated, beginningBalanceDate: CalendarDate?) {
        if actual.openingVoucher != nil {
            self = .opening
        } else if let date = beginningBalanceDate, actual.documentDate.day <= date.day {
            self = .beginningBalance
        } else {
            self = .integration
        }
    }

    /// Whether posting its lines makes ledger entries, in open periods.
    public var hasLedgerEntries: Bool { self == .integration }

    /// What a journal of the kind is called.
    ///
    /// - parameter period: the first day of its period; nil when all go into one.
    func title(period: CalendarDate?) -> String {
        let name =
            switch self {
            case .integration: "Project Operations integration journal"
            case .beginningBalance: "Beginning balances"
            case .opening: "Opening rows, posted before the cut-over"
            }
        return name + (period.map { " \($0)" } ?? "")
    }
}

extension JournalKind: DatabaseLabel {}
