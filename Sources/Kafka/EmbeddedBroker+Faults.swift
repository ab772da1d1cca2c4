import CRdKafka

/// Faults to inject, for tests.
extension EmbeddedBroker {
    /// A kind of request, by Kafka's number.
    public enum Request: Int16, Sendable {
        case produce = 0
        case listOffsets = 2
        case offsetCommit = 8
    }

    /// Answers the next requests of this kind with these errors, one each; `transport` breaks the connection. It is
    /// decided before the request takes effect.
    public func fail(_ request: Request, with errors: [KafkaError.Code]) {
        let codes = errors.map { rd_kafka_resp_err_t($0.rawValue) }
        rd_kafka_mock_push_request_errors_array(cluster, request.rawValue, codes.count, codes)
    }

    /// Closes a broker's connections and listens no more. Brokers count from 1.
    public func takeDown(_ broker: Int = 1) {
        rd_kafka_mock_broker_set_down(cluster, Int32(broker))
    }

    public func bringUp(_ broker: Int = 1) {
        rd_kafka_mock_broker_set_up(cluster, Int32(broker))
    }
}

// Faults that last.
extension EmbeddedBroker {
    /// Delays every answer of a broker. One that comes later than a client waits for it was carried out all the same: the
    /// client sends again what was written.
    public func delay(_ broker: Int, by delay: Duration) {
        rd_kafka_mock_broker_set_rtt(cluster, Int32(broker), Int32(delay / .milliseconds(1)))
    }

    /// Makes a broker the leader of a partition.
    public func moveLeader(of topic: String, partition: Int, to broker: Int) {
        rd_kafka_mock_partition_set_leader(cluster, topic, Int32(partition), Int32(broker))
    }

    /// Makes a broker the coordinator of a consumer group.
    public func moveCoordinator(of group: String, to broker: Int) {
        rd_kafka_mock_coordinator_set(cluster, "group", group, Int32(broker))
    }
}
