import Database
import Foundation
import Service

/// Measures a relay by the chunks that are through.
struct RelayMeter: Sendable {
    private let delivered: Counter
    private let undelivered: Counter
    private let age: Histogram

    init(_ metrics: MetricsRegistry) {
        delivered = metrics.counter(BusMetrics.delivered)
        undelivered = metrics.counter(BusMetrics.undelivered)
        age = metrics.histogram(BusMetrics.deliveryAge)
    }

    /// How many messages the broker has acknowledged to this process.
    var progress: Int64 { delivered.value }

    /// What a finished chunk is given to, measured.
    func measuring(_ finished: @escaping (OutboxChunk) throws -> Void) -> (OutboxChunk) throws -> Void {
        { chunk in
            count(chunk, at: Date())
            try finished(chunk)
        }
    }

    /// - parameter time: when the chunk was finished.
    func count(_ chunk: OutboxChunk, at time: Date) {
        delivered.increment(by: chunk.acknowledged.count)
        undelivered.increment(by: chunk.undelivered)
        guard !chunk.acknowledged.isEmpty else { return }
        // Rows of one transaction have one time: there are few different ones.
        var created: [Int64: Int64] = [:]
        if chunk.undelivered == 0 {
            for event in chunk.events { created[event.createdAt.microsecondsSince2000, default: 0] += 1 }
        } else {
            let acknowledged = Set(chunk.acknowledged)
            for event in chunk.events where acknowledged.contains(event.id) {
                created[event.createdAt.microsecondsSince2000, default: 0] += 1
            }
        }
        let end = Instant(time).microsecondsSince2000
        var tally = age.makeTally()
        for (start, count) in created { tally.record(max(0, Double(end - start) / 1e6), times: count) }
        age.record(tally)
    }
}
