import Kafka
import Testbed
import Testing

@Suite(.timeLimit(.minutes(3)), .tags(.broker))
struct ConsumerTests {
    @Test("Reading starts at the offsets that the handler gives", arguments: TestBroker.Kind.available)
    func startsAtGivenOffsets(_ kind: TestBroker.Kind) throws {
        let broker = try TestBroker.shared(kind)
        let topic = try broker.createTopic(partitions: 2)
        try Producer(broker.configuration, clientID: "test").fill(topic, 200)
        let partitions = (0..<2).map { TopicPartition(topic: topic, partition: $0) }
        let ends = try Admin(broker.configuration).watermarks(partitions)
        let starts = [partitions[0]: Int64(10), partitions[1]: try #require(ends[partitions[1]]).high - 1]
        let handler = RecordingHandler(starts)
        let consumer = try BatchConsumer(
            broker.configuration, group: TestBroker.unique("group"), topics: [topic], clientID: "test",
            handler: handler)
        try consumer.start()
        let seen = try consumer.take(Int(try #require(ends[partitions[0]]).high) - 10 + 1)
        #expect(seen.filter { $0.partition == partitions[0] }.map(\.offset).first == 10)
        #expect(seen.filter { $0.partition == partitions[1] }.map(\.offset) == [try #require(starts[partitions[1]])])
        #expect(consumer.assignment == Set(partitions))
        #expect(handler.assigned.flatMap(\.self).sorted() == partitions)
        #expect(consumer.close(timeout: .seconds(20)))
        #expect(handler.revoked.flatMap(\.self).sorted() == partitions)
        #expect(consumer.assignment.isEmpty)
        #expect(throws: KafkaError.self) { try consumer.next(timeout: .zero) }
    }

    @Test(
        "Two members divide the partitions, and who takes over goes on where the handler says",
        arguments: TestBroker.Kind.available)
    func takeover(_ kind: TestBroker.Kind) throws {
        let broker = try TestBroker.shared(kind)
        let topic = try broker.createTopic(partitions: 4)
        let group = TestBroker.unique("group")
        let producer = try Producer(broker.configuration, clientID: "test")
        try producer.fill(topic, 1000)
        // One handler stands for the database that both share.
        let positions = RecordingHandler()
        func member(_ name: String) throws -> BatchConsumer {
            try BatchConsumer(broker.configuration, group: group, topics: [topic], clientID: name, handler: positions)
        }
        let first = try member("first")
        try first.start()
        var seen = Set(try positions.commit(first, until: 1000))
        #expect(seen.count == 1000)

        let second = try member("second")
        try second.start()
        // The first has to poll on for the group to rebalance: it does so on its own thread.
        try eventually { first.assignment.count == 2 && second.assignment.count == 2 }
        #expect(first.assignment.isDisjoint(with: second.assignment))
        try producer.fill(topic, 1000)
        var ofFirst: [Seen] = []
        var ofSecond: [Seen] = []
        while ofFirst.count + ofSecond.count < 1000 {
            ofFirst += try positions.commitOne(first)
            ofSecond += try positions.commitOne(second)
        }
        #expect(Set(ofFirst.map(\.partition)) == first.assignment)
        #expect(Set(ofSecond.map(\.partition)) == second.assignment)
        let before = seen.count
        seen.formUnion(ofFirst + ofSecond)
        #expect(seen.count == before + 1000)

        #expect(first.close(timeout: .seconds(20)))
        try eventually { second.assignment.count == 4 }
        try producer.fill(topic, 1000)
        let rest = try positions.commit(second, until: 1000)
        #expect(seen.isDisjoint(with: rest))
        #expect(rest.count == 1000)
        #expect(second.close(timeout: .seconds(20)))
    }

    @Test("Mirrored positions are the group's offsets in Kafka", arguments: TestBroker.Kind.available)
    func mirror(_ kind: TestBroker.Kind) throws {
        let broker = try TestBroker.shared(kind)
        let topic = try broker.createTopic(partitions: 1)
        let group = TestBroker.unique("group")
        let partition = TopicPartition(topic: topic, partition: 0)
        try Producer(broker.configuration, clientID: "test").fill(topic, 10)
        let consumer = try BatchConsumer(
            broker.configuration, group: group, topics: [topic], clientID: "test", handler: RecordingHandler())
        try consumer.start()
        _ = try consumer.take(10)
        consumer.mirror([partition: 4])
        let admin = try Admin(broker.configuration)
        try eventually { try admin.groupOffsets(group, [partition]) == [partition: 4] }
        try eventually { consumer.endOffsets == [partition: 10] }
        // The last one goes out although the consumer is closed at once.
        consumer.mirror([partition: 10])
        #expect(consumer.close(timeout: .seconds(20)))
        #expect(try admin.groupOffsets(group, [partition]) == [partition: 10])
        let other = kind == .embedded ? TestBroker.unique("group") : group
        try admin.commitGroupOffsets(other, [partition: 2])
        #expect(try admin.groupOffsets(other, [partition]) == [partition: 2])
    }

    @Test(
        "Pausing, resuming and a full hand-over lose nothing and repeat nothing", arguments: TestBroker.Kind.available)
    func pauseAndResume(_ kind: TestBroker.Kind) throws {
        let broker = try TestBroker.shared(kind)
        let topic = try broker.createTopic(partitions: 4)
        let partitions = (0..<4).map { TopicPartition(topic: topic, partition: $0) }
        let count = 20_000
        let producer = try Producer(broker.configuration, clientID: "test")
        try producer.fill(topic, count)
        let consumer = try BatchConsumer(
            broker.configuration, group: TestBroker.unique("group"), topics: [topic], clientID: "test",
            limits: BatchLimits(messages: 100, bytes: 2000, waiting: 2), handler: RecordingHandler())
        try consumer.start()
        var random = SystemRandomNumberGenerator()
        var next: [TopicPartition: Int64] = [:]
        var total = 0
        while total < count {
            let batch = try #require(try consumer.next(timeout: .seconds(30)), "no more after \(total)")
            #expect(batch.count <= 100)
            #expect(batch.bytes < 2100)
            for message in batch.seen {
                #expect(message.offset == next[message.partition, default: 0])
                next[message.partition] = message.offset + 1
            }
            total += batch.count
            let some = partitions.filter { _ in Bool.random(using: &random) }
            consumer.pause(some)
            consumer.resume(some + [partitions[0]])
        }
        #expect(total == count)
        #expect(consumer.skippedOffsets == 0)
        #expect(try consumer.next(timeout: .milliseconds(300)) == nil)
        #expect(consumer.close(timeout: .seconds(20)))
    }

    @Test(
        "A paused partition is silent while the others go on, until it is resumed",
        arguments: TestBroker.Kind.available)
    func paused(_ kind: TestBroker.Kind) throws {
        let broker = try TestBroker.shared(kind)
        let topic = try broker.createTopic(partitions: 2)
        let producer = try Producer(broker.configuration, clientID: "test")
        let first = try producer.fill(topic, 100)
        let consumer = try BatchConsumer(
            broker.configuration, group: TestBroker.unique("group"), topics: [topic], clientID: "test",
            handler: RecordingHandler())
        try consumer.start()
        _ = try consumer.take(100)
        let held = TopicPartition(topic: topic, partition: 0)
        let paused = first.count { $0.partition == 0 }
        consumer.pause([held])
        consumer.seek(held, to: .offset(Int64(paused) - 5))
        let second = try producer.fill(topic, 100)
        let others = try consumer.take(second.count { $0.partition == 1 })
        #expect(others.allSatisfy { $0.partition.partition == 1 })
        consumer.resume([held])
        let rest = try consumer.take(5 + second.count { $0.partition == 0 })
        #expect(rest.allSatisfy { $0.partition == held })
        #expect(rest.map(\.offset) == Array(Int64(paused) - 5..<Int64(paused + second.count { $0.partition == 0 })))
        #expect(consumer.close(timeout: .seconds(20)))
    }

    @Test("After a seek the next batch starts there, whatever was read ahead", arguments: TestBroker.Kind.available)
    func seek(_ kind: TestBroker.Kind) throws {
        let broker = try TestBroker.shared(kind)
        let topic = try broker.createTopic(partitions: 1)
        let partition = TopicPartition(topic: topic, partition: 0)
        try Producer(broker.configuration, clientID: "test").fill(topic, 2000)
        let consumer = try BatchConsumer(
            broker.configuration, group: TestBroker.unique("group"), topics: [topic], clientID: "test",
            limits: BatchLimits(messages: 100), handler: RecordingHandler())
        try consumer.start()
        for start in [Int64(7), 1500, 0, 1999] {
            _ = try consumer.next(timeout: .seconds(30))
            consumer.seek(partition, to: .offset(start))
            let batch = try #require(try consumer.next(timeout: .seconds(30)))
            #expect(batch[0].offset == start)
            if start == 1999 { break }
        }
        #expect(consumer.close(timeout: .seconds(20)))
    }

    @Test("A rebalance goes through while nobody takes batches", arguments: TestBroker.Kind.available)
    func rebalanceWhileFull(_ kind: TestBroker.Kind) throws {
        let broker = try TestBroker.shared(kind)
        let topic = try broker.createTopic(partitions: 2)
        let group = TestBroker.unique("group")
        try Producer(broker.configuration, clientID: "test").fill(topic, 5000)
        func member(_ name: String) throws -> BatchConsumer {
            try BatchConsumer(
                broker.configuration, group: group, topics: [topic], clientID: name,
                limits: BatchLimits(messages: 10), handler: RecordingHandler())
        }
        let first = try member("first")
        try first.start()
        _ = try first.take(1)
        let second = try member("second")
        try second.start()
        try eventually { first.assignment.count == 1 && second.assignment.count == 1 }
        // What the first had read ahead of the partition that it lost does not come any more.
        let own = try #require(first.assignment.first)
        #expect(try first.take(100).allSatisfy { $0.partition == own })
        #expect(second.close(timeout: .seconds(20)))
        #expect(first.close(timeout: .seconds(20)))
    }
}
