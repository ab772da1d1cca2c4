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
        if journals, invoiceDate != nil { throw ValidationError("--invoice-date is for proposals.") }
    }

    private var selections: [PostingSelection] {
        if journals { return [.journals] }
        if proposals { return [.proposals] }
        return numbers.map { .number($0) }
    }

    private struct Outcome: Encodable {
        let company: Company
        let kind: PostingKind
        let number: String
        let status: String
        let message: String?
        let code: String?
    }

    func run() throws {
        let reader = try configuration.reader()
        let connection = try Side.finance.connect(reader)
        let requests = PostingRequests(choices: try ChoiceTables(reader: reader))
        let requested = try requests.publish(
            selections, invoiceDate: invoiceDate, requestedBy: NSUserName(), company: company, on: connection)
        let shutdown = GracefulShutdown()
        let states =
            wait
            ? try waited(requested, requests, connection, shutdown) : try requests.states(of: requested, on: connection)
        try show(states)
        if !wait, !requested.isEmpty { _ = try noteAbsence(connection) }
        if shutdown.isRequested { throw Interruption("Interrupted; what was asked for will be posted all the same.") }
        if wait, states.contains(where: { $0.status != .posted }) { throw ExitCode.failure }
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
