import Bus
import Contracts
import Database
import JSON
import Service
import Testbed
import Testing

@testable import Finance

/// From the command to the recorded request.
@Suite("Posting commands")
struct PostingCommandTests {
    let fixture: PostingFixture

    init() throws { fixture = try PostingFixture() }

    private var requests: PostingRequests { PostingRequests(choices: fixture.choices) }

    /// Carries what the outbox holds to the consumer, as the bus does.
    private func deliver() throws {
        let collector = try PostingRequestedHandler(choices: fixture.choices).makeCollector()
        let rows = try fixture.connection.query(
            "SELECT event_id, payload FROM outbox WHERE topic = 'posting-requested' ORDER BY id")
        for (offset, row) in rows.enumerated() {
            let event = try row.guid(0)
            try collector.add(
                try row.bytes(1), from: MessageSource(partition: 0, offset: Int64(offset), eventId: event))
        }
        try fixture.connection.transaction { try collector.write(to: fixture.connection) }
    }

    @Test("All journals in draft or error and all ready proposals are asked for, each once")
    func everything() throws {
        try fixture.journal("J1", [.cost("1")])
        try fixture.journal("J2", [.cost("1")])
        try fixture.journal("J3", [.cost("1")])
        try fixture.proposal("P1", [])
        try fixture.proposal("P2", [])
        try fixture.connection.executeScript(
            """
            UPDATE integration_journals SET status = 'Posted' WHERE journal_number = 'J2';
            UPDATE integration_journals SET status = 'Error' WHERE journal_number = 'J3';
            UPDATE invoice_proposals SET status = 'Open' WHERE proposal_number = 'P2';
            """)
        let journals = try requests.publish(.journals, requestedBy: "Ada", on: fixture.connection)
        #expect(journals.map(\.number) == ["J1", "J3"])
        let date = try #require(CalendarDate("2026-05-01"))
        let proposals = try requests.publish(.proposals, invoiceDate: date, requestedBy: "Ada", on: fixture.connection)
        #expect(proposals.map(\.number) == ["P1"])
        #expect(try requests.publish(.journals, requestedBy: "Ada", company: "dat", on: fixture.connection) == [])

        // Asked again before the first was received: the same commands, that take effect once.
        #expect(try requests.publish(.journals, requestedBy: "Bea", on: fixture.connection) == journals)
        try deliver()
        try deliver()
        #expect(
            try fixture.connection.query(
                "SELECT kind || ' ' || number || ' ' || coalesce(invoice_date::text, '-') || ' ' || requested_by FROM posting_requests ORDER BY 1"
            ).map { try $0.string(0) } == ["journal J1 - Ada", "journal J3 - Ada", "proposal P1 2026-05-01 Ada"])
        // Received, and still to be done: not asked for again.
        #expect(try requests.publish(.journals, requestedBy: "Bea", on: fixture.connection) == [])
    }

    @Test("One number is a journal or a proposal; asked for again while it is under way it is the same command")
    func oneNumber() throws {
        try fixture.journal("J1", [.cost("1")])
        let first = try requests.publish(.number("J1"), requestedBy: "Ada", on: fixture.connection)
        try deliver()
        #expect(try requests.publish(.number("J1"), requestedBy: "Bea", on: fixture.connection) == first)
        #expect(try requests.states(of: first, on: fixture.connection).map(\.status) == [.draft])
        #expect(try fixture.worker().workOnce(fixture.connection))
        let waited = try requests.wait(for: first, shutdown: GracefulShutdown(), on: fixture.connection)
        #expect(waited.map(\.status) == [.posted])

        // Asked for once more after it was done: another command, which says that it was posted before.
        let again = try requests.publish(.number("J1"), requestedBy: "Ada", on: fixture.connection)
        #expect(again != first)
        #expect(try requests.states(of: again, on: fixture.connection).map(\.status) == [nil])
        try deliver()
        #expect(try fixture.worker().workOnce(fixture.connection))
        #expect(
            try requests.states(of: again, on: fixture.connection).map(\.message) == ["journal J1 was already posted"])
    }

    @Test("A number that is nowhere, or that is two things, is refused with what to do")
    func wrongNumbers() throws {
        #expect(throws: PostingRequestError.notFound("X", company: nil)) {
            try requests.publish(.number("X"), requestedBy: "Ada", on: fixture.connection)
        }
        try fixture.journal("X", [])
        try fixture.proposal("X", [])
        #expect(throws: PostingRequestError.ambiguous("X", ["journal in usmf", "proposal in usmf"])) {
            try requests.publish(.number("X"), requestedBy: "Ada", on: fixture.connection)
        }
    }

    @Test("A command that the database has recorded is carried out once, however often it is replayed")
    func replay() throws {
        try fixture.proposal("P1", [ProposalLineSample(project: "PLAIN", amount: "10")])
        let requested = try requests.publish(.proposals, requestedBy: "Ada", on: fixture.connection)
        for _ in 1...3 {
            try deliver()
            while try fixture.worker().workOnce(fixture.connection) {}
        }
        #expect(try requests.states(of: requested, on: fixture.connection).map(\.message) == [nil])
        #expect(try fixture.count("posting_requests", "attempts = 1") == 1)
        #expect(try fixture.count("project_invoices") == 1)
    }

    @Test("An invoice can be printed: header, customer, lines, groups, tax by code, ledger entries")
    func printable() throws {
        try fixture.proposal(
            "P1",
            [
                ProposalLineSample(project: "PLAIN", quantity: "2", amount: "33.34", taxGroup: "BOTH"),
                ProposalLineSample(project: "PLAIN", quantity: "3", amount: "10", taxGroup: "BOTH"),
            ])
        try fixture.post(.proposal, "P1")
        let invoices = CustomerInvoices(fixture.connection)
        let invoice = try #require(try invoices.find("CIV-000001", company: "usmf").first)
        #expect(try invoices.list() == [invoice])
        #expect(invoice.customerName == "Contoso Retail")
        #expect(invoice.lineCount == 2)
        var lines: [CustomerInvoiceLine] = []
        try invoices.forEachLine(of: invoice) { lines.append($0) }
        #expect(lines.map(\.salesTaxAmount.description) == ["3.2100", "0.9600"])
        let group = try #require(try invoices.groups(of: invoice).first)
        #expect(group.quantity.description == "5.0000")
        #expect(group.salesTaxAmount.description == "4.1700")
        #expect(try invoices.taxes(of: invoice).map(\.code) == ["CITY", "STATE"])
        let entries = try LedgerStore(connection: fixture.connection).entries(voucher: invoice.voucher, company: "usmf")
        #expect(entries.map(\.postingType) == [.customerBalance, .invoicedRevenue, .salesTax])
        #expect(entries.reduce(Money.zero) { $0 + $1.accountingAmount } == .zero)
    }
}
