public import Bus
public import Contracts
public import Database
public import Kafka
import Service
public import Testing

/// A bus of a test's own: topics with a prefix of their own on a shared broker, and a database.
public final class TestBus: Sendable {
    public let broker: TestBroker
    public let configuration: BusConfiguration
    public let database: TestDatabase
    private let observers: ConnectionPool

    /// A name that the topic's declaration knows, so that the embedded broker's relay waits for it.
    public static let program = Program.financeConsumer
    public static var consumer: String { program.rawValue }

    /// - Parameters:
    ///   - embedded: a broker of the test's own, instead of the shared one.
    ///   - topics: those that are created, each with its dead-letter topic.
    public init(
        _ kind: TestBroker.Kind = .embedded, embedded: EmbeddedBroker? = nil,
        topics: [TopicName] = [.transactionConnected]
    ) throws {
        broker =
            try embedded.map(TestBroker.init)
            ?? TestBroker.shared(kind)
        configuration = try BusConfiguration(
            kafka: broker.configuration, topicPrefix: TestBroker.unique("test") + ".", source: "/test/side",
            choices: try ChoiceTables())
        database = try TestDatabase(TestSide.migrations)
        observers = ConnectionPool(url: database.url, size: 2, applicationName: "tests")
        for topic in topics {
            try createTopic(topic.rawValue)
            try createTopic(topic.deadLetter)
        }
    }

    public func createTopic(_ name: String) throws {
        let clusterName = configuration.clusterName(name)
        let partitions = try #require(try TopicCatalogue().declaration(name)).partitions
        if let embedded = broker.embedded {
            try embedded.createTopic(clusterName, partitions: partitions)
        } else {
            try Admin(broker.configuration).createTopics([NewTopic(name: clusterName, partitions: partitions)])
        }
    }

    // MARK: Services

    public func relay(_ name: String = "relay") -> RunningService {
        RunningService {
            OutboxRelay(
                name: name, configuration: configuration, databaseURL: database.url, shutdown: $0, logger: $1)
        }
    }

    public func consumer(
        _ handlers: [any TopicHandler]? = nil, limits: BatchLimits = BatchLimits(), databaseURL: String? = nil
    ) -> RunningService {
        let handlers = handlers ?? [NumberHandler<TransactionConnected>(choices: configuration.choices)]
        return RunningService {
            TransactionalConsumer(
                program: Self.program, handlers: handlers, configuration: configuration,
                databaseURL: databaseURL ?? database.url, limits: limits, shutdown: $0, logger: $1)
        }
    }

    // MARK: Outbox

    /// Commits messages into the outbox.
    public func publish(_ numbers: Range<Int>, on connection: Connection? = nil) throws {
        let connection = try connection ?? database.connect()
        try connection.transaction { try append(numbers, on: connection) }
    }

    /// Writes messages into the outbox, in the transaction that is open.
    public func append(_ numbers: Range<Int>, on connection: Connection) throws {
        let rows = try OutboxRows(choices: configuration.choices)
        for number in numbers {
            try rows.append(TransactionConnected(number: number), traceId: GUID(high: 9, low: UInt64(number)))
        }
        try rows.write(to: connection)
    }

    public var pending: Int {
        get throws { try count("SELECT count(*) FROM outbox_pending") }
    }

    // MARK: Kafka

    /// Sends values as they are, and waits until the broker has them.
    @discardableResult
    public func produce(
        _ topic: TopicName, _ messages: [(key: String?, value: [UInt8]?)], headers: [(String, String)] = []
    ) throws -> [Delivery] {
        let producer = try Producer(broker.configuration, clientID: "test")
        let clusterName = configuration.clusterName(topic.rawValue)
        let template = producer.headerTemplate(headers)
        for (token, message) in messages.enumerated() {
            try withBytes(message.key.map { Array($0.utf8) }) { key in
                try withBytes(message.value) { value in
                    try producer.send(topic: clusterName, key: key, value: value, template: template, token: token)
                }
            }
        }
        var deliveries: [Delivery] = []
        while deliveries.count < messages.count {
            producer.deliveries(into: &deliveries, timeout: .seconds(30))
        }
        producer.close(timeout: .seconds(5))
        for delivery in deliveries { if let error = delivery.error { throw error } }
        return deliveries.sorted { $0.token < $1.token }
    }

    /// A message's value as the bus has it.
    public func value(_ message: some Contracts.Message) throws -> [UInt8] { try message.bytes(configuration.choices) }

