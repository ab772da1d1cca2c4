import Bus
import Contracts
import Foundation
import Kafka
import Testbed

/// Messages that are in a topic are published again by somebody else: some twice, in any order, with row versions that are
/// no longer the newest, some without a key and so on any partition.
struct MessagesAgain: Fault {
    let name = "messages-again"
    let lasts = 0.0...1.0

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        let topics: [TopicName] = [
            .invoiceConfirmed, .actualCreated, .transactionConnected, .postingRequested, .accountingDetail,
            .invoicePosted,
        ]
        let topic = topics[Int.random(in: 0..<topics.count, using: &random)]
        let configuration = try world.configuration(.dataverse)
        let known = try TopicReader(world: world).messages(of: topic, most: 5_000)
        let messages = known.shuffled(using: &random).prefix(Int.random(in: 1...500, using: &random))
        guard !messages.isEmpty else { return Injection(what: "\(topic.rawValue) has nothing to publish again") }
        let losesKeys = Bool.random(using: &random)
        let producer = try Producer(configuration.kafka, clientID: "torture")
        let name = configuration.clusterName(topic.rawValue)
        var count = 0
        for message in messages {
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                try message.withPointers { key, value, headers in
                    try producer.send(
                        topic: name, key: losesKeys ? nil : key, value: value, headers: headers, token: count)
                }
                count += 1
            }
        }
        let missing = count - producer.close(timeout: .seconds(20)).count
        return Injection(
            what: "\(count) messages of \(topic.rawValue) again, \(losesKeys ? "on any partition" : "by their keys"), "
                + "\(missing) not acknowledged")
    }
}

/// A consumer is stopped, and starts at the beginning of its topics again.
struct ReplayFromZero: Fault {
    let name = "replay"
    let lasts = 0.0...0.0

    func inject(into world: World, using random: inout SeededRandom) throws -> Injection {
        let consumers: [Program] = [.financeConsumer, .postingConsumer, .dataverseConsumer]
        let program = consumers[Int.random(in: 0..<consumers.count, using: &random)]
        let names = world.processes.names(of: program)
        for name in names { world.processes.stop(name) }
        world.note { $0.positionsWentBack = true }
        return Injection(what: "\(program.rawValue) starts at the beginning") {
            // Brokers count a member that was killed for a while longer.
            try world.insist(["positions", "reset", "--consumer", program.rawValue])
            for name in names { world.processes.start(program, name: name) }
        }
    }
}
