public import Database

/// What an outbox holds and what it still has to send.
public struct OutboxReport: Sendable, Encodable {
    public struct Topic: Sendable, Encodable {
        public let topic: String
        public let pending: Int64
    }

    /// Rows that are not acknowledged by the broker.
    public let pending: Int64
    /// Seconds since the oldest of them committed; nil when there is none.
    public let oldestPendingSeconds: Int64?
    /// Who relays now; nil when nobody does.
    public let relay: String?
    /// The cluster that the outbox was relayed to last.
    public let clusterID: String?
    /// Why messages stay in the outbox; nil when nothing is in the way.
    public let lastFailure: String?
    /// When that was seen last.
    public let lastFailureAt: String?
    public let topics: [Topic]

    /// Who relays a side's outbox now; nil when nobody does. Its programs that consume do.
    ///
    /// - throws: `DatabaseError`.
    public static func relay(on connection: Connection) throws -> String? {
        try OutboxLease.holder(on: connection).owner
    }

    /// - throws: `DatabaseError`.
    public init(_ connection: Connection) throws {
        let backlog = try OutboxStore.backlog(on: connection)
        pending = backlog.pending
        oldestPendingSeconds = backlog.oldestSeconds
        let lease = try OutboxLease.holder(on: connection)
        relay = lease.owner
        clusterID = lease.clusterID
        lastFailure = lease.lastFailure
        lastFailureAt = lease.lastFailureAt?.text()
        topics = try OutboxStore.backlogByTopic(on: connection).map { Topic(topic: $0.topic, pending: $0.pending) }
    }
}
