import Bus
import Foundation
import Processes
import Terminal

/// The operator's tool.
@main
struct Ledgerbus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledgerbus",
        abstract: "Carry project invoicing between Dataverse and Finance over Kafka, and see how it is.",
        discussion: """
            The work is done by dataverse-producer, finance-consumer, posting-consumer and dataverse-consumer. This tool \
            sets them up, feeds them, and shows what they do. Configuration comes from the environment, then from the \
            file that LEDGERBUS_CONFIG or --config names; `ledgerbus config check` shows it.
            """,
        examples: [
            "ledgerbus demo", "ledgerbus status", "ledgerbus dataverse load export/",
            "ledgerbus finance post --proposals --wait",
        ],
        version: Program.version,
        subcommands: [
            DemoCommand.self, BrokerCommand.self, DatabaseCommand.self, TopicsCommand.self, DataverseCommand.self,
            FinanceCommand.self, ErrorsCommand.self, AuditCommand.self, PositionsCommand.self, OutboxCommand.self,
            RetentionCommand.self,
            MapsCommand.self,
            StatusCommand.self, AlertsCommand.self,
            ReconcileCommand.self, WhyCommand.self, TraceCommand.self,
            ConfigCommand.self, BenchCommand.self,
        ])

    /// Runs the program by whose name it is called: a package holds all of them in one file, which has five names.
    @MainActor
    static func main() async {
        let name = CommandLine.arguments.first.map { URL(fileURLWithPath: $0).lastPathComponent }
        switch name.flatMap({ Program(rawValue: $0) }) {
        case .dataverseProducer: await DataverseProducer.main()
        case .financeConsumer: await FinanceConsumer.main()
        case .postingConsumer: await PostingConsumer.main()
        case .dataverseConsumer: await DataverseConsumer.main()
        case .ledgerbus, nil: await main(Array(CommandLine.arguments.dropFirst()))
        }
    }
}
