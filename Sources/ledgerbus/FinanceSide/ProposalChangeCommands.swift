import Bus
import Contracts
import Database
import Finance
import Foundation
import Terminal

/// A proposal by number, and company where several have it.
struct ProposalSelection: ParsableArguments {
    @Argument(help: "The proposal's number.") var number: String
    @Option(help: "The company, when several have this number.") var company: Company?
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    init() {}

    /// Does something with the proposal.
    ///
    /// - parameter action: what, as the command is called behind `finance proposals`.
    func change<T>(
        _ action: String, by actor: String = OperatorAction.currentActor, because reason: String? = nil,
        _ body: (ProposalChange) throws -> T
    ) throws -> T {
        let run = OperatorRun(
            command: "finance proposals \(action)", of: number, by: actor, because: reason,
            standing: AuditedRows.proposals.standing([number]))
        let connection = try Side.finance.connect(configuration.reader(), for: run)
        let companies = try ProposalSummary.companies(withProposal: number, company: company, connection)
        guard let first = companies.first else {
            throw CommandFailure("There is no proposal \(number); see ledgerbus finance proposals list.")
        }
        guard companies.count == 1 else {
            throw CommandFailure("Several companies have a proposal \(number): give --company.")
        }
        return try body(ProposalChange(number, of: first, on: connection))
    }
}

struct ProposalSetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Set the due date of a proposal's invoice.",
        discussion: """
            It holds if the invoice is posted on the proposal's own date: posting it with --invoice-date, or moved to an open \
            period, computes the due date by the payment terms.
            """,
        examples: [
            "ledgerbus finance proposals set PI-2026-0001 --due-date 2026-12-31",
            "ledgerbus finance proposals set PI-2026-0001 --terms",
        ])

    @OptionGroup var selection: ProposalSelection
    @Option(help: "The day on which the customer has to have paid.") var dueDate: CalendarDate?
    @Flag(help: "By the payment terms again.") var terms = false

    func validate() throws {
        if (dueDate == nil) != terms { throw ValidationError("Give --due-date or --terms.") }
    }

    func run() throws {
        try selection.change("set") { try $0.setDueDate(dueDate) }
        if selection.output.json { return try JSONOutput.print(["dueDate": dueDate?.description]) }
        StandardStream.output.print(
            dueDate.map { "\(selection.number) is due on \($0)." } ?? "\(selection.number) is due by its payment terms."
        )
    }
}

struct ProposalDeleteLinesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete-lines",
        abstract: "Delete all lines of a proposal; the next import makes them anew, by the set-up of then.",
        examples: ["ledgerbus finance proposals delete-lines PI-2026-0001"])

    @OptionGroup var selection: ProposalSelection

    func run() throws {
        let lines = try selection.change("delete-lines") {
            try $0.deleteLines(requestedBy: OperatorAction.currentActor)
        }
        if selection.output.json { return try JSONOutput.print(["deletedLines": lines]) }
        StandardStream.output.print(
            "The \(lines.grouped) lines of \(selection.number) are deleted; the next import makes them anew.")
    }
}

/// Who takes a step of the workflow, and why.
struct ApprovalOptions: ParsableArguments {
    @OptionGroup var selection: ProposalSelection
    @Option(help: "Who does so; the user of this machine when it is left out.") var by: String?
    @Option(help: "Why; kept with the step.") var comment: String?

    init() {}

    private struct Outcome: Encodable {
        let number: String
        let approval: ProposalApproval
    }

    func take(_ action: ProposalApproval.Action, _ command: String) throws {
        let person = by ?? OperatorAction.currentActor
        let approval = try selection.change(command, by: person, because: comment) {
            try $0.take(action, by: person, comment: comment)
        }
        if selection.output.json {
            return try JSONOutput.print(Outcome(number: selection.number, approval: approval))
        }
        StandardStream.output.print("\(selection.number) is \(approval.rawValue).")
    }
}

struct ProposalSubmitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit", abstract: "Submit a proposal that has all its lines, to be approved.",
        examples: ["ledgerbus finance proposals submit PI-2026-0001 --comment \"October\""])

    @OptionGroup var options: ApprovalOptions

    func run() throws { try options.take(.submit, "submit") }
}

struct ProposalApproveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Approve a proposal that was submitted: it can be posted.",
        examples: ["ledgerbus finance proposals approve PI-2026-0001 --by Ada"])

    @OptionGroup var options: ApprovalOptions

    func run() throws { try options.take(.approve, "approve") }
}

struct ProposalRejectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject", abstract: "Reject a proposal that was submitted or approved: it is not posted.",
        examples: ["ledgerbus finance proposals reject PI-2026-0001 --comment \"rate of line 3\""])

    @OptionGroup var options: ApprovalOptions

    func run() throws { try options.take(.reject, "reject") }
}
