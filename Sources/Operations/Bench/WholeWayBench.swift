import Bus
import Contracts
import Database
import Dataverse
import Finance
import Foundation
import Kafka
import Service

/// One invoice from the pages of Dataverse to the actuals that are written back, by the processes of the bus.
final class WholeWayBench {
    private let bus: PrivateBus
    private let configuration: BusConfiguration
    private let binaries: String
    private let lines: Int
    /// Whether write-back begins when posting and publishing have ended, so as to be measured by itself.
    private let isWriteBackLast: Bool
    private let shutdown: GracefulShutdown
    private let progress: (String) -> Void
    private let dataverse: Connection
    private let finance: Connection
    private let admin: Admin
    private var steps: [WholeWayFigure.Step] = []
    private var memory: [String: Int] = [:]

    /// How often is looked whether a step has ended, so that looking costs little.
    private var pause: Duration { lines > 10_000 ? .milliseconds(200) : .milliseconds(20) }

    init(
        bus: PrivateBus, binaries: String, lines: Int, isWriteBackLast: Bool = false, shutdown: GracefulShutdown,
        progress: @escaping (String) -> Void
    ) throws {
        self.bus = bus
        self.binaries = binaries
        self.lines = lines
        self.isWriteBackLast = isWriteBackLast
        self.shutdown = shutdown
        self.progress = progress
        configuration = try bus.configuration(side: .dataverse)
        dataverse = try Connection(url: bus.dataverseURL, applicationName: "ledgerbus bench")
        finance = try Connection(url: bus.financeURL, applicationName: "ledgerbus bench")
        admin = try Admin(configuration.kafka, clientID: "ledgerbus bench")
    }

    /// Goes the whole way and makes sure of its end.
    ///
    /// - throws: ``FleetError``, ``StepTimeout``; ``BenchRefusal`` when the end is not what it has to be;
    ///   `CancellationError`.
    func run() throws -> WholeWayFigure {
        let folder = "\(bus.directory)/export"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        progress("\(lines) lines: writing the pages of Dataverse")
        try BenchExport(lines: lines, folder: folder).write()
        _ = try FinanceConfiguration(parsing: Array(BenchExport.finance.utf8), file: "finance.yaml").apply(to: finance)

        try step("load") {
            try tool("dataverse load", ["dataverse", "load", "\(folder)/pages"])
            try tool("dataverse load", ["dataverse", "load", "--ours", "\(folder)/draft"])
        }
        try step("confirm") {
            try tool(
                "dataverse confirm", ["dataverse", "confirm", BenchExport.invoiceNumber, "--date", "2026-11-30"])
        }
        for program in [Program.dataverseProducer, .financeConsumer, .postingConsumer] { try bus.fleet.start(program) }
        if !isWriteBackLast { try bus.fleet.start(.dataverseConsumer) }
        try step("relay and stage") {
            try waitUntilSent(dataverse)
            try waitUntilTaken([.invoiceConfirmed, .actualCreated, .transactionConnected], .financeConsumer, finance)
        }
        try step("import journals") { try tool("import-from-staging", ["finance", "import-from-staging"]) }
        try step("post journals") { try post(.journals) }
        try step("import proposal") { try tool("import-from-staging", ["finance", "import-from-staging"]) }
        try step("post proposal") { try post(.proposals) }
        if isWriteBackLast {
            try step("publish") { try waitUntilSent(finance) }
            try bus.fleet.start(.dataverseConsumer)
        }
        try step("write back") {
            try waitUntilSent(finance)
            try waitUntilTaken([.accountingDetail, .invoicePosted], .dataverseConsumer, dataverse)
        }
        noteMemory()
        return try figure()
    }

    private func step(_ name: String, _ body: () throws -> Void) throws {
        progress("\(lines) lines: \(name)")
        let start = ContinuousClock.now
        try body()
        let seconds = (ContinuousClock.now - start).seconds
        steps.append(WholeWayFigure.Step(name: name, seconds: seconds, linesPerSecond: Double(lines) / seconds))
        noteMemory()
    }

    private func tool(_ name: String, _ arguments: [String]) throws {
        let most = try BenchTool(bus: bus, binaries: binaries, shutdown: shutdown).run(arguments)
        memory[name] = max(memory[name] ?? 0, most)
    }

    private func noteMemory() {
        for (name, bytes) in bus.fleet.peakMemory() { memory[name] = max(memory[name] ?? 0, bytes) }
    }

    private func post(_ selection: PostingSelection) throws {
        let requests = PostingRequests(choices: configuration.choices)
        let requested = try requests.publish(selection, requestedBy: "ledgerbus bench", on: finance)
        guard !requested.isEmpty else { throw BenchRefusal(description: "there is nothing to post") }
        try wait("posting") { try requests.states(of: requested, on: finance).count { !$0.isFinal } }
        let failed = try requests.states(of: requested, on: finance).first { $0.status != .posted }
        if let failed {
            throw BenchRefusal(description: "\(failed.request.number) was not posted: \(failed.message ?? "")")
        }
    }

    private func waitUntilSent(_ connection: Connection) throws {
        try wait("relaying") {
            try OutboxStore.hasPending(on: connection) ? 1 : 0
        }
    }

    private func waitUntilTaken(_ topics: [TopicName], _ consumer: Program, _ connection: Connection) throws {
        try wait("\(consumer.rawValue)'s work") {
            try bus.unconsumed(topics, by: connection, of: consumer, admin: admin)
        }
    }

    private func wait(_ what: String, _ remaining: () throws -> Int) throws {
        try bus.waitForNone(of: what, timeout: .seconds(1_800), pause: pause, shutdown: shutdown, remaining)
    }

    /// The figures, once the invoice is posted, all of its actuals are updated, and the ledger balances.
    private func figure() throws -> WholeWayFigure {
        guard let invoice = try InvoiceList(connection: dataverse).invoices(number: BenchExport.invoiceNumber).first,
            let posted = invoice.posted
        else { throw BenchRefusal(description: "the invoice is not posted") }
        guard posted.isComplete, posted.updatedActuals == lines, posted.actuals == lines else {
            throw BenchRefusal(
                description: "\(posted.updatedActuals) of \(posted.actuals) actuals are updated, of \(lines)")
        }
        let details = try DataverseCounts.accountingDetails(dataverse)
        guard details == 2 * lines else {
            throw BenchRefusal(description: "\(details) actuals have their accounting detail, of \(2 * lines)")
        }
        let ledger = try LedgerTotals.load(finance)
        guard ledger.unbalancedVouchers == 0 else {
            throw BenchRefusal(description: "\(ledger.unbalancedVouchers) vouchers do not balance")
        }
        let seconds = steps.reduce(0) { $0 + $1.seconds }
        return WholeWayFigure(
            lines: lines, steps: steps, seconds: seconds, microsecondsPerLine: seconds * 1e6 / Double(lines),
            peakMemory: memory.sorted { $0.key < $1.key }.map {
                WholeWayFigure.Memory(process: $0.key, megabytes: Double($0.value) / Double(1 << 20))
            }, customerInvoice: posted.customerInvoiceNumber, amount: invoice.lineAmount.description,
            actualsUpdated: posted.updatedActuals,
            ledgerEntries: ledger.entries)
    }
}
