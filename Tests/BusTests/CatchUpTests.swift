import Contracts
import Database
import Testbed
import Testing

@testable import Bus

/// Whether topics have been read back, also by a database that is restored under a running process.
@Suite(.tags(.broker))
struct CatchUpTests {
    private func catchUp(_ bus: TestBus, _ log: RecordedLog) -> CatchUp {
        CatchUp(
            program: TestBus.program, topics: [.transactionConnected], configuration: bus.configuration,
            logger: log.logger)
    }

    @Test("A session asks until the positions are where its topics ended, and then no more")
    func reached() async throws {
        let bus = try TestBus()
        let log = RecordedLog()
        let catchUp = catchUp(bus, log)
        let connection = try bus.database.connect()
        try bus.produce(.transactionConnected, try bus.messages(0..<100))
        #expect(try !catchUp.isReached(on: connection))
        #expect(log.contains("waits until what was published is read back"))
        let consumer = bus.consumer()
        try await bus.awaitReceived(100, consumer)
        try await consumer.stop()
        #expect(try catchUp.isReached(on: connection))
        try bus.produce(.transactionConnected, try bus.messages(100..<200))
        #expect(try catchUp.isReached(on: connection))
    }

    @Test("A new session is asked for anew: its database may have been restored to an earlier moment")
    func restored() async throws {
        let bus = try TestBus()
        let log = RecordedLog()
        let catchUp = catchUp(bus, log)
        let before = try bus.database.connect()
        try await consume(0..<100, bus)
        try before.executeScript("CREATE TABLE backup AS SELECT * FROM consumer_positions")
        try await consume(100..<200, bus)
        #expect(try catchUp.isReached(on: before))
        try before.executeScript(
            """
            DELETE FROM received WHERE number >= 100; DELETE FROM consumer_positions;
            INSERT INTO consumer_positions SELECT * FROM backup
            """)
        let after = try bus.database.connect()
        #expect(try !catchUp.isReached(on: after))
        let next = bus.consumer()
        try await bus.awaitReceived(200, next)
        try await next.stop()
        #expect(try catchUp.isReached(on: after))
    }
    private func consume(_ numbers: Range<Int>, _ bus: TestBus) async throws {
        try bus.produce(.transactionConnected, try bus.messages(numbers))
        let consumer = bus.consumer()
        try await bus.awaitReceived(numbers.upperBound, consumer)
        try await consumer.stop()
    }
}
