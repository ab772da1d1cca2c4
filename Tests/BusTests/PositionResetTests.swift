import Contracts
import Foundation
import Kafka
import Service
import Testbed
import Testing

@testable import Bus
@testable import Database

/// Where a position is reset to (``ResetTarget/next(_:)``).
struct ResetTargetTests {
    private let facts = ResetTarget.Facts(next: 100, low: 10, high: 120, atTime: 60)

    @Test("earliest: the beginning")
    func earliest() throws { #expect(try ResetTarget.earliest.next(facts) == 0) }

    @Test("an offset of the log before the position, or the position: that", arguments: [10, 99, 100] as [Int64])
    func offset(_ offset: Int64) throws { #expect(try ResetTarget.offset(offset).next(facts) == offset) }

    @Test("an offset that the log has no longer, or after the position: refused", arguments: [9, 101, 120] as [Int64])
    func refusedOffset(_ offset: Int64) {
        let refusal = #expect(throws: ResetRefusal.self) { try ResetTarget.offset(offset).next(facts) }
        #expect(refusal?.description.contains("offset \(offset) is") ?? false)
    }

    @Test("an offset after the end of a log that was cut off: refused")
    func cutOff() {
        let cut = ResetTarget.Facts(next: 100, low: 0, high: 50)
        #expect(throws: ResetRefusal.self) { try ResetTarget.offset(51).next(cut) }
    }

    @Test("a time: the first message since; the position, when that has not come so far")
    func time() throws {
        #expect(try ResetTarget.time(0).next(facts) == 60)
        #expect(try ResetTarget.time(0).next(.init(next: 100, low: 10, high: 120, atTime: 110)) == 100)
        #expect(try ResetTarget.time(0).next(.init(next: 100, low: 10, high: 120)) == 100)
    }

    @Test("back: so many before the position, and not before the oldest that is kept")
    func back() throws {
        #expect(try ResetTarget.back(30).next(facts) == 70)
        #expect(try ResetTarget.back(1_000).next(facts) == 10)
        #expect(throws: ResetRefusal.self) { try ResetTarget.back(-1).next(facts) }
    }
}

/// Consumers whose positions an operator resets.
@Suite(.serialized, .timeLimit(.minutes(10)), .tags(.broker))
struct PositionResetTests {
    /// The numbers that came, in order, as often as they did.
    private func expected(_ once: Range<Int>, again: [Int]) -> [Int] { (Array(once) + again).sorted() }

    @Test(
        "A consumer that runs reads again from where it is reset to, and commits nothing with its old positions",
        arguments: TestBroker.Kind.available)
    func underARunningConsumer(_ kind: TestBroker.Kind) async throws {
        let bus = try TestBus(kind)
        let consumer = bus.consumer(session: .seconds(1))
        try bus.produce(.transactionConnected, try bus.messages(0..<300))
        try await bus.awaitReceived(300, consumer)
        try await bus.awaitNoLag()
        // Nothing more comes, so that it has to notice by itself.
        let connection = try bus.database.connect()
        let moves = try PositionReset.reset(
            TestBus.program, to: .back(10), because: "rows were lost", bus.configuration, on: connection)
        #expect(moves.count == 6 && moves.allSatisfy { $0.to == $0.from - 10 })
        try await bus.awaitReceived(360, consumer)
        try await bus.awaitNoLag()
        try await consumer.stop()
        #expect(try bus.received().count == 360)
        #expect(Set(try bus.received()) == Set(0..<300))
        let before = try connection.value(
            String.self,
            "SELECT concat_ws(' ', action, subject, reason) FROM operator_actions WHERE before <> after")
        #expect(
            before
                == "positions reset finance-consumer/\(bus.configuration.clusterName("transaction-connected")) rows were lost"
        )
    }

    @Test(
        "From a time, a stopped consumer reads what was sent since, and knows the message before again",
        arguments: TestBroker.Kind.available)
    func time(_ kind: TestBroker.Kind) async throws {
        let bus = try TestBus(kind)
        try bus.produce(.transactionConnected, try bus.messages(0..<200))
        func now() -> Int64 { Int64(Date.now.timeIntervalSince1970 * 1_000) }
        let middle = now() + 1
        try await eventually { now() >= middle }
        try bus.produce(.transactionConnected, try bus.messages(200..<300))
        let consumer = bus.consumer()
        try await bus.awaitReceived(300, consumer)
        try await bus.awaitNoLag()
        try await consumer.stop()

        let connection = try bus.database.connect()
        func reset(isDry: Bool) throws -> [PositionReset.Move] {
            try PositionReset.reset(
                TestBus.program, to: .time(middle), isDry: isDry, bus.configuration, on: connection)
        }
        let before = try bus.positions()
        let dry = try reset(isDry: true)
        #expect(try bus.positions() == before)
        #expect(dry.reduce(0) { $0 + $1.from - $1.to } == 100)
        #expect(try reset(isDry: false) == dry)
        let known = try connection.value(
            Int.self, "SELECT count(*) FROM consumer_positions WHERE next > 0 AND fingerprint IS NOT NULL")
        #expect(known == dry.count { $0.to > 0 })
        let again = bus.consumer()
        try await bus.awaitReceived(400, again)
        try await bus.awaitNoLag()
        try await again.stop()
        #expect(try bus.received() == expected(0..<300, again: Array(200..<300)))
    }

    @Test("An offset after the position of one partition is refused for all, and says which and why")
    func refused() async throws {
        let bus = try TestBus()
        try bus.produce(.transactionConnected, try bus.messages(0..<30))
        let consumer = bus.consumer()
        try await bus.awaitReceived(30, consumer)
        try await consumer.stop()
        let before = try bus.positions()
        let refusal = #expect(throws: ResetRefusal.self) {
            try PositionReset.reset(
                TestBus.program, to: .offset(29), bus.configuration, on: bus.database.connect())
        }
        #expect(refusal?.description.contains("transaction-connected/0") ?? false)
        #expect(refusal?.description.contains("would never take effect") ?? false)
        #expect(try bus.positions() == before)
    }
}
