import Bus
import Contracts
import Database
import Foundation
import Kafka

/// What was on its way at a moment: when all of it has come through, the bus has recovered from what was before.
struct Backlog {
    private struct Consumer {
        let program: Program
        let side: Side
        let topics: [String]
        let end: Int
    }

    private let world: World
    private let lastRow: [Side: Int64]
    private let consumers: [Consumer]
    private let since = ContinuousClock.now

    /// How long nothing of it may come through after the last fault has gone; how long all of it takes is a matter of how much
    /// it is.
    static let patience = Duration.seconds(240)

    /// Looks now.
    init(_ world: World) throws {
        self.world = world
        var lastRow: [Side: Int64] = [:]
        for side in [Side.dataverse, .finance] {
            lastRow[side] = try retrying {
                try world.connect(side).value(Int64.self, "SELECT coalesce(max(id), 0) FROM outbox")
            }
        }
        self.lastRow = lastRow
        let configuration = try world.configuration(.dataverse)
        let consumed: [(Program, Side, [TopicName])] = [
            (.financeConsumer, .finance, [.invoiceConfirmed, .actualCreated, .transactionConnected]),
            (.postingConsumer, .finance, [.postingRequested]),
            (.dataverseConsumer, .dataverse, [.accountingDetail, .invoicePosted]),
        ]
        consumers = try consumed.map { program, side, topics in
            let names = topics.map { configuration.clusterName($0.rawValue) }
            let partitions = topics.flatMap { topic in
                (0..<(configuration.catalogue.declaration(topic.rawValue)?.partitions ?? 0)).map {
                    TopicPartition(topic: configuration.clusterName(topic.rawValue), partition: Int32($0))
                }
            }
            let marks = try retrying { try world.admin().watermarks(partitions) }
            return Consumer(
                program: program, side: side, topics: names, end: Int(marks.values.reduce(0) { $0 + $1.high }))
        }
    }

    /// Waits until all of it has come through.
    ///
    /// - returns: in how many seconds; nil when it has not.
    func awaitNone() -> Double? {
        var (least, progress) = (Int.max, since)
        while ContinuousClock.now - progress < Self.patience {
            if let left = try? left() {
                if left.isEmpty { return (ContinuousClock.now - since) / .seconds(1) }
                let sum = left.reduce(0) { $0 + $1.count }
                if sum < least { (least, progress) = (sum, .now) }
            }
            usleep(200_000)
        }
        let left = (try? left())?.map(\.what) ?? ["a server does not answer"]
        world.history.contradict("no progress for \(Self.patience) after the last fault: \(left)")
        return nil
    }

    /// What is left of it, how much and in words.
    private func left() throws -> [(count: Int, what: String)] {
        var left: [(count: Int, what: String)] = []
        for (side, last) in lastRow {
            let pending = try world.connect(side).value(
                Int.self, "SELECT count(*) FROM outbox_pending WHERE id <= $1", last)
            if pending > 0 { left.append((pending, "\(pending) rows of \(side.rawValue) are not published")) }
        }
        for consumer in consumers {
            let taken = try ConsumerPositionStore.consumed(
                consumer.topics, by: consumer.program, on: world.connect(consumer.side))
            if taken < consumer.end {
                left.append(
                    (consumer.end - taken, "\(consumer.program.rawValue) has taken \(taken) of \(consumer.end)"))
            }
        }
        return left
    }
}
