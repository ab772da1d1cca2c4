import Bus
import Contracts
import Database
import Dataverse
import Terminal

struct MilestonesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "milestones", abstract: "Make milestones by schedules, and make them ready or not.",
        discussion: """
            A row is a schedule, {"id": ID, "contractLine": ID, "name": "Delivery", "amount": "100000", "percentages": [20, 30, \
            15, 35], "dates": […]} (without percentages one milestone), or a change: {"milestone": ID, "status": "Ready"} or "Not \
            ready", or "progress": 40, which splits off what is done by now as a part that is ready. One a customer where the \
            contract line has several. A milestone that is on an invoice cannot be changed.
            """,
        examples: ["ledgerbus dataverse milestones --file milestones.json"])

    @OptionGroup var request: RequestOptions
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let sources = try request.requiredSources()
        let run = OperatorRun(command: "dataverse milestones", of: request.name)
        let connection = try Side.dataverse.connect(configuration.reader(), for: run)
        let report = try ChangeMilestones(connection: connection).change(sources)
        try run.conclude(with: report.counts, on: connection)
        try report.finish(output)
    }
}

struct CustomersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customers", abstract: "Say whom contract lines are billed to, and to what shares.",
        discussion: """
            A row is {"contractLine": ID, "customer": ID, "percentage": "60"}; the rows of a contract line are all that it has \
            from now on, add up to 100, and stand or fall together.
            """,
        examples: ["ledgerbus dataverse customers --file customers.json"])

    @OptionGroup var request: RequestOptions
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let sources = try request.requiredSources()
        let run = OperatorRun(command: "dataverse customers", of: request.name)
        let connection = try Side.dataverse.connect(configuration.reader(), for: run)
        let report = try SetContractLineCustomers(connection: connection).set(sources)
        try run.conclude(with: report.counts, on: connection)
        try report.finish(output)
    }
}

struct EditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit", abstract: "Edit drafts that are ours: change, remove and type line details.",
        discussion: """
            A row changes a line detail, {"lineDetail": ID, "quantity": "6"}, with price, billingType and description where \
            wanted; takes one off, {"lineDetail": ID, "remove": true}, and what it bills is ready again; types one, {"invoice": \
            "PI-000001", "id": ID, "class": "Time", "contractLine": ID, "quantity": "2", "price": "150", "documentDate": \
            "2026-09-30"}; or sets the header's date, {"invoice": "PI-000001", "accountingDate": "2026-09-30"}. One \
            transaction; rows that are refused cost themselves alone, and the exit code is 1.
            """,
        examples: ["ledgerbus dataverse edit --file edits.json"])

    @OptionGroup var request: RequestOptions
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reader = try configuration.reader()
        let settings = try DataverseConfiguration(reader: reader, choices: ChoiceTables(reader: reader))
        let sources = try request.requiredSources()
        let run = OperatorRun(command: "dataverse edit", of: request.name)
        let connection = try Side.dataverse.connect(reader, for: run)
        let report = try EditDrafts(connection: connection, configuration: settings)
            .edit(sources, on: settings.zone.today)
        try run.conclude(with: report.counts, on: connection)
        try report.finish(output)
    }
}
