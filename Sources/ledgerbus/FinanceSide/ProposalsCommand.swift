import Bus
import Contracts
import Database
import Finance
import Service
import Terminal

struct ProposalsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proposals", abstract: "List invoice proposals, and what those without lines wait for.",
        examples: ["ledgerbus finance proposals list"], subcommands: [List.self, Create.self, Delete.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List invoice proposals.", examples: ["ledgerbus finance proposals list --json"])

        @Option(help: "Only this company's.") var company: Company?
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let proposals = try ProposalSummary.list(Side.finance.connect(configuration.reader()), company: company)
            if output.json { return try JSONOutput.print(proposals) }
            var table = Table(
                columns: [
                    "company", "proposal", "contract", "customer", .number("amount"), "currency", "arrived", "status",
                    "reason",
                ])
            for proposal in proposals {
                table.append(
                    proposal.company.rawValue, proposal.number, proposal.contractNumber,
                    proposal.customerName ?? proposal.customerAccount, proposal.amount.description.groupedDecimal,
                    proposal.currency.rawValue, "\(proposal.arrived.grouped) of \(proposal.expected.grouped)",
                    proposal.status.rawValue,
                    proposal.reason ?? "")
            }
            table.print()
        }
    }

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Refused: a proposal is made by a confirmed invoice alone.",
            examples: ["ledgerbus finance proposals create PI-2026-0001"])

        @Argument(help: "The number it would have.") var number: String?
        @OptionGroup var output: OutputOptions

        func run() throws { throw ProposalRefusal.create }
    }

    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Refused: a proposal belongs to a confirmed invoice.",
            examples: ["ledgerbus finance proposals delete PI-2026-0001"])

        @Argument(help: "The proposal's number.") var number: String?
        @OptionGroup var output: OutputOptions

        func run() throws { throw ProposalRefusal.delete }
    }
}
