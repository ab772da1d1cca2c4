import Contracts

/// What confirming one line detail writes.
struct ConfirmedRows: Hashable, Sendable {
    /// New actuals.
    var actuals: [Actual]
    /// New connections.
    var connections: [TransactionConnection]
    /// The unbilled sale that becomes *Customer Invoice Posted*, as it is then.
    var billedUnbilledSale: Actual?
    /// The milestone that becomes *Customer invoice posted*.
    var billedMilestone: GUID?
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

    var roles: (ConnectionRole, ConnectionRole) {
        switch self {
        case .billedSalesToUnbilledSales: (.billedSales, .unbilledSales)
        case .reversingToOriginal: (.reversing, .original)
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
}

/// The ids of the rows that confirming a line detail makes.
///
/// They follow from the line detail, so that confirming again makes the same rows.
struct ConfirmationIds {
    let hash: SHA256

    /// - throws: `SHA256Unavailable`.
    init() throws { hash = try SHA256() }

    func billedSale(of detail: GUID) -> GUID { id(detail, "billed-sale") }
    func unbilledReversal(of detail: GUID) -> GUID { id(detail, "unbilled-reversal") }
    func connection(_ kind: ConfirmedConnection, of detail: GUID) -> GUID {
        id(detail, "connection/\(kind.rawValue)")
    }

    private func id(_ detail: GUID, _ role: String) -> GUID { hash.digest("\(detail)/\(role)").guid }
}
