import Bus
import Contracts

/// What of a status wants a person. What is on its way, caught up or paused does not.
enum StatusRule {
    static func problems(of status: BusStatus) -> [String] {
        let paused = status.pausedMaps
        let isKafkaKnown = !status.missing.contains { $0.source == BusStatus.kafka }
        return status.sides.flatMap(problems)
            + status.consumers.flatMap { consumer in
                problems(of: consumer, isKafkaKnown: isKafkaKnown, isPaused: isPaused(consumer, by: paused))
            }
    }

    private static func problems(of side: SideState) -> [String] {
        var problems: [String] = []
        if let failure = side.relayFailure { problems.append("\(side.side): not delivered: \(failure)") }
        if side.outboxPending > 0, side.relay == nil {
            problems.append(
                "\(side.side): \(side.outboxPending) messages are to be published, and no process relays them")
        }
        if side.deadLetters > 0 { problems.append("\(side.side): \(side.deadLetters) dead letters are not settled") }
        return problems
    }

    private static func problems(of consumer: ConsumerState, isKafkaKnown: Bool, isPaused: Bool) -> [String] {
        let name = "\(consumer.consumer): \(consumer.topic)"
        var problems = consumer.partitions.compactMap { partition in
            partition.heldReason.map { "\(name)/\(partition.partition) stands still: \($0)" }
        }
        guard isKafkaKnown else { return problems }
        if let lag = consumer.lag {
            if lag > 0, consumer.processes == 0, consumer.members.isEmpty, !isPaused {
                problems.append("\(name): \(lag) messages wait, and no process of it is running")
            }
        } else {
            problems.append("\(name) is gone")
        }
        return problems
    }

    /// Whether a consumer takes nothing of a topic over because an operator has paused its map.
    static func isPaused(_ consumer: ConsumerState, by paused: Set<TableMap>) -> Bool {
        paused.contains { map in
            map.consumer.rawValue == consumer.consumer
                && map.topics.contains { consumer.topic.hasSuffix($0.rawValue) }
        }
    }
}
