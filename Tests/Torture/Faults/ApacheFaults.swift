import Foundation
import Testbed

extension World {
    /// The cluster of Apache Kafka; nil on embedded brokers.
    var apache: ApacheBrokers? { brokers as? ApacheBrokers }
}

/// A broker of Apache Kafka, the only one or one of three, is taken away, and comes back later.
struct BrokerAway: Fault {
    let name: String
    let lasts: ClosedRange<Double>
    /// What is done to it, and what brings it back: commands of its cluster.
    let taking: String
    let bringing: String
    let what: String

    /// Killed, and started again.
    static let killed = BrokerAway(
        name: "kafka-killed", lasts: 1.0...15.0, taking: "kill", bringing: "up", what: "kill -9")
    /// Frozen: a leader that does not answer, or the only broker.
    static let paused = BrokerAway(
        name: "kafka-paused", lasts: 2.0...15.0, taking: "pause", bringing: "resume", what: "SIGSTOP")

    func isPossible(in world: World) -> Bool { world.apache != nil }

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        guard let apache = world.apache else { throw TortureError("there is no Apache Kafka") }
        let number = "\(Int.random(in: 1...apache.count, using: &random))"
        try apache.run(taking, number)
        return Injection(what: "\(what) of broker \(number) of \(apache.count)") { try apache.run(bringing, number) }
    }
}
