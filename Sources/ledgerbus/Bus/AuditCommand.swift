import Bus
import Contracts
import Database
import Service
import Terminal

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "List what operators did: who, when, what, to what, why, before and after.",
        discussion: """
            Each command that changes something leaves a row, in the transaction that changes it. Who it was is \
            LEDGERBUS_ACTOR, or else the user of the system, and as whom the database knows them. Nobody can change or delete \
            rows, not even retention. --json and --csv have what stood before and after.
            """,
        examples: [
            "ledgerbus audit", "ledgerbus audit --from 2026-11-01 --to 2026-11-30 --csv",
            "ledgerbus audit --actor ada --action errors", "ledgerbus audit --subject USPM-000043 --json",
        ])

    @OptionGroup var days: DayOptions
    @Option(help: "Only what this person did.") var actor: String?
    @Option(help: "Only this command, or all that begin so, such as errors.") var action: String?
    @Option(help: "Only where this is part of what it was done to.") var subject: String?
    @Option(help: "Only this side's: dataverse or finance.") var side: Side?
    @Option(help: "At most so many of each side, the newest.") var limit = RowLimit(1_000)
    @OptionGroup var output: ReportOptions
    @OptionGroup var configuration: ConfigurationOptions

    func run() throws {
        let reader = try configuration.reader()
        let entries = try (side.map { [$0] } ?? Side.configured(reader)).flatMap { side in
            try OperatorActionList(
                DayRange(from: days.from, to: days.to, zone: reader.dayZone(side: side)), actor: actor, action: action,
                subject: subject
            ).entries(side, limit: limit.rows, on: side.connect(reader))
        }
        var report = Report<OperatorActionList.Entry, Never>(
            columns: output.format == .csv ? Self.columns + Self.details : Self.columns, as: output.format,
            empty: "Nobody has changed anything.")
        for entry in OperatorActionList.merged(entries) { try report.append(entry) }
        try report.finish()
    }

    private static let columns: [ReportColumn<OperatorActionList.Entry, Never>] = [
        .text("side") { $0.side }, .text("at") { $0.actedAt }, .text("actor") { $0.actor },
        .text("action") { $0.action }, .text("subject") { $0.subject }, .text("reason") { $0.reason },
    ]
    private static let details: [ReportColumn<OperatorActionList.Entry, Never>] = [
        .text("before") { $0.before }, .text("after") { $0.after }, .text("database role") { $0.databaseRole },
        .text("run") { $0.run }, .text("command") { $0.commandLine },
    ]
}
