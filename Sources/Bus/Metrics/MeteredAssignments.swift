import Kafka
import Service

/// What hears of partitions that are given and taken away, measured.
struct MeteredAssignments: AssignmentHandler {
    private let handler: any AssignmentHandler
    private let progress: ConsumerProgress
    private let given: Counter
    private let taken: Counter
    private let lost: Counter
    private let owned: Gauge

    init(
        _ handler: any AssignmentHandler, of consumer: Program, progress: ConsumerProgress, _ metrics: MetricsRegistry
    ) {
        self.handler = handler
        self.progress = progress
        given = metrics.counter(BusMetrics.rebalances, consumer.rawValue, "given")
        taken = metrics.counter(BusMetrics.rebalances, consumer.rawValue, "taken")
        lost = metrics.counter(BusMetrics.rebalances, consumer.rawValue, "lost")
        owned = metrics.gauge(BusMetrics.ownedPartitions, consumer.rawValue)
    }

    func assigned(_ partitions: [TopicPartition]) throws -> [TopicPartition: StartOffset] {
        let starts = try handler.assigned(partitions)
        given.increment()
        progress.owns(Set(starts.keys))
        owned.record(starts.count)
        return starts
    }

    func revoked(_ partitions: [TopicPartition], lost isLost: Bool) {
        handler.revoked(partitions, lost: isLost)
        (isLost ? lost : taken).increment()
        let rest = progress.owned.subtracting(partitions)
        progress.owns(rest)
        owned.record(rest.count)
    }
}
