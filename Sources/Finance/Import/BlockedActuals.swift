import Bus
import Contracts
import Database

/// The rows of `blocked_actuals` of one company.
struct BlockedActuals {
    let company: String
    let connection: Connection

    /// Blocks rows that are not blocked now.
    ///
    /// - parameter setupVersion: the set-up that blocks them.
    func block(_ rows: [(actualId: GUID, blockage: Blockage)], setupVersion: Int) throws {
        guard !rows.isEmpty else { return }
        var copy = CopyRows()
        for row in rows {
            copy.beginRow(columns: 5)
            copy.append(company)
            copy.append(row.actualId)
            copy.append(row.blockage.code)
            copy.append(row.blockage.reason)
            copy.append(row.blockage.isBrief ? 0 : setupVersion)
        }
        try connection.copyIn(
            "COPY blocked_actuals (data_area_id, actual_id, code, reason, setup_version) FROM STDIN (FORMAT binary)"
        ) { try $0.write(copy) }
    }

    func unblock(_ actuals: [GUID]) throws {
        guard !actuals.isEmpty else { return }
        try connection.execute(
            "DELETE FROM blocked_actuals WHERE data_area_id = $1 AND actual_id = ANY ($2)", company, actuals)
    }

    /// How many rows are blocked for which reasons.
    static func summary(_ connection: Connection) throws -> [ImportReport.Blocked] {
        try connection.query(
            """
            SELECT data_area_id, code, reason, count(*) FROM blocked_actuals
            GROUP BY data_area_id, code, reason ORDER BY data_area_id, count(*) DESC, code, reason
            """
        ).map { row in
            ImportReport.Blocked(
                company: try row.string(0), code: try row.string(1), reason: try row.string(2), rows: try row.int(3))
        }
    }
}
