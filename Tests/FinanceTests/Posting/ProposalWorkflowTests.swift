import Bus
import Contracts
import Database
import Service
import Testbed
import Testing

@testable import Finance

@Suite("Posting of proposals: workflow, dates, selection (domain.md §6.13)")
struct ProposalWorkflowTests {
    private let world: FinanceWorld

    init() throws { world = try FinanceWorld(setup: FinanceWorld.postingSetup) }

    private func change(_ proposal: String) -> ProposalChange {
        ProposalChange(proposal, of: "usmf", on: world.connection)
    }

    private func requireApproval() throws {
        try world.configure([
            ("journal-period-unit: days", "journal-period-unit: days\n      approve-proposals: true")
        ])
    }

    private var requests: PostingRequests { PostingRequests(choices: world.choices) }

    private func approvals() throws -> [ProposalApproval?] {
        try ProposalSummary.list(world.connection).map(\.approval)
    }

    @Test("Workflow: posted only when approved; each step with who and why; a rejected one is submitted again")
    func workflow() throws {
        try world.proposal("P", [.typed("100")])
        try requireApproval()
        try world.importAll()
        #expect(try requests.publish(.proposals, requestedBy: "Ada", on: world.connection) == [])
        #expect(try world.post(.proposal, "P").error?.contains("it is not submitted, and has to be approved") == true)
        #expect(throws: ProposalChangeRefusal.self) { try change("P").take(.approve, by: "Bea") }
        try change("P").take(.submit, by: "Ada", comment: "October")
        #expect(try world.post(.proposal, "P").error?.contains("it is Submitted") == true)
        try change("P").take(.reject, by: "Bea", comment: "wrong rate")
        #expect(try world.post(.proposal, "P").error?.contains("it is Rejected") == true)
        try change("P").take(.submit, by: "Ada")
        try change("P").take(.approve, by: "Bea")
        #expect(try approvals() == [.approved])
        #expect(try requests.publish(.proposals, requestedBy: "Ada", on: world.connection).map(\.number) == ["P"])
        #expect(try world.post(.proposal, "P").status == "Posted")
        let steps = try ProposalApprovalStore(company: "usmf", connection: world.connection).steps(of: "P")
        #expect(
            steps.map { "\($0.action.rawValue) \($0.doneBy) \($0.comment ?? "-")" } == [
                "submit Ada October", "reject Bea wrong rate", "submit Ada -", "approve Bea -",
            ])
        #expect(throws: ProposalChangeRefusal.self) { try change("P").take(.reject, by: "Bea") }
    }

    @Test("Workflow: a proposal that is renewed loses its approval; lines that are made anew and the same keep it")
    func renewed() throws {
        try requireApproval()
        let billed = try world.proposal("P", [.typed("100"), .typed("50")])
        try change("P").take(.submit, by: "Ada")
        try change("P").take(.approve, by: "Bea")
        // Set-up that the lines do not depend on.
        try world.configure([
            ("journal-period-unit: days", "journal-period-unit: days\n      approve-proposals: true"),
            ("EUR: {2026-01-01: 110.55", "EUR: {2026-01-01: 110.56"),
        ])
        #expect(try world.importAll().proposals.map(\.lines) == [2])
        #expect(try approvals() == [.approved])
        // Set-up that gives them other tax groups.
        try world.configure([
            ("journal-period-unit: days", "journal-period-unit: days\n      approve-proposals: true"),
            ("customers: {US-001: EVERY,", "customers: {"),
        ])
        #expect(try world.importAll().proposals.map(\.lines) == [2])
        #expect(try approvals() == [nil])
        #expect(try world.post(.proposal, "P").error?.contains("not submitted") == true)
        // A renewed confirmation.
        try change("P").take(.submit, by: "Ada")
        try change("P").take(.approve, by: "Bea")
        let rows = try StagedActualStore(connection: world.connection).rows(billed)
        var confirmed = try confirmation(
            of: rows, number: "P", invoice: try #require(rows.first?.invoiceId), version: 2)
        confirmed.contractNumber = "C-1"
        try world.confirm([confirmed])
        #expect(try approvals() == [nil])
        try world.importAll()
        #expect(try world.post(.proposal, "P").error?.contains("not submitted") == true)
        #expect(
            try ProposalApprovalStore(company: "usmf", connection: world.connection).steps(of: "P")
                .filter { $0.action == .lose }.map(\.doneBy) == ["import from staging", "Dataverse"])
    }

    @Test("641612: a customer on hold for all: posting is refused")
    func onHold() throws {
        try world.proposal("P", customer: "US-HOLD", [.typed("100")])
        let outcome = try world.post(.proposal, "P")
        #expect(outcome.status == "Error" && outcome.error?.contains("is on hold") == true)
        #expect(try world.count("project_invoices") == 0)
        try world.connection.execute("UPDATE customers SET on_hold = false")
        #expect(try world.post(.proposal, "P").status == "Posted")
    }

    private func dueDate(_ proposal: String) throws -> String {
        try world.text("SELECT due_date::text FROM project_invoices WHERE proposal_number = '\(proposal)'")
    }

    @Test("Due date: a manual override holds when the invoice has the proposal's own date")
    func manualDueDate() throws {
        try world.proposal("P", [.typed("100")])
        let early = #expect(throws: ProposalChangeRefusal.self) {
            try change("P").setDueDate(try day("2026-03-31"))
        }
        #expect(early?.reason.contains("is before 2026-04-01") == true)
        try change("P").setDueDate(try day("2026-06-15"))
        #expect(try ProposalSummary.list(world.connection).map { $0.dueDate?.description } == ["2026-06-15"])
        #expect(try world.post(.proposal, "P") == .init(status: "Posted"))
        #expect(try dueDate("P") == "2026-06-15")
    }

    @Test(
        "Invoice date override: another date recomputes the due date and drops the manual one; the same date does not",
        arguments: [("2026-05-10", "2026-06-09"), ("2026-04-01", "2026-06-15")])
    func invoiceDateOverride(date: String, due: String) throws {
        try world.proposal("P", [.typed("100")])
        try change("P").setDueDate(try day("2026-06-15"))
        let outcome = try world.post(.proposal, "P", invoiceDate: date)
        #expect(outcome.status == "Posted")
        #expect(
            (outcome.note?.contains("2026-06-15 was set for another invoice date") == true) == (due != "2026-06-15"))
        #expect(try dueDate("P") == due)
        #expect(try world.text("SELECT invoice_date::text FROM project_invoices") == date)
    }

    @Test("Due date: an override that is taken back leaves it to the terms")
    func overrideTakenBack() throws {
        try world.proposal("P", [.typed("100")])
        try change("P").setDueDate(try day("2026-06-15"))
        try change("P").setDueDate(nil)
        try world.post(.proposal, "P")
        #expect(try dueDate("P") == "2026-05-01")
    }

    @Test("Late selection: a proposal that becomes ready after the job was scheduled is posted by its next run")
    func lateSelection() throws {
        try world.proposal("P1", [.typed("100")])
        let job = PeriodicPosting(
            pool: world.pool, every: .seconds(3600), requests, .proposals, requestedBy: "job", logger: world.logger())
        #expect(try job.askOnce().map(\.number) == ["P1"])
        try world.deliverRequests()
        try world.work()
        try world.proposal("P2", [.typed("50")])
        #expect(try job.askOnce().map(\.number) == ["P2"])
        try world.deliverRequests()
        try world.work()
        #expect(try job.askOnce().isEmpty)
        #expect(try world.texts("SELECT proposal_number FROM project_invoices ORDER BY 1") == ["P1", "P2"])
        #expect(try world.texts("SELECT DISTINCT requested_by FROM posting_requests") == ["job"])
    }

    @Test("A bad proposal stops no other")
    func badProposal() throws {
        try world.proposal("P1", [.typed("1")])
        try world.proposal("P2", customer: "US-HOLD", [.typed("2")])
        try world.proposal("P3", [.typed("3")])
        let requested = try requests.publish(.proposals, requestedBy: "Ada", on: world.connection)
        try world.deliverRequests()
        try world.work()
        #expect(
            try requests.states(of: requested, on: world.connection).map(\.status) == [.posted, .error, .posted])
        #expect(
            try world.texts("SELECT customer_invoice_number FROM project_invoices ORDER BY 1")
                == ["CIV-000001", "CIV-000002"])
        #expect(try ProposalSummary.list(world.connection).map(\.status) == [.invoiced, .ready, .invoiced])
    }

    @Test("A proposal that is about to be posted is not changed")
    func aboutToBePosted() throws {
        try world.proposal("P", [.typed("1")])
        try world.request(.proposal, "P")
        let refusal = #expect(throws: ProposalChangeRefusal.self) {
            try change("P").deleteLines(requestedBy: "Ada")
        }
        #expect(refusal?.reason.contains("about to be posted") == true)
        #expect(throws: ProposalChangeRefusal.self) { try change("X").setDueDate(nil) }
    }
}
