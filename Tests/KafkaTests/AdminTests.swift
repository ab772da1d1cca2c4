import Kafka
import Testbed
import Testing

/// What only Apache Kafka can do; skipped without it.
@Suite(.timeLimit(.minutes(2)), .tags(.broker), .onlyOnApacheKafka)
struct AdminTests {
    @Test("A topic is created with its configuration, changed, grown and deleted")
    func topics() throws {
        let broker = try TestBroker.shared(.apacheKafka)
        let admin = try Admin(broker.configuration)
        let topic = TestBroker.unique("topic")
        try admin.createTopics([
            NewTopic(
                name: topic, partitions: 2, replicationFactor: 1,
                configuration: ["retention.ms": "-1", "max.message.bytes": "2000000"])
        ])
        let again = #expect(throws: KafkaError.self) {
            try admin.createTopics([NewTopic(name: topic, partitions: 2)])
        }
        #expect(again?.code == .topicAlreadyExists)
        #expect(again?.topic == topic)

        try admin.alterConfiguration(of: topic, ["retention.ms": "60000", "max.message.bytes": nil])
        try admin.alterConfiguration(of: topic, ["cleanup.policy": "compact"])
        let set = try admin.configuration(of: topic).filter(\.isSetOnTopic)
        #expect(set.map(\.name) == ["cleanup.policy", "retention.ms"])
        #expect(set.map(\.value) == ["compact", "60000"])

        try admin.createPartitions(topic: topic, total: 5)
        let described = try #require(try admin.topics().first { $0.name == topic })
        #expect(described.partitions.map(\.id) == [0, 1, 2, 3, 4])
        #expect(described.replicationFactor == 1)
        #expect(throws: KafkaError.self) { try admin.createPartitions(topic: topic, total: 5) }

        try admin.deleteTopic(topic)
        #expect(try !admin.topics().contains { $0.name == topic })
        #expect(throws: KafkaError.self) { try admin.deleteTopic(topic) }
        #expect(throws: KafkaError.self) { try admin.configuration(of: topic) }
        #expect(throws: KafkaError.self) { try admin.watermarks([TopicPartition(topic: topic, partition: 0)]) }
    }

    @Test("A group is listed and described with its members and their partitions")
    func groups() throws {
        let broker = try TestBroker.shared(.apacheKafka)
        let admin = try Admin(broker.configuration)
        let topic = try broker.createTopic(partitions: 2)
        let group = TestBroker.unique("group")
        let consumer = try BatchConsumer(
            broker.configuration, group: group, topics: [topic], clientID: "member-one", groupInstanceID: "static-one",
            handler: RecordingHandler())
        try consumer.start()
        try eventually { consumer.assignment.count == 2 }
        #expect(try admin.groups().contains(group))
        try eventually { try admin.describeGroups([group]).first?.state == "Stable" }
        let described = try #require(try admin.describeGroups([group]).first)
        #expect(described.assignor == "range")
        #expect(described.members.map(\.clientID) == ["member-one"])
        #expect(described.members.first?.instanceID == "static-one")
        #expect(described.members.first?.partitions == consumer.assignment.sorted())
        #expect(try admin.groupOffsets(group).isEmpty)
        #expect(consumer.close(timeout: .seconds(20)))
    }
}
