public import Database

/// One side's outbox and errors.
public struct SideState: Sendable, Encodable {
    public let side: String
    public let outboxPending: Int64
    public let outboxOldestSeconds: Int64?
    public let relay: String?
    /// Why messages stay in the outbox; nil when nothing is in the way.
    public let relayFailure: String?
    /// When that was seen last.
    public let relayFailureAt: String?
    public let deadLetters: Int64
    public let waitingMessages: Int64

    /// - throws: `DatabaseError`.
    public init(_ side: Side, _ connection: Connection) throws {
        let outbox = try OutboxReport(connection)
        self.side = side.rawValue
        outboxPending = outbox.pending
        outboxOldestSeconds = outbox.oldestPendingSeconds
        relay = outbox.relay
        relayFailure = outbox.lastFailure
        relayFailureAt = outbox.lastFailureAt
        deadLetters = Int64(try DeadLetterStore.count(on: connection))
        waitingMessages = Int64(try HeldMessageStore.count(on: connection))
    }
}
