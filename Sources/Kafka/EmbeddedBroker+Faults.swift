import CRdKafka

/// Faults to inject, for tests.
extension EmbeddedBroker {
    /// A kind of request, by Kafka's number.
    public enum Request: Int16, Sendable {
        case produce = 0
        case fetch = 1
        case listOffsets = 2
        case metadata = 3
        case offsetCommit = 8
        case offsetFetch = 9
        case findCoordinator = 10
        case joinGroup = 11
        case heartbeat = 12
        case leaveGroup = 13
        case syncGroup = 14
        case initProducerID = 22
    }

    /// Answers the next requests of this kind with these errors, one each; `transport` breaks the connection. It is
    /// decided before the request takes effect.
    public func fail(_ request: Request, with errors: [KafkaError.Code]) {
        let codes = errors.map { rd_kafka_resp_err_t($0.rawValue) }
        rd_kafka_mock_push_request_errors_array(cluster, request.rawValue, codes.count, codes)
    }

    /// Forgets the errors that were not used yet.
    public func clearFailures(_ request: Request) {
        rd_kafka_mock_clear_request_errors(cluster, request.rawValue)
    }

    /// Closes a broker's connections and listens no more. Brokers count from 1.
    public func takeDown(_ broker: Int = 1) {
        rd_kafka_mock_broker_set_down(cluster, Int32(broker))
    }

    public func bringUp(_ broker: Int = 1) {
        rd_kafka_mock_broker_set_up(cluster, Int32(broker))
    }

    /// Answers come this much later. Beyond the client's `socket.timeout.ms`, a request takes effect and its answer is
    /// lost.
    public func setRoundTrip(_ delay: Duration, of broker: Int = 1) {
        rd_kafka_mock_broker_set_rtt(cluster, Int32(broker), delay.milliseconds)
    }

    public func setLeader(of partition: TopicPartition, to broker: Int) {
        rd_kafka_mock_partition_set_leader(cluster, partition.topic, partition.partition, Int32(broker))
    }

    /// Answers for a topic with an error from now on; nil ends it.
    public func setError(of topic: String, to error: KafkaError.Code?) {
        rd_kafka_mock_topic_set_error(cluster, topic, rd_kafka_resp_err_t(error?.rawValue ?? 0))
    }
}
