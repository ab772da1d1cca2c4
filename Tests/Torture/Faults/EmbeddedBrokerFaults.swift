import Bus
import Contracts
import Foundation
import Kafka
import Testbed

extension World {
    /// The embedded brokers; nil on Apache Kafka.
    var embedded: EmbeddedBrokers? { brokers as? EmbeddedBrokers }
}

/// One or all of the embedded brokers close their connections and listen no more.
struct EmbeddedBrokerDown: Fault {
    let name = "broker-down"
    let lasts = 1.0...10.0

    func isPossible(in world: World) -> Bool { world.embedded != nil }

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        guard let broker = world.embedded?.broker else { throw TortureError("there is no embedded broker") }
        world.note { $0.brokerReorders = true }
        let all = Array(1...EmbeddedBrokers.count)
        let down = Bool.random(using: &random) ? all : [all.randomElement(using: &random) ?? 1]
        for number in down { broker.takeDown(number) }
        return Injection(what: "brokers \(down) are down") { for number in down { broker.bringUp(number) } }
    }
}

/// Answers come late, within what clients wait for.
struct EmbeddedBrokerSlow: Fault {
    let name = "broker-slow"
    let lasts = 3.0...10.0

    func isPossible(in world: World) -> Bool { world.embedded != nil }

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        guard let broker = world.embedded?.broker else { throw TortureError("there is no embedded broker") }
        world.note { $0.brokerReorders = true }
        let delay = Int.random(in: 100...1_500, using: &random)
        for number in 1...EmbeddedBrokers.count { broker.delay(number, by: .milliseconds(delay)) }
        return Injection(what: "answers take \(delay) ms") {
            for number in 1...EmbeddedBrokers.count { broker.delay(number, by: .zero) }
        }
    }
}

/// Answers come later than clients wait for them: what was written is sent again, and is there twice.
struct EmbeddedAcknowledgementsLost: Fault {
    let name = "acknowledgements-lost"
    let lasts = 8.0...12.0

    func isPossible(in world: World) -> Bool { world.embedded != nil }

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        guard let broker = world.embedded?.broker else { throw TortureError("there is no embedded broker") }
        let delay = World.socketTimeout + .seconds(2)
        let number = Int.random(in: 1...EmbeddedBrokers.count, using: &random)
        world.note { $0.brokerReorders = true }
        broker.delay(number, by: delay)
        return Injection(what: "broker \(number) answers after \(delay), when nobody waits any more") {
            broker.delay(number, by: .zero)
        }
    }
}

/// Partitions get other leaders.
struct EmbeddedLeadersMove: Fault {
    let name = "leaders-move"
    let lasts = 0.0...2.0

    func isPossible(in world: World) -> Bool { world.embedded != nil }

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        guard let broker = world.embedded?.broker else { throw TortureError("there is no embedded broker") }
        world.note { $0.brokerReorders = true }
        let configuration = try world.configuration(.dataverse)
        var moved = 0
        for topic in configuration.catalogue.declarations {
            for partition in 0..<topic.partitions where Bool.random(using: &random) {
                broker.moveLeader(
                    of: configuration.clusterName(topic.name), partition: partition,
                    to: Int.random(in: 1...EmbeddedBrokers.count, using: &random))
                moved += 1
            }
        }
        return Injection(what: "\(moved) partitions have other leaders")
    }
}

/// Groups get other coordinators.
struct EmbeddedCoordinatorsMove: Fault {
    let name = "coordinators-move"
    let lasts = 0.0...2.0

    func isPossible(in world: World) -> Bool { world.embedded != nil }

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        guard let broker = world.embedded?.broker else { throw TortureError("there is no embedded broker") }
        let configuration = try world.configuration(.dataverse)
        for consumer in [Program.financeConsumer, .postingConsumer, .dataverseConsumer] {
            broker.moveCoordinator(
                of: configuration.clusterName(consumer.rawValue),
                to: Int.random(in: 1...EmbeddedBrokers.count, using: &random))
        }
        return Injection(what: "every group has another coordinator, or the same")
    }
}

/// Requests are answered with errors, or their connections are cut.
struct EmbeddedRequestsFail: Fault {
    let name = "requests-fail"
    let lasts = 0.5...3.0

    func isPossible(in world: World) -> Bool { world.embedded != nil }

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        guard let broker = world.embedded?.broker else { throw TortureError("there is no embedded broker") }
        let count = Int.random(in: 1...8, using: &random)
        let errors = (0..<count).map { _ in
            [KafkaError.Code.transport, .unknownTopicOrPartition].randomElement(using: &random) ?? .transport
        }
        world.note { $0.brokerReorders = true }
        broker.fail(.produce, with: errors)
        return Injection(what: "\(count) requests to produce fail")
    }
}

/// The embedded broker ends with all that it held, and another one begins at another address, under which the processes are
/// started again.
struct EmbeddedBrokerReplaced: Fault {
    let name = "broker-replaced"
    let lasts = 0.0...2.0

    func isPossible(in world: World) -> Bool { world.embedded != nil }

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        guard let embedded = world.embedded else { throw TortureError("there is no embedded broker") }
        world.note {
            $0.brokerForgot = true
            $0.positionsWentBack = true
        }
        try embedded.replace()
        world.redirect { $0.bootstrapServers = embedded.bootstrapServers }
        return Injection(what: "another embedded broker, at \(embedded.bootstrapServers)", letsProcessesEnd: true) {
            for name in world.processes.names { world.processes.restart(name) }
        }
    }
}
