import Contracts
import Kafka
import Service
import Testbed
import Testing

@testable import Bus
@testable import Database

/// Positions that are taken away from a consumer which the group counts as their owner (design §3, Positions).
@Suite(.serialized, .timeLimit(.minutes(10)), .tags(.broker, .chaos))
struct LostPartitionTests {
    @Test(
        "A partition that a process took over before it died is joined anew by the one that the group counts as its owner",
        arguments: TestBroker.Kind.available)
    func takenOverByTheDead(_ kind: TestBroker.Kind) async throws {
        let bus = try TestBus(kind)
        let consumer = bus.consumer(session: .seconds(1))
        try bus.produce(.transactionConnected, try bus.messages(0..<300))
        try await bus.awaitReceived(300, consumer)
        try bus.database.connect().execute("UPDATE consumer_positions SET epoch = epoch + 1 WHERE partition < 2")
        try bus.produce(.transactionConnected, try bus.messages(300..<600))
        try await bus.awaitReceived(600, consumer)
        #expect(consumer.log.contains("taken over by another process"))
        #expect(consumer.log.contains("joining anew"))
        try await consumer.stop()
        #expect(try bus.received() == Array(0..<600))
    }

    @Test("A reset keeps the positions in the lists, and who wakes up with an old one cannot commit")
    func resetRaisesTheEpoch() async throws {
        let bus = try TestBus()
        let consumer = bus.consumer()
        try bus.produce(.transactionConnected, try bus.messages(0..<60))
        try await bus.awaitReceived(60, consumer)
        try await consumer.stop()
        let connection = try bus.database.connect()
        let store = ConsumerPositionStore(consumer: TestBus.program, clusterID: "any")
        let partition = try #require(try bus.positions().first { $0.value > 0 }?.key)
        let zombie = try store.takeOver(partition, on: connection)
        #expect(try PositionReset.reset(TestBus.program, bus.configuration, on: connection).count == 6)
        #expect(try bus.positions().count == 6)
        #expect(try bus.positions().values.allSatisfy { $0 == 0 })
        for next in [0, zombie.next] {
            let move = PositionMove(partition: partition, epoch: zombie.epoch, from: next, to: next + 1, last: 0)
            #expect(try !store.move(move, fingerprint: [], anchor: nil, on: connection))
        }
        let again = bus.consumer()
        try await bus.awaitReceived(120, again)
        try await bus.awaitNoLag()
        try await again.stop()
    }
}
