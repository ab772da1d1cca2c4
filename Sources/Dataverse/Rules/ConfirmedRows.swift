import Contracts

/// What confirming one line detail writes.
struct ConfirmedRows: Hashable, Sendable {
    /// The line detail that makes them.
    let lineDetailId: GUID
    /// New actuals.
    var actuals: [Actual] = []
    /// Existing actuals as they are then: billed, adjusted; each a newer version of its row.
    var changed: [Actual] = []
    /// New connections.
    var connections: [TransactionConnection] = []
    /// The milestone that becomes *Customer invoice posted*.
    var billedMilestone: GUID?
    /// The milestone whose billing was taken back, and that becomes *Ready*.
    var openedMilestone: GUID?
    /// What becomes of the retainer that it bills, deducts or refunds.
    var retainer: RetainerChange?
    /// What a correction takes off and no row says any more: the rest of a fee, or of a line of fixed price
    /// (`domain.md` §9.12).
    var uncredited = Money.zero

    /// What the billed sales among the rows add to the invoice's line amount: the chargeable ones (`domain.md` §2.3).
    var chargeableAmount: Money {
        actuals.reduce(into: Money.zero) { sum, actual in
            if actual.transactionType == .billedSales, actual.billingType == .chargeable { sum += actual.amount }
        }
    }
}

/// Why a line detail cannot be confirmed.
struct ConfirmationRefusal: Error, Hashable, Sendable {
    let problem: String
}

/// A connection that confirming makes between two actuals (`domain.md` §3, §9.16).
enum ConfirmedConnection: String, Sendable {
    /// A billed sale and the unbilled sale that it bills.
    case billedSalesToUnbilledSales
    /// A reversal and the actual that it takes back.
    case reversingToOriginal
    /// A new unbilled sale and what it replaces: the unbilled sale that was edited, or the billed sale that was
    /// corrected.
    case replacingToOriginal

    var roles: (ConnectionRole, ConnectionRole) {
        switch self {
        case .billedSalesToUnbilledSales: (.billedSales, .unbilledSales)
        case .reversingToOriginal: (.reversing, .original)
        case .replacingToOriginal: (.replacing, .original)
        }
    }
}

extension TransactionConnection {
    init(_ kind: ConfirmedConnection, connectionId: GUID, from first: Actual, to second: Actual) {
        let roles = kind.roles
        self.init(
            connectionId: connectionId, transaction1Id: first.actualId, transaction1Role: roles.0.rawValue,
            transaction1Type: ConnectedTable.actual.rawValue, transaction2Id: second.actualId,
            transaction2Role: roles.1.rawValue, transaction2Type: ConnectedTable.actual.rawValue)
    }

    /// Whether its first actual stands on its second one, so that the first one's message tells of it.
    var isStoodOn: Bool { transaction1Role != ConnectionRole.replacing.rawValue }
}
