import CRdKafka
import Foundation
import Service

/// Owns librdkafka's consumer: polls, assigns, pauses, seeks and serves its callbacks, all on one thread.
///
/// librdkafka 2.0.2 loses messages when a batch is taken while another thread pauses or assigns. Messages come by a
/// queue of their own, so that rebalances and errors are served while there is no room for messages.
final class ConsumerThread: @unchecked Sendable {
    // Safe to share: until the thread starts, and when it never does, `lifecycle` is locked; then only the thread touches
    // anything but `shared`.
    let client: Client
    let shared: Monitor<HandOver>
    let handler: any AssignmentHandler
    let messages: OpaquePointer
    let events: OpaquePointer
    let topics: [String]
    private let limits: BatchLimits
    let outstanding: OutstandingBatches
    private let scratch: UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>?>
    private let lifecycle = Monitor(Lifecycle.new)
    private(set) var hasRun = false
    /// Which offset comes next in each partition.
    var sequence = OffsetSequence()
    private var endOffsetsAreDue = ContinuousClock.now
    var paused: Set<TopicPartition> = []
    private static let patience = Duration.milliseconds(200)

    private enum Lifecycle {
        case new, started, ended
    }

    init(
        _ client: Client, topics: [String], limits: BatchLimits, handler: any AssignmentHandler,
        shared: Monitor<HandOver>, outstanding: OutstandingBatches
    ) throws {
        self.client = client
        self.topics = topics
        self.limits = limits
        self.handler = handler
        self.shared = shared
        self.outstanding = outstanding
        rd_kafka_poll_set_consumer(client.handle)
        guard let messages = rd_kafka_queue_new(client.handle),
            let events = rd_kafka_queue_get_consumer(client.handle)
        else { throw KafkaError(.invalidConfiguration, "librdkafka made no queue for the consumer") }
        self.messages = messages
        self.events = events
        scratch = .allocate(capacity: limits.messages)
    }

    deinit {
        scratch.deallocate()
    }

    /// Subscribes and starts the thread. A close meanwhile waits for it.
    func start(timeout: Duration) throws {
        try lifecycle.peek { lifecycle in
            guard lifecycle == .new else {
                throw KafkaError(.closed, "The consumer was started or closed before: make a new one")
            }
            try subscribe(timeout: timeout)
            lifecycle = .started
            let thread = Thread { self.run() }
            thread.name = "kafka-consumer"
            thread.start()
        }
    }

