public import Contracts
public import Database

/// Edits drafts that are ours: line details' quantities, prices, billing types and texts; removes line details, and adds typed
/// ones; and sets headers' accounting dates (`domain.md` §6.3).
///
/// A request is one transaction; a row that is refused costs itself alone. The headers' amounts follow, and what drafts
/// deduct of retainers.
public struct EditDrafts {
    private let connection: Connection
    private let configuration: DataverseConfiguration

    public init(connection: Connection, configuration: DataverseConfiguration) {
        self.connection = connection
        self.configuration = configuration
    }

    /// Does what the rows of a request ask for, in their order.
    ///
    /// - parameter date: today, the day of what is deducted of retainers.
    /// - throws: ``CaptureError`` when the request cannot be read; `DatabaseError`; `ContractError` when a label's code is not
    ///   configured.
    public func edit(_ request: [any PageSource], on date: CalendarDate) throws -> RequestReport {
        let reader = RequestReader<EditRequest>()
        var rows: [(row: Int, request: Result<EditRequest, RefusedRow>)] = []
        for source in request { try reader.forEachRow(of: source) { rows.append(($0, $1)) } }
        return try connection.transaction {
            let changes = try ChangeSet(on: connection)
            var report = RequestReport()
            let editing = LineDetailEditing(connection: connection, changes: changes)
            for (row, request) in rows {
                switch request {
                case .failure(let refusal):
                    report.rows.append(RowOutcome(row: row, key: refusal.key, .refused, refusal.problem))
                case .success(let request): try editing.add(row, request)
                }
            }
            try editing.finish(on: date)
            report.rows = (report.rows + editing.outcomes).sorted { $0.row < $1.row }
            report.published = try changes.publish(configuration: configuration).byTopic
            return report
        }
    }
}
