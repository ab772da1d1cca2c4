import Contracts
import Foundation
import Kafka
import Service
import Testbed
import Testing

@testable import Bus
@testable import Database

/// Sessions whose client is frozen while they hold locks for which others wait.
@Suite(.serialized, .timeLimit(.minutes(10)), .tags(.broker, .chaos))
struct FrozenSessionTests {
    enum Frozen: CaseIterable {
        case insideACopy, betweenTwoStatements, takingRows
    }

    @Test("Partitions whose last owner is frozen in its transaction are taken over", arguments: Frozen.allCases)
    func takenOver(_ frozen: Frozen) async throws {
        let bus = try TestBus()
        let first = bus.consumer()
        try bus.produce(.transactionConnected, try bus.messages(0..<100))
        try await bus.awaitReceived(100, first)
        try await first.stop()
        let owner = try FrozenOwner(bus, "finance-consumer", frozen)
        try bus.produce(.transactionConnected, try bus.messages(100..<200))
        let next = bus.consumer()
        try await bus.awaitReceived(200, next)
        #expect(next.log.contains("ended a session that held locks for a client that does nothing"))
        #expect(try owner.thaw() == false)
        try await next.stop()
        #expect(try bus.received() == Array(0..<200))
    }

    @Test("Who waits for a session that is not of the bus says for whom, and lets it be")
    func stranger() async throws {
        let bus = try TestBus()
        let first = bus.consumer()
        try bus.produce(.transactionConnected, try bus.messages(0..<100))
        try await bus.awaitReceived(100, first)
        try await first.stop()
        let owner = try FrozenOwner(bus, "psql of Ada", .betweenTwoStatements)
        try bus.produce(.transactionConnected, try bus.messages(100..<200))
        let next = bus.consumer()
        try await eventually(next.log.text) { next.log.contains("holder=psql of Ada (process") }
        try await eventually(next.log.text) { next.log.contains("trying again") }
        #expect(try bus.received().count == 100)
        #expect(try owner.thaw())
        try await bus.awaitReceived(200, next)
        try await next.stop()
    }

    @Test("A role that may not end another's session says who can")
    func withoutTheRight() async throws {
        let bus = try TestBus()
        let connection = try bus.database.connect()
        let role = TestBroker.unique("watcher").replacing("-", with: "_")
        try connection.executeScript(
            """
            CREATE ROLE \(role) LOGIN; GRANT pg_read_all_stats TO \(role);
            GRANT SELECT, UPDATE ON consumer_positions TO \(role)
            """)
        defer { _ = try? connection.executeScript("DROP OWNED BY \(role); DROP ROLE \(role)") }
        try connection.execute(
            """
            INSERT INTO consumer_positions (consumer, topic, partition, next, epoch, cluster_id)
            VALUES ('finance-consumer', 'a', 0, 0, 1, 'c')
            """)
        let owner = try FrozenOwner(bus, "finance-consumer", .betweenTwoStatements)
        let url = bus.database.url + (bus.database.url.contains("?") ? "&" : "?") + "user=\(role)"
        let waiting = WorkerThread(name: "waits") {
            try Connection(url: url, applicationName: "finance-consumer").execute(
                "UPDATE consumer_positions SET next = next")
        }
        let log = RecordedLog()
        let watch = LockWatch(.financeConsumer, databaseURL: url, logger: log.logger)
        watch.start()
        try await eventually(log.text) { log.contains("this role may not end its session") }
        watch.stop()
        #expect(log.contains("holder=finance-consumer (process"))
        #expect(!log.contains("ended a session"))
        #expect(try owner.thaw())
        _ = try waiting.join()
    }

    // MARK: The rule

    private func holder(
        state: String, waits: String, seconds: Int, copied: Int64 = -1, name: String = "finance-consumer"
    ) -> LockHolder {
        LockHolder(
            session: LockWait.Session(process: 1, applicationName: name), state: state, waitEvent: waits,
            since: "then", milliseconds: Int64(seconds) * 1000, copiedBytes: copied, role: "ledgerbus")
    }

    @Test("A client that has done nothing between two statements for five seconds is frozen")
    func betweenStatements() {
        #expect(holder(state: "idle in transaction", waits: "ClientRead", seconds: 5).isFrozen(stillFor: .zero))
        #expect(!holder(state: "idle in transaction", waits: "ClientRead", seconds: 4).isFrozen(stillFor: .zero))
    }

    @Test("A client within a statement is frozen when it has been seen to do nothing")
    func withinAStatement() {
        let copying = holder(state: "active", waits: "ClientRead", seconds: 60, copied: 1 << 20)
        #expect(!copying.isFrozen(stillFor: .seconds(2)))
        #expect(copying.isFrozen(stillFor: .seconds(3)))
        let further = holder(state: "active", waits: "ClientRead", seconds: 60, copied: 2 << 20)
        #expect(copying.stillness != further.stillness)
    }

    @Test("A session at work on the server is not frozen, however long it takes")
    func atWork() {
        #expect(!holder(state: "active", waits: "", seconds: 600).isFrozen(stillFor: .seconds(600)))
        #expect(!holder(state: "active", waits: "transactionid", seconds: 600).isFrozen(stillFor: .seconds(600)))
        #expect(holder(state: "active", waits: "DataFileRead", seconds: 600).stillness == nil)
    }

    @Test(
        "Sessions of the bus are known by their names",
        arguments: [
            ("finance-consumer", true), ("finance-consumer positions", true), ("posting-consumer@host/4711 2", true),
            ("ledgerbus import-from-staging", true), ("ledgerbus", true), ("psql", false), ("", false),
            ("ledgerbus2", false), ("my finance-consumer", false),
        ])
    func ours(_ name: String, _ isOurs: Bool) {
        #expect(holder(state: "active", waits: "", seconds: 1, name: name).isOurs == isOurs)
    }
}

/// A session that holds all positions, and whose client does nothing until it is thawed.
private final class FrozenOwner: Sendable {
    private let isFrozen = Monitor(true)
    private let thread: WorkerThread<Void>

    init(_ bus: TestBus, _ name: String, _ frozen: FrozenSessionTests.Frozen) throws {
        let holds = Monitor(false)
        let url = bus.database.url
        thread = WorkerThread(name: "frozen") { [isFrozen] in
            let connection = try Connection(url: url, applicationName: name)
            func freeze() {
                holds.withLock { $0 = true }
                while isFrozen.wait(for: { $0 ? nil : true }) == nil {}
            }
            try connection.transaction(retries: 0) {
                try connection.execute("UPDATE consumer_positions SET next = next")
                switch frozen {
                case .betweenTwoStatements:
                    freeze()
                case .insideACopy:
                    try connection.copyIn("COPY received (topic) FROM STDIN (FORMAT binary)") { _ in
                        freeze()
                        throw CancellationError()
                    }
                case .takingRows:
                    try connection.forEach(
                        "SELECT repeat('x', 1000) FROM generate_series(1, 1000000)", parameters: []
                    ) { _ in
                        freeze()
                        throw CancellationError()
                    }
                }
                try connection.execute("SELECT 1")
            }
        }
        while holds.wait(upTo: .seconds(1), for: { $0 ? true : nil }) == nil {
            try #require(try thread.join(upTo: .zero) == nil, "it ended before it held anything")
        }
    }

    /// - Returns: whether its transaction came to its end.
    func thaw() throws -> Bool {
        isFrozen.withLock { $0 = false }
        do {
            try thread.join()
            return true
        } catch is DatabaseError {
            return false
        } catch is CancellationError {
            return false
        }
    }
}