    /// Everything that a topic holds.
    public func read(_ topic: String) throws -> [SeenMessage] {
        let clusterName = configuration.clusterName(topic)
        let marks = try watermarks(topic)
        let expected = marks.values.reduce(0) { $0 + $1.count }
        guard expected > 0 else { return [] }
        let consumer = try BatchConsumer(
            broker.configuration, group: TestBroker.unique("reader"), topics: [clusterName], clientID: "test",
            handler: FromTheBeginning())
        defer { consumer.close(timeout: .seconds(20)) }
        try consumer.start()
        var seen: [SeenMessage] = []
        while seen.count < expected {
            let batch = try #require(
                try consumer.next(timeout: .seconds(30)), "no more messages of \(clusterName) came")
            seen += batch.seen
        }
        return seen
    }

    public func watermarks(_ topic: String) throws -> [TopicPartition: Watermarks] {
        try Admin(broker.configuration).watermarks(partitions(topic))
    }

    public func partitions(_ topic: String) throws -> [TopicPartition] {
        let partitions = try #require(try TopicCatalogue().declaration(topic)).partitions
        return (0..<partitions).map {
            TopicPartition(topic: configuration.clusterName(topic), partition: Int32($0))
        }
    }

    // MARK: What came

    public func count(_ sql: String) throws -> Int {
        try observers.withConnection { try $0.value(Int.self, sql) }
    }

    /// The numbers in `received`, in order, as often as they are there.
    public func received() throws -> [Int] {
        try observers.withConnection { connection in
            try connection.values(Int.self, "SELECT number FROM received ORDER BY number")
        }
    }

    /// Waits until so many rows are in `received`.
    public func awaitReceived(
        _ count: Int, _ consumers: RunningService..., sourceLocation: SourceLocation = #_sourceLocation
    )
        async throws
    {
        var rows = 0
        try await eventually(
            "\(rows) of \(count) rows came; the log:\n\(consumers.map(\.log.text).joined(separator: "\n---\n"))",
            sourceLocation: sourceLocation
        ) {
            rows = try self.count("SELECT count(*) FROM received")
            return rows >= count
        }
    }

    /// The positions of the consumer: next offset, by partition.
    public func positions(_ topic: TopicName = .transactionConnected) throws -> [TopicPartition: Int64] {
        try observers.withConnection { connection in
            let rows = try connection.records(
                PositionRow.self,
                "SELECT topic, partition, next FROM consumer_positions WHERE consumer = $1 AND topic = $2",
                Self.consumer, configuration.clusterName(topic.rawValue))
            return Dictionary(
                uniqueKeysWithValues: rows.map {
                    (TopicPartition(topic: $0.topic, partition: $0.partition), $0.next)
                })
        }
    }

    /// Waits until the positions are the topic's ends, and Kafka's tools see no lag.
    public func awaitNoLag(
        _ topic: TopicName = .transactionConnected, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let admin = try Admin(broker.configuration)
        let partitions = try partitions(topic.rawValue)
        let ends = try admin.watermarks(partitions).mapValues(\.high).filter { $0.value > 0 }
        var mirrored: [TopicPartition: Int64] = [:]
        try await eventually("\(mirrored) are not the ends \(ends)", sourceLocation: sourceLocation) {
            mirrored = try admin.groupOffsets(configuration.clusterName(Self.consumer), partitions)
                .filter { $0.value > 0 }
            return mirrored == ends
        }
        #expect(try positions(topic).filter { $0.value > 0 } == ends, sourceLocation: sourceLocation)
    }
}

private struct FromTheBeginning: AssignmentHandler {
    func assigned(_ partitions: [TopicPartition]) throws -> [TopicPartition: StartOffset] {
        Dictionary(uniqueKeysWithValues: partitions.map { ($0, .beginning) })
    }

    func revoked(_ partitions: [TopicPartition], lost: Bool) {}
}

private func withBytes<T>(_ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) throws -> T) throws -> T {
    guard let bytes else { return try body(nil) }
    return try bytes.withUnsafeBytes { try body($0) }
}

/// A position, as a test looks at it.
private struct PositionRow: Record {
    var topic: String
    var partition: Int32
    var next: Int64

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        PositionRow(
            topic: try column("topic", row?.topic), partition: try column("partition", row?.partition),
            next: try column("next", row?.next))
    }
}
