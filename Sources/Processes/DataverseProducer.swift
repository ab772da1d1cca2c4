import Bus
import Dataverse
import Service
public import Terminal

/// Relays the Dataverse outbox to Kafka.
public struct DataverseProducer: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: Program.dataverseProducer.rawValue,
        abstract: "Publish what has committed in the Dataverse database.",
        discussion: """
            Relays the outbox to invoice-confirmed, actual-created, transaction-connected and the dead-letter topics. \
            Several can run: one relays, the others stand by.
            """,
        examples: [
            "KAFKA_BOOTSTRAP_SERVERS=localhost:9092 DATAVERSE_DATABASE_URL=postgres://localhost/dataverse dataverse-producer",
            "dataverse-producer --config /etc/ledgerbus.yaml",
        ],
        version: Program.version)

    @Option(help: "The configuration file; LEDGERBUS_CONFIG names it as well.") var config: String?

    public init() {}

    public func run() async throws {
        let isDone = await ServiceProcess.main(.dataverseProducer, config: config) { reader in
            let process = try ServiceProcess(
                .dataverseProducer, side: .dataverse, migrations: DataverseSchema.migrations, reader: reader)
            try await process.run([process.relay(), process.lockWatch()])
        }
        guard isDone else { throw ExitCode.failure }
    }
}
