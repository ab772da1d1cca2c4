/// How long to wait before each new attempt: longer each time, up to a limit, and never quite the same.
public struct Backoff: Sendable {
    /// The wait after the first failure, before jitter.
    public var initial: Duration

    /// The longest wait, before jitter.
    public var maximum: Duration

    /// What each wait is multiplied by for the next.
    public var multiplier: Double

    /// How much of a wait is left to chance: 0.5 waits between half of it and all of it.
    public var jitter: Double

    /// How many waits there have been since the last success.
    public private(set) var attempt = 0

    private let random: @Sendable () -> Double

    /// - Parameter random: a number from 0 up to, not including, 1.
    public init(
        initial: Duration = .milliseconds(100), maximum: Duration = .seconds(30), multiplier: Double = 2,
        jitter: Double = 0.5, random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.initial = initial
        self.maximum = maximum
        self.multiplier = multiplier
        self.jitter = jitter
        self.random = random
    }

    /// The next wait.
    public mutating func next() -> Duration {
        var wait = initial
        for _ in 0..<attempt {
            guard wait < maximum else { break }
            wait = wait * multiplier
        }
        attempt += 1
        return min(wait, maximum) * (1 - jitter * random())
    }

    /// Blocks this thread for the next wait, or until the shutdown is requested.
    ///
    /// - Returns: whether the shutdown is requested.
    public mutating func wait(_ shutdown: GracefulShutdown) -> Bool {
        shutdown.wait(upTo: next())
    }

    /// Starts over, after a success.
    public mutating func reset() {
        attempt = 0
    }
}
