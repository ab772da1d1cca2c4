/// What is posted, and so where an accounting detail comes from.
public enum PostingKind: String, Hashable, Sendable, CaseIterable {
    /// An integration journal (`domain.md` §6.11).
    case journal
    /// An invoice proposal, which becomes the customer's invoice (`domain.md` §6.13).
    case proposal
}

/// The status that posting gives a proforma. Its Dataverse code is not
/// published (`domain.md` §2.1), so the bus carries the label.
public enum PostedStatus: String, Hashable, Sendable, CaseIterable {
    case posted = "Posted"
}
