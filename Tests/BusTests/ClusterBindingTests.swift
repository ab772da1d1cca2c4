import Contracts
import Kafka
import Service
import Testbed
import Testing

@testable import Bus
@testable import Database

/// A database belongs to one cluster and one topic prefix.
@Suite(.serialized, .timeLimit(.minutes(5)), .tags(.broker))
struct ClusterBindingTests {
    @Test(
        "A database that belongs nowhere is taken, its own environment is let in, and every other is refused",
        arguments: [
            (nil, ("A", ""), .take), (("A", ""), ("A", ""), .same), (("A", "x."), ("A", "x."), .same),
            (("A", ""), ("B", ""), .refuse), (("A", "x."), ("A", "y."), .refuse), (("A", "x."), ("A", ""), .refuse),
            (("mockCluster1", ""), ("mockCluster2", ""), .take),
            (("mockCluster1", "x."), ("mockCluster2", "y."), .refuse), (("A", ""), ("mockCluster2", ""), .refuse),
            (("mockCluster1", ""), ("B", ""), .refuse),
        ] as [((String, String)?, (String, String), ClusterBinding.Verdict)])
    func verdict(_ bound: (String, String)?, _ now: (String, String), _ verdict: ClusterBinding.Verdict) {
        let current = ClusterBinding(clusterID: now.0, topicPrefix: now.1)
        let before = bound.map { ClusterBinding(clusterID: $0.0, topicPrefix: $0.1) }
        #expect(current.verdict(bound: before) == verdict)
    }

    @Test("A relay with another prefix stops, says so, and sends nothing")
    func otherPrefix() async throws {
        let bus = try TestBus()
        let first = bus.relay()
        try bus.publish(0..<1)
        try await eventually(first.log.text) { try bus.pending == 0 }
        try await first.stop()
        try bus.publish(1..<10)
        var configuration = bus.configuration
        configuration.topicPrefix = "production."
        let other = RunningService {
            OutboxRelay(
                name: "relay", configuration: configuration, databaseURL: bus.database.url, shutdown: $0, logger: $1)
        }
        let error = await other.failure()
        #expect("\(error.map { "\($0)" } ?? "")".contains("the topic prefix production."))
        #expect("\(error.map { "\($0)" } ?? "")".contains("ledgerbus database adopt"))
        #expect(try bus.pending == 9)
    }

    @Test("A database that is adopted belongs to the other environment from then on, and nothing is sent again")
    func adopted() async throws {
        let bus = try TestBus()
        let connection = try bus.database.connect()
        try ClusterBindingStore.join(ClusterBinding(clusterID: "gone", topicPrefix: ""), on: connection)
        #expect(throws: ForeignEnvironment.self) {
            try SideDatabase.checkEnvironment(bus.configuration, clusterID: "here", on: connection)
        }
        let adoption = try DatabaseAdoption(bus.configuration, on: connection)
        #expect(adoption.previousCluster == "gone")
        #expect(adoption.prefix == bus.configuration.topicPrefix)
        try SideDatabase.checkEnvironment(bus.configuration, clusterID: adoption.cluster, on: connection)
        #expect(try bus.pending == 0)
    }

    @Test("Two processes that meet a new database with different prefixes do not both get it")
    func race() throws {
        let bus = try TestBus()
        let first = try bus.database.connect()
        let second = try bus.database.connect()
        try ClusterBindingStore.join(ClusterBinding(clusterID: "A", topicPrefix: "x."), on: first)
        #expect(throws: ForeignEnvironment.self) {
            try ClusterBindingStore.join(ClusterBinding(clusterID: "A", topicPrefix: "y."), on: second)
        }
        #expect(try ClusterBindingStore.current(on: second)?.topicPrefix == "x.")
    }

    @Test(
        "After a lost cluster, resending lets a relay that still runs go on at once, and the next one start",
        .onlyOnApacheKafka)
    func lostCluster() async throws {
        let bus = try TestBus(.apacheKafka)
        let connection = try bus.database.connect()
        // What the database knows is of a cluster that is gone; what this relay was told is of this one.
        let relay = bus.relay()
        try bus.publish(0..<100)
        try await eventually(relay.log.text) { try bus.pending == 0 }
        try connection.executeScript(
            "UPDATE cluster_binding SET cluster_id = 'gone'; UPDATE outbox_lease SET cluster_id = 'gone'")
        let refused = await relay.failure()
        #expect("\(refused.map { "\($0)" } ?? "")".contains("ledgerbus outbox resend"))
        #expect(await bus.relay().failure() != nil)

        #expect(try OutboxResend.resend(bus.configuration, on: connection) == 100)
        let next = bus.relay()
        try await eventually(next.log.text) { try bus.pending == 0 }
        // Its session is lost; it does not write back what it knew at its start.
        try connection.execute(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name LIKE 'relay%'
            """)
        try bus.publish(100..<200)
        try await eventually(next.log.text) { try bus.pending == 0 }
        try await next.stop()
        let last = bus.relay()
        try bus.publish(200..<300)
        try await eventually(last.log.text) { try bus.pending == 0 }
        try await last.stop()
        #expect(try bus.watermarks("transaction-connected").values.reduce(0) { $0 + $1.count } == 400)
    }

    @Test("A relay whose outbox is directed to another cluster meanwhile sends nothing more to its own")
    func directedElsewhere() async throws {
        let bus = try TestBus()
        let connection = try bus.database.connect()
        let relay = bus.relay()
        try bus.publish(0..<10)
        try await eventually(relay.log.text) { try bus.pending == 0 }
        try connection.executeScript(
            "UPDATE cluster_binding SET cluster_id = 'new'; UPDATE outbox_lease SET cluster_id = 'new'")
        #expect(await relay.failure() is ForeignEnvironment)
        try bus.publish(10..<20)
        #expect(try bus.pending == 10)
        #expect(try connection.query("SELECT cluster_id FROM outbox_lease").single().string(0) == "new")
    }
}
