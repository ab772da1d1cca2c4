import Bus
import Contracts
import Finance
import Terminal

struct BlockedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blocked",
        abstract: "List what is blocked, line by line: why, what to do, and since when.",
        discussion: """
            Staged rows that import cannot take yet, journal lines that posting refused, and proposals with what they \
            wait for. --from and --to are days since which something is blocked. What is blocked goes on by itself once \
            its cause is gone; what posting refused is posted again by "ledgerbus finance post", a \
            journal once "ledgerbus finance journals reset" has made it a draft.
            """,
        examples: [
            "ledgerbus finance blocked", "ledgerbus finance blocked --company usmf --project PRJ-00012",
            "ledgerbus finance blocked --csv > blocked.csv",
        ])

    @Option(help: "Only this project's lines.") var project: String?
    @OptionGroup var report: ReportArguments

    func run() throws {
        let reader = try report.configuration.reader()
        var lines = Report(columns: Self.columns, as: report.output.format, empty: "Nothing is blocked.")
        try BlockedLine.read(
            report.scope, project: project, zone: reader.dayZone(side: .finance), on: Side.finance.connect(reader)
        ) { try lines.append($0) }
        try lines.finish()
    }

    private static let columns: [ReportColumn<BlockedLine, Never>] = [
        .text("company") { $0.company.rawValue }, .text("where") { $0.place.rawValue },
        .text("since") { $0.since }, .text("proposal") { $0.proposalNumber }, .text("journal") { $0.journalNumber },
        .text("project") { $0.projectNumber }, .text("contract") { $0.contractNumber },
        .text("actual") { $0.actualId?.description }, .text("type") { $0.transactionType?.rawValue },
        .decimal("amount") { $0.amount?.plain }, .text("currency") { $0.currency?.rawValue },
        .text("reason, and what to do") { $0.reason },
    ]
}
