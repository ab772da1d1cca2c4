import CRdKafka
import Foundation

/// A topic to be created.
public struct NewTopic: Sendable, Hashable {
    public var name: String
    public var partitions: Int
    /// Copies of each partition; nil for the cluster's default.
    public var replicationFactor: Int?
    public var configuration: [String: String]

    public init(
        name: String, partitions: Int, replicationFactor: Int? = nil, configuration: [String: String] = [:]
    ) {
        self.name = name
        self.partitions = partitions
        self.replicationFactor = replicationFactor
        self.configuration = configuration
    }
}

extension Admin {
    /// Creates topics and waits until the cluster has them. Of several, some may have been created when it throws.
    ///
    /// - Throws: ``KafkaError``, `topicAlreadyExists` among others. The embedded broker can't: use its own `createTopic`.
    public func createTopics(_ topics: [NewTopic]) throws {
        guard !topics.isEmpty else { return }
        var made: [OpaquePointer?] = []
        defer { for topic in made { rd_kafka_NewTopic_destroy(topic) } }
        for topic in topics {
            try KafkaConfiguration.withErrorText { text, size in
                let new = rd_kafka_NewTopic_new(
                    topic.name, Int32(topic.partitions), Int32(topic.replicationFactor ?? -1), text, size)
                guard let new else {
                    return KafkaError(
                        .invalidConfiguration, "The topic \(topic.name) can't be: \(String(cString: text))",
                        topic: topic.name)
                }
                made.append(new)
                for (name, value) in topic.configuration.sorted(by: { $0.key < $1.key }) {
                    rd_kafka_NewTopic_set_config(new, name, value)
                }
                return nil
            }
        }
        try ask(
            RD_KAFKA_ADMIN_OP_CREATETOPICS, doing: "create topics", waitsForCluster: true,
            send: { options, answers in
                rd_kafka_CreateTopics(client.handle, &made, made.count, options, answers)
            },
            read: { event in
                var count = 0
                let results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count)
                try check(results, count, doing: "create the topic")
            })
        let names = Set(topics.map(\.name))
        try awaitTopics(doing: "see the new topics") { existing in
            names.isSubset(of: existing.lazy.filter { $0.partitions.allSatisfy { $0.leader >= 0 } }.map(\.name))
        }
    }

    /// Raises a topic's number of partitions.
    ///
    /// - Throws: ``KafkaError`` if it has as many or more already.
    public func createPartitions(topic: String, total: Int) throws {
        var made: OpaquePointer?
        defer { if let made { rd_kafka_NewPartitions_destroy(made) } }
        try KafkaConfiguration.withErrorText { text, size in
            made = rd_kafka_NewPartitions_new(topic, total, text, size)
            return made == nil ? KafkaError(.invalidConfiguration, String(cString: text), topic: topic) : nil
        }
        try ask(
            RD_KAFKA_ADMIN_OP_CREATEPARTITIONS, doing: "add partitions to \(topic)", waitsForCluster: true,
            send: { options, answers in
                rd_kafka_CreatePartitions(client.handle, &made, 1, options, answers)
            },
            read: { event in
                var count = 0
                let results = rd_kafka_CreatePartitions_result_topics(
                    rd_kafka_event_CreatePartitions_result(event), &count)
                try check(results, count, doing: "add partitions to the topic")
            })
        try awaitTopics(doing: "see the new partitions of \(topic)") { existing in
            existing.contains { $0.name == topic && $0.partitions.count >= total }
        }
    }

    /// Deletes a topic with all of its messages.
    public func deleteTopic(_ topic: String) throws {
        var made: OpaquePointer? = rd_kafka_DeleteTopic_new(topic)
        defer { rd_kafka_DeleteTopic_destroy(made) }
        try ask(
            RD_KAFKA_ADMIN_OP_DELETETOPICS, doing: "delete the topic \(topic)", waitsForCluster: true,
            send: { options, answers in
                rd_kafka_DeleteTopics(client.handle, &made, 1, options, answers)
            },
            read: { event in
                var count = 0
                let results = rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event), &count)
                try check(results, count, doing: "delete the topic")
            })
        try awaitTopics(doing: "see \(topic) gone") { existing in !existing.contains { $0.name == topic } }
    }

    private func awaitTopics(doing: String, _ condition: ([TopicDescription]) -> Bool) throws {
        try awaitCluster(doing: doing) { try condition(topics()) }
    }

    /// Brokers hear of a change a little after it was made.
    func awaitCluster(doing: String, _ condition: () throws -> Bool) throws {
        let deadline = ContinuousClock.now + timeout
        while try !condition() {
            guard ContinuousClock.now < deadline else {
                throw client.failure(RD_KAFKA_RESP_ERR__TIMED_OUT, doing: doing)
            }
            Thread.sleep(forTimeInterval: 0.02)
        }
    }
}
