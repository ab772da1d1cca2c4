import CRdKafka
import Synchronization

/// Sends messages idempotently, acknowledged by all in-sync replicas.
///
/// It belongs to one thread, which calls all of its methods. A message counts as sent when its ``Delivery`` has no error.
public final class Producer {
    private let client: Client
    private var topics: [String: OpaquePointer] = [:]
    private var lastTopic: (name: String, handle: OpaquePointer)?
    private let arguments: UnsafeMutablePointer<rd_kafka_vu_t>
    private var isClosed = false

    /// - Throws: ``KafkaError`` that names the property when the configuration can't be used.
    public init(_ configuration: KafkaConfiguration, clientID: String) throws {
        client = try Client(configuration, .producer, clientID: clientID)
        arguments = .allocate(capacity: 6)
        arguments.initialize(repeating: rd_kafka_vu_t(), count: 6)
        arguments[0].vtype = RD_KAFKA_VTYPE_RKT
        arguments[1].vtype = RD_KAFKA_VTYPE_MSGFLAGS
        arguments[1].u.i = RD_KAFKA_MSG_F_COPY
        arguments[2].vtype = RD_KAFKA_VTYPE_KEY
        arguments[3].vtype = RD_KAFKA_VTYPE_VALUE
        arguments[4].vtype = RD_KAFKA_VTYPE_OPAQUE
        arguments[5].vtype = RD_KAFKA_VTYPE_HEADERS
    }

    deinit {
        if !isClosed { destroy(timeout: .seconds(1)) }
        arguments.deallocate()
    }

    /// Constant headers of a topic, built once and copied for each message.
    public func headerTemplate(_ headers: [(String, String)]) -> HeaderTemplate {
        HeaderTemplate(headers)
    }

    /// Hands a message over for sending, without blocking; its bytes are copied.
    ///
    /// - Parameters:
    ///   - key: Decides the partition; nil for any.
    ///   - value: Nil for a message without a value.
    ///   - headers: What this message has besides the template's.
    ///   - token: Comes back in the message's ``Delivery``.
    /// - Throws: ``KafkaError`` with code `queueFull` when the queue is full: serve deliveries and send again. With
    ///   `isFatal`: close this producer, make a new one and send again what was not acknowledged.
    public func send(
        topic: String, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?, template: HeaderTemplate? = nil,
        headers: [(String, UnsafeRawBufferPointer)] = [], token: Int
    ) throws {
        arguments[0].u.rkt = try handle(of: topic)
        setBytes(2, key)
        setBytes(3, value)
        arguments[4].u.ptr = UnsafeMutableRawPointer(bitPattern: token)
        var count = 5
        var list: OpaquePointer?
        if template != nil || !headers.isEmpty {
            let made: OpaquePointer =
                template.map { rd_kafka_headers_copy($0.headers) } ?? rd_kafka_headers_new(headers.count)
            for (name, value) in headers { Self.add(name, value, to: made) }
            arguments[5].u.headers = made
            list = made
            count = 6
        }
        guard let error = rd_kafka_produceva(client.handle, arguments, count) else {
            outstanding += 1
            return
        }
        // Only a success takes the headers over.
        if let list { rd_kafka_headers_destroy(list) }
        throw sendFailure(error, topic: topic)
    }

    /// Appends the deliveries there are; when there are none, waits for the first for up to the timeout.
    public func deliveries(into deliveries: inout [Delivery], timeout: Duration) {
        guard !isClosed else { return }
        let before = deliveries.count
        // What came while this thread polled for something else.
        deliveries += client.context.deliveries
        client.context.deliveries = []
        // The callback appends to the caller's own array.
        swap(&client.context.deliveries, &deliveries)
        defer {
            swap(&client.context.deliveries, &deliveries)
            outstanding -= deliveries.count - before
        }
        rd_kafka_poll(client.handle, 0)
        let deadline = ContinuousClock.now + timeout
        while client.context.deliveries.count == before {
            let left = deadline - .now
            guard left > .zero else { return }
            rd_kafka_poll(client.handle, left.milliseconds)
        }
    }

    /// Messages handed over and not yet reported as deliveries.
    public private(set) var outstanding = 0

    /// The error after which this producer can only be closed. Then make a new one and send again from the outbox.
    public var fatalError: KafkaError? {
        isClosed ? nil : Client.fatalError(of: client.handle)
    }

    /// Takes what librdkafka has to tell. Deliveries are kept for ``deliveries(into:timeout:)``.
    public func poll() {
        guard !isClosed else { return }
        rd_kafka_poll(client.handle, 0)
    }

