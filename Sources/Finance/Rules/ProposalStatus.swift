/// The status of an invoice proposal (design §4).
public enum ProposalStatus: String, Sendable, CaseIterable, Encodable {
    /// A confirmed invoice makes it so, and renews it: its lines are still to be made.
    case open = "Open"
    /// Import from staging makes it so: it has all of its lines, and can be posted.
    case ready = "Ready"
    /// Posting makes it so: the customer's invoice is there, and nothing follows.
    case invoiced = "Invoiced"

    /// The statuses that may follow this one.
    public var successors: Set<ProposalStatus> {
        switch self {
        case .open: [.ready]
        case .ready: [.invoiced, .open]
        case .invoiced: []
        }
    }

    /// Whether a newer confirmation renews it.
    public var isRenewable: Bool { self != .invoiced }
    /// Whether import from staging may give it its lines, or make those anew that it has.
    public var takesLines: Bool { self != .invoiced }
    /// Whether an accountant may post it.
    public var isPostable: Bool { successors.contains(.invoiced) }

    /// The statuses of which a property is true.
    static func all(_ property: (ProposalStatus) -> Bool) -> [ProposalStatus] { allCases.filter(property) }
}
