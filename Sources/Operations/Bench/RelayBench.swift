import Bus
import Contracts
import Database
import Kafka
import Service

/// Measures the relay of an outbox: from the commit of its rows to the deletion of the last pending one.
struct RelayBench {
    let configuration: BusConfiguration
    let databaseURL: String
    let rows: Int
    let shutdown: GracefulShutdown
    let logger: Logger

    static let warmUp = 20_000

    func run() throws -> Duration {
        let connection = try Connection(url: databaseURL, applicationName: "ledgerbus bench")
        let relay = RunningService(until: shutdown) {
            OutboxRelay(
                name: "bench relay", configuration: configuration, databaseURL: databaseURL, shutdown: $0,
                logger: logger)
        }
        let topic = configuration.clusterName(TopicName.actualCreated.rawValue)
        let admin = try Admin(configuration.kafka, clientID: "ledgerbus bench")
        let partitions = try TopicCatalogue().partitions(of: [.actualCreated], configuration)
        func relayed() throws -> Int { Int(try admin.watermarks(partitions).values.reduce(0) { $0 + $1.high }) }
        func waitForAll(_ total: Int) throws {
            try relay.wait { try relayed() >= total }
            try relay.wait { try !OutboxStore.hasPending(on: connection) }
        }
        let warmUp = min(Self.warmUp, rows)
        try fill(0..<warmUp, connection)
        try waitForAll(warmUp)
        try fill(warmUp..<warmUp + rows, connection)
        let start = ContinuousClock.now
        try waitForAll(warmUp + rows)
        let took = ContinuousClock.now - start
        try relay.stop()
        guard try relayed() == warmUp + rows else {
            throw BenchRefusal(description: "\(topic) has \(try relayed()) messages, and \(warmUp + rows) were relayed")
        }
        return took
    }

    /// Commits events in one transaction, so that the relay sees all of them at once.
    private func fill(_ range: Range<Int>, _ connection: Connection) throws {
        let outbox = try OutboxRows(choices: configuration.choices)
        let actuals = BenchActuals()
        try connection.transaction {
            for number in range {
                try outbox.append(actuals.actual(number), traceId: BenchActuals.invoiceId)
                try outbox.writeFullChunk(to: connection)
            }
            try outbox.write(to: connection)
        }
    }
}

extension TopicCatalogue {
    /// The partitions of some topics, by the names that they have on the cluster.
    func partitions(of topics: [TopicName], _ configuration: BusConfiguration) -> [TopicPartition] {
        topics.flatMap { topic in
            (0..<(declaration(topic.rawValue)?.partitions ?? 0)).map {
                TopicPartition(topic: configuration.clusterName(topic.rawValue), partition: Int32($0))
            }
        }
    }
}
