import Bus
import Contracts
import Database
import Foundation
import HistoryWorld
import Testbed

/// The people of the Dataverse side: they approve entries, draft, confirm, and correct what was invoiced, all by the
/// operator's tool.
final class Invoicing {
    private let world: World
    private let asked: Asked
    private let setup: HistorySetup
    private var random: SeededRandom
    private var files = 0
    /// How many entries are approved at once, at most.
    private let size: Int

    private static let day = "2026-11-20"

    init(world: World, asked: Asked, contracts: Int = 6, size: Int, random: SeededRandom) {
        self.world = world
        self.asked = asked
        self.size = size
        self.random = random
        setup = HistorySetup(contracts: contracts)
    }

    /// Sets both sides up.
    func begin() throws {
        let finance = try write(setup.finance(), to: "finance.yaml")
        try succeed(["finance", "configure", finance])
        let pages = try setup.pages.map { page in
            try write(MemoryPage(page.table, page.rows).content, to: "\(page.table).json")
        }
        try succeed(["dataverse", "load"] + pages)
        try succeed(["dataverse", "customers", "--file", write(MemoryPage(request: setup.customers).content)])
    }

    /// Does some of what people do.
    func round() throws {
        try approve(Int.random(in: 1...size, using: &random), of: nil)
        if chance(0.8) { try draftAndConfirm() }
        if chance(0.3) { try revise() }
        // The same pages again, which say nothing new.
        if chance(0.2) { try reload() }
    }

    /// One invoice of so many lines.
    func large(_ lines: Int) throws {
        for start in stride(from: 0, to: lines, by: 10_000) {
            try approve(min(10_000, lines - start), of: 0)
        }
        try draftAndConfirm()
    }

    /// Approves entries, of one contract or of any.
    func approve(_ count: Int, of contract: Int?, once: [String: String] = [:]) throws {
        let contracts = setup.contracts
        let entries = asked.add(count) { number in
            let contract = contract ?? Int.random(in: 0..<contracts, using: &random)
            let places = setup.currency(of: contract).places
            return Asked.Entry(
                id: HistorySetup.id(.entry, number), contract: contract,
                transactionClass: HistorySetup.classes.randomElement(using: &random) ?? .time,
                quantity: Int.random(in: 1...48, using: &random),
                price: decimal(1...[300, 0, 30_000, 300_000][places], places: places),
                costPrice: decimal(1...20_000, places: 2))
        }
        let rows = entries.map(row)
        let file = try write(MemoryPage(request: rows).content)
        defer { try? FileManager.default.removeItem(atPath: file) }
        try succeed(["dataverse", "approve", "--json", "--file", file], once: once)
    }

    private func row(_ entry: Asked.Entry) -> [String: String] {
        let place = HistorySetup.classes.firstIndex(of: entry.transactionClass) ?? 0
        return [
            "id": "\"\(entry.id)\"", "class": "\"\(entry.transactionClass.rawValue)\"",
            "project": "\"\(HistorySetup.id(.project, entry.contract))\"",
            "contractLine": "\"\(HistorySetup.id(.timeAndMaterialLine, entry.contract))\"",
            "category": "\"\(HistorySetup.id(.category, place))\"",
            "documentDate": "\"2026-\(chance(0.5) ? "10" : "11")-\(Int.random(in: 10...19, using: &random))\"",
            "quantitySubmitted": "\"\(entry.quantity)\"", "costPrice": "\"\(entry.costPrice)\"",
            "salesPrice": "\"\(entry.price)\"", "currency": "\"\(setup.currency(of: entry.contract).code)\"",
            "costCurrency": "\"USD\"", "billingType": "\"Chargeable\"",
        ]
    }

    func draftAndConfirm(draftOnce: [String: String] = [:], confirmOnce: [String: String] = [:]) throws {
        try succeed(["dataverse", "ready", "--json", "--all", "--date", Self.day])
        try succeed(["dataverse", "draft", "--json", "--all", "--date", Self.day], once: draftOnce)
        try confirm(once: confirmOnce)
    }

    func confirm(once: [String: String] = [:]) throws {
        try succeed(["dataverse", "confirm", "--json", "--all", "--date", Self.day], once: once)
    }

    /// Corrects an invoice that was confirmed: all of it, or what some of its lines bill.
    func revise(once: [String: String] = [:]) throws {
        guard let invoice = try confirmed().randomElement(using: &random) else { return }
        try succeed(["dataverse", "revise", "--json", invoice, "--all"], once: once)
        if chance(0.8) { try confirm() }
    }

    /// The confirmed invoices that nobody is correcting.
    private func confirmed() throws -> [String] {
        try retrying {
            try world.connect(.dataverse).values(
                String.self,
                """
                SELECT invoice_number FROM invoices i WHERE status = $1 AND NOT has_corrections AND NOT EXISTS (
                    SELECT FROM actuals a WHERE a.invoice_id = i.invoice_id AND a.transaction_type = $3
                        AND a.adjustment_status IS NOT NULL)
                    AND NOT EXISTS (SELECT FROM invoices d WHERE d.status = $2 AND d.has_corrections)
                ORDER BY invoice_number
                """, ProjectInvoiceStatus.confirmed, ProjectInvoiceStatus.draft, TransactionType.billedSales)
        }
    }

    func reload(once: [String: String] = [:]) throws {
        let page = setup.pages[Int.random(in: 0..<setup.pages.count, using: &random)]
        let file = try write(MemoryPage(page.table, page.rows).content, to: "again.json")
        try succeed(["dataverse", "load", "--json", file], once: once)
    }

    /// Something is new on a page.
    func load(_ number: Int, once: [String: String] = [:]) throws {
        let account = MemoryPage(
            "accounts",
            [["accountid": "\"\(HistorySetup.id(.account, 1_000 + number))\"", "accountnumber": "\"A-\(number)\""]])
        try succeed(["dataverse", "load", "--json", write(account.content, to: "new.json")], once: once)
    }

    /// Insists on a command; a row that is refused is a contradiction, as all that is asked for can be done.
    private func succeed(_ arguments: [String], once: [String: String] = [:]) throws {
        let outcome = try world.insist(arguments, once: once) { ($0.json?["refused"] as? Int ?? 0) > 0 }
        guard outcome.code != 0 else { return }
        world.history.contradict("ledgerbus \(arguments.joined(separator: " ")): \(outcome.output.prefix(1_000))")
    }

    private func write(_ text: String, to name: String? = nil) throws -> String {
        files += 1
        let path = "\(world.folder)/request-\(files)-\(name ?? "rows.json")"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func chance(_ probability: Double) -> Bool { Double.random(in: 0..<1, using: &random) < probability }

    private func decimal(_ range: ClosedRange<Int>, places: Int) -> Money {
        Money(units: Int128(Int.random(in: range, using: &random)) * Int128([1, 10, 100, 1_000, 10_000][4 - places]))
    }
}

/// Tries what a fault may be in the way of, for two minutes.
func retrying<T>(_ body: () throws -> T) throws -> T {
    let deadline = ContinuousClock.now + .seconds(120)
    while true {
        do { return try body() } catch  where ContinuousClock.now < deadline { usleep(200_000) }
    }
}
