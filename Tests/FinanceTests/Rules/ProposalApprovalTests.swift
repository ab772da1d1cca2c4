import Testing

@testable import Finance

@Suite("Workflow of proposals (domain.md §4.9, §6.13)")
struct ProposalApprovalTests {
    @Test(
        "Each state takes the steps of the table, and no others",
        arguments: [
            (nil, [.submitted, nil, nil]), (.submitted, [nil, .approved, .rejected]),
            (.approved, [nil, nil, .rejected]),
            (.rejected, [.submitted, nil, nil]),
        ] as [(ProposalApproval?, [ProposalApproval?])])
    func steps(state: ProposalApproval?, following: [ProposalApproval?]) {
        let steps: [ProposalApproval.Action] = [.submit, .approve, .reject]
        #expect(steps.map { ProposalApproval.after($0, state) } == following)
        for (step, follows) in zip(steps, following) {
            let refusal = ProposalApproval.refusal(of: step, proposal: "P", .ready, state, isWorkflow: true)
            #expect((refusal == nil) == (follows != nil))
        }
        #expect(ProposalApproval.after(.lose, state) == nil)
    }

    @Test(
        "Open, without lines, and Invoiced: no step",
        arguments: [(ProposalStatus.open, "no lines"), (.invoiced, "invoiced")]
    )
    func status(status: ProposalStatus, says: String) {
        for step in [ProposalApproval.Action.submit, .approve, .reject] {
            let refusal = ProposalApproval.refusal(of: step, proposal: "P", status, .submitted, isWorkflow: true)
            #expect(refusal?.contains(says) == true)
        }
    }

    @Test("Post only when approved", arguments: [nil, ProposalApproval.submitted, .approved, .rejected])
    func posting(state: ProposalApproval?) {
        let refusal = ProposalApproval.postingRefusal(of: "P", state, isWorkflow: true)
        #expect((refusal == nil) == (state == .approved))
        #expect(ProposalApproval.postingRefusal(of: "P", state, isWorkflow: false) == nil)
    }

    @Test("Without the parameter there is no workflow, and it says how to have one")
    func none() {
        let refusal = ProposalApproval.refusal(of: .submit, proposal: "P", .ready, nil, isWorkflow: false)
        #expect(refusal?.contains("approve-proposals") == true)
    }
}
