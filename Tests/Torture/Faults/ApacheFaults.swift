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
    var isDead = false

    /// Killed, and started again.
    static let killed = BrokerAway(
        name: "kafka-killed", lasts: 1.0...15.0, taking: "kill", bringing: "up", what: "kill -9", isDead: true)
    /// Frozen: a leader that does not answer, or the only broker.
    static let paused = BrokerAway(
        name: "kafka-paused", lasts: 2.0...15.0, taking: "pause", bringing: "resume", what: "SIGSTOP")

    func isPossible(in world: World) -> Bool { world.apache != nil }

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        guard let apache = world.apache else { throw TortureError("there is no Apache Kafka") }
        let number = "\(Int.random(in: 1...apache.count, using: &random))"
        try apache.run(taking, number)
        // Who is dead takes no connection.
        if isDead { try apache.open(number, false) }
        return Injection(what: "\(what) of broker \(number) of \(apache.count)") {
            if isDead { try apache.open(number, true) }
            try apache.run(bringing, number)
        }
    }
}

/// What Toxiproxy makes of the network to the brokers, to one of them or to all: for the processes, for commands and for the
/// torture itself.
struct BrokerNetworkFails: Fault {
    let toxic: NetworkFails.Toxic
    var name: String { toxic.name(on: "kafka") }
    let lasts = 3.0...15.0

    func isPossible(in world: World) -> Bool { world.apache?.proxies != nil }

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        guard let apache = world.apache, let proxies = apache.proxies else {
            throw TortureError("there is no way between")
        }
        let all = (1...apache.count).map(String.init)
        let ways = Bool.random(using: &random) ? all : [all.randomElement(using: &random) ?? "1"]
        let attributes = toxic.attributes(&random)
        for way in ways { try proxies.add(toxic, attributes, on: way) }
        let toxic = toxic
        return Injection(what: "\(toxic.rawValue) \(attributes) on the way to brokers \(ways) of \(all.count)") {
            for way in ways { try proxies.remove(toxic, from: way) }
        }
    }
}
