import Contracts

/// The ids of the rows that confirming a line detail makes.
///
/// They follow from the line detail and the part that each row plays, so that confirming again makes the same rows.
struct ConfirmationIds {
    /// What of a line detail a row is about.
    enum Share: String {
        /// What the line detail says.
        case line
        /// What was taken off its quantity.
        case rest
    }

    /// The part that a new row plays.
    enum Part: String {
        case unbilledSale = "unbilled-sale"
        case billedSale = "billed-sale"
        /// Takes back the unbilled sale that is invoiced.
        case unbilledReversal = "unbilled-reversal"
        /// Takes back what is edited or corrected.
        case originalReversal = "original-reversal"
    }

    private let hash: SHA256

    /// - throws: `SHA256Unavailable`.
    init() throws { hash = try SHA256() }

    func actual(_ part: Part, _ share: Share = .line, of detail: GUID) -> GUID {
        id(detail, "\(share.rawValue)/\(part.rawValue)")
    }

    /// - parameter part: that of the connection's first actual.
    func connection(
        _ kind: ConfirmedConnection, from part: Part, _ share: Share = .line, of detail: GUID
    ) -> GUID {
        id(detail, "\(share.rawValue)/\(part.rawValue)/\(kind.rawValue)")
    }

    private func id(_ detail: GUID, _ role: String) -> GUID { hash.digest("\(detail)/\(role)").guid }
}
