import Bus
import Contracts
import Database
import Dataverse
import Service
import Terminal

/// Which actuals of Dataverse's side are out of sync.
struct OutOfSyncSelection: ParsableArguments {
    @Option(
        help: ArgumentHelp("Only those that came so many minutes ago or earlier.", valueName: "minutes")) var minutes =
        60
    @Option(help: ArgumentHelp("Only those that came in the last so many days.", valueName: "days")) var days = 31
    @Flag(help: "Of whatever age.") var all = false
    @Option(help: "Only this invoice's, of whatever age, by its number or id.") var invoice: String?
    @Option(help: "Only this company's.") var company: Company?

    init() {}

    func validate() throws {
        guard minutes >= 0, days > 0 else { throw ValidationError("--minutes is 0 or more, and --days is 1 or more.") }
    }

    var criteria: OutOfSyncCriteria {
        var criteria = OutOfSyncCriteria()
        let isOfAnyAge = all || invoice != nil
        criteria.minimumAge = isOfAnyAge ? .zero : .seconds(minutes * 60)
        criteria.maximumAge = isOfAnyAge ? nil : .seconds(days * 86_400)
        criteria.company = company
        criteria.invoice = invoice
        return criteria
    }
}

struct OutOfSyncActualsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "out-of-sync",
        abstract: "List the actuals that Finance ought to have posted and has not.",
        discussion: """
            Those with Skip Sync = No that have no voucher, are an hour old and came in the last month. They never reached \
            Finance, or their journal or invoice is not posted. What Finance has posted, and Dataverse has otherwise by now, is \
            another list: ledgerbus errors out-of-sync.
            """,
        examples: [
            "ledgerbus dataverse out-of-sync", "ledgerbus dataverse out-of-sync --minutes 10 --days 90 --csv",
            "ledgerbus dataverse out-of-sync --invoice INV-01103 --json",
        ])

    @OptionGroup var selection: OutOfSyncSelection
    @Option(help: "At most so many.") var limit = RowLimit(1_000)
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: ReportOptions

    func run() throws {
        let list = OutOfSyncActuals(connection: try Side.dataverse.connect(configuration.reader()))
        var report = Report<OutOfSyncActual, Never>(
            columns: [
                .text("actual", { $0.actualId.description }), .text("company", { $0.company?.rawValue }),
                .text("type", { $0.transactionType.rawValue }), .text("class", { $0.transactionClass.rawValue }),
                .text("date", { $0.documentDate.description }), .decimal("amount", { $0.amount.description }),
                .text("currency", { $0.currency?.rawValue }), .text("invoice", { $0.invoiceNumber }),
                .text("came", { $0.capturedAt }), .text("reason", { $0.reason }),
            ], as: output.format, empty: "Every actual is posted.")
        for actual in try list.list(selection.criteria, limit: limit.rows) { try report.append(actual) }
        try report.finish()
    }
}

struct ResyncCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resync",
        abstract: "Publish actuals again that are out of sync, with their connections and invoices.",
        discussion: """
            By their ids, by invoice, by age, or all of them; ledgerbus dataverse out-of-sync lists which. What Finance has \
            already changes nothing there.
            """,
        examples: [
            "ledgerbus dataverse resync", "ledgerbus dataverse resync --invoice INV-01103",
            "ledgerbus dataverse resync 5d8f2f0e-4b7a-ee11-8179-000d3a5b1c2d",
        ])

    @Argument(help: "Actuals by their ids; by age when none is named.") var actuals: [String] = []
    @OptionGroup var selection: OutOfSyncSelection
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        var criteria = selection.criteria
        if !actuals.isEmpty {
            criteria.minimumAge = .zero
            criteria.maximumAge = nil
            criteria.actuals = try actuals.map { text in
                guard let id = GUID(text) else { throw ValidationError("\(text) is not the id of an actual.") }
                return id
            }
        }
        let reader = try configuration.reader()
        let settings = try DataverseConfiguration(reader: reader, choices: ChoiceTables(reader: reader))
        let run = OperatorRun(
            command: "dataverse resync", of: actuals.isEmpty ? "out of sync" : actuals.joined(separator: " "))
        let connection = try Side.dataverse.connect(reader, for: run)
        let report = try ResyncActuals(connection: connection, configuration: settings).resync(criteria)
        try run.conclude(with: report, on: connection)
        if output.json { return try JSONOutput.print(report) }
        guard report.chosen > 0 else { return StandardStream.output.print("No actual is out of sync.") }
        StandardStream.output.print(
            """
            Of \(report.chosen.grouped) actuals, \(report.actuals.grouped) are published again, with \
            \(report.connections.grouped) connections and \(report.invoices.grouped) invoices; \
            \(report.waiting.grouped) wait.
            """)
    }
}
