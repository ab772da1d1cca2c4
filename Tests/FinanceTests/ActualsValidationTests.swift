import Bus
import Contracts
import Database
import Testbed
import Testing

@testable import Finance

@Suite("Actuals validation (domain.md §6.14)")
struct ActualsValidationTests {
    private let world: FinanceWorld

    init() throws {
        world = try FinanceWorld(
            (
                "journal-period-unit: months",
                "journal-period-unit: months\n      validate-actuals: true\n      validation-wait-minutes: 7"
            ))
    }

    private func withdraw(_ actual: ActualCreated) throws {
        var gone = actual
        gone.rowVersion += 1
        gone.withdrawn = true
        try world.stage([gone])
    }

    /// What was staged has been there for so long.
    private func wait(minutes: Int) throws {
        try world.connection.execute(
            "UPDATE staging_batches_pending SET staged_at = staged_at - $1 * interval '1 minute'", minutes)
    }

    private func statuses(_ journal: String = "USPM-000001") throws -> [JournalLineStatus] {
        try JournalLineSummary.list(world.connection, company: "usmf", journal: journal).map(\.status)
    }

    @Test("A row is eligible when it has waited, and one that was withdrawn meanwhile never becomes a line")
    func waits() throws {
        try world.stage([actual(1, .cost)])
        try world.stage([actual(2, .cost)])
        let report = try world.importAll()
        #expect(report.journalLines == 0)
        #expect(report.validating == [.init(company: "usmf", rows: 2, minutes: 7)])
        try wait(minutes: 6)
        #expect(try world.importAll().journalLines == 0)
        try withdraw(actual(2, .cost))
        try wait(minutes: 1)
        let later = try world.importAll()
        #expect(later.journalLines == 1)
        #expect(try world.texts("SELECT actual_id::text FROM integration_journal_lines") == ["\(id(1))"])
        try wait(minutes: 7)
        #expect(try world.importAll() == ImportReport())
    }

    @Test("Billed sales become proposal lines when all of them have waited")
    func proposals() throws {
        let billed = (1...2).map { number in
            actual(1_000 + number, .billedSales) {
                $0.billingMethod = .fixedPrice
                $0.unbilledActualId = nil
            }
        }
        try world.confirm([try confirmation(of: billed)])
        try world.stage([billed[0]])
        try wait(minutes: 7)
        try world.stage([billed[1]])
        #expect(
            try world.importAll().waiting.map(\.reason) == [
                "1 of its billed sales came less than 7 minutes ago: they are validated first"
            ])
        try wait(minutes: 7)
        #expect(try world.importAll().proposals.map(\.lines) == [2])
    }

    @Test(
        "Invalid actuals: a line whose actual is withdrawn is not posted, and the others are; a reset does not help, the actual's return does",
        arguments: [true, false])
    func line(imports: Bool) throws {
        try world.stage([actual(1, .cost), actual(2, .cost)])
        try wait(minutes: 7)
        try world.importAll()
        try withdraw(actual(1, .cost))
        try wait(minutes: 7)
        if imports {
            try world.importAll()
            #expect(try statuses() == [.invalidActuals, .draft])
        }
        try world.postJournals()
        #expect(try statuses() == [.posted] && statuses("USPM-000002") == [.invalidActuals])
        let apart = try #require(try JournalSummary.list(world.connection).last)
        #expect(apart.status == .error && apart.originalJournalNumber == "USPM-000001")
        #expect(apart.errorCode == .invalidActual)
        world.journals["Apart"] = ("USPM-000002", [])
        try world.reset("Apart")
        #expect(try statuses("USPM-000002") == [.invalidActuals])
        #expect(try world.post(.journal, "Apart").error?.contains("Dataverse no longer has its actual") == true)
        try world.stage([actual(1, .cost) { $0.rowVersion = 3 }])
        try wait(minutes: 7)
        try world.importAll()
        #expect(try statuses("USPM-000002") == [.draft])
        try world.reset("Apart")
        #expect(try world.post(.journal, "Apart") == .init(status: "Posted"))
    }

    @Test("A journal of invalid actuals that is deleted does not come back")
    func deleted() throws {
        try world.stage([actual(1, .cost)])
        try wait(minutes: 7)
        try world.importAll()
        try withdraw(actual(1, .cost))
        try world.importAll()
        #expect(try JournalDeletion.delete("USPM-000001", of: "usmf", on: world.connection) == 1)
        try wait(minutes: 7)
        #expect(try world.importAll() == ImportReport())
    }

    @Test(
        "A proposal of which a billed sale is withdrawn stays open and is not posted, before and after the next import")
    func proposedLine() throws {
        let billed = (1...2).map { number in
            actual(1_000 + number, .billedSales) {
                $0.billingMethod = .fixedPrice
                $0.unbilledActualId = nil
            }
        }
        try world.stage(billed)
        try wait(minutes: 7)
        try world.confirm([try confirmation(of: billed)])
        #expect(try world.importAll().proposals.map(\.lines) == [2])
        try withdraw(billed[1])
        #expect(try world.post(.proposal, "PRO-1").error?.contains("came after its lines were made") == true)
        try wait(minutes: 7)
        let reason = try #require(try world.importAll().waiting.first?.reason)
        #expect(reason.contains("1 billed sale that Dataverse no longer has"))
        #expect(try ProposalSummary.list(world.connection).map(\.status) == [.open])
        #expect(try world.count("invoice_proposal_lines") == 0)
        #expect(try world.post(.proposal, "PRO-1").error?.contains("no longer has") == true)
    }
}
