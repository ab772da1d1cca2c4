import Bus
import Contracts
import Database
import Kafka
import Operations
import Service
import Terminal

struct ReconcileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: "Compare both sides, every actual and invoice, and list what disagrees.",
        discussion: """
            Counts and amounts in the transaction and the accounting currency, in total and per invoice; what is merely under \
            way is counted apart; and each actual and invoice on which the two sides disagree, with the side, the reason and \
            what to do. Asks both databases, and the brokers for what is on its way. Exits with 1 when something disagrees.
            """,
        examples: [
            "ledgerbus reconcile", "ledgerbus reconcile --company usmf --from 2026-10-01 --to 2026-10-31 --csv",
            "ledgerbus reconcile --invoice INV-01103 --json",
        ])

    @Option(help: "Only this company's.") var company: Company?
    @Option(help: "Only what is dated so or later: actuals by document date, invoices by invoice date.") var from:
        CalendarDate?
    @Option(help: "Only what is dated so or earlier.") var to: CalendarDate?
    @Option(help: "Only this invoice, by its number or id.") var invoice: String?
    @Flag(help: "List the invoices, instead of what disagrees.") var byInvoice = false
    @Option(help: "List at most so many that disagree; all are counted.") var limit = RowLimit(1_000)
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: ReportOptions

    func run() throws {
        let reader = try configuration.reader()
        let connections = try (dataverse: Side.dataverse.connect(reader), finance: Side.finance.connect(reader))
        var scope = ReconciliationScope()
        scope.company = company
        scope.from = from
        scope.to = to
        scope.invoice = invoice
        scope.limit = limit.rows
        let progress = ProgressParts(isShown: output.format == .text)
        defer { progress.finish() }
        let outcome = try Reconciliation(
            scope, dataverse: connections.dataverse, finance: connections.finance,
            lagging: { lagging(reader, connections.dataverse, connections.finance) },
            progress: { progress.update("actuals compared", done: $0) })
        progress.finish()
        switch output.format {
        case .json: try JSONOutput.print(outcome)
        case .csv: try list(outcome)
        case .text:
            try show(outcome)
        }
        if !outcome.isClean { throw ExitCode.failure }
    }

    /// The topics of which messages are on the bus; nil when the brokers cannot be asked.
    private func lagging(_ reader: ConfigReader, _ dataverse: Connection, _ finance: Connection) -> Set<TopicName>? {
        var topics: Set<TopicName> = []
        for (side, connection) in [(Side.dataverse, dataverse), (.finance, finance)] {
            guard var configuration = try? side.configuration(reader),
                let kafka = try? configuration.kafka.detectingEmbedded()
            else { return nil }
            configuration.kafka = kafka
            guard let states = try? ConsumerState.all(of: side, connection, configuration) else { return nil }
            for state in states where state.lag != 0 {
                for topic in TopicName.allCases where state.topic.hasSuffix(topic.rawValue) { topics.insert(topic) }
            }
        }
        return topics
    }

    private func show(_ outcome: Reconciliation) throws {
        let out = StandardStream.output
        var totals = Table(columns: [
            "company", "currency", "side", .number("actuals"), .number("amount"), .number("posted"),
            .number("accounting amount"), .number("sales tax"),
        ])
        for total in outcome.totals {
            for (side, sums) in [("Dataverse", total.dataverse), ("Finance", total.finance)] {
                totals.append(
                    total.company?.rawValue ?? "", total.currency?.rawValue ?? "", side, sums.actuals.grouped,
                    sums.amount.description.groupedDecimal, sums.posted.grouped,
                    sums.accountingAmount.description.groupedDecimal, sums.salesTaxAmount.description.groupedDecimal)
            }
        }
        totals.print()
        out.print()
        var counts = Table(columns: ["", "what", .number("actuals"), .number("invoices")])
        for (title, rows) in [("agrees", outcome.agreed), ("under way", outcome.underWay)] {
            for row in rows { counts.append(title, row.what, row.actuals.grouped, row.invoices.grouped) }
        }
        counts.print()
        out.print()
        try list(outcome)
        if !outcome.asksBrokers {
            StandardStream.error.print(
                "The brokers could not be asked what is on its way: it counts as missing.")
        }
        if outcome.isClean {
            out.print("Both sides agree.")
        } else {
            let rest = outcome.disagreeing - outcome.disagreements.count
            out.print(
                "\(outcome.disagreeing.grouped) disagreements\(rest > 0 ? ", of which \(rest.grouped) are not listed" : "")."
            )
        }
    }

    private func list(_ outcome: Reconciliation) throws {
        guard byInvoice else { return try listDisagreements(outcome.disagreements) }
        var report = Report<Reconciliation.InvoiceLine, Never>(
            columns: [
                .text("company", { $0.company?.rawValue }),
                .text("invoice", { $0.invoice ?? $0.invoiceId.description }),
                .text("currency", { $0.currency?.rawValue }), .count("Dataverse actuals", { $0.dataverse.actuals }),
                .count("Finance actuals", { $0.finance.actuals }),
                .decimal("Dataverse amount", { $0.dataverse.amount.description }),
                .decimal("Finance amount", { $0.finance.amount.description }),
                .decimal("Dataverse accounting amount", { $0.dataverse.accountingAmount.description }),
                .decimal("Finance accounting amount", { $0.finance.accountingAmount.description }),
                .decimal("Dataverse sales tax", { $0.dataverse.salesTaxAmount.description }),
                .decimal("Finance sales tax", { $0.finance.salesTaxAmount.description }),
                .text("outcome", { $0.outcome }),
            ], as: output.format)
        for line in outcome.invoices { try report.append(line) }
        try report.finish()
    }

    private func listDisagreements(_ disagreements: [Reconciliation.Disagreement]) throws {
        guard output.format == .csv || !disagreements.isEmpty else { return }
        var report = Report<Reconciliation.Disagreement, Never>(
            columns: [
                .text("kind", { $0.kind.rawValue }), .text("id", { $0.id?.description }),
                .text("number", { $0.number }), .text("company", { $0.company?.rawValue }),
                .text("side", { $0.difference.side.rawValue }), .text("what", { $0.difference.what }),
                .text("Dataverse", { $0.difference.dataverse }), .text("Finance", { $0.difference.finance }),
                .text("error", { $0.error }), .text("reason", { $0.difference.reason }),
                .text("what to do", { $0.difference.cure }),
            ], as: output.format)
        for disagreement in disagreements { try report.append(disagreement) }
        try report.finish()
    }
}
