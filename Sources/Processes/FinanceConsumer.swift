import Bus
import Finance
import Service
public import Terminal

/// Stages what Dataverse publishes in the Finance database.
public struct FinanceConsumer: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: Program.financeConsumer.rawValue,
        abstract: "Build proposals, actuals staging rows and connections in the Finance database.",
        discussion: """
            Consumes invoice-confirmed, actual-created and transaction-connected. Start more of them to go faster: \
            they divide the partitions.
            """,
        examples: [
            "KAFKA_BOOTSTRAP_SERVERS=localhost:9092 FINANCE_DATABASE_URL=postgres://localhost/finance finance-consumer",
            "finance-consumer --config /etc/ledgerbus.yaml",
        ],
        version: Program.version)

    @Option(help: "The configuration file; LEDGERBUS_CONFIG names it as well.") var config: String?

    public init() {}

    public func run() async throws {
        let isDone = await ServiceProcess.main(.financeConsumer, config: config) { reader in
            let process = try ServiceProcess(
                .financeConsumer, side: .finance, migrations: FinanceSchema.migrations, reader: reader)
            let choices = process.configuration.choices
            let consumer = process.consumer(
                [
                    InvoiceConfirmedHandler(choices: choices), ActualCreatedHandler(choices: choices),
                    TransactionConnectedHandler(choices: choices),
                ], groupInstanceID: try reader.string(forKey: "kafka.group.instance.id"))
            try await process.run([consumer])
        }
        guard isDone else { throw ExitCode.failure }
    }
}
