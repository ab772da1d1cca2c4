import CRdKafka

/// What Kafka, or the library, refused or could not do. Its description is a sentence that says where and what to do.
public struct KafkaError: Error, Sendable, CustomStringConvertible {
    /// An error code: librdkafka's own below zero, Kafka's protocol above.
    public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        public let rawValue: Int32

        public init(rawValue: Int32) {
            self.rawValue = rawValue
        }

        init(_ code: rd_kafka_resp_err_t) {
            rawValue = code.rawValue
        }

        /// The consumer or producer was closed.
        public static let closed = Code(RD_KAFKA_RESP_ERR__DESTROY)
        /// The producer's queue is full: serve deliveries, then try again.
        public static let queueFull = Code(RD_KAFKA_RESP_ERR__QUEUE_FULL)
        /// A property is unknown, or has a value that it can't have.
        public static let invalidConfiguration = Code(RD_KAFKA_RESP_ERR__INVALID_ARG)
        /// The client can't go on and must be made anew.
        public static let fatal = Code(RD_KAFKA_RESP_ERR__FATAL)
        /// The broker could not be reached, or the connection broke.
        public static let transport = Code(RD_KAFKA_RESP_ERR__TRANSPORT)
        public static let allBrokersDown = Code(RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN)
        public static let timedOut = Code(RD_KAFKA_RESP_ERR__TIMED_OUT)
        /// A message was taken back from the producer's queue and never sent.
        public static let purged = Code(RD_KAFKA_RESP_ERR__PURGE_QUEUE)
        public static let authentication = Code(RD_KAFKA_RESP_ERR__AUTHENTICATION)
        /// The offset to read from is not in the partition, and nothing says where to go on instead.
        public static let offsetOutOfRange = Code(RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET)
        /// The assignment handler did not say where to start.
        public static let assignmentFailed = Code(RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS)
        public static let unknownTopicOrPartition = Code(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
        public static let topicAlreadyExists = Code(RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
        public static let messageTooLarge = Code(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE)
        /// The consumer's thread was kept from polling for so long that it had to leave the group; it joins again.
        public static let maxPollExceeded = Code(RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED)
        /// Another member of the group has this `group.instance.id`.
        public static let fencedInstance = Code(RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID)

        /// The partition's leader is being chosen, or has changed.
        var isWithoutLeader: Bool {
            [RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION]
                .contains(rd_kafka_resp_err_t(rawValue))
        }

        /// librdkafka's name of the code, such as `_QUEUE_FULL`.
        public var description: String {
            String(cString: rd_kafka_err2name(rd_kafka_resp_err_t(rawValue)))
        }
    }

    // One reference, so that a delivery report without an error stays small.
    private final class Storage: Sendable {
        let code: Code
        let message: String
        let isFatal: Bool
        let isRetriable: Bool
        let topic: String?
        let partition: Int32?
        let offset: Int64?

        init(
            code: Code, message: String, isFatal: Bool, isRetriable: Bool, topic: String?, partition: Int32?,
            offset: Int64?
        ) {
            self.code = code
            self.message = message
            self.isFatal = isFatal
            self.isRetriable = isRetriable
            self.topic = topic
            self.partition = partition
            self.offset = offset
        }
    }

    private let storage: Storage

    public var code: Code { storage.code }
    /// What is wrong, where, and what to do, without any message's content.
    public var message: String { storage.message }
    /// The client that raised it can't be used any more.
    public var isFatal: Bool { storage.isFatal }
    /// The same may work a little later.
    public var isRetriable: Bool { storage.isRetriable }
    /// The message was taken back from the producer, sent or not.
    public var isTakenBack: Bool {
        [RD_KAFKA_RESP_ERR__PURGE_QUEUE, RD_KAFKA_RESP_ERR__PURGE_INFLIGHT].map(Code.init).contains(code)
    }
    public var topic: String? { storage.topic }
    public var partition: Int32? { storage.partition }
    public var offset: Int64? { storage.offset }

    public var description: String { "\(message) (\(code))" }

    public init(
        _ code: Code, _ message: String, isFatal: Bool = false, isRetriable: Bool? = nil, topic: String? = nil,
        partition: Int32? = nil, offset: Int64? = nil
    ) {
        storage = Storage(
            code: code, message: Self.authorizationCure(code).map { "\(message); \($0)" } ?? message, isFatal: isFatal,
            isRetriable: isRetriable ?? (!isFatal && Self.retriable.contains(code.rawValue)), topic: topic,
            partition: partition, offset: offset)
    }

    private static let retriable: Set<Int32> = Set(
        [
            RD_KAFKA_RESP_ERR__QUEUE_FULL, RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN,
            RD_KAFKA_RESP_ERR__TIMED_OUT, RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE, RD_KAFKA_RESP_ERR__MSG_TIMED_OUT,
            RD_KAFKA_RESP_ERR__RESOLVE, RD_KAFKA_RESP_ERR__WAIT_COORD, RD_KAFKA_RESP_ERR__PURGE_QUEUE,
            RD_KAFKA_RESP_ERR__PURGE_INFLIGHT, RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE,
            RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
            RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_REPLICA_NOT_AVAILABLE,
            RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
            RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
            RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND,
            RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS, RD_KAFKA_RESP_ERR_NOT_CONTROLLER,
        ].map(\.rawValue))
}

extension KafkaError {
    /// librdkafka's text for a code.
    static func text(_ code: rd_kafka_resp_err_t) -> String {
        String(cString: rd_kafka_err2str(code))
    }

    /// Takes over the error object, and destroys it. `doing` completes "Could not …".
    init(consuming error: OpaquePointer, doing: String, topic: String? = nil) {
        defer { rd_kafka_error_destroy(error) }
        self.init(
            Code(rd_kafka_error_code(error)),
            "Could not \(doing): \(String(cString: rd_kafka_error_string(error)))",
            isFatal: rd_kafka_error_is_fatal(error) != 0,
            isRetriable: rd_kafka_error_is_retriable(error) != 0 ? true : nil, topic: topic)
    }
}
