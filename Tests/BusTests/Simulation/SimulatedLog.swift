import Bus
import Contracts
import Kafka
import Testbed
import Testing

/// The messages of a topic, in the order in which a broker gave them out, to be read again and again from anywhere.
struct SimulatedLog {
    /// What becomes of a message.
    enum Fate: CaseIterable { case effect, deadLetter, wait }

    /// Where a message stands: the batch, and its place in that.
    struct Place {
        let batch: Int
        let index: Int
    }

    let batches: [MessageBatch]
    /// By partition and offset.
    private(set) var places: [TopicPartition: [Place]] = [:]
    /// How many messages before an offset have each fate, by partition and offset.
    private var before: [TopicPartition: [[Fate: Int]]] = [:]

    /// Produces some messages of every fate and reads them back.
    init(_ bus: TestBus, count: Int) throws {
        let configured = try Self.configuredChoices()
        let messages = try (0..<count).map { number -> (key: String?, value: [UInt8]?) in
            let message = ActualCreated(
                number: number, type: Self.fate(number) == .wait ? .retainer : .time,
                note: number % 23 == 5 ? "refused by the table" : number % 23 == 11 ? "no effect" : nil)
            return (message.key, number % 29 == 7 ? Array("{".utf8) : try message.bytes(configured))
        }
        let deliveries = try bus.produce(.actualCreated, messages)
        let consumer = try BatchConsumer(
            bus.broker.configuration, group: TestBroker.unique("reader"),
            topics: [bus.configuration.clusterName(TopicName.actualCreated.rawValue)], clientID: "test",
            handler: FromTheBeginning())
        try consumer.start()
        var batches: [MessageBatch] = []
        while batches.reduce(0, { $0 + $1.count }) < count {
            batches.append(try #require(try consumer.next(timeout: .seconds(30))))
        }
        self.batches = batches
        self.consumer = consumer
        for (batch, messages) in batches.enumerated() {
            for index in 0..<messages.count {
                let partition = TopicPartition(topic: messages.topic(index), partition: messages[index].partition)
                places[partition, default: []].append(Place(batch: batch, index: index))
            }
        }
        var fates: [TopicPartition: [Int64: Fate]] = [:]
        let topic = bus.configuration.clusterName(TopicName.actualCreated.rawValue)
        for (number, delivery) in deliveries.enumerated() {
            fates[TopicPartition(topic: topic, partition: delivery.partition), default: [:]][delivery.offset] =
                Self.fate(number)
        }
        for (partition, places) in places {
            var counts: [[Fate: Int]] = [[:]]
            for offset in places.indices {
                var next = counts[offset]
                let fate = try #require(fates[partition]?[Int64(offset)])
                next[fate, default: 0] += 1
                counts.append(next)
            }
            before[partition] = counts
        }
    }

    /// Has the messages as long as they are used.
    private let consumer: BatchConsumer

    func close() { _ = consumer.close(timeout: .seconds(1)) }

    /// The choices with which what waits takes effect.
    static func configuredChoices() throws -> ChoiceTables {
        try ChoiceTables(additional: ["msdyn_transactionclassification": [192_350_005: "Retainer"]])
    }

    var partitions: [TopicPartition] { places.keys.sorted() }

    func end(_ partition: TopicPartition) -> Int64 { Int64(places[partition]?.count ?? 0) }

    /// How many messages of a partition before an offset have a fate.
    func count(_ fate: Fate, of partition: TopicPartition, before offset: Int64) -> Int {
        before[partition]?[Int(offset)][fate] ?? 0
    }

    private static func fate(_ number: Int) -> Fate {
        if number % 29 == 7 || [5, 11].contains(number % 23) { return .deadLetter }
        return number % 23 == 17 ? .wait : .effect
    }
}

private struct FromTheBeginning: AssignmentHandler {
    func assigned(_ partitions: [TopicPartition]) throws -> [TopicPartition: StartOffset] {
        Dictionary(uniqueKeysWithValues: partitions.map { ($0, .beginning) })
    }

    func revoked(_ partitions: [TopicPartition], lost: Bool) {}
}
