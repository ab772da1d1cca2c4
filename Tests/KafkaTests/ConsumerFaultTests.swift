import Kafka
import Testbed
import Testing

/// What a consumer does when something is missing, or away, or used as it should not be.
@Suite(.timeLimit(.minutes(3)), .tags(.broker))
struct ConsumerFaultTests {
    @Test("A missing topic is named before anything is read", arguments: TestBroker.Kind.available)
    func missingTopic(_ kind: TestBroker.Kind) throws {
        let broker = try TestBroker.shared(kind)
        let topic = try broker.createTopic(partitions: 1)
        let missing = TestBroker.unique("missing")
        let consumer = try BatchConsumer(
            broker.configuration, group: "g", topics: [topic, missing], clientID: "test", handler: RecordingHandler())
        let error = #expect(throws: KafkaError.self) { try consumer.start() }
        #expect(error?.code == .unknownTopicOrPartition)
        #expect(error?.topic == missing)
        #expect(consumer.close(timeout: .seconds(20)))
        let producer = try Producer(broker.configuration, clientID: "test")
        #expect(throws: KafkaError.self) { try producer.warmUp(topics: [missing], timeout: .seconds(30)) }
        #expect(try Admin(broker.configuration).topics().contains { $0.name == missing } == false)
    }

    @Test(
        "An offset that is not there stops its partition with an error, and the others go on",
        arguments: TestBroker.Kind.available)
    func offsetOutOfRange(_ kind: TestBroker.Kind) throws {
        let broker = try TestBroker.shared(kind)
        let topic = try broker.createTopic(partitions: 2)
        let deliveries = try Producer(broker.configuration, clientID: "test").fill(topic, 100)
        let partition = TopicPartition(topic: topic, partition: 0)
        let consumer = try BatchConsumer(
            broker.configuration, group: TestBroker.unique("group"), topics: [topic], clientID: "test",
            handler: RecordingHandler([partition: 5000]))
        try consumer.start()
        var seen: [Seen] = []
        var errors: [KafkaError] = []
        while errors.isEmpty || seen.count < deliveries.count(where: { $0.partition == 1 }) {
            do {
                seen += try #require(try consumer.next(timeout: .seconds(30))).seen
            } catch let error as KafkaError {
                errors.append(error)
            }
        }
        #expect(errors.map(\.code) == [.offsetOutOfRange])
        #expect(errors.first?.topic == topic)
        #expect(errors.first?.partition == 0)
        #expect(errors.first?.offset == 5000)
        #expect(seen.allSatisfy { $0.partition.partition == 1 })
        #expect(consumer.close(timeout: .seconds(20)))
    }

    @Test("When the handler can't say where to start, the next batch throws its reason")
    func handlerFails() throws {
        struct Failing: AssignmentHandler {
            struct NoDatabase: Error, CustomStringConvertible { let description = "the database is away" }
            func assigned(_ partitions: [TopicPartition]) throws -> [TopicPartition: StartOffset] { throw NoDatabase() }
            func revoked(_ partitions: [TopicPartition], lost: Bool) {}
        }
        let broker = try TestBroker.shared(.embedded)
        let topic = try broker.createTopic(partitions: 1)
        let consumer = try BatchConsumer(
            broker.configuration, group: TestBroker.unique("group"), topics: [topic], clientID: "test",
            handler: Failing())
        try consumer.start()
        let error = #expect(throws: KafkaError.self) { try consumer.next(timeout: .seconds(30)) }
        #expect(error?.code == .assignmentFailed)
        #expect(error?.message.contains("the database is away") == true)
        #expect(consumer.close(timeout: .seconds(20)))
    }

    @Test(
        "A batch that is still held does not keep the consumer from leaving the group",
        arguments: TestBroker.Kind.available)
    func heldBatch(_ kind: TestBroker.Kind) throws {
        let broker = try TestBroker.shared(kind)
        let topic = try broker.createTopic(partitions: 1)
        try Producer(broker.configuration, clientID: "test").fill(topic, 10)
        let handler = RecordingHandler()
        let consumer = try BatchConsumer(
            broker.configuration, group: TestBroker.unique("group"), topics: [topic], clientID: "test",
            handler: handler)
        try consumer.start()
        var held = try consumer.next(timeout: .seconds(30))
        #expect(consumer.close(timeout: .seconds(1)) == false)
        try eventually { handler.revoked.count == 1 }
        #expect(held?.seen.first?.value == "value 0")
        held = nil
    }

    @Test("A consumer that is closed, or was started, can't be started")
    func startOnce() throws {
        let broker = try TestBroker.shared(.embedded)
        let topic = try broker.createTopic(partitions: 1)
        func make() throws -> BatchConsumer {
            try BatchConsumer(
                broker.configuration, group: TestBroker.unique("group"), topics: [topic], clientID: "test",
                handler: RecordingHandler())
        }
        let never = try make()
        #expect(never.close(timeout: .seconds(20)))
        #expect(never.close(timeout: .seconds(20)))
        #expect(throws: KafkaError.self) { try never.start() }
        let once = try make()
        try once.start()
        #expect(throws: KafkaError.self) { try once.start() }
        #expect(once.close(timeout: .seconds(20)))
    }

    @Test("While the broker is away, closing takes no longer than it may, and the handler hears of it")
    func closeWithoutBroker() throws {
        let broker = try EmbeddedBroker(topics: [("t", 2)])
        defer { broker.stop() }
        try Producer(broker.configuration(), clientID: "test").fill("t", 10)
        let handler = RecordingHandler()
        let consumer = try BatchConsumer(
            broker.configuration(), group: "g", topics: ["t"], clientID: "test", handler: handler)
        try consumer.start()
        _ = try consumer.take(10)
        broker.takeDown()
        consumer.mirror([TopicPartition(topic: "t", partition: 0): 1])
        #expect(consumer.close(timeout: .seconds(1)) == false)
        #expect(handler.revoked.count == 1)
    }

    @Test("What is sent while the broker goes away and comes back arrives once, in order")
    func brokerAway() throws {
        let broker = try EmbeddedBroker(topics: [("t", 2)])
        defer { broker.stop() }
        let producer = try Producer(broker.configuration(), clientID: "test")
        try producer.fill("t", 100)
        let positions = RecordingHandler()
        let consumer = try BatchConsumer(
            broker.configuration(), group: "g", topics: ["t"], clientID: "test", handler: positions)
        try consumer.start()
        var seen = try positions.commit(consumer, until: 100)
        for _ in 0..<2 {
            for number in 0..<50 { try producer.send("t", key: "\(number)", value: "v", token: number) }
            broker.takeDown()
            for number in 50..<100 { try producer.send("t", key: "\(number)", value: "v", token: number) }
            broker.bringUp()
            #expect(try producer.awaitDeliveries(100).allSatisfy { $0.error == nil })
            seen += try positions.commit(consumer, until: 100)
        }
        for partition in Set(seen.map(\.partition)) {
            let offsets = seen.filter { $0.partition == partition }.map(\.offset)
            #expect(offsets == Array(0..<Int64(offsets.count)))
        }
        #expect(seen.count == 300)
        #expect(consumer.close(timeout: .seconds(20)))
    }
}