    /// How often it was seen that no broker is reached. Those that are reached after that may be others: librdkafka goes on
    /// with them by their addresses.
    public var outages: Int { client.context.outage.count }

    /// What went wrong last with a connection; nil for nothing yet.
    public var connectionError: KafkaError? { client.context.lastError.withLock { $0 } }

    /// Connects and learns about the topics, so that the first message does not wait.
    ///
    /// - Throws: ``KafkaError`` if a topic does not exist, or the cluster does not answer in time.
    public func warmUp(topics: [String], timeout: Duration) throws {
        guard !isClosed else { throw closedError }
        try client.requireTopics(topics, timeout: timeout) { rd_kafka_poll($0, 0) }
        for topic in topics { _ = try handle(of: topic) }
    }

    /// Sends what is queued, for up to the timeout, then takes back what was never sent, and ends.
    ///
    /// - Returns: The deliveries that came meanwhile. A message without one may or may not have been written.
    @discardableResult
    public func close(timeout: Duration) -> [Delivery] {
        guard !isClosed else { return [] }
        if rd_kafka_flush(client.handle, timeout.milliseconds) != RD_KAFKA_RESP_ERR_NO_ERROR {
            rd_kafka_purge(client.handle, RD_KAFKA_PURGE_F_QUEUE)
            rd_kafka_poll(client.handle, 100)
        }
        let last = client.context.deliveries
        client.context.deliveries = []
        outstanding -= last.count
        destroy(timeout: .seconds(5))
        return last
    }

    /// Takes back all that has not been acknowledged. Some of it may have been written.
    public func drop() {
        guard !isClosed else { return }
        rd_kafka_purge(client.handle, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
    }

    private func destroy(timeout: Duration) {
        isClosed = true
        for handle in topics.values { rd_kafka_topic_destroy(handle) }
        topics = [:]
        lastTopic = nil
        client.destroy(timeout: timeout)
    }

    private var closedError: KafkaError {
        KafkaError(.closed, "The producer is closed: make a new one")
    }

    private func setBytes(_ index: Int, _ bytes: UnsafeRawBufferPointer?) {
        // A value of no bytes is not the same as no value: it needs an address, whichever.
        let nothing = UnsafeMutableRawPointer(arguments)
        arguments[index].u.mem.ptr = bytes.map {
            $0.baseAddress.map(UnsafeMutableRawPointer.init(mutating:)) ?? nothing
        }
        arguments[index].u.mem.size = bytes?.count ?? 0
    }

    private static func add(_ name: String, _ value: UnsafeRawBufferPointer, to list: OpaquePointer) {
        let added: Void? = name.utf8.withContiguousStorageIfAvailable { bytes in
            _ = bytes.withMemoryRebound(to: CChar.self) {
                rd_kafka_header_add(list, $0.baseAddress, $0.count, value.baseAddress, value.count)
            }
        }
        if added == nil { rd_kafka_header_add(list, name, -1, value.baseAddress, value.count) }
    }

    private func handle(of topic: String) throws -> OpaquePointer {
        if let lastTopic, lastTopic.name == topic { return lastTopic.handle }
        guard !isClosed else { throw closedError }
        let found: OpaquePointer
        if let known = topics[topic] {
            found = known
        } else if let made = rd_kafka_topic_new(client.handle, topic, nil) {
            topics[topic] = made
            found = made
        } else {
            throw client.failure(rd_kafka_last_error(), doing: "use the topic \(topic)", topic: topic)
        }
        lastTopic = (topic, found)
        return found
    }

    private func sendFailure(_ error: OpaquePointer, topic: String) -> KafkaError {
        switch rd_kafka_error_code(error) {
        case RD_KAFKA_RESP_ERR__QUEUE_FULL:
            rd_kafka_error_destroy(error)
            return KafkaError(
                .queueFull, "The producer's queue is full: serve deliveries, then send again", topic: topic)
        case RD_KAFKA_RESP_ERR__FATAL:
            rd_kafka_error_destroy(error)
            return fatalError ?? KafkaError(.fatal, "The producer can't go on: make a new one", isFatal: true)
        default:
            return KafkaError(consuming: error, doing: "send a message to \(topic)", topic: topic)
        }
    }
}

extension Producer {
    /// The partition to which messages with a key go, unless another partitioner is configured.
    public static func partition(ofKey key: [UInt8], among count: Int32) -> Int32 {
        key.withUnsafeBytes { rd_kafka_msg_partitioner_murmur2(nil, $0.baseAddress, $0.count, count, nil, nil) }
    }
}
