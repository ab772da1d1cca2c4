import Bus
import Contracts
import Database

/// The table `milestones`.
struct MilestoneStore {
    let connection: Connection

    /// The milestones that some line details could bill: those that they name, and those of their contract lines.
    ///
    /// - throws: `DatabaseError`.
    func candidates(for details: [InvoiceLineDetail]) throws -> MilestoneCandidates {
        let named = details.compactMap(\.milestoneId)
        let lines = Array(Set(details.filter { $0.milestoneId == nil }.compactMap(\.facts.contractLineId)))
        let rows = try connection.records(
            Milestone.self,
            """
            SELECT \(Milestone.columnList) FROM milestones WHERE milestone_id = ANY ($1) OR contract_line_id = ANY ($2)
            """, named, lines)
        return MilestoneCandidates(rows)
    }

    /// Marks milestones as posted.
    ///
    /// - throws: `DatabaseError`.
    func markBilled(_ milestoneIds: [GUID]) throws {
        try connection.execute(
            """
            UPDATE milestones SET invoice_status = \(MilestoneInvoiceStatus.customerInvoicePosted.sql)
            WHERE milestone_id = ANY ($1)
            """, milestoneIds)
    }
}

/// Milestones by what a line detail can be known by.
struct MilestoneCandidates {
    private var byId: [GUID: Milestone] = [:]
    private var byContractLine: [GUID: [Milestone]] = [:]

    init(_ milestones: [Milestone]) {
        for milestone in milestones {
            byId[milestone.milestoneId] = milestone
            if let line = milestone.contractLineId { byContractLine[line, default: []].append(milestone) }
        }
    }

    /// Those of a line detail.
    func of(_ detail: InvoiceLineDetail) -> [Milestone] {
        if let named = detail.milestoneId { return byId[named].map { [$0] } ?? [] }
        return detail.facts.contractLineId.flatMap { byContractLine[$0] } ?? []
    }
}
