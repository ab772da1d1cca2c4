import Contracts
import Database
import Foundation
import Kafka
import Service

/// A batch writer, measured: batches, their size and duration, what was set aside, refused fences, the age of events.
final class MeteredBatchWriter: BatchWriting {
    private let writer: any BatchWriting
    private let metrics: MetricsRegistry
    private let consumer: String
    /// The declared topic of each topic's name on the cluster.
    private let topics: [String: String]
    private let sizes: Histogram
    private let durations: Histogram
    private let now: () -> Date

    init(
        _ writer: any BatchWriting, of consumer: Program, topics: [String: String], _ metrics: MetricsRegistry,
        now: @escaping () -> Date = { Date() }
    ) {
        self.writer = writer
        self.metrics = metrics
        self.consumer = consumer.rawValue
        self.topics = topics
        self.now = now
        sizes = metrics.histogram(BusMetrics.batchMessages, consumer.rawValue)
        durations = metrics.histogram(BusMetrics.batchDuration, consumer.rawValue)
        // It is there before it is needed, or nobody would see that it grew.
        _ = metrics.counter(BusMetrics.fencesRefused, consumer.rawValue)
    }

    func write(_ batch: PreparedBatch) throws -> BatchOutcome {
        let start = ContinuousClock.now
        let outcome = try writer.write(batch)
        durations.record(.now - start)
        sizes.record(Double(batch.range.count))
        metrics.counter(BusMetrics.fencesRefused, consumer).increment(by: outcome.lost.count)
        for (cause, count) in outcome.setAside {
            metrics.counter(
                BusMetrics.setAside, consumer, name(cause.topic), cause.waits ? "waits" : "dead-letter",
                cause.code.rawValue
            ).increment(by: count)
        }
        let time = now()
        for move in batch.moves {
            guard let next = outcome.moved[move.partition] else { continue }
            let topic = name(move.partition.topic)
            metrics.counter(BusMetrics.messages, consumer, topic).increment(by: Int(next - move.from))
            guard next == move.to, let age = age(of: move.last, in: batch.messages, at: time) else { continue }
            metrics.histogram(BusMetrics.eventAge, consumer, topic).record(age)
        }
        return outcome
    }

    private func name(_ topic: String) -> String { topics[topic] ?? topic }

    /// Seconds since the event of a message committed; nil when it does not say.
    private func age(of index: Int, in messages: MessageBatch, at time: Date) -> Double? {
        let text = messages.withHeaders(index) { headers in
            headers["ce_time"].map { String(decoding: $0.prefix(40), as: UTF8.self) }
        }
        guard let text, let date = try? Date(text, strategy: Self.fractional) else { return nil }
        // Two clocks: nothing takes effect before it happened.
        return max(0, time.timeIntervalSince(date))
    }

    private static let fractional = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
