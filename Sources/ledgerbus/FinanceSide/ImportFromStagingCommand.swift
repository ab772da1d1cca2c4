import Bus
import Contracts
import Database
import Finance
import Service
import Terminal

struct ImportFromStagingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-from-staging",
        abstract: "Make integration journals and proposal lines of what has been staged.",
        discussion: """
            Costs what is new since the last run, not what is there. Safe to run twice at once, and to interrupt. What cannot \
            be taken yet is listed with its reason and goes on by itself. --every makes it a job that runs until Ctrl-C.
            """,
        examples: [
            "ledgerbus finance import-from-staging", "ledgerbus finance import-from-staging --proposal PI-2026-0001",
            "ledgerbus finance import-from-staging --every 60",
        ])

    @Option(
        help: "Make the lines of this proposal alone, by its number or the id of its invoice; journal lines as ever.")
    var proposal: String?
    @Option(help: "Only this company's.") var company: Company?
    @Option(help: "Run again every so many seconds.") var every: Int?
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let every, !(1...86_400).contains(every) {
            throw ValidationError("--every takes a number of seconds from 1 to 86,400, a day.")
        }
        if every != nil, company != nil { throw ValidationError("--every imports for every company.") }
        if every != nil, proposal != nil { throw ValidationError("Give --every or --proposal, not both.") }
    }

    func run() async throws {
        if let every {
            let isDone = await ServiceProcess.main(.ledgerbus, config: configuration.config) { reader in
                try await importAgainAndAgain(every: .seconds(every), reader)
            }
            guard isDone else { throw ExitCode.failure }
            return
        }
        let reader = try configuration.reader()
        let run = OperatorRun(
            command: "finance import-from-staging", of: proposal ?? company?.rawValue ?? "all companies")
        let connection = try Side.finance.connect(reader, for: run)
        let pool = try self.pool(reader, run)
        let locks = try self.locks(reader)
        defer { locks.stop() }
        let progress = ProgressLine("lines imported", isShown: !output.json)
        let id = try proposal.map { try invoiceId($0, on: connection) }
        // At Ctrl-C the chunk that is under way is finished, whose numbers would else be lost.
        let shutdown = GracefulShutdown()
        let trap = SignalTrap(requesting: shutdown)
        defer { trap.cancel() }
        let report = try ImportFromStaging(pool: pool).run(
            company: company, invoice: id, onProgress: { progress.update(done: $0) },
            isCancelled: { shutdown.isRequested })
        progress.finish()
        try run.conclude(
            with: [
                "journalLines": report.journalLines, "journals": report.journals.count,
                "proposalLines": report.proposalLines, "proposals": report.proposals.count,
                "failures": report.failures.count,
            ], on: connection)
        try show(report)
        if shutdown.isRequested { throw Interruption("Interrupted; the next import goes on from here.") }
        if !report.failures.isEmpty { throw ExitCode.failure }
    }

    /// Says for whom the import waits, and ends sessions whose client is frozen.
    private func locks(_ reader: ConfigReader) throws -> LockWatch {
        let locks = LockWatch(
            .ledgerbus, databaseURL: try reader.databaseURL(side: .finance),
            logger: Logger(label: "import-from-staging"))
        locks.start()
        return locks
    }

    private func pool(_ reader: ConfigReader, _ run: OperatorRun) throws -> ConnectionPool {
        ConnectionPool(
            url: try reader.databaseURL(side: .finance), size: 2, applicationName: "ledgerbus import-from-staging",
            options: run.connectionOptions)
    }

    /// As a job, it waits for its database as the services do.
    private func importAgainAndAgain(every interval: Duration, _ reader: ConfigReader) async throws {
        let logger = Logger(label: "import-from-staging")
        let url = try reader.databaseURL(side: .finance)
        let locks = try self.locks(reader)
        defer { locks.stop() }
        let run = OperatorRun(
            command: "finance import-from-staging", of: "every \(interval.components.seconds) seconds")
        let service = ImportService(pool: try self.pool(reader, run), every: interval, logger: logger) { shutdown in
            try SideDatabase.waiting(
                for: .finance, url: url, Side.finance.migrations, applicationName: "ledgerbus import-from-staging",
                until: shutdown, logger: logger)
        }
        try await ServiceGroup(services: [service], logger: logger).run()
    }

    private func invoiceId(_ proposal: String, on connection: Connection) throws -> GUID {
        if let id = GUID(proposal) { return id }
        let ids = try ProposalSummary.invoices(ofProposal: proposal, company: company, connection)
        guard let id = ids.first else {
            throw CommandFailure("Finance has no proposal \(proposal); see ledgerbus finance proposals list.")
        }
        guard ids.count == 1 else {
            throw CommandFailure("Several companies have a proposal \(proposal): give --company.")
        }
        return id
    }

    private func show(_ report: ImportReport) throws {
        if output.json { return try JSONOutput.print(report) }
        let out = StandardStream.output
        out.print(
            """
            \(report.journalLines.grouped) journal lines in \(report.journals.count.grouped) journals, \
            \(report.proposalLines.grouped) proposal lines in \(report.proposals.count.grouped) proposals.
            """)
        if !report.proposals.isEmpty {
            var table = Table(columns: ["company", "proposal ready", .number("lines")])
            for proposal in report.proposals {
                table.append(proposal.company.rawValue, proposal.number, proposal.lines.grouped)
            }
            table.print()
        }
        if !report.waiting.isEmpty {
            var table = Table(columns: ["company", "invoice waiting", "reason"])
            for waiting in report.waiting { table.append(waiting.company.rawValue, waiting.number, waiting.reason) }
            table.print()
        }
        for validating in report.validating {
            out.print(
                """
                \(validating.company): \(validating.rows.grouped) rows wait \(validating.minutes) minutes after they came, to be \
                validated.
                """)
        }
        if !report.failures.isEmpty {
            var table = Table(columns: ["company", "invoice not imported", "reason"])
            for failure in report.failures {
                table.append(
                    failure.company.rawValue, failure.invoiceId.map(\.description) ?? "journals", failure.reason)
            }
            table.print()
        }
        if !report.blocked.isEmpty {
            var table = Table(columns: ["company", .number("rows blocked"), "reason"])
            for blocked in report.blocked {
                table.append(blocked.company.rawValue, blocked.rows.grouped, blocked.reason)
            }
            table.print()
        }
    }
}
