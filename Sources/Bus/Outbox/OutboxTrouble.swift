import Kafka
import Service
import Synchronization

/// Why messages stay in the outbox, summed up until it is reported. Noted by the sending thread, reported by the reading
/// one.
final class OutboxTrouble: Sendable {
    /// What is in the way of a topic's messages.
    struct Cause: Hashable {
        /// Without the environment's prefix; nil when no message of any topic is acknowledged.
        let topic: String?
        let reason: String
    }

    /// How often a cause was met.
    struct Count {
        var messages = 0
        /// The first of them.
        let firstID: Int64?
        let code: String?
    }

    private struct State {
        var counts: [Cause: Count] = [:]
        var passes = false
    }

    private let state = Mutex(State())

    /// A message was not delivered.
    func note(_ error: KafkaError, row: PendingEvent) {
        // It was taken back when no broker was reached, and that is said.
        if error.isTakenBack { return state.withLock { $0.passes = true } }
        var code: String?
        if case .setAside(let setAside) = error.disposition { code = setAside.reason.code.rawValue }
        add(
            Cause(topic: row.event.topic, reason: error.message), id: row.id, code: code,
            passes: error.disposition == .retry)
    }

    /// Nothing has been acknowledged for a while.
    ///
    /// - parameter messages: how many the producer has been given; those that the sender has not taken wait as well.
    func note(stalled messages: Int, _ error: KafkaError?) {
        let reason = error?.message ?? "the brokers do not acknowledge"
        state.withLock {
            $0.counts[Cause(topic: nil, reason: reason)] = Count(messages: messages, firstID: nil, code: nil)
        }
    }

    private func add(_ cause: Cause, id: Int64, code: String?, passes: Bool) {
        state.withLock {
            $0.counts[cause, default: Count(firstID: id, code: code)].messages += 1
            $0.passes = $0.passes || passes
        }
    }

    /// What has been noted since the last time.
    ///
    /// - parameter waiting: how many messages the sender does not take.
    /// - returns: the causes, and whether one of them goes by itself.
    func take(waiting: Int = 0) -> (causes: [(key: Cause, value: Count)], passes: Bool) {
        state.withLock { state in
            defer { state = State() }
            for cause in state.counts.keys where cause.topic == nil { state.counts[cause]?.messages += waiting }
            return (
                state.counts.filter { $0.value.messages > 0 }.sorted {
                    ($0.key.topic ?? "", $0.key.reason) < ($1.key.topic ?? "", $1.key.reason)
                },
                state.passes
            )
        }
    }
}

/// Tells a person why messages stay in the outbox: in the log, one line a cause and a minute, and in the lease's row, where
/// `ledgerbus status` and `ledgerbus outbox list` find it.
struct OutboxTroubleReport {
    let logger: Logger
    private var said: [OutboxTrouble.Cause: (at: ContinuousClock.Instant, since: Int)] = [:]
    /// What the lease's row says; at first what another relay may have left there.
    private(set) var kept: String? = ""
    private static let silence = Duration.seconds(60)

    init(logger: Logger) { self.logger = logger }

    /// Logs what has not been said for a while.
    ///
    /// - returns: what the lease's row should say.
    mutating func add(_ causes: [(key: OutboxTrouble.Cause, value: OutboxTrouble.Count)]) -> String {
        let now = ContinuousClock.now
        for (cause, count) in causes {
            let before = said[cause]
            let messages = count.messages + (before?.since ?? 0)
            if let before, now - before.at < Self.silence {
                said[cause] = (before.at, messages)
                continue
            }
            said[cause] = (now, 0)
            var metadata: Logger.Metadata = ["attempts": "\(messages)"]
            if let topic = cause.topic { metadata["topic"] = "\(topic)" }
            if let id = count.firstID { metadata["id"] = "\(id)" }
            if let code = count.code { metadata["code"] = "\(code)" }
            logger.warning("messages were not delivered and stay in the outbox: \(cause.reason)", metadata: metadata)
        }
        return causes.map { cause, count in
            "\(count.messages) messages\(cause.topic.map { " of \($0)" } ?? ""): \(cause.reason)"
        }.joined(separator: "; ")
    }

    /// The row says this now.
    mutating func keep(_ text: String?) { kept = text }

    /// Everything has been delivered.
    mutating func isOver() {
        guard !said.isEmpty else { return }
        logger.notice("messages are delivered again; nothing stays in the outbox")
        said = [:]
    }
}
