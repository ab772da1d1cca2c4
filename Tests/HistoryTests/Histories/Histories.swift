import Contracts
import HistoryWorld
import Testbed
import Testing

@testable import Database
@testable import Dataverse
@testable import Finance

/// Many histories side by side, one a contract: random sequences of what people do, over a bus without order, with import
/// and posting now and then.
final class Histories {
    /// What people do. An extension for each group of them.
    enum Event: String, CaseIterable {
        case approve, change, draft, edit, confirm, revise, milestones, retainers
    }

    let sides: TwoSides
    let setup: HistorySetup
    var random: SeededRandom
    /// The entries that were approved, with their contracts.
    var entries: [(id: GUID, contract: Int)] = []
    /// How many rows of each kind were made here, for their ids.
    var made: [HistorySetup.Kind: Int] = [:]
    /// The contracts that have a retainer.
    var retainers: Set<Int> = []
    /// What was done, and what was refused, each with how often.
    private(set) var tally: [String: Int] = [:]
    /// One sentence of each kind of refusal.
    private(set) var refusals: [String: String] = [:]
    /// The day on which it happens.
    private(set) var today: CalendarDate

    init(contracts: Int, random: SeededRandom) throws {
        self.random = random
        setup = HistorySetup(contracts: contracts)
        sides = try TwoSides(setup: setup.finance())
        today = try #require(CalendarDate("2026-09-14"))
        _ = try LoadPages(connection: sides.dataverse, configuration: sides.configuration)
            .load(setup.pages.map { MemoryPage($0.table, $0.rows) }).whole()
        let customers = try SetContractLineCustomers(connection: sides.dataverse)
            .set([MemoryPage(request: setup.customers)])
        #expect(!customers.hasRefusals, "\(customers.rows)")
    }

    /// Some days pass, in which some of it happens; then some of what is under way arrives.
    func round() throws {
        today = today.adding(days: int(1...6))
        for event in Event.allCases.shuffled(using: &random) where chance(0.8) {
            try happen(event)
            if chance(0.5) { try sides.carrySome(using: &random) }
        }
        if chance(0.3) { try changeSalesTax() }
        if chance(0.6) { try sides.importAndPost(using: &random) }
    }

    private func happen(_ event: Event) throws {
        switch event {
        case .approve: try approve()
        case .change: try changeEntries()
        case .draft: try draft()
        case .edit: try edit()
        case .confirm: try confirm()
        case .revise: try revise()
        case .milestones: try changeMilestones()
        case .retainers: try changeRetainers()
        }
    }

    /// Whatever is under way comes to its end: nothing is refused, and every invariant holds.
    func comeToRest() throws { try sides.settleCleanly(using: &random) }

    private func changeSalesTax() throws {
        let percentage = ["2.125", "2.25", "3"].randomElement(using: &random) ?? "3"
        _ = try FinanceConfiguration(parsing: Array(setup.finance(percentage: percentage).utf8), file: "finance.yaml")
            .apply(to: sides.finance)
    }
}

// Chance, and what came of it.
extension Histories {
    func chance(_ probability: Double) -> Bool { Double.random(in: 0..<1, using: &random) < probability }

    func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    /// A decimal of at most so many places.
    func decimal(_ range: ClosedRange<Int>, places: Int) -> Money {
        Money(units: Int128(int(range)) * Int128([1, 10, 100, 1_000, 10_000][4 - places]))
    }

    /// The id of a row that is made here.
    func newId(_ kind: HistorySetup.Kind) -> GUID {
        made[kind, default: 0] += 1
        return HistorySetup.id(kind, made[kind, default: 0])
    }

    func count(_ what: String, _ number: Int = 1) { tally[what, default: 0] += number }

    /// A refusal is no fault by itself: people ask for what cannot be.
    func refuse(_ what: String, _ problem: String) {
        count("\(what) refused")
        refusals[what] = problem
    }

    func note(_ report: RequestReport, of what: String) {
        count(what, report.count(.done))
        for row in report.rows where row.outcome == .refused { refuse(what, row.message ?? "") }
    }
}
