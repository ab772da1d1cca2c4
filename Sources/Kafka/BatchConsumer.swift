import Service

/// A member of a consumer group that hands over messages in batches.
///
/// One thread of its own owns librdkafka's consumer. The methods here may be called from any other thread, except from
/// the ``AssignmentHandler``.
public final class BatchConsumer: Sendable {
    private let owner: ConsumerThread
    private let shared: Monitor<HandOver>
    private let outstanding: OutstandingBatches
    private let configuration: KafkaConfiguration
    public let group: String
    public let topics: [String]

    /// - Parameters:
    ///   - groupInstanceID: For a static member, which keeps its partitions for a whole session after it went away.
    /// - Throws: ``KafkaError`` that names the property when the configuration can't be used.
    public init(
        _ configuration: KafkaConfiguration, group: String, topics: [String], clientID: String,
        groupInstanceID: String? = nil, limits: BatchLimits = BatchLimits(), handler: any AssignmentHandler
    ) throws {
        self.configuration = configuration
        self.group = group
        self.topics = topics
        shared = Monitor(HandOver())
        outstanding = OutstandingBatches()
        let client = try Client(
            configuration, .consumer(group: group, instanceID: groupInstanceID), clientID: clientID)
        owner = try ConsumerThread(
            client, topics: topics, limits: limits, handler: handler, shared: shared, outstanding: outstanding)
    }

    deinit {
        shared.withLock { $0.isClosing = true }
        owner.endIfNeverStarted()
    }

    /// Joins the group.
    ///
    /// - Throws: ``KafkaError`` if a topic does not exist, or the cluster does not answer within the timeout.
    public func start(timeout: Duration = .seconds(30)) throws {
        try owner.start(timeout: timeout)
    }

    /// The next batch, or nil when none came in time.
    ///
    /// - Throws: ``KafkaError``: `closed`; with `isFatal`, when this consumer can't go on; with a topic and a partition,
    ///   when that partition can't be read (for example `offsetOutOfRange`), after which other partitions go on.
    public func next(timeout: Duration) throws -> MessageBatch? {
        let batch = try shared.wait(upTo: timeout) { state -> MessageBatch? in
            if state.isClosing { throw KafkaError(.closed, "The consumer of \(group) is closed") }
            guard !state.waiting.isEmpty else {
                if let failure = state.failure { throw failure }
                return nil
            }
            switch state.waiting.removeFirst() {
            case .messages(let messages):
                return MessageBatch(
                    messages.entries, bytes: messages.bytes, topics: topics, outstanding: outstanding)
            case .failure(let failure):
                throw failure
            }
        }
        // The owner may be waiting for room.
        if batch != nil { shared.withLock { $0.isSignalled = true } }
        return batch
    }

    /// Stops reading partitions until they are resumed. What waits to be taken still comes, unless ``seek(_:to:)``
    /// takes it back. A partition that is lost and assigned again is not paused any more.
    public func pause(_ partitions: [TopicPartition]) {
        shared.withLock { $0.commands.append(.pause(partitions)) }
    }

    /// Reads partitions again that were paused; others are left alone.
    public func resume(_ partitions: [TopicPartition]) {
        shared.withLock { $0.commands.append(.resume(partitions)) }
    }

    /// Goes on at an offset. From this call on, nothing that was read before comes any more.
    public func seek(_ partition: TopicPartition, to start: StartOffset) {
        _ = shared.withLock { state in
            state.seeking[partition, default: 0] += 1
            state.commands.append(.seek(partition, start))
            return state.takeBack(topics) { $0 == partition }
        }
    }

    /// Tells Kafka how far the group is (the next offsets), so that its tools show the lag. Best effort, asynchronous.
    public func mirror(_ positions: [TopicPartition: Int64]) {
        shared.withLock { $0.mirror.merge(positions) { $1 } }
    }

    /// The partitions that this consumer has now.
    public var assignment: Set<TopicPartition> {
        shared.peek { $0.assignment }
    }

    /// The ends of this consumer's partitions, as the last fetches told: the offset that the next message will have.
    public var endOffsets: [TopicPartition: Int64] {
        shared.peek { $0.endOffsets }
    }

    /// Offsets that were passed over between two messages of a partition. A topic that is neither compacted nor written
    /// by transactions has none.
    public var skippedOffsets: Int64 {
        shared.peek { $0.skippedOffsets }
    }

    /// Leaves the group and ends. Release all batches before.
    ///
    /// - Returns: False if the cluster, librdkafka or a batch that is still held did not let it end within the timeout.
    @discardableResult
    public func close(timeout: Duration) -> Bool {
        shared.withLock { state in
            state.isClosing = true
            state.closeDeadline = state.closeDeadline ?? .now + timeout
        }
        owner.endIfNeverStarted()
        // The thread keeps to the deadline by itself, unless the assignment handler holds it up.
        return shared.wait(upTo: timeout + .milliseconds(500)) { $0.end } == .clean
    }
}
