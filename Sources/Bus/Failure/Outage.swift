public import Service

/// A time during which something did not work and was tried again: said once when it begins, seldom while it lasts, and
/// once when it is over.
///
/// Used by one thread.
public final class Outage {
    private let logger: Logger
    private var since: ContinuousClock.Instant?
    private var saidAt: ContinuousClock.Instant?
    /// What has been said in this minute, in a set because one outage may show in turns as this and as that.
    private var said: Set<String> = []
    private var last = ""
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
        last = what
        if saidAt.map({ now - $0 >= Self.silence }) ?? true {
            said = []
            saidAt = now
        }
        guard said.insert(what).inserted else { return }
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
        logger.notice(
            "it works again",
            metadata: ["after": "\(duration.readable)", "attempts": "\(attempts)", "was": "\(last)"])
        since = nil
        saidAt = nil
        said = []
        attempts = 0
    }
}
