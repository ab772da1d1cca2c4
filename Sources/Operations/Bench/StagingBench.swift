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
        func staged() throws -> Int {
            try connection.query("SELECT coalesce(sum(next), 0)::bigint FROM consumer_positions").single().int(0)
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
        let count = try connection.query("SELECT count(*) FROM actuals_staging").single().int(0)
        guard count == rows else {
            throw BenchRefusal(description: "\(count) actuals are staged, and \(rows) are in the topic")
        }
        guard first < rows else { throw BenchRefusal(description: "all rows came in one batch: ask for more --rows") }
        return StageFigure(stage: "staging", rows: rows - first, took: took, baseline: try copy(connection))
    }

    /// The same rows in the same order by a plain `COPY` into a table of the same columns and indexes.
    private func copy(_ connection: Connection) throws -> StageFigure.Baseline {
        try connection.executeScript(
            "ANALYZE actuals_staging; CREATE TABLE plain_actuals (LIKE actuals_staging INCLUDING ALL)")
        let target = try Connection(url: databaseURL, applicationName: "ledgerbus bench")
        var took = Duration.zero
        var batch = CopyRows()
        func write() throws {
            let start = ContinuousClock.now
            try target.transaction {
                _ = try target.copyIn("COPY plain_actuals FROM STDIN (FORMAT binary)") { try $0.write(batch) }
            }
            took += .now - start
            batch.removeAll(keepingCapacity: true)
        }
        try connection.copyOut(
            "COPY (SELECT * FROM actuals_staging ORDER BY batch_id, actual_id) TO STDOUT (FORMAT binary)"
        ) {
            row in
            batch.beginRow(columns: row.count)
            for column in 0..<row.count {
                if try row.isNull(column) { batch.null() } else { batch.append(bytes: try row.bytes(column)) }
            }
            if batch.rowCount == Self.batch { try write() }
        }
        if !batch.isEmpty { try write() }
        return StageFigure.Baseline(name: "plain COPY", rows: rows, took: took)
    }
}
