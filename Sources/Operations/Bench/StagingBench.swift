import Bus
import Contracts
import Database
import Finance
import Kafka
import Service

/// Measures the staging of actuals that are in the topic already, from the first batch that has committed to the last.
struct StagingBench {
    let configuration: BusConfiguration
    let databaseURL: String
    let rows: Int
    let shutdown: GracefulShutdown
    let logger: Logger

    private static let batch = 10_000
    private let consumed: [TopicName] = [.invoiceConfirmed, .actualCreated, .transactionConnected]

    func run() throws -> StageFigure {
        let connection = try Connection(url: databaseURL, applicationName: "ledgerbus bench")
        let choices = configuration.choices
        let consumer = RunningService(until: shutdown) {
            TransactionalConsumer(
                program: .financeConsumer,
                handlers: [
                    InvoiceConfirmedHandler(choices: choices), ActualCreatedHandler(choices: choices),
                    TransactionConnectedHandler(choices: choices),
                ], configuration: configuration, databaseURL: databaseURL, shutdown: $0, logger: logger)
        }
        let topics = consumed.map { configuration.clusterName($0.rawValue) }
        func staged() throws -> Int {
            try ConsumerPositionStore.consumed(topics, by: .financeConsumer, on: connection)
        }
        var first = 0
        try consumer.wait {
            first = try staged()
            return first > 0
        }
        let start = ContinuousClock.now
        try consumer.wait { try staged() >= rows }
        let took = ContinuousClock.now - start
        try consumer.stop()
        let count = try StagedActualCount.count(connection)
        guard count == rows else {
            throw BenchRefusal(description: "\(count) actuals are staged, and \(rows) are in the topic")
        }
        guard first < rows else { throw BenchRefusal(description: "all rows came in one batch: ask for more --rows") }
        return StageFigure(stage: "staging", rows: rows - first, took: took, baseline: try copy())
    }

    /// The same rows in the same order by a plain `COPY` into a table of the same columns and indexes.
    private func copy() throws -> StageFigure.Baseline {
        StageFigure.Baseline(
            name: "plain COPY", rows: rows, took: try StagedActualCount.plainCopy(url: databaseURL, batch: Self.batch))
    }
}
