import Bus
import Finance
import Foundation
import Service
public import Terminal

/// Posts journals and proposals, and publishes what posting made of them.
public struct PostingConsumer: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: Program.postingConsumer.rawValue,
        abstract: "Post integration journals and invoice proposals, and relay Finance's outbox.",
        discussion: """
            Consumes posting-requested, posts, and relays the outbox to posting-requested, accounting-detail, \
            invoice-posted and the dead-letter topics. It reads the latter two back as well, so as to notice that its \
            database was restored from a backup. Start more of them to go faster: they share the requests.
            """,
        examples: [
            "KAFKA_BOOTSTRAP_SERVERS=localhost:9092 FINANCE_DATABASE_URL=postgres://localhost/finance posting-consumer",
            "posting-consumer --config /etc/ledgerbus.yaml",
        ],
        version: Program.version)

    @Option(help: "The configuration file; LEDGERBUS_CONFIG names it as well.") var config: String?

    public init() {}

    public func run() async throws {
        let isDone = await ServiceProcess.main(.postingConsumer, config: config) { reader in
            let process = try ServiceProcess(
                .postingConsumer, side: .finance, migrations: FinanceSchema.migrations, reader: reader)
            let choices = process.configuration.choices
            let host = ProcessInfo.processInfo
            // What this database has published may be more than it knows, after it was restored.
            let readBack: [any TopicHandler] = [
                PublishedInvoiceHandler(choices: choices), PublishedDetailHandler(choices: choices),
            ]
            let catchUp = CatchUp(
                program: .postingConsumer, topics: readBack.map(\.topic), configuration: process.configuration,
                logger: process.logger)
            let workers = PostingWorkers(
                databaseURL: process.databaseURL, workers: try reader.postingWorkers(),
                zone: process.configuration.zone, choices: choices,
                name: "\(process.program.rawValue)@\(host.hostName)/\(host.processIdentifier)",
                instruments: process.instruments, shutdown: process.shutdown, logger: process.logger,
                mayPost: catchUp.isReached)
            let consumer = process.consumer(
                [PostingRequestedHandler(choices: choices)] + readBack,
                groupInstanceID: try reader.string(forKey: "kafka.group.instance.id"))
            try await process.run([consumer, workers, process.relay()])
        }
        guard isDone else { throw ExitCode.failure }
    }
}
