import Bus
import Contracts
import Kafka
import Service
import Terminal
import Text

struct BrokerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "broker",
        abstract: "Run the embedded broker, for other processes on this machine.",
        discussion: """
            It speaks Kafka's protocol on 127.0.0.1 and has the declared topics, so kcat and the programs of the bus can \
            use it. It keeps at most 5 MiB a partition, in memory, and has no administration and no transactions: it is \
            for a first look and for tests. It runs until Ctrl-C.
            """,
        examples: ["ledgerbus broker", "ledgerbus broker --address-file /tmp/broker"])

    @Option(help: "Also write the address to this file, once the broker listens.") var addressFile: String?
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let reader = try configuration.reader()
        let prefix = try reader.topicPrefix()
        let catalogue = try TopicCatalogue(folder: reader.string(forKey: "topics.folder"))
        let broker = try EmbeddedBroker(
            topics: catalogue.declarations.map { (name: prefix + $0.name, partitions: $0.partitions) })
        defer { broker.stop() }
        if output.json {
            try JSONOutput.print(["bootstrapServers": broker.bootstrapServers])
        } else {
            StandardStream.output.print("\(broker.bootstrapServers)")
        }
        Notice.print(
            "The embedded broker listens; it keeps 5 MiB a partition, in memory. Ctrl-C ends it.", asJSON: output.json)
        if let addressFile {
            try TextFile.write("\(broker.bootstrapServers)\n", to: addressFile)
        }
        let shutdown = GracefulShutdown()
        let trap = SignalTrap([.sigterm, .sigint]) { _ in shutdown.request() }
        defer { trap.cancel() }
        await shutdown.requested()
    }
}
