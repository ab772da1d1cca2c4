import Contracts
public import Database
import Service

/// Approves time, expense, material and fee entries, takes approvals back, and evaluates entries anew when their contract
/// is confirmed: writes their actuals and connections, and publishes them (`domain.md` §6.1, §6.2, §6.9).
///
/// A request is one transaction. A row that is refused costs itself alone. The ids follow from the entry's, so that
/// approving again changes nothing.
public struct ApproveEntries {
    private let connection: Connection
    private let configuration: DataverseConfiguration

    public init(connection: Connection, configuration: DataverseConfiguration) {
        self.connection = connection
        self.configuration = configuration
    }

    /// Does what the rows of a request ask for, in their order.
    ///
    /// - parameter progress: is told what is done, and how many of it.
    /// - throws: ``CaptureError`` when the request cannot be read; `DatabaseError`; `ContractError` when a label's code is not
    ///   configured.
    public func approve(
        _ request: [any PageSource], progress: @escaping (String, Int) -> Void = { _, _ in }
    ) throws -> RequestReport {
        let reader = RequestReader<EntryRequest>()
        // Standard input is read once, a transaction may be run again: so the rows are read before it.
        var rows: [(Int, Result<EntryRequest, RefusedRow>)] = []
        for source in request { try reader.forEachRow(of: source) { rows.append(($0, $1)) } }
        return try connection.transaction {
            let changes = try ChangeSet(on: connection)
            let approval = try EntryApproval(connection: connection, changes: changes)
            for (row, request) in rows {
                try approval.add(row, request)
                if row.isMultiple(of: 5_000) { progress("entries approved", row) }
            }
            try approval.flush()
            CrashPoint.pass(.entriesApproved)
            var report = RequestReport()
            report.rows = approval.outcomes.sorted { $0.row < $1.row }
            report.published = try changes.publish(configuration: configuration, progress: progress).byTopic
            return report
        }
    }
}
