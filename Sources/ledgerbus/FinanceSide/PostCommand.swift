import Bus
import Contracts
import Database
import Finance
import Foundation
import Service
import Terminal

struct PostCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "post", abstract: "Ask for journals or proposals to be posted.",
        discussion: """
            Publishes posting-requested; the posting consumers post. With --wait it shows the outcome of each, and the exit \
            code is 1 if one failed. Posting something twice changes nothing. --every makes it a job that runs until Ctrl-C; \
            what it posts is selected anew each time, with what came since it was started.
            """,
        examples: [
            "ledgerbus finance post --journals --wait", "ledgerbus finance post --proposals --invoice-date 2026-11-30",
            "ledgerbus finance post PI-2026-0001 --wait", "ledgerbus finance post --journals --period 2026-11-01",
            "ledgerbus finance post --proposals --every 3600",
        ])

    @Argument(help: "Numbers of journals or proposals.") var numbers: [String] = []
    @Flag(help: "Every journal in draft.") var journals = false
    @Flag(help: "Every proposal that has all its lines, and is approved where that is asked for.") var proposals = false
    @Option(help: "With --journals: only those of the period that begins on this day.") var period: CalendarDate?
    @Option(help: "With --journals: only this one.") var number: String?
    @Option(help: "With --journals: only those whose lines could not be posted with this one.") var original: String?
    @Option(help: "Post again every so many seconds.") var every: Int?
    @Option(help: "Only this company's.") var company: Company?
    @Option(help: "The date of the customers' invoices; each proposal's own when it is left out.") var invoiceDate:
        CalendarDate?
    @Flag(help: "Wait until each has been posted or refused.") var wait = false
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if [!numbers.isEmpty, journals, proposals].count(where: { $0 }) != 1 {
            throw ValidationError("Give numbers, --journals or --proposals.")
        }
        if !journals, !filter.isEmpty {
            throw ValidationError("--period, --number and --original are for --journals.")
        }
        if let every, !(1...86_400).contains(every) {
            throw ValidationError("--every takes a number of seconds from 1 to 86,400, a day.")
        }
        if every != nil, wait || !numbers.isEmpty {
            throw ValidationError("--every is for --journals or --proposals, without --wait.")
        }
        if journals, invoiceDate != nil { throw ValidationError("--invoice-date is for proposals.") }
    }

    private var filter: JournalFilter {
        JournalFilter(periodStart: period, number: number, originalNumber: original)
    }

    private var selections: [PostingSelection] {
        if journals { return [.journals] }
        if proposals { return [.proposals] }
        return numbers.map { .number($0) }
    }

    private var subject: String { journals ? "journals" : proposals ? "proposals" : numbers.joined(separator: " ") }

    private struct Outcome: Encodable {
        let company: Company
        let kind: PostingKind
        let number: String
        let status: String
        let message: String?
        let code: String?
    }

    func run() async throws {
        if let every {
            let isDone = await ServiceProcess.main(.ledgerbus, config: configuration.config) { reader in
                try await postAgainAndAgain(every: .seconds(every), reader)
            }
            guard isDone else { throw ExitCode.failure }
            return
        }
        let reader = try configuration.reader()
        let run = OperatorRun(command: "finance post", of: subject)
        let connection = try Side.finance.connect(reader, for: run)
        let requests = PostingRequests(choices: try ChoiceTables(reader: reader))
        let requested = try requests.publish(
            selections, filter: filter, invoiceDate: invoiceDate, requestedBy: run.actor, company: company,
            on: connection)
        try run.conclude(with: ["requested": requested.count], on: connection)
        let shutdown = GracefulShutdown()
        let states =
            wait
            ? try waited(requested, requests, connection, shutdown) : try requests.states(of: requested, on: connection)
        try show(states)
        if !wait, !requested.isEmpty { _ = try noteAbsence(connection) }
        if shutdown.isRequested { throw Interruption("Interrupted; what was asked for will be posted all the same.") }
        if wait, states.contains(where: { $0.status != .posted }) { throw ExitCode.failure }
    }

    /// As a job, it waits for its database as the services do.
    private func postAgainAndAgain(every interval: Duration, _ reader: ConfigReader) async throws {
        let logger = Logger(label: "periodic-posting")
        let url = try reader.databaseURL(side: .finance)
        let run = OperatorRun(command: "finance post", of: "\(subject), every \(interval.components.seconds) seconds")
        let service = PeriodicPosting(
            pool: ConnectionPool(
                url: url, size: 1, applicationName: "ledgerbus post", options: run.connectionOptions),
            every: interval,
            PostingRequests(choices: try ChoiceTables(reader: reader)), journals ? .journals : .proposals,
            filter: filter, invoiceDate: invoiceDate, company: company, requestedBy: run.actor, logger: logger
        ) { shutdown in
            try SideDatabase.waiting(
                for: .finance, url: url, Side.finance.migrations, applicationName: "ledgerbus post", until: shutdown,
                logger: logger)
        }
        try await ServiceGroup(services: [service], logger: logger).run()
    }

    /// Says that nobody posts, if that is so.
    private func noteAbsence(_ connection: Connection) throws -> Bool {
        guard try OutboxReport.relay(on: connection) == nil else { return false }
        Notice.print("No posting-consumer is running: nothing is posted until one is started.", asJSON: output.json)
        return true
    }

    private func waited(
        _ requested: [PostingRequest], _ requests: PostingRequests, _ connection: Connection,
        _ shutdown: GracefulShutdown
    ) throws -> [PostingRequestState] {
        let trap = SignalTrap(requesting: shutdown)
        defer { trap.cancel() }
        let progress = ProgressLine("posted", total: requested.count, isShown: !output.json)
        defer { progress.finish() }
        var looks = 0
        var isAbsenceNoted = false
        return try requests.wait(for: requested, shutdown: shutdown, on: connection) { states in
            let done = states.count(where: \.isFinal)
            progress.update(done: done)
            looks += 1
            // Not at the first look: one that was just started needs a moment. The waiting itself says what is wrong with
            // the database.
            if looks > 2, done < states.count, !isAbsenceNoted {
                isAbsenceNoted = (try? noteAbsence(connection)) ?? false
            }
        }
    }

    private func show(_ states: [PostingRequestState]) throws {
        let rows = states.map {
            Outcome(
                company: $0.request.company, kind: $0.request.kind, number: $0.request.number,
                status: $0.label, message: $0.message, code: $0.code?.rawValue)
        }
        if output.json { return try JSONOutput.print(rows) }
        guard !rows.isEmpty else { return StandardStream.output.print("There is nothing to post.") }
        guard wait else {
            return StandardStream.output.print("\(rows.count.grouped) asked for; --wait shows the outcome.")
        }
        let failed = rows.filter { $0.status != PostingRequestStatus.posted.rawValue }
        StandardStream.output.print("\((rows.count - failed.count).grouped) of \(rows.count.grouped) posted.")
        let shown = rows.count <= 50 ? rows : failed
        guard !shown.isEmpty else { return }
        var table = Table(columns: ["company", "kind", "number", "status", "message"])
        for row in shown {
            table.append(row.company.rawValue, row.kind.rawValue, row.number, row.status, row.message ?? "")
        }
        table.print()
    }
}
