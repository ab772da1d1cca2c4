import CRdKafka
import Synchronization

/// A topic as the cluster describes it.
public struct TopicDescription: Sendable, Hashable {
    public struct Partition: Sendable, Hashable {
        public let id: Int32
        /// The leading broker's id, -1 when there is none.
        public let leader: Int32
        public let replicas: [Int32]
        public let inSyncReplicas: [Int32]
    }

    public let name: String
    public let partitions: [Partition]

    /// Copies of each partition; 0 for a topic without partitions.
    public var replicationFactor: Int { partitions.map(\.replicas.count).min() ?? 0 }
}

extension Client {
    /// All topics that this client may see. Asking for all creates none, on any broker.
    ///
    /// - Parameter serve: Serves the client's callbacks, which alone tell why a broker can't be reached.
    func topics(timeout: Duration, serve: (OpaquePointer) -> Void) throws -> [TopicDescription] {
        var metadata: UnsafePointer<rd_kafka_metadata>?
        let code = rd_kafka_metadata(handle, 1, nil, &metadata, timeout.milliseconds)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let metadata else {
            serve(handle)
            throw failure(code, doing: "ask the cluster for its topics")
        }
        defer { rd_kafka_metadata_destroy(metadata) }
        context.lastError.withLock { $0 = nil }
        let topics = UnsafeBufferPointer(start: metadata.pointee.topics, count: Int(metadata.pointee.topic_cnt))
        return topics.filter { $0.err == RD_KAFKA_RESP_ERR_NO_ERROR }.map(TopicDescription.init)
    }

    /// How many brokers the cluster has at the moment.
    func brokerCount(timeout: Duration, serve: (OpaquePointer) -> Void) throws -> Int {
        var metadata: UnsafePointer<rd_kafka_metadata>?
        let code = rd_kafka_metadata(handle, 0, nil, &metadata, timeout.milliseconds)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let metadata else {
            serve(handle)
            throw failure(code, doing: "ask the cluster for its brokers")
        }
        defer { rd_kafka_metadata_destroy(metadata) }
        return Int(metadata.pointee.broker_cnt)
    }

    /// - Throws: ``KafkaError`` that names the topics that do not exist.
    func requireTopics(_ names: [String], timeout: Duration, serve: (OpaquePointer) -> Void) throws {
        let existing = Set(try topics(timeout: timeout, serve: serve).lazy.map(\.name))
        let missing = names.filter { !existing.contains($0) }
        guard !missing.isEmpty else { return }
        throw KafkaError(
            .unknownTopicOrPartition,
            "The cluster has no topic \(missing.joined(separator: ", ")), or does not let this client see it: create it, or allow Describe on it",
            topic: missing.first)
    }
}

extension TopicDescription {
    fileprivate init(_ topic: rd_kafka_metadata_topic) {
        name = String(cString: topic.topic)
        partitions = UnsafeBufferPointer(start: topic.partitions, count: Int(topic.partition_cnt)).map {
            Partition(
                id: $0.id, leader: $0.leader,
                replicas: Array(UnsafeBufferPointer(start: $0.replicas, count: Int($0.replica_cnt))),
                inSyncReplicas: Array(UnsafeBufferPointer(start: $0.isrs, count: Int($0.isr_cnt))))
        }
    }
}
