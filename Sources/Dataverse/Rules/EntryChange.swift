import Contracts

/// What an event makes of an entry (`domain.md` §6.1, §6.2).
///
/// | event | not approved | approved | canceled |
/// |---|---|---|---|
/// | approved | made (T2–T4, F1) | unchanged | made, as a new revision |
/// | approval canceled, recalled | unchanged (T1) | taken back (T5, F2) | unchanged |
/// | contract confirmed | unchanged | taken back and made anew (T6, F3) | unchanged (4606055) |
struct EntryChange: Hashable {
    enum Kind: Hashable {
        case none
        case made
        case takenBack
        case madeAnew
    }

    let kind: Kind
    /// The entry as it is from now on; nil when there is none.
    let stored: StoredEntry?
    /// Why nothing changes.
    let message: String?

    /// - parameters:
    ///   - stored: what is known of the entry.
    ///   - currency: finds a currency.
    /// - throws: ``RequestProblem`` when the row lacks something, or an approved entry is approved as another one.
    init(
        _ request: EntryRequest, _ stored: StoredEntry?, _ currency: (String?) throws(RequestProblem) -> GUID?
    ) throws(RequestProblem) {
        let status = stored?.status
        switch (request.event, stored, status) {
        case (.approved, let stored?, .approved?):
            guard try request.entry(currency) == stored.entry else {
                throw RequestProblem(
                    "it has been approved with other values; cancel that first (event \(EntryEvent.approvalCanceled.rawValue)),"
                        + " or give event \(EntryEvent.contractConfirmed.rawValue) with its new terms")
            }
            self.init(.none, stored, "it has been approved")
        case (.approved, _, _):
            self.init(
                .made, StoredEntry(entry: try request.entry(currency), revision: (stored?.revision ?? 0) + 1))
        case (.approvalCanceled, var stored?, .approved?), (.recalled, var stored?, .approved?):
            stored.status = .canceled
            self.init(.takenBack, stored)
        case (.contractConfirmed, var stored?, .approved?):
            try request.apply(to: &stored.entry, currency)
            stored.revision += 1
            self.init(.madeAnew, stored)
        case (_, let stored?, _): self.init(.none, stored, "its approval was canceled")
        case (_, nil, _): self.init(.none, nil, "it has not been approved")
        }
    }

    private init(_ kind: Kind, _ stored: StoredEntry?, _ message: String? = nil) {
        (self.kind, self.stored, self.message) = (kind, stored, message)
    }
}
