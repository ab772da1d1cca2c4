import Contracts
import Database
import Service

/// A handler, measured: how many messages took effect, how long their rows took, and what the database did not take.
struct MeteredHandler: TopicHandler {
    private let handler: any TopicHandler
    private let meter: Meter

    /// The series of one consumer and topic.
    fileprivate struct Meter: Sendable {
        let metrics: MetricsRegistry
        let consumer: String
        let topic: String
        let duration: Histogram

        func failed(_ error: DatabaseError) {
            metrics.counter(BusMetrics.handlerFailures, consumer, topic, error.sqlState ?? "connection").increment()
        }
    }

    init(_ handler: any TopicHandler, of consumer: Program, _ metrics: MetricsRegistry) {
        self.handler = handler
        let topic = handler.topic.rawValue
        meter = Meter(
            metrics: metrics, consumer: consumer.rawValue, topic: topic,
            duration: metrics.histogram(BusMetrics.handlerDuration, consumer.rawValue, topic))
    }

    var topic: TopicName { handler.topic }

    func makeCollector() throws -> any MessageCollector {
        MeteredCollector(try handler.makeCollector(), meter)
    }
}

private final class MeteredCollector: MessageCollector {
    private let collector: any MessageCollector
    private let meter: MeteredHandler.Meter

    init(_ collector: any MessageCollector, _ meter: MeteredHandler.Meter) {
        self.collector = collector
        self.meter = meter
    }

    func add(_ value: UnsafeRawBufferPointer, from source: MessageSource) throws {
        try collector.add(value, from: source)
    }

    func write(to connection: Connection) throws {
        let start = ContinuousClock.now
        do {
            try collector.write(to: connection)
        } catch let error as DatabaseError {
            meter.failed(error)
            throw error
        }
        meter.duration.record(.now - start)
    }

    func committed() { collector.committed() }
}
