public import Database
public import Kafka
import Service

/// The work of a relay: what is pending in the outbox of its side.
public struct OutboxWork: WorkSource {
    private let side: Side
    /// As ``OutboxLease`` knows the relay.
    private let owner: String
    private let meter: RelayMeter
    private let metrics: MetricsRegistry

    public var part: String { "outbox" }

    /// A relay that stands by takes over within seconds of the end of a lease.
    private static let standby = 2

    init(_ side: Side, owner: String, _ meter: RelayMeter, _ metrics: MetricsRegistry) {
        self.side = side
        self.owner = owner
        self.meter = meter
        self.metrics = metrics
    }

    public func look(_ connection: Connection, _ admin: Admin) throws -> [Work] {
        let backlog = try OutboxStore.pendingBacklog(on: connection)
        let lease = try OutboxLease.holder(on: connection)
        metrics.gauge(BusMetrics.outboxMessages, side.rawValue).record(backlog.pending)
        metrics.gauge(BusMetrics.outboxBytes, side.rawValue).record(backlog.bytes)
        metrics.gauge(BusMetrics.outboxAge, side.rawValue).record(backlog.oldestSeconds)
        metrics.gauge(BusMetrics.outboxRelayed, side.rawValue).record(lease.owner == nil ? 0 : 1)
        guard let holder = lease.owner else {
            return [
                Work(
                    "to publish", waiting: backlog.pending, done: meter.progress, cause: "no process relays them",
                    patience: Self.standby)
            ]
        }
        // How another process gets on, that one tells.
        guard holder == owner else { return [Work("to publish", waiting: 0, done: meter.progress)] }
        return [
            Work("to publish", waiting: backlog.pending, done: meter.progress, cause: lease.lastFailure)
        ]
    }
}

/// Measures what is set aside on a side. It is nobody's work.
struct SetAsideMeter: WorkSource {
    let side: Side
    let metrics: MetricsRegistry

    var part: String { "set aside" }

    func look(_ connection: Connection, _ admin: Admin) throws -> [Work] {
        metrics.replace(BusMetrics.deadLetters, with: series(try SetAsideCount.deadLetters(on: connection)))
        metrics.replace(BusMetrics.heldMessages, with: series(try SetAsideCount.heldMessages(on: connection)))
        return []
    }

    private func series(_ counts: [SetAsideCount]) -> [(labels: [String], value: Double)] {
        counts.map { ([side.rawValue, $0.code.rawValue], Double($0.count)) }
    }
}
