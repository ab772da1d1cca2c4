import Bus
import Contracts
public import Database

/// What waits, and for what.
public struct WaitingGroup: Hashable, Sendable, Encodable {
    /// `actuals`, `transaction connections` or `invoices`.
    public let kind: String
    /// The reason, in the domain's terms: `waiting for project 5d8f…`.
    public let reason: String
    /// How many rows wait for it.
    public let count: Int
}

/// Everything that is captured and not published, by reason.
public struct WaitingList {
    private let connection: Connection

    public init(connection: Connection) { self.connection = connection }

    /// The reasons, those with the most rows first.
    ///
    /// - throws: `DatabaseError`.
    public func groups(limit: Int = 1_000) throws -> [WaitingGroup] {
        var groups: [WaitingGroup] = []
        for list in WaitingRows.List.allCases {
            let rows = WaitingRows(list, connection: connection)
            groups += try rows.groups(limit: limit).map {
                WaitingGroup(kind: list.title, reason: $0.reason.sentence, count: $0.count)
            }
        }
        groups.sort { ($1.count, $0.kind, $0.reason) < ($0.count, $1.kind, $1.reason) }
        return Array(groups.prefix(limit))
    }
}
