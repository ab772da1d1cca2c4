import Kafka
import Testbed
import Testing

@Suite(.timeLimit(.minutes(2)), .tags(.broker))
struct RoundTripTests {
    @Test("Keys, values, headers and timestamps come back as they were sent", arguments: TestBroker.Kind.available)
    func roundTrip(_ kind: TestBroker.Kind) throws {
        let broker = try TestBroker.shared(kind)
        let topic = try broker.createTopic(partitions: 1)
        let producer = try Producer(broker.configuration, clientID: "test")
        try producer.warmUp(topics: [topic], timeout: .seconds(30))
        let template = producer.headerTemplate([("ce_specversion", "1.0"), ("ce_type", "a.b")])
        let id = Array("id-1".utf8)
        try Array("key".utf8).withUnsafeBytes { key in
            try Array("value".utf8).withUnsafeBytes { value in
                try id.withUnsafeBytes { id in
                    try producer.send(
                        topic: topic, key: key, value: value, template: template, headers: [("ce_id", id)], token: 7)
                }
                try producer.send(topic: topic, key: key, value: nil, token: 8)
                try producer.send(topic: topic, key: nil, value: UnsafeRawBufferPointer(start: nil, count: 0), token: 9)
            }
        }
        let deliveries = try producer.awaitDeliveries(3)
        #expect(deliveries.map(\.token) == [7, 8, 9])
        #expect(deliveries.map(\.offset) == [0, 1, 2])
        #expect(deliveries.allSatisfy { $0.error == nil && $0.partition == 0 })
        producer.close(timeout: .seconds(10))

        let consumer = try BatchConsumer(
            broker.configuration, group: TestBroker.unique("group"), topics: [topic], clientID: "test",
            handler: RecordingHandler())
        try consumer.start()
        var messages = 0
        while messages < 3 {
            let batch = try #require(try consumer.next(timeout: .seconds(30)))
            for index in 0..<batch.count {
                let message = batch[index]
                #expect(batch.topic(index) == topic)
                #expect(try #require(message.timestamp) > 1_600_000_000_000)
                switch message.offset {
                case 0:
                    #expect(message.key.map(Array.init) == Array("key".utf8))
                    #expect(message.value.map(Array.init) == Array("value".utf8))
                    #expect(batch.header(index, "ce_id").map(Array.init) == id)
                    #expect(batch.header(index, "ce_type").map(Array.init) == Array("a.b".utf8))
                    #expect(batch.header(index, "ce_none") == nil)
                    let both = batch.withHeaders(index) { headers in
                        (headers["ce_id"].map(Array.init), headers["ce_none"] == nil)
                    }
                    #expect(both.0 == id)
                    #expect(both.1)
                    #expect(batch.withHeaders(index) { $0["ce_type"].map(Array.init) } == Array("a.b".utf8))
                    #expect(batch.headers(index).map(\.name) == ["ce_specversion", "ce_type", "ce_id"])
                case 1:
                    #expect(message.key != nil)
                    #expect(message.value == nil)
                    #expect(batch.headers(index).isEmpty)
                default:
                    #expect(message.key == nil)
                    #expect(message.value?.count == 0)
                }
                messages += 1
            }
        }
        #expect(consumer.close(timeout: .seconds(20)))
    }

    @Test("Every message gets one delivery, and none is lost or doubled", arguments: TestBroker.Kind.available)
    func deliveries(_ kind: TestBroker.Kind) throws {
        let broker = try TestBroker.shared(kind)
        let topic = try broker.createTopic(partitions: 4)
        let producer = try Producer(broker.configuration, clientID: "test")
        let deliveries = try producer.fill(topic, 5000)
        #expect(deliveries.map(\.token).sorted() == Array(0..<5000))
        #expect(deliveries.allSatisfy { $0.error == nil })
        #expect(producer.outstanding == 0)
        #expect(Set(deliveries.map(\.partition)).count == 4)
        let ends = try Admin(broker.configuration).watermarks(
            (0..<4).map { TopicPartition(topic: topic, partition: $0) })
        #expect(ends.values.map(\.count).reduce(0, +) == 5000)
    }
}
