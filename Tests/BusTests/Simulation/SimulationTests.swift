import Bus
import Contracts
import Foundation
import Kafka
import Testbed
import Testing

/// Promises 1 and 2, step by step: several processes in one thread, on one database, with every order of their steps that a
/// seed gives. No step is decided by a clock, so that a seed gives the same steps again.
@Suite(.serialized, .timeLimit(.minutes(60)), .tags(.broker, .chaos, .long))
struct SimulationTests {
    /// How many groups there are; `LEDGERBUS_TEST_WORLDS` asks for more of them.
    private static let worlds = ProcessInfo.processInfo.environment["LEDGERBUS_TEST_WORLDS"].flatMap(Int.init) ?? 4
    private static let steps = 250

    @Test(
        "Whatever order consumers read, write, crash, freeze and take over in, each message takes effect once, with its position"
    )
    func everyOrder() throws {
        let bus = try TestBus(topics: [.actualCreated])
        let log = try SimulatedLog(bus, count: 1_500)
        defer { log.close() }
        let clusterID = try Admin(bus.broker.configuration).clusterID()
        var random = SeededRandom()
        print("consumers: \(random)")
        var steps: [String: Int] = [:]
        let start = ContinuousClock.now
        for world in 0..<Self.worlds {
            let group = try SimulatedGroup(
                bus, log, clusterID: clusterID, random: SeededRandom(seed: world == 0 ? random.seed : random.next()))
            try group.run(steps: Self.steps)
            steps.merge(group.steps, uniquingKeysWith: +)
        }
        let minutes = (ContinuousClock.now - start) / .seconds(60)
        let total = steps.values.reduce(0, +)
        print(
            "\(Self.worlds) groups, \(total) steps, \(Int(Double(total) / minutes)) a minute: \(steps.sorted { $0.key < $1.key })"
        )
        #expect(steps.count > 8)
    }

    @Test(
        "Whatever order relays lease, send, crash and are directed elsewhere in, nothing counts as sent that did not arrive"
    )
    func everyOrderOfRelays() throws {
        let bus = try TestBus(topics: [])
        var random = SeededRandom()
        print("relays: \(random)")
        var steps: [String: Int] = [:]
        var sentTwice = 0
        let start = ContinuousClock.now
        for world in 0..<Self.worlds {
            let outbox = try SimulatedOutbox(
                bus, random: SeededRandom(seed: world == 0 ? random.seed : random.next()))
            try outbox.run(steps: 2 * Self.steps)
            steps.merge(outbox.steps, uniquingKeysWith: +)
            sentTwice += outbox.sentTwice
        }
        let minutes = (ContinuousClock.now - start) / .seconds(60)
        let total = steps.values.reduce(0, +)
        print(
            "\(Self.worlds) outboxes, \(total) steps, \(Int(Double(total) / minutes)) a minute, \(sentTwice) sent twice: "
                + "\(steps.sorted { $0.key < $1.key })")
        #expect(steps.count > 8)
    }
}