    /// Checks that the topics exist (librdkafka 2.0.2 crashes on one that does not) and subscribes.
    private func subscribe(timeout: Duration) throws {
        try client.requireTopics(topics, timeout: timeout) {
            rd_kafka_consumer_poll($0, 0).map(rd_kafka_message_destroy)
        }
        let list = PartitionList(topics.map { TopicPartition(topic: $0, partition: RD_KAFKA_PARTITION_UA) })
        let code = list.withPointer { rd_kafka_subscribe(client.handle, $0) }
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw client.failure(code, doing: "subscribe to \(topics.joined(separator: ", "))")
        }
    }

    private func run() {
        hasRun = true
        client.context.rebalance = { [unowned self] code, partitions in rebalance(code, partitions) }
        let signal = Unmanaged.passUnretained(shared).toOpaque()
        for queue in [messages, events] {
            rd_kafka_queue_cb_event_enable(
                queue,
                { _, opaque in
                    guard let opaque else { return }
                    Unmanaged<Monitor<HandOver>>.fromOpaque(opaque).takeUnretainedValue().withLock {
                        $0.isSignalled = true
                    }
                }, signal)
        }
        while serve() {}
        end()
    }

    /// A consumer that was never started has no thread to end it.
    func endIfNeverStarted() {
        lifecycle.peek { lifecycle in
            guard lifecycle == .new else { return }
            lifecycle = .ended
            end()
        }
    }

    /// One turn: commands, events, messages; then waits for more. False when it is time to end.
    private func serve() -> Bool {
        let (commands, mirror, isClosing, room) = shared.peek { state in
            defer {
                state.commands = []
                state.mirror = [:]
                state.isSignalled = false
            }
            return (state.commands, state.mirror, state.isClosing, state.failure == nil ? state.room(limits) : 0)
        }
        for command in commands { execute(command) }
        if !mirror.isEmpty { commit(mirror) }
        if isClosing { return false }
        while let event = rd_kafka_consumer_poll(client.handle, 0) { take(event) }
        var isDrained = true
        if room > 0 {
            let size = min(room, limits.messages)
            let count = rd_kafka_consume_batch_queue(messages, 0, scratch, size)
            if count > 0 { handOver(count) }
            isDrained = count < size
        }
        updateEndOffsets()
        if isDrained {
            _ = shared.wait(upTo: Self.patience) { state in
                state.isSignalled || state.isClosing || !state.commands.isEmpty || !state.mirror.isEmpty
                    ? true : nil
            }
        }
        return true
    }

    private func execute(_ command: HandOver.Command) {
        switch command {
        case .pause(let partitions):
            let assignment = shared.peek { $0.assignment }
            let added = Set(partitions).intersection(assignment).subtracting(paused)
            guard !added.isEmpty else { return }
            PartitionList(added).withPointer { _ = rd_kafka_pause_partitions(client.handle, $0) }
            paused.formUnion(added)
        case .resume(let partitions):
            resume(Set(partitions))
        case .seek(let partition, let start):
            let place = start.placed
            if shared.peek({ $0.assignment.contains(partition) }) {
                // Without a timeout it does not wait, and the old messages are void from here on.
                let error = PartitionList([partition: place.offset]).withPointer { list in
                    rd_kafka_seek_partitions(client.handle, list, 0)
                }
                if let error {
                    fail(KafkaError(consuming: error, doing: "go to \(place.words) of \(partition)"))
                }
                sequence.restart(partition, at: place.next)
            }
            shared.withLock { state in
                let left = (state.seeking[partition] ?? 1) - 1
                state.seeking[partition] = left > 0 ? left : nil
            }
        }
    }

    /// Only what is paused: resuming another partition would rewind it on librdkafka before 2.4.
    func resume(_ partitions: Set<TopicPartition>) {
        let removed = paused.intersection(partitions)
        guard !removed.isEmpty else { return }
        PartitionList(removed).withPointer { _ = rd_kafka_resume_partitions(client.handle, $0) }
        paused.subtract(removed)
    }

    private func commit(_ positions: [TopicPartition: Int64]) {
        let assignment = shared.peek { $0.assignment }
        let own = positions.filter { assignment.contains($0.key) }
        guard !own.isEmpty else { return }
        PartitionList(own).withPointer { _ = rd_kafka_commit(client.handle, $0, 1) }
    }

    /// Moves messages from `scratch` to those that wait to be taken.
    private func handOver(_ count: Int) {
        var known: [(OpaquePointer, Int32)] = []
        let stale = StaleMessages()
        shared.withLock { state in
            for position in 0..<count {
                guard let message = scratch[position] else { continue }
                guard message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
                    state.waiting.append(.failure(partitionFailure(message)))
                    stale.messages.append(message)
                    continue
                }
                let topic = topicIndex(message, &known)
                let isStale =
                    !state.seeking.isEmpty
                    && state.seeking[.init(topic: topics[Int(topic)], partition: message.pointee.partition)] != nil
                if isStale {
                    stale.messages.append(message)
                } else {
                    sequence.pass(topics[Int(topic)], message.pointee.partition, message.pointee.offset)
                    state.add(.init(message: message, topicIndex: topic), limits)
                }
            }
            state.skippedOffsets = sequence.skipped
        }
        for gap in sequence.takeGaps() {
            client.context.log?(.warning, "GAP", "\(gap): compacted, of a transaction, or lost")
        }
    }

    /// Handles are compared within one call alone: held messages keep their topic's handle what it is.
    private func topicIndex(
        _ message: UnsafeMutablePointer<rd_kafka_message_t>, _ known: inout [(OpaquePointer, Int32)]
    ) -> Int32 {
        guard let handle = message.pointee.rkt else { return 0 }
        for (other, index) in known where other == handle { return index }
        let name = String(cString: rd_kafka_topic_name(handle))
        let index = Int32(topics.firstIndex(of: name) ?? 0)
        known.append((handle, index))
        return index
    }

    /// An error of the group or of a partition; not a message, as they come by the other queue.
    private func take(_ event: UnsafeMutablePointer<rd_kafka_message_t>) {
        guard event.pointee.err != RD_KAFKA_RESP_ERR_NO_ERROR else {
            scratch[0] = event
            handOver(1)
            return
        }
        defer { rd_kafka_message_destroy(event) }
        if let fatal = Client.fatalError(of: client.handle) { return fail(fatal) }
        let failure = partitionFailure(event)
        shared.withLock { $0.waiting.append(.failure(failure)) }
    }

    private func partitionFailure(_ message: UnsafeMutablePointer<rd_kafka_message_t>) -> KafkaError {
        let detail = message.pointee
        let text = rd_kafka_message_errstr(message).map { String(cString: $0) } ?? KafkaError.text(detail.err)
        guard let handle = detail.rkt else {
            return KafkaError(.init(detail.err), "The consumer can't read: \(text)")
        }
        let topic = String(cString: rd_kafka_topic_name(handle))
        guard detail.partition >= 0 else {
            return KafkaError(.init(detail.err), "The topic \(topic) can't be read: \(text)", topic: topic)
        }
        let place = TopicPartition(topic: topic, partition: detail.partition)
        let offset = detail.offset >= 0 ? detail.offset : nil
        return KafkaError(
            .init(detail.err), "\(place) can't be read\(offset.map { " at offset \($0)" } ?? ""): \(text)",
            topic: topic, partition: detail.partition, offset: offset)
    }

    /// Nothing more is read; whoever takes the next batch gets the reason.
    func fail(_ failure: KafkaError) {
        shared.withLock { $0.failure = $0.failure ?? failure }
    }

    private func updateEndOffsets() {
        guard ContinuousClock.now >= endOffsetsAreDue else { return }
        endOffsetsAreDue = .now + .seconds(1)
        var ends: [TopicPartition: Int64] = [:]
        for partition in shared.peek({ $0.assignment }) {
            var low: Int64 = 0
            var high: Int64 = 0
            let code = rd_kafka_get_watermark_offsets(
                client.handle, partition.topic, partition.partition, &low, &high)
            if code == RD_KAFKA_RESP_ERR_NO_ERROR, high >= 0 { ends[partition] = high }
        }
        shared.peek { $0.endOffsets = ends }
    }
}
