import Contracts
import Kafka
import Service
import Synchronization
import Testbed
import Testing

@testable import Bus
@testable import Database

/// A database whose network acknowledges and forwards nothing.
@Suite(.serialized, .timeLimit(.minutes(10)), .tags(.broker, .chaos))
struct SilentDatabaseTests {
    @Test(
        "A consumer whose database is silent gives its partitions up to another and says so, and joins when it is heard again",
        arguments: TestBroker.Kind.available)
    func givesUp(_ kind: TestBroker.Kind) async throws {
        let bus = try TestBus(kind)
        let proxy = try SilentProxy(to: bus.database.url)
        defer { proxy.close() }
        let progress = Mutex<ConsumerProgress?>(nil)
        let deaf = bus.consumer(databaseURL: try proxy.url(bus.database.url), patience: .seconds(3)) { known in
            progress.withLock { $0 = known }
        }
        try bus.produce(.transactionConnected, try bus.messages(0..<300))
        try await bus.awaitReceived(300, deaf)
        proxy.fallSilent()
        try bus.produce(.transactionConnected, try bus.messages(300..<600))
        try await eventually(deaf.log.text) { deaf.log.contains("giving the partitions up") }
        #expect(deaf.log.contains("the database has not answered for"))
        let other = bus.consumer()
        try await bus.awaitReceived(600, other, deaf)
        let state = progress.withLock { $0?.state }
        guard case .stalled = state else { throw Unexpected(state: "\(String(describing: state))") }
        proxy.speak()
        try await eventually(deaf.log.text) { progress.withLock { $0?.state } == .working }
        try await other.stop()
        try bus.produce(.transactionConnected, try bus.messages(600..<900))
        try await bus.awaitReceived(900, deaf)
        try await deaf.stop()
        #expect(try bus.received() == Array(0..<900))
    }

    @Test("A consumer stops although its database is silent")
    func stops() async throws {
        let bus = try TestBus()
        let proxy = try SilentProxy(to: bus.database.url)
        defer { proxy.close() }
        let deaf = bus.consumer(databaseURL: try proxy.url(bus.database.url))
        try bus.produce(.transactionConnected, try bus.messages(0..<30))
        try await bus.awaitReceived(30, deaf)
        proxy.fallSilent()
        try bus.produce(.transactionConnected, try bus.messages(30..<60))
        try await deaf.stop()
        #expect(try bus.received() == Array(0..<30))
    }

    @Test("A database that is slow, but answers, keeps its consumer")
    func slow() {
        #expect(
            ConsumerProgress.stall(busyFor: .seconds(300), silentFor: .seconds(1), patience: .seconds(20)) == nil)
        #expect(ConsumerProgress.stall(busyFor: nil, silentFor: .seconds(300), patience: .seconds(20)) == nil)
        #expect(
            ConsumerProgress.stall(busyFor: .seconds(19), silentFor: .seconds(300), patience: .seconds(20)) == nil)
        #expect(
            ConsumerProgress.stall(busyFor: .seconds(20), silentFor: .seconds(20), patience: .seconds(20)) != nil)
    }
}

private struct Unexpected: Error {
    let state: String
}
