import Foundation
import Testbed

extension World {
    /// The cluster of Apache Kafka; nil on embedded brokers.
    var apache: ApacheBrokers? { brokers as? ApacheBrokers }
}

/// A broker of Apache Kafka is killed, and started again later: the only one, or one of three.
struct BrokerKilled: Fault {
    let name = "kafka-killed"
    let lasts = 1.0...15.0

    func isPossible(in world: World) -> Bool { world.apache != nil }

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        guard let apache = world.apache else { throw TortureError("there is no Apache Kafka") }
        let number = "\(Int.random(in: 1...apache.count, using: &random))"
        world.note { $0.brokerReorders = true }
        try apache.run("kill", number)
        return Injection(what: "kill -9 of broker \(number) of \(apache.count)") { try apache.run("up", number) }
    }
}

/// A broker of Apache Kafka is frozen: a leader that does not answer, or the only broker.
struct BrokerPaused: Fault {
    let name = "kafka-paused"
    let lasts = 2.0...15.0

    func isPossible(in world: World) -> Bool { world.apache != nil }

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        guard let apache = world.apache else { throw TortureError("there is no Apache Kafka") }
        let number = "\(Int.random(in: 1...apache.count, using: &random))"
        world.note { $0.brokerReorders = true }
        try apache.run("pause", number)
        return Injection(what: "SIGSTOP of broker \(number) of \(apache.count)") { try apache.run("resume", number) }
    }
}
