import Bus
import Contracts
import JSON
import Service
import Testbed
import Testing

@testable import Database
@testable import Finance

/// From the command to the recorded request.
@Suite("Requests to post")
struct PostingRequestTests {
    let world: FinanceWorld

    /// There is no account for the other side of an expense's cost.
    init() throws {
        world = try FinanceWorld(
            setup: FinanceWorld.postingSetup, ("      expense-offset: {company: A-expense-offset}\n", ""))
    }

    private var requests: PostingRequests { PostingRequests(choices: world.choices) }

    @Test("All journals in draft, not those in error, and all ready proposals are asked for, each once")
    func everything() throws {
        try world.journal("J1", [.cost("1")])
        try world.journal("J2", [.cost("1")])
        try world.journal("J3", [.cost("1", .expense)])
        #expect(try world.post(.journal, "J2").status == "Posted")
        #expect(try world.post(.journal, "J3").status == "Error")
        try world.proposal("P1", [])
        try world.proposal("P2", arrives: false, [.typed("1")])
        let j1 = world.number("J1")
        let journals = try requests.publish(.journals, requestedBy: "Ada", on: world.connection)
        #expect(journals.map(\.number) == [j1])
        let date = try #require(CalendarDate("2026-05-01"))
        let proposals = try requests.publish(.proposals, invoiceDate: date, requestedBy: "Ada", on: world.connection)
        #expect(proposals.map(\.number) == ["P1"])
        #expect(try requests.publish(.journals, requestedBy: "Ada", company: "dat", on: world.connection) == [])

        // Asked again before the first was received: the same commands, that take effect once.
        #expect(try requests.publish(.journals, requestedBy: "Bea", on: world.connection) == journals)
        try world.deliverRequests(again: true)
        try world.deliverRequests(again: true)
        #expect(
            try world.connection.query(
                "SELECT kind || ' ' || number || ' ' || coalesce(invoice_date::text, '-') || ' ' || requested_by FROM posting_requests WHERE status = 'Draft' ORDER BY 1"
            ).map { try $0.string(0) } == ["journal \(j1) - Ada", "proposal P1 2026-05-01 Ada"])
        // Received, and still to be done: not asked for again.
        #expect(try requests.publish(.journals, requestedBy: "Bea", on: world.connection) == [])
    }

    @Test("One number is a journal or a proposal; asked for again while it is under way it is the same command")
    func oneNumber() throws {
        try world.journal("J1", [.cost("1")])
        let first = try requests.publish(.number(world.number("J1")), requestedBy: "Ada", on: world.connection)
        try world.deliverRequests(again: true)
        #expect(try requests.publish(.number(world.number("J1")), requestedBy: "Bea", on: world.connection) == first)
        #expect(try requests.states(of: first, on: world.connection).map(\.status) == [.draft])
        #expect(try world.worker().workOnce(world.connection))
        let waited = try requests.wait(for: first, shutdown: GracefulShutdown(), on: world.connection)
        #expect(waited.map(\.status) == [.posted])

        // Asked for once more after it was done: another command, which says that it was posted before.
        let again = try requests.publish(.number(world.number("J1")), requestedBy: "Ada", on: world.connection)
        #expect(again != first)
        #expect(try requests.states(of: again, on: world.connection).map(\.status) == [nil])
        try world.deliverRequests(again: true)
        #expect(try world.worker().workOnce(world.connection))
        #expect(
            try requests.states(of: again, on: world.connection).map(\.message) == [
                "journal \(world.number("J1")) was already posted"
            ])
    }

    @Test("Of several numbers all are asked for, each once, or, when one is nowhere, none")
    func severalNumbers() throws {
        try world.journal("J1", [.cost("1")])
        try world.journal("J2", [.cost("1")])
        let (j1, j2) = (world.number("J1"), world.number("J2"))
        let before = try world.count("outbox")
        #expect(throws: PostingRequestError.notFound("X", company: nil)) {
            try requests.publish([.number(j1), .number("X"), .number(j2)], requestedBy: "Ada", on: world.connection)
        }
        #expect(try world.count("outbox") == before)
        let asked = try requests.publish(
            [.number(j1), .number(j2), .number(j1)], requestedBy: "Ada", on: world.connection)
        #expect(asked.map(\.number) == [j1, j2])
        #expect(try world.count("outbox") == before + 2)
    }

    @Test("A number that is nowhere, or that is two things, is refused with what to do")
    func wrongNumbers() throws {
        #expect(throws: PostingRequestError.notFound("X", company: nil)) {
            try requests.publish(.number("X"), requestedBy: "Ada", on: world.connection)
        }
        try world.journal("J", [.cost("1")])
        let number = world.number("J")
        try world.proposal(number, [])
        #expect(throws: PostingRequestError.ambiguous(number, ["journal in usmf", "proposal in usmf"])) {
            try requests.publish(.number(number), requestedBy: "Ada", on: world.connection)
        }
    }

    @Test("A command that the database has recorded is carried out once, however often it is replayed")
    func replay() throws {
        try world.proposal("P1", [.typed("10")])
        let requested = try requests.publish(.proposals, requestedBy: "Ada", on: world.connection)
        for _ in 1...3 {
            try world.deliverRequests(again: true)
            while try world.worker().workOnce(world.connection) {}
        }
        #expect(try requests.states(of: requested, on: world.connection).map(\.message) == [nil])
        #expect(try world.count("posting_requests", "attempts = 1") == 1)
        #expect(try world.count("project_invoices") == 1)
    }
}
