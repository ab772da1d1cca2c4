public import Service

/// A time during which something did not work and was tried again: said once when it begins, seldom while it lasts, and
/// once when it is over.
///
/// Used by one thread.
public final class Outage {
    private let logger: Logger
    private var since: ContinuousClock.Instant?
    private var saidAt: ContinuousClock.Instant?
    private var said = ""
    private var attempts = 0

    /// The rest between two lines that say the same.
    static let silence = Duration.seconds(60)

    public init(logger: Logger) { self.logger = logger }

    /// An attempt has failed, and the next follows after a wait.
    public func failed(_ error: any Error, retryingIn delay: Duration) {
        let now = ContinuousClock.now
        let start = since ?? now
        since = start
        attempts += 1
        let what = "\(error)"
        if what == said, let saidAt, now - saidAt < Self.silence { return }
        said = what
        saidAt = now
        var metadata: Logger.Metadata = ["delay": "\(delay.readable)"]
        if attempts > 1 {
            metadata["attempts"] = "\(attempts)"
            metadata["since"] = "\((now - start).readable)"
        }
        logger.warning("\(what); trying again", metadata: metadata)
    }

    /// It works.
    public func isOver() {
        guard let start = since else { return }
        let duration = ContinuousClock.now - start
        // What was over at once, such as two transactions that were in each other's way, is nobody's concern.
        logger.log(
            level: duration < .seconds(1) ? .debug : .notice, "it works again",
            metadata: ["after": "\(duration.readable)", "attempts": "\(attempts)", "was": "\(said)"])
        since = nil
        saidAt = nil
        said = ""
        attempts = 0
    }
}
