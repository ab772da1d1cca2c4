import Bus
import Contracts
import Database

/// What people did with proposals in the workflow of approval: `proposal_approvals`.
struct ProposalApprovalStore {
    let company: Company
    let connection: Connection

    /// A step of the workflow.
    struct Step: Record {
        var action: ProposalApproval.Action
        var doneBy: String
        var doneAt: Instant
        var comment: String?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Step(
                action: try column("action", row?.action),
                doneBy: try column("done_by", row?.doneBy),
                doneAt: try column("done_at", row?.doneAt),
                comment: try column("comment", row?.comment))
        }
    }

    func append(_ number: String, _ action: ProposalApproval.Action, by person: String, comment: String?) throws {
        try connection.execute(
            """
            INSERT INTO proposal_approvals (data_area_id, proposal_number, action, done_by, comment)
            VALUES ($1, $2, $3, $4, $5)
            """, company, number, action, person, comment)
    }

    /// The steps of a proposal, in the order of time.
    func steps(of number: String) throws -> [Step] {
        try connection.records(
            Step.self,
            """
            SELECT \(Step.columnList) FROM proposal_approvals WHERE data_area_id = $1 AND proposal_number = $2
            ORDER BY step
            """, company, number)
    }
}
