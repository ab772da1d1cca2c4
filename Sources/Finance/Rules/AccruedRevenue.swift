public import Contracts
public import Database

/// The two sides on which an accrual stands, in accounting currency: debit positive.
public struct AccrualSides: Record, Hashable, Encodable {
    /// WIP sales value.
    public var wip = Money.zero
    /// Accrued revenue sales value.
    public var accruedRevenue = Money.zero

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        AccrualSides(
            wip: try column("wip", row?.wip), accruedRevenue: try column("accrued_revenue", row?.accruedRevenue))
    }

    static let zero = AccrualSides()

    static func += (left: inout AccrualSides, right: AccrualSides) {
        left.wip += right.wip
        left.accruedRevenue += right.accruedRevenue
    }
    static func - (left: AccrualSides, right: AccrualSides) -> AccrualSides {
        AccrualSides(wip: left.wip - right.wip, accruedRevenue: left.accruedRevenue - right.accruedRevenue)
    }
}

/// What was accrued, what an invoice took back of it, and what corrections did since (`domain.md` §6.14).
public struct AccrualBalance: Hashable, Sendable, Encodable {
    public var accrued = AccrualSides.zero
    public var reversed = AccrualSides.zero
    public var corrected = AccrualSides.zero

    /// Accrual and reversal, and what corrections left of it: nothing when it is fully reversed.
    public var imbalance: AccrualSides {
        var sum = accrued
        sum += reversed
        sum += corrected
        return sum
    }
}

/// How an imbalance is corrected (`domain.md` §6.14).
public enum AccruedRevenueCorrection: String, DatabaseLabel, Encodable {
    /// Both sides are off by the same amount: each is corrected.
    case symmetric = "Symmetric"
    /// They are not: the WIP side is corrected, and an account that is given balances it.
    case asymmetric = "Asymmetric"

    init(of imbalance: AccrualSides) {
        self = imbalance.accruedRevenue == -imbalance.wip ? .symmetric : .asymmetric
    }

    /// What a correction books: it balances.
    ///
    /// - parameter offset: gives the account that balances an asymmetric one; called for such alone.
    func entries(
        of imbalance: AccrualSides, wip: LedgerAccount, accruedRevenue: LedgerAccount,
        offset: () throws(SetupGap) -> LedgerAccount
    ) throws(SetupGap) -> [(account: LedgerAccount, amount: Money)] {
        switch self {
        case .symmetric: [(wip, -imbalance.wip), (accruedRevenue, -imbalance.accruedRevenue)]
        case .asymmetric: [(wip, -imbalance.wip), (try offset(), imbalance.wip)]
        }
    }

    /// What it leaves on the two sides: nothing on that of WIP, which is what is detected.
    func corrected(_ imbalance: AccrualSides) -> AccrualSides {
        switch self {
        case .symmetric: AccrualSides.zero - imbalance
        case .asymmetric: AccrualSides(wip: -imbalance.wip)
        }
    }
}
