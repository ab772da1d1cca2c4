import Contracts
import Database
import Foundation
import Kafka
import Service
import Synchronization
import Testbed
import Testing

@testable import Bus

/// A process's look at its work, by a clock that the test sets.
private final class Watcher {
    let instruments: Instruments
    private var looks: Looks
    private var now = ContinuousClock.now
    private let bus: TestBus
    private var connection: Connection?
    private var admin: Admin?
    var databaseURL: String

    init(_ bus: TestBus, _ instruments: Instruments, _ work: [any WorkSource]) {
        self.bus = bus
        self.instruments = instruments
        databaseURL = bus.database.url
        looks = Looks(ProcessWatch.Settings(), work, instruments)
        instruments.health.started()
    }

    /// Looks at the time so many seconds later, and tells why it is not ready.
    func look(after seconds: Int = 0) -> [String] {
        now += .seconds(seconds)
        looks.look(at: now) {
            if let connection { return connection }
            let fresh = try Connection(url: databaseURL, applicationName: "watcher")
            connection = fresh
            return fresh
        } admin: {
            let asked = try admin ?? Admin(bus.broker.configuration, clientID: "watcher", timeout: .seconds(2))
            admin = asked
            return asked
        }
        return instruments.health.obstacles
    }

    var isUnanswered: Bool { looks.isUnanswered }

    /// Looks every twenty seconds for so long, as a process does that is not frozen.
    func look(for seconds: Int) -> [String] {
        for _ in 0..<(seconds / 20) { _ = look(after: 20) }
        return look(after: 1)
    }

    func reconnect(to url: String) {
        connection = nil
        databaseURL = url
    }
}

/// A process is not ready when work waits and none is done, says why, and is ready again when it gets on.
@Suite(.serialized, .timeLimit(.minutes(5)), .tags(.broker))
struct ReadinessTests {
    private func start(
        _ bus: TestBus, _ handler: any TopicHandler
    ) -> (consumer: RunningService, watcher: Watcher) {
        let instruments = Instruments()
        let work = Mutex<[any WorkSource]>([])
        let service = RunningService { shutdown, logger in
            let consumer = TransactionalConsumer(
                program: TestBus.program, handlers: [handler], configuration: bus.configuration,
                databaseURL: bus.database.url, instruments: instruments, shutdown: shutdown, logger: logger)
            work.withLock { $0 = consumer.work }
            return consumer
        }
        return (service, Watcher(bus, instruments, work.withLock { $0 }))
    }

    private func numbers(_ bus: TestBus, onWrite: @escaping @Sendable (Int) throws -> Void = { _ in })
        -> any TopicHandler
    {
        NumberHandler<TransactionConnected>(choices: bus.configuration.choices, onWrite: onWrite)
    }

    private func messages(_ range: Range<Int>, _ bus: TestBus) throws -> [(key: String?, value: [UInt8]?)] {
        try range.map { ("\($0)", try bus.value(TransactionConnected(number: $0))) }
    }

    @Test("An idle consumer is ready for as long as it is idle, and one that has caught up")
    func idle() async throws {
        let bus = try TestBus()
        let (consumer, watcher) = start(bus, numbers(bus))
        try await eventually(consumer.log.text) { consumer.log.contains("partitions assigned") }
        #expect(watcher.look(for: 600) == [])
        try bus.produce(.transactionConnected, try messages(0..<20, bus))
        try await bus.awaitReceived(20, consumer)
        #expect(watcher.look(for: 600) == [])
        try await consumer.stop()
    }

