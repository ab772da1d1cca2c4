import Bus
import Contracts
import Database
import Finance
import Foundation
import Service
import Terminal

struct PostCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "post", abstract: "Ask for journals or proposals to be posted.",
        discussion: """
            Publishes posting-requested; the posting consumers post. With --wait it shows the outcome of each, and the exit \
            code is 1 if one failed. Posting something twice changes nothing.
            """,
        examples: [
            "ledgerbus finance post --journals --wait", "ledgerbus finance post --proposals --invoice-date 2026-11-30",
            "ledgerbus finance post PI-2026-0001 --wait",
        ])

    @Argument(help: "Numbers of journals or proposals.") var numbers: [String] = []
    @Flag(help: "Every journal in draft or in error.") var journals = false
    @Flag(help: "Every proposal that has all its lines.") var proposals = false
    @Option(help: "Only this company's.") var company: String?
    @Option(help: "The date of the customers' invoices; each proposal's own when it is left out.") var invoiceDate:
        String?
    @Flag(help: "Wait until each has been posted or refused.") var wait = false
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if [!numbers.isEmpty, journals, proposals].count(where: { $0 }) != 1 {
            throw ValidationError("Give numbers, --journals or --proposals.")
        }
        if journals, invoiceDate != nil { throw ValidationError("--invoice-date is for proposals.") }
    }

    private var selections: [PostingCommand.Selection] {
        if journals { return [.journals] }
        if proposals { return [.proposals] }
        return numbers.map { .number($0) }
    }

    private struct Outcome: Encodable {
        let company: String
        let kind: PostingKind
        let number: String
        let status: String
        let message: String?
    }

    func run() throws {
        let reader = try configuration.reader()
        let connection = try Side.finance.connect(reader)
        let command = PostingCommand(choices: try ChoiceTables(reader: reader))
        let date = try invoiceDate.map(parseDate)
        var requested: [PostingCommand.Requested] = []
        for selection in selections {
            requested += try command.request(
                selection, invoiceDate: date, requestedBy: NSUserName(), company: company, on: connection)
        }
        let outcomes =
            wait ? try waited(requested, command, connection) : try command.outcomes(of: requested, on: connection)
        try show(outcomes)
        if wait, outcomes.contains(where: { $0.status != .posted }) { throw ExitCode.failure }
    }

    private func waited(
        _ requested: [PostingCommand.Requested], _ command: PostingCommand, _ connection: Connection
    ) throws -> [RequestOutcome] {
        let shutdown = GracefulShutdown()
        let trap = SignalTrap(requesting: shutdown)
        defer { trap.cancel() }
        let progress = ProgressLine("posted", total: requested.count)
        defer { progress.finish() }
        return try command.wait(for: requested, shutdown: shutdown, on: connection) { outcomes in
            progress.update(done: outcomes.count { $0.status.isFinal })
        }
    }

    private func show(_ outcomes: [RequestOutcome]) throws {
        let rows = outcomes.map {
            Outcome(
                company: $0.request.company, kind: $0.request.kind, number: $0.request.number,
                status: $0.status.rawValue, message: $0.message)
        }
        if output.json { return try JSONOutput.print(rows) }
        guard !rows.isEmpty else { return StandardStream.output.print("There is nothing to post.") }
        guard wait else {
            return StandardStream.output.print("\(rows.count.grouped) asked for; --wait shows the outcome.")
        }
        let failed = rows.filter { $0.status != RequestOutcome.Status.posted.rawValue }
        StandardStream.output.print("\((rows.count - failed.count).grouped) of \(rows.count.grouped) posted.")
        let shown = rows.count <= 50 ? rows : failed
        guard !shown.isEmpty else { return }
        var table = Table(columns: ["company", "kind", "number", "status", "message"])
        for row in shown { table.append(row.company, row.kind.rawValue, row.number, row.status, row.message ?? "") }
        table.print()
    }
}
