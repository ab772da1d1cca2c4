import Bus
import Dataverse
import Service
public import Terminal

/// Writes back to Dataverse what posting made of its actuals and invoices.
public struct DataverseConsumer: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: Program.dataverseConsumer.rawValue,
        abstract: "Update actuals and invoices in the Dataverse database from what was posted.",
        discussion: """
            Consumes accounting-detail and invoice-posted. It reads invoice-confirmed back as well, so as to notice that its \
            database was restored from a backup. Start more of them to go faster.
            """,
        examples: [
            "KAFKA_BOOTSTRAP_SERVERS=localhost:9092 DATAVERSE_DATABASE_URL=postgres://localhost/dataverse dataverse-consumer",
            "dataverse-consumer --config /etc/ledgerbus.yaml",
        ],
        version: Program.version)

    @Option(help: "The configuration file; LEDGERBUS_CONFIG names it as well.") var config: String?

    public init() {}

    public func run() async throws {
        let isDone = await ServiceProcess.main(.dataverseConsumer, config: config) { reader in
            let process = try ServiceProcess(
                .dataverseConsumer, side: .dataverse, migrations: DataverseSchema.migrations, reader: reader)
            let choices = process.configuration.choices
            let posted = MeteredInvoicePosted(
                InvoicePostedHandler(choices: choices), choices: choices, process.instruments.metrics)
            let consumer = process.consumer(
                [
                    AccountingDetailHandler(choices: choices), posted, PublishedConfirmationHandler(choices: choices),
                ],
                groupInstanceID: try reader.string(forKey: "kafka.group.instance.id"))
            try await process.run([consumer])
        }
        guard isDone else { throw ExitCode.failure }
    }
}
