import Kafka
import Synchronization
import Testbed
import Testing

@Suite(.timeLimit(.minutes(2)), .tags(.broker))
struct ProducerTests {
    @Test("A full queue is said to be full, and takes messages again after deliveries")
    func queueFull() throws {
        let broker = try EmbeddedBroker(topics: [("t", 1)])
        defer { broker.stop() }
        var configuration = broker.configuration()
        configuration.properties = ["queue.buffering.max.messages": "10"]
        let producer = try Producer(configuration, clientID: "test")
        try producer.warmUp(topics: ["t"], timeout: .seconds(10))
        broker.takeDown()
        for number in 0..<10 { try producer.send("t", key: "k", value: "v", token: number) }
        let error = #expect(throws: KafkaError.self) { try producer.send("t", key: "k", value: "v", token: 10) }
        #expect(error?.code == .queueFull)
        #expect(error?.isRetriable == true)
        #expect(producer.outstanding == 10)
        broker.bringUp()
        #expect(try producer.awaitDeliveries(10).allSatisfy { $0.error == nil })
        try producer.send("t", key: "k", value: "v", token: 10)
        #expect(try producer.awaitDeliveries(1).map(\.token) == [10])
        producer.close(timeout: .seconds(10))
    }

    @Test("Closing while the broker is away takes back what was never sent")
    func closeTakesBack() throws {
        let broker = try EmbeddedBroker(topics: [("t", 1)])
        defer { broker.stop() }
        let producer = try Producer(broker.configuration(), clientID: "test")
        try producer.warmUp(topics: ["t"], timeout: .seconds(10))
        try producer.fill("t", 5)
        broker.takeDown()
        for number in 0..<10 { try producer.send("t", key: "k", value: "v", token: number) }
        let last = producer.close(timeout: .milliseconds(200))
        #expect(last.allSatisfy { $0.error?.code == .purged })
        #expect(last.count == 10)
        #expect(throws: KafkaError.self) { try producer.send("t", key: "k", value: "v") }
        #expect(producer.close(timeout: .zero).isEmpty)
    }

    @Test("Passing errors of the broker are overcome without a message being lost")
    func passingErrors() throws {
        let broker = try EmbeddedBroker(topics: [("t", 2)])
        defer { broker.stop() }
        let producer = try Producer(broker.configuration(), clientID: "test")
        try producer.warmUp(topics: ["t"], timeout: .seconds(10))
        broker.fail(
            .produce, with: [KafkaError.Code(rawValue: 6), .transport, KafkaError.Code(rawValue: 7)])
        let deliveries = try producer.fill("t", 500)
        #expect(deliveries.allSatisfy { $0.error == nil })
        #expect(Set(deliveries.map(\.token)).count == 500)
        producer.close(timeout: .seconds(10))
    }

    @Test("A message that the broker refuses for good is reported with its error")
    func refusedMessage() throws {
        let broker = try EmbeddedBroker(topics: [("t", 1)])
        defer { broker.stop() }
        let producer = try Producer(broker.configuration(), clientID: "test")
        try producer.warmUp(topics: ["t"], timeout: .seconds(10))
        broker.fail(.produce, with: [KafkaError.Code(rawValue: 29)])
        try producer.send("t", key: "k", value: "secret", token: 3)
        let delivery = try #require(try producer.awaitDeliveries(1).first)
        #expect(delivery.token == 3)
        #expect(delivery.error?.code.rawValue == 29)
        #expect(delivery.error?.topic == "t")
        #expect(delivery.error?.description.contains("secret") == false)
        producer.close(timeout: .seconds(10))
    }

    @Test("After a fatal error the producer says so, and a new one goes on")
    func fatal() throws {
        let broker = try EmbeddedBroker(topics: [("t", 1)])
        defer { broker.stop() }
        let producer = try Producer(broker.configuration(), clientID: "test")
        try producer.warmUp(topics: ["t"], timeout: .seconds(10))
        #expect(producer.fatalError == nil)
        // An unknown producer id where nothing was acknowledged: what was written can't be known.
        broker.fail(.produce, with: [KafkaError.Code(rawValue: 45)])
        try producer.send("t", key: "k", value: "v", token: 1)
        _ = try producer.awaitDeliveries(1)
        let fatal = try #require(producer.fatalError)
        #expect(fatal.isFatal)
        #expect(!fatal.isRetriable)
        let refused = #expect(throws: KafkaError.self) { try producer.send("t", key: "k", value: "v", token: 2) }
        #expect(refused?.isFatal == true)
        producer.close(timeout: .seconds(5))
        let next = try Producer(broker.configuration(), clientID: "test")
        #expect(try next.fill("t", 10).allSatisfy { $0.error == nil })
        next.close(timeout: .seconds(10))
    }

    @Test("The library's log comes to the closure")
    func log() throws {
        let lines = Mutex<[String]>([])
        let broker = try EmbeddedBroker(topics: [("t", 1)])
        var configuration = broker.configuration { _, facility, message in
            lines.withLock { $0.append(facility + message) }
        }
        configuration.properties = ["debug": "generic"]
        let producer = try Producer(configuration, clientID: "test")
        try producer.warmUp(topics: ["t"], timeout: .seconds(10))
        broker.stop()
        try eventually { lines.withLock { !$0.isEmpty } }
        producer.close(timeout: .zero)
    }
}
