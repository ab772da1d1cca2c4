import Contracts
public import Database

/// Makes milestones by schedules, makes them ready or not, and splits them by their progress (`domain.md` §6.6).
///
/// A request is one transaction; a row that is refused costs itself alone. A schedule is made whole or not at all, and once.
public struct ChangeMilestones {
    private let connection: Connection

    public init(connection: Connection) { self.connection = connection }

    /// Does what the rows of a request ask for, in their order.
    ///
    /// - throws: ``CaptureError`` when the request cannot be read; `DatabaseError`.
    public func change(_ request: [any PageSource]) throws -> RequestReport {
        let reader = RequestReader<MilestoneRequest>()
        var rows: [(row: Int, request: Result<MilestoneRequest, RefusedRow>)] = []
        for source in request { try reader.forEachRow(of: source) { rows.append(($0, $1)) } }
        return try connection.transaction {
            _ = try ChangeSet(on: connection)
            var report = RequestReport()
            let changer = try MilestoneChanger(connection: connection)
            for (row, request) in rows {
                switch request {
                case .failure(let refusal):
                    report.rows.append(RowOutcome(row: row, key: refusal.key, .refused, refusal.problem))
                case .success(let request): try changer.add(row, request)
                }
            }
            try changer.flush()
            report.rows = (report.rows + changer.outcomes).sorted { $0.row < $1.row }
            return report
        }
    }
}
