import Bus
public import Foundation

/// A number of the bus's status that an alert can watch.
public enum AlertNumber: String, Sendable, CaseIterable {
    /// Messages that have not taken effect, of the consumer and topic that have the most.
    case lag
    /// Age of the oldest message that is to be published, in seconds.
    case outboxSeconds = "outbox-seconds"
    /// Messages that are to be published.
    case outboxMessages = "outbox-messages"
    /// Dead letters that nobody has settled.
    case deadLetters = "dead-letters"
    /// Messages that wait for something.
    case waitingMessages = "waiting-messages"
    /// Partitions that stand still.
    case heldPartitions = "held-partitions"
    /// Consumers that no process runs of.
    case stoppedConsumers = "stopped-consumers"
    /// Databases and clusters that do not answer.
    case missingSources = "missing-sources"
    /// What `ledgerbus status` says wants a person.
    case problems
}

/// When somebody is to be told: a number that stays above a threshold for so long.
public struct AlertRule: Hashable, Sendable {
    public let name: String
    public let number: AlertNumber
    public let above: Double
    /// For how long, in seconds.
    public let lasting: TimeInterval

    public init(_ name: String, _ number: AlertNumber, above: Double, lasting: TimeInterval) {
        self.name = name
        self.number = number
        self.above = above
        self.lasting = lasting
    }

    /// What is known of a rule from one look to the next.
    public struct State: Hashable, Sendable, Codable {
        /// Since when the number has been above the threshold; nil while it is not.
        public var since: Date?
        /// When that was told last; nil when it was not.
        public var toldAt: Date?

        public init() {}
    }

    public enum Notice: String, Hashable, Sendable, Encodable {
        case firing
        /// It is still so.
        case reminder
        case recovered
    }

    /// | number | before | then |
    /// |---|---|---|
    /// | not known | anything | nothing changes |
    /// | above | not above | it is noted, and told when it need not last |
    /// | above | above, not told, for as long as the rule wants | told |
    /// | above | told | told again when the rest between two reminders is over |
    /// | not above | told | the recovery is told |
    /// | not above | not told | it is forgotten |
    public func judge(
        _ value: Double?, _ before: State, at now: Date, reminding rest: TimeInterval
    ) -> (state: State, notice: Notice?) {
        guard let value else { return (before, nil) }
        guard value > above else { return (State(), before.toldAt == nil ? nil : .recovered) }
        var state = before
        state.since = before.since ?? now
        if let told = before.toldAt {
            guard now.timeIntervalSince(told) >= rest else { return (state, nil) }
            state.toldAt = now
            return (state, .reminder)
        }
        guard now.timeIntervalSince(state.since ?? now) >= lasting else { return (state, nil) }
        state.toldAt = now
        return (state, .firing)
    }

    /// What is watched where nothing else is configured.
    public static let standing = [
        AlertRule("dead-letters", .deadLetters, above: 0, lasting: 0),
        AlertRule("held-partitions", .heldPartitions, above: 0, lasting: 60),
        AlertRule("lag", .lag, above: 10_000, lasting: 900),
        AlertRule("missing-sources", .missingSources, above: 0, lasting: 60),
        AlertRule("outbox-age", .outboxSeconds, above: 300, lasting: 60),
        AlertRule("stopped-consumers", .stoppedConsumers, above: 0, lasting: 120),
    ]
}

extension AlertNumber {
    /// - returns: nil when it cannot be told, since a source does not answer.
    func value(in status: BusStatus) -> Double? {
        let isKafkaKnown = !status.missing.contains { $0.source == BusStatus.kafka }
        let areSidesKnown = !status.missing.contains { $0.source != BusStatus.kafka }
        func ofSides(_ value: (SideState) -> Int64) -> Double? {
            areSidesKnown ? Double(status.sides.map(value).reduce(0, +)) : nil
        }
        switch self {
        case .lag:
            guard isKafkaKnown, areSidesKnown else { return nil }
            return Double(status.consumers.compactMap(\.lag).max() ?? 0)
        case .outboxSeconds:
            return areSidesKnown ? Double(status.sides.compactMap(\.outboxOldestSeconds).max() ?? 0) : nil
        case .outboxMessages: return ofSides(\.outboxPending)
        case .deadLetters: return ofSides(\.deadLetters)
        case .waitingMessages: return ofSides(\.waitingMessages)
        case .heldPartitions:
            guard areSidesKnown else { return nil }
            return Double(status.consumers.flatMap(\.partitions).count { $0.heldReason != nil })
        case .stoppedConsumers:
            guard areSidesKnown else { return nil }
            return Double(
                Set(status.consumers.filter { $0.processes == 0 && $0.members.isEmpty }.map(\.consumer)).count)
        case .missingSources: return Double(status.missing.count)
        case .problems: return isKafkaKnown && areSidesKnown ? Double(status.problems.count) : nil
        }
    }
}
