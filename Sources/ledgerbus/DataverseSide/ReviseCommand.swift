import Bus
import Contracts
import Database
import Dataverse
import Terminal

struct ReviseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revise", abstract: "Revise a confirmed invoice: make a draft of corrections, or add them to one.",
        discussion: """
            Takes an invoice that is confirmed or paid, and all of it or some transactions: line details or billed sales. \
            Each correction starts as a full credit, with a quantity of 0; edit the draft where something shall remain \
            billed, and confirm it. With --into they go on a draft of the same contract, customer and currency. Many at \
            once: --file with rows such as {"invoice": "PI-000001", "all": true} or {"invoice": "PI-000001", \
            "transactions": ["…"], "into": "PI-000007"}. Milestones are credited as a whole; the lines of products and \
            retainers are not revised, nor what is corrected already. Rows that are refused cost themselves alone, and the \
            exit code is 1.
            """,
        examples: [
            "ledgerbus dataverse revise PI-2026-0009 --all",
            "ledgerbus dataverse revise PI-2026-0009 --transactions 5d8f2f0e-4b7a-ee11-8179-000d3a5b1c2d --into PI-000007",
            "ledgerbus dataverse revise --file revisions.json",
        ])

    @Argument(help: "The invoice's number or id; none with --file.") var invoice: String?
    @Flag(help: "All of its line details.") var all = false
    @Option(help: "Ids of line details or billed sales, with commas between them.") var transactions: TransactionIds?
    @Option(help: "The number or id of the draft that takes the corrections; a new one when it is left out.") var into:
        String?
    @OptionGroup var request: RequestOptions
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard request.file == nil else {
            if invoice != nil || all || transactions != nil || into != nil {
                throw ValidationError("Give an invoice, or --file, which says all itself.")
            }
            return
        }
        guard invoice != nil else { throw ValidationError("Give an invoice, or --file FILE.") }
        if all == (transactions != nil) { throw ValidationError("Give --all or --transactions ID,ID.") }
    }

    func run() throws {
        let reader = try configuration.reader()
        let settings = try DataverseConfiguration(reader: reader, choices: ChoiceTables(reader: reader))
        let run = OperatorRun(command: "dataverse revise", of: invoice ?? request.name)
        let connection = try Side.dataverse.connect(reader, for: run)
        let revision = ReviseInvoices(connection: connection, configuration: settings)
        let report =
            if let sources = try request.sources() {
                try revision.revise(sources)
            } else {
                try revision.revise(
                    RevisionRequest(invoice: invoice ?? "", transactions: transactions?.ids, into: into))
            }
        try run.conclude(with: ["drafts": report.drafts.map(\.invoiceNumber)], on: connection)
        if output.json { try JSONOutput.print(Output(report)) } else { show(report) }
        if report.request.hasRefusals { throw ExitCode.failure }
    }

    private func show(_ report: RevisionReport) {
        report.request.show("revised")
        if !report.drafts.isEmpty { report.drafts.show() }
    }

    private struct Output: Encodable {
        let drafts: [DraftedInvoice]
        let request: RequestOutput

        init(_ report: RevisionReport) { (drafts, request) = (report.drafts, report.request.output) }
    }
}

/// Some ids, with commas between them.
struct TransactionIds: ExpressibleByArgument {
    let ids: [GUID]

    init?(argument: String) {
        let parts = argument.split(separator: ",")
        ids = parts.compactMap { GUID(String($0)) }
        if ids.isEmpty || ids.count != parts.count { return nil }
    }

    var defaultValueDescription: String { ids.map(\.description).joined(separator: ",") }
    static var expectation: String? { "ids with commas between them" }
}
