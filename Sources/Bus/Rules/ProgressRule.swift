import Service

/// Work that a process has, and how far it has come.
public struct Work: Hashable, Sendable {
    /// `actual-created/3`, `outbox`.
    public let name: String
    /// How much of it waits, in the words of ``unit``.
    public let waiting: Int64
    /// What is counted: `messages`, `postings`.
    public let unit: String
    /// Another number whenever some of it was done.
    public let done: Int64
    /// What is known to be in the way; it is told when it does not get on.
    public let cause: String?
    /// What keeps it from getting on until a person does something.
    public let obstacle: String?
    /// How many times as patient one has to be: what others take turns with gets on more slowly.
    public let patience: Int

    public init(
        _ name: String, waiting: Int64, unit: String = "messages", done: Int64, cause: String? = nil,
        obstacle: String? = nil, patience: Int = 1
    ) {
        self.name = name
        self.waiting = waiting
        self.unit = unit
        self.done = done
        self.cause = cause
        self.obstacle = obstacle
        self.patience = patience
    }
}

/// Whether a process gets on: not whether it is connected, but whether work that waits is done.
public enum ProgressRule {
    /// What was seen of some work.
    public struct Sight: Hashable, Sendable {
        let done: Int64
        /// When it was seen to have got on, or to have nothing to do, last.
        let since: ContinuousClock.Instant
    }

    /// - parameter before: what was seen last time; nil when it is seen for the first time.
    /// - parameter patience: how long work may wait while none is done.
    /// - returns: what is seen now, and why it is stuck; nil while it gets on, catches up or has nothing to do.
    public static func judge(
        _ work: Work, before: Sight?, now: ContinuousClock.Instant, patience: Duration
    ) -> (sight: Sight, problem: String?) {
        if let obstacle = work.obstacle { return (before ?? Sight(done: work.done, since: now), obstacle) }
        guard let before, work.waiting > 0, work.done == before.done else {
            return (Sight(done: work.done, since: now), nil)
        }
        let standing = now - before.since
        guard standing > patience * work.patience else { return (before, nil) }
        let cause = work.cause.map { ": \($0)" } ?? ""
        return (
            before,
            "\(work.waiting) \(work.unit) wait, and none was done for \(standing.readable)\(cause)"
        )
    }
}
