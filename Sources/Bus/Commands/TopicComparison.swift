import Contracts
import Kafka

/// A declared topic beside the one that a cluster has, or could have: what differs, and what is dangerous.
struct TopicComparison {
    let declared: TopicDeclaration
    /// With the environment's prefix.
    let name: String
    /// Instead of the declared replication, for a cluster of fewer brokers.
    let replication: Int?
    let brokers: Int
    /// What the cluster has; nil when it has no such topic.
    let present: Present?

    /// A topic as a cluster has it.
    struct Present {
        let partitions: [TopicDescription.Partition]
        let replication: Int
        /// The settings in effect, by name; none when the cluster cannot tell.
        let settings: [String: String]
    }

    private typealias Step = TopicPlan.Step

    var wantedReplication: Int { replication ?? declared.replication }

    /// Settings in effect if the topic is made or changed as declared, with fewer copies in step where there are fewer
    /// copies: a topic could not be written at all otherwise.
    var wantedSettings: [String: String] {
        var settings = declared.configuration
        let copies = present?.replication ?? wantedReplication
        if let text = settings[Setting.copiesInStep], let inStep = Int(text), inStep > copies {
            settings[Setting.copiesInStep] = "\(max(1, copies - 1))"
        }
        return settings
    }

    /// The settings that have to change.
    var changes: [String: String] {
        guard let present, !present.settings.isEmpty else { return [:] }
        return wantedSettings.filter { present.settings[$0.key] != $0.value }
    }

    /// Whether the topic can be made so that it can be written.
    var canBeMade: Bool { wantedReplication <= brokers }

    var steps: [TopicPlan.Step] {
        guard let present else { return [creation] }
        return partitionSteps(present) + replicationSteps(present) + settingSteps(present) + hazards(present)
    }

    private var creation: TopicPlan.Step {
        guard canBeMade else {
            return Step(
                topic: name, kind: .cannotApply,
                detail: """
                    \(wantedReplication) copies are declared and the cluster has \(brokers) \
                    \(brokers == 1 ? "broker" : "brokers"): nobody could write to it; start more brokers, or say \
                    --replication \(max(1, brokers))
                    """)
        }
        return Step(
            topic: name, kind: .create, detail: "\(declared.partitions) partitions, replication \(wantedReplication)")
    }

    private func partitionSteps(_ present: Present) -> [TopicPlan.Step] {
        let count = present.partitions.count
        if count < declared.partitions {
            return [Step(topic: name, kind: .addPartitions, detail: "from \(count) to \(declared.partitions)")]
        }
        // More than are declared are read as well.
        return []
    }

    private func replicationSteps(_ present: Present) -> [TopicPlan.Step] {
        guard present.replication < wantedReplication else { return [] }
        return [
            Step(
                topic: name, kind: .cannotApply,
                detail: """
                    its replication is \(present.replication) and \(wantedReplication) is declared: with a broker that is \
                    lost its messages may be; change it with kafka-reassign-partitions, or say --replication \
                    \(present.replication) when that is meant
                    """)
        ]
    }

    private func settingSteps(_ present: Present) -> [TopicPlan.Step] {
        changes.sorted { $0.key < $1.key }.map { key, value in
            let actual = present.settings[key]
            let danger = actual.flatMap { Setting.danger(of: key, $0, declared: value) }.map { ": \($0)" } ?? ""
            return Step(
                topic: name, kind: .configure, detail: "\(key) from \(actual ?? "nothing") to \(value)\(danger)")
        }
    }

    /// What can stop publishing or lose messages, and no step of ours cures.
    private func hazards(_ present: Present) -> [TopicPlan.Step] {
        var details: [String] = []
        for (key, value) in present.settings.sorted(by: { $0.key < $1.key }) where declared.configuration[key] == nil {
            if let danger = Setting.danger(of: key, value, declared: nil) {
                details.append("\(key) is \(value): \(danger)")
            }
        }
        let needed = Int(wantedSettings[Setting.copiesInStep] ?? "1") ?? 1
        if needed > 1, needed == present.replication {
            details.append("\(Setting.copiesInStep) is all \(needed) copies: one broker that is away stops publishing")
        }
        for partition in present.partitions where partition.leader < 0 || partition.inSyncReplicas.count < needed {
            let state =
                partition.leader < 0
                ? "has no leader" : "has \(partition.inSyncReplicas.count) copies in step, and \(needed) are needed"
            details.append("partition \(partition.id) \(state): nothing can be published to it at the moment")
        }
        return details.map { Step(topic: name, kind: .warning, detail: $0) }
    }
}

/// The settings of a topic that can stop publishing or lose messages.
private enum Setting {
    static let copiesInStep = "min.insync.replicas"

    /// What a value does to a topic of the bus; nil for no harm.
    ///
    /// - parameter declared: what the setting should be; nil when the declaration does not say.
    static func danger(of setting: String, _ value: String, declared: String?) -> String? {
        let number = Int64(value)
        switch setting {
        case "retention.ms", "retention.bytes":
            return value == "-1" ? nil : "a consumer that stops for long loses messages"
        case "cleanup.policy":
            return value.contains("compact") ? "messages with the key of a later one are lost" : nil
        case "max.message.bytes":
            let least = declared.flatMap(Int64.init) ?? 0
            return number.map { $0 < least } ?? false
                ? "a message that is larger is never published"
                : "a message may come that no consumer takes"
        case copiesInStep:
            let least = declared.flatMap(Int64.init) ?? 0
            return number.map { $0 < least } ?? false
                ? "a message that counts as sent is lost with one broker"
                : "with fewer copies in step nothing can be published"
        case "unclean.leader.election.enable":
            return value == "true" ? "a broker that lags behind may become the leader, and what it lacks is lost" : nil
        case "message.timestamp.type":
            return value == "LogAppendTime" ? "the time of a message is not that of its event" : nil
        case "message.timestamp.before.max.ms", "message.timestamp.after.max.ms", "message.timestamp.difference.max.ms":
            return number.map { $0 < 300_000 } ?? false
                ? "a producer whose clock is off by more cannot publish" : nil
        case "compression.type":
            return "a batch may become many times larger when a consumer unpacks it"
        default:
            return nil
        }
    }
}
