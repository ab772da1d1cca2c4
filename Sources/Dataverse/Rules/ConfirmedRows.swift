import Contracts

/// What confirming one line detail writes.
struct ConfirmedRows: Hashable, Sendable {
    /// New actuals.
    var actuals: [Actual]
    /// New connections.
    var connections: [ActualConnection]
    /// The unbilled sale that becomes *Customer Invoice Posted*.
    var billedUnbilledSale: GUID?
    /// The milestone that becomes *Customer invoice posted*.
    var billedMilestone: GUID?
}

/// Why a line detail cannot be confirmed.
struct ConfirmationRefusal: Error, Hashable, Sendable {
    let problem: String
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
    func connection(_ roles: ActualConnection.Roles, of detail: GUID) -> GUID {
        id(detail, "connection/\(roles.rawValue)")
    }

    private func id(_ detail: GUID, _ role: String) -> GUID { hash.digest("\(detail)/\(role)").guid }
}