    @Test("A consumer whose handler does not come back is not ready, and ready when it does")
    func stuckHandler() async throws {
        let bus = try TestBus()
        let gate = GracefulShutdown()
        let (consumer, watcher) = start(bus, numbers(bus) { _ in gate.wait(upTo: .seconds(120)) })
        try await eventually(consumer.log.text) { consumer.log.contains("partitions assigned") }
        try bus.produce(.transactionConnected, try messages(0..<10, bus))
        #expect(watcher.look() == [])
        let obstacles = watcher.look(for: 60)
        #expect(obstacles.count == 1)
        #expect(
            obstacles.first?.hasPrefix(
                "finance-consumer: all partitions: 10 messages wait, and none was done for 1 min")
                == true, "\(obstacles)")
        gate.request()
        try await bus.awaitReceived(10, consumer)
        #expect(watcher.look(after: 5) == [])
        try await consumer.stop()
    }

    @Test("A partition that is held makes it unready at once, with the reason, until it is stepped over")
    func held() async throws {
        let bus = try TestBus()
        let (consumer, watcher) = start(bus, numbers(bus))
        try bus.produce(
            .transactionConnected, try messages(0..<1, bus),
            headers: [("ce_dataschema", "https://ledgerbus/schemas/transaction-connected/2.0")])
        let connection = try bus.database.connect()
        var held: StoredPosition?
        try await eventually(consumer.log.text) {
            held = try ConsumerPositionStore.all(on: connection).first { $0.heldReason != nil }
            return held != nil
        }
        let obstacles = watcher.look()
        #expect(obstacles.count == 1)
        #expect(obstacles.first?.contains(try #require(held?.heldReason)) == true, "\(obstacles)")
        let partition = try #require(held.map { TopicPartition(topic: $0.topic, partition: $0.partition) })
        #expect(
            try ConsumerPositionStore.stepOver(partition, of: TestBus.program, at: 0, on: connection))
        try await eventually(consumer.log.text) {
            try ConsumerPositionStore.all(on: connection).allSatisfy { $0.heldReason == nil }
        }
        #expect(watcher.look(after: 5) == [])
        try await consumer.stop()
    }

    @Test("Messages of a paused map wait, and the consumer is ready")
    func paused() async throws {
        let bus = try TestBus()
        let connection = try bus.database.connect()
        try TableMapStore.apply(
            TableMapChange(map: .connections, state: .paused), by: "test", because: nil, on: connection)
        let (consumer, watcher) = start(bus, numbers(bus))
        try await eventually(consumer.log.text) { consumer.log.contains("maps are paused") }
        try bus.produce(.transactionConnected, try messages(0..<10, bus))
        #expect(watcher.look(for: 600) == [])
        #expect(
            PrometheusText.text(watcher.instruments.metrics).contains("ledgerbus_map_paused{map=\"connections\"} 1"))
        try await consumer.stop()
    }

    @Test("A database that does not answer makes a process unready after a while, since nobody can tell what waits")
    func databaseAway() async throws {
        let bus = try TestBus()
        let (consumer, watcher) = start(bus, numbers(bus))
        #expect(watcher.look() == [])
        watcher.reconnect(to: "postgres://127.0.0.1:1/nowhere")
        #expect(watcher.look(after: 5) == [], "it may pass")
        #expect(watcher.isUnanswered, "the next look would be late")
        let obstacles = watcher.look(after: 20)
        #expect(
            obstacles.first?.hasPrefix("database: nobody can tell whether there is work, for 20 s") == true,
            "\(obstacles)")
        #expect(PrometheusText.text(watcher.instruments.metrics).contains("ledgerbus_database_up 0"))
        watcher.reconnect(to: bus.database.url)
        #expect(watcher.look(after: 5) == [])
        #expect(!watcher.isUnanswered)
        #expect(PrometheusText.text(watcher.instruments.metrics).contains("ledgerbus_database_up 1"))
        try await consumer.stop()
    }

    @Test("A database that has fallen silent keeps the look itself, which is told; it is ready again when it speaks")
    func silence() async throws {
        let bus = try TestBus()
        let proxy = try SilentProxy(to: bus.database.url)
        defer { proxy.close() }
        let instruments = Instruments()
        instruments.health.started()
        let url = try proxy.url(bus.database.url)
        let watch = RunningService { shutdown, logger in
            ProcessWatch(
                TestBus.program, bus.configuration, databaseURL: url,
                sources: [SetAsideMeter(side: .finance, metrics: instruments.metrics)], instruments,
                settings: ProcessWatch.Settings(
                    interval: .milliseconds(50), patience: .seconds(60), silence: .milliseconds(500)),
                shutdown: shutdown, logger: logger)
        }
        let up = instruments.metrics.gauge(BusMetrics.databaseUp)
        try await eventually("it never looked") { up.value == 1 }
        #expect(instruments.health.isReady)
        proxy.fallSilent()
        try await eventually("it is ready although nobody answers") { !instruments.health.isReady }
        #expect(
            instruments.health.obstacles.first?.hasPrefix("database: nobody can tell whether there is work") == true)
        #expect(up.value == 0)
        proxy.speak()
        try await eventually("\(instruments.health.obstacles)") { instruments.health.isReady }
        try await watch.stop()
    }

    @Test("A relay whose broker acknowledges nothing is not ready, and says why; then it is again")
    func noAcknowledgements() async throws {
        let bus = try TestBus(embedded: try EmbeddedBroker())
        let instruments = Instruments()
        let work = Mutex<[any WorkSource]>([])
        let relay = RunningService { shutdown, logger in
            let relay = OutboxRelay(
                name: "relay", configuration: bus.configuration, databaseURL: bus.database.url, side: .finance,
                instruments: instruments, shutdown: shutdown, logger: logger)
            work.withLock { $0 = relay.work }
            return relay
        }
        let watcher = Watcher(bus, instruments, work.withLock { $0 })
        try bus.publish(0..<10)
        try await eventually(relay.log.text) { try bus.pending == 0 }
        #expect(watcher.look(for: 600) == [])
        bus.broker.embedded?.takeDown()
        try bus.publish(10..<20)
        let connection = try bus.database.connect()
        try await eventually(relay.log.text) { try OutboxReport(connection).lastFailure != nil }
        let obstacles = watcher.look(for: 80)
        #expect(
            obstacles.first?.hasPrefix("outbox: to publish: 10 messages wait, and none was done for 1 min") == true,
            "\(obstacles)")
        bus.broker.embedded?.bringUp()
        try await eventually(relay.log.text) { try bus.pending == 0 }
        #expect(watcher.look(after: 5) == [])
        #expect(instruments.metrics.counter(BusMetrics.delivered).value == 20)
        #expect(instruments.metrics.histogram(BusMetrics.deliveryAge).tally.count == 20)
        try await relay.stop()
    }

    @Test("What a consumer does is measured: messages, batches, dead letters by cause, fences, lag, the age of events")
    func measured() async throws {
        let bus = try TestBus()
        let (consumer, watcher) = start(bus, numbers(bus))
        let metrics = watcher.instruments.metrics
        try bus.produce(
            .transactionConnected, try messages(0..<20, bus) + [("key-of-4711", Array("nonsense-of-4711".utf8))])
        try bus.produce(
            .transactionConnected, try messages(20..<21, bus),
            headers: [("ce_time", Instant(Date()).text(fraction: 6))])
        try await bus.awaitReceived(21, consumer)
        try await eventually(consumer.log.text) {
            metrics.counter(BusMetrics.messages, TestBus.consumer, "transaction-connected").value == 22
        }
        #expect(watcher.look() == [])
        let text = PrometheusText.text(metrics)
        for line in [
            #"ledgerbus_consumer_set_aside_total{consumer="finance-consumer",topic="transaction-connected",disposition="dead-letter",code="not-json"} 1"#,
            #"ledgerbus_consumer_lag_messages{consumer="finance-consumer",topic="transaction-connected",partition="0"} 0"#,
            #"ledgerbus_consumer_rebalances_total{consumer="finance-consumer",change="given"} 1"#,
            #"ledgerbus_consumer_partitions{consumer="finance-consumer"} 6"#,
            #"ledgerbus_consumer_fences_refused_total{consumer="finance-consumer"} 0"#,
            #"ledgerbus_event_age_seconds_count{consumer="finance-consumer",topic="transaction-connected"} 1"#,
            "ledgerbus_brokers_up 1", "ledgerbus_database_up 1",
        ] {
            #expect(text.contains(line + "\n"), "\(line) is not in:\n\(text)")
        }
        #expect(metrics.histogram(BusMetrics.batchMessages, TestBus.consumer).tally.count > 0)
        #expect(
            metrics.histogram(BusMetrics.handlerDuration, TestBus.consumer, "transaction-connected").tally.count > 0)

        #expect(consumer.log.contains("a message became a dead letter"))
        #expect(!consumer.log.contains("of-4711"), "neither keys nor values are in logs")

        // Another process takes all partitions over, which only the database knows.
        try bus.database.connect().execute("UPDATE consumer_positions SET epoch = epoch + 1")
        try bus.produce(.transactionConnected, try messages(30..<31, bus))
        try await eventually(consumer.log.text) {
            metrics.counter(BusMetrics.fencesRefused, TestBus.consumer).value > 0
        }
        try await consumer.stop()
    }
}
