import Bus
import Contracts
import Database
import Dataverse
import Finance
import Foundation
import Kafka
public import Service
import Text

/// The main job on a bus of one's own: from a sample export to posted
/// invoices whose actuals have their accounting detail back.
public struct Demo {
    private let bus: PrivateBus
    private let export: String
    private let shutdown: GracefulShutdown
    /// Called when a step begins, with what it does; and with what is left while it lasts.
    private let progress: (String, Int?) -> Void

    /// The longest that a step may take.
    private static let patience = Duration.seconds(300)

    /// - parameter export: the folder of the sample export.
    public init(
        bus: PrivateBus, export: String, shutdown: GracefulShutdown, progress: @escaping (String, Int?) -> Void
    ) {
        self.bus = bus
        self.export = export
        self.shutdown = shutdown
        self.progress = progress
    }

    /// Runs all steps.
    ///
    /// - throws: what a step meets: `CaptureError`, ``FleetError``, ``StepTimeout``, `CancellationError`, ….
    public func run(isKept: Bool) throws -> DemoReport {
        let dataverse = try Connection(url: bus.dataverseURL, applicationName: "ledgerbus demo")
        let finance = try Connection(url: bus.financeURL, applicationName: "ledgerbus demo")
        let configuration = try bus.configuration(side: .dataverse)
        var steps: [DemoReport.Step] = []
        func step(_ name: String, _ what: String, _ body: () throws -> Void) throws {
            if shutdown.isRequested { throw CancellationError() }
            progress(name, nil)
            let start = ContinuousClock.now
            try body()
            let took = start.duration(to: .now)
            steps.append(
                DemoReport.Step(
                    name: name, what: what,
                    seconds: Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18))
        }

        try step("set up", "Finance's companies, rates, taxes and accounts") {
            let file = "\(export)/finance.yaml"
            _ = try FinanceConfiguration(parsing: try TextFile.bytes(file), file: file).apply(to: finance)
        }
        try step("load", "the export of Dataverse, and a draft that is ours") { try load(dataverse, configuration) }
        try step("confirm", "the draft, as a project manager does") { try confirm(dataverse, configuration) }
        let admin = try Admin(configuration.kafka, clientID: "ledgerbus")
        try bus.startProcesses()
        try step("relay and stage", "invoices, actuals and connections over Kafka into Finance") {
            try waitUntilStaged(dataverse, finance, admin)
        }
        try step("import", "staging rows into integration journals") { try importFromStaging() }
        try step("post journals", "costs and unbilled sales into subledger and ledger") {
            try post(.journals, finance, configuration)
        }
        try step("import", "billed sales into proposal lines") { try importFromStaging() }
        try step("post proposals", "the customers' invoices") { try post(.proposals, finance, configuration) }
        try step("write back", "vouchers and amounts to the actuals in Dataverse") {
            try waitUntilWrittenBack(dataverse, finance, admin)
        }
        return DemoReport(
            invoices: try DemoInvoices.load(dataverse: dataverse, finance: finance),
            topics: try TopicList(configuration).topics.filter { ($0.messages ?? 0) > 0 }.map {
                DemoReport.Topic(name: $0.name, messages: $0.messages ?? 0)
            },
            steps: steps, directory: bus.directory, dataverseURL: bus.dataverseURL, financeURL: bus.financeURL,
            bootstrapServers: bus.bootstrapServers, isKept: isKept)
    }

    private func load(_ connection: Connection, _ configuration: BusConfiguration) throws {
        let pages = LoadPages(
            connection: connection, configuration: DataverseConfiguration(choices: configuration.choices))
        _ = try pages.load(PageSources(["\(export)/pages"]).sources).whole()
        let drafts = "\(export)/drafts"
        guard FileManager.default.fileExists(atPath: drafts) else { return }
        _ = try pages.load(PageSources([drafts]).sources, asOurs: true).whole()
    }

    private func confirm(_ connection: Connection, _ configuration: BusConfiguration) throws {
        let confirmation = ConfirmInvoice(
            connection: connection, configuration: DataverseConfiguration(choices: configuration.choices))
        for draft in try InvoiceList(connection: connection).ownDrafts() {
            _ = try confirmation.confirm(draft, on: DayZone.utc.today)
        }
    }

    private func waitUntilStaged(_ dataverse: Connection, _ finance: Connection, _ admin: Admin) throws {
        try wait("relaying") { try bus.pendingRows(dataverse) }
        try wait("staging") {
            try bus.unconsumed(
                [.invoiceConfirmed, .actualCreated, .transactionConnected], by: finance, of: .financeConsumer,
                admin: admin)
        }
    }

    private func waitUntilWrittenBack(_ dataverse: Connection, _ finance: Connection, _ admin: Admin) throws {
        try wait("publishing") { try bus.pendingRows(finance) }
        try wait("writing back") {
            try bus.unconsumed(
                [.accountingDetail, .invoicePosted], by: dataverse, of: .dataverseConsumer, admin: admin)
        }
    }

    private func importFromStaging() throws {
        let pool = ConnectionPool(url: bus.financeURL, size: 2, applicationName: "ledgerbus demo")
        _ = try ImportFromStaging(pool: pool).run()
    }

    private func post(
        _ selection: PostingSelection, _ connection: Connection, _ configuration: BusConfiguration
    ) throws {
        let requests = PostingRequests(choices: configuration.choices)
        let requested = try requests.publish(selection, requestedBy: "ledgerbus demo", on: connection)
        try wait("posting") {
            try requests.states(of: requested, on: connection).count { !$0.isFinal }
        }
    }

    private func wait(_ what: String, _ remaining: () throws -> Int) throws {
        try bus.waitForNone(
            of: what, timeout: Self.patience, shutdown: shutdown, progress: { progress(what, $0) }, remaining)
    }
}
