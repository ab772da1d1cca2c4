import Synchronization
import Text

/// How far a long command is, as one line on standard error that overwrites itself.
///
///     let progress = ProgressLine("loading actuals", total: 1_000_000)
///     progress.update(done: loaded)
///     progress.finish()
///
/// When standard error is no terminal, a plain line every ten seconds. Any thread may advance it.
public final class ProgressLine: Sendable {
    private struct State {
        var done = 0
        var shownAt: Duration = .zero
        var isShown = false
        var isFinished = false
    }

    private let label: String
    private let total: Int?
    private let isTerminal: Bool
    private let elapsed: @Sendable () -> Duration
    private let write: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - total: how many there are to do; nil when that isn't known.
    ///   - isShown: false for programs, who want nothing on standard error but errors.
    public convenience init(_ label: String, total: Int? = nil, isShown: Bool = true) {
        let start = ContinuousClock.now
        self.init(
            label, total: total, isTerminal: StandardStream.error.isTerminal,
            elapsed: { ContinuousClock.now - start }, write: { if isShown { StandardStream.error.write($0) } })
    }

    init(
        _ label: String, total: Int?, isTerminal: Bool, elapsed: @escaping @Sendable () -> Duration,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.label = label.escaped
        self.total = total
        self.isTerminal = isTerminal
        self.elapsed = elapsed
        self.write = write
    }

    /// Sets how many are done.
    public func update(done: Int) {
        show(done)
    }

    /// Shows the final numbers and ends the line. Later calls change nothing.
    public func finish() {
        state.withLock { state in
            guard !state.isFinished else { return }
            state.isFinished = true
            if isTerminal {
                write("\r\u{1B}[K\(text(state.done, elapsed()))\n")
            } else if state.isShown {
                write("\(text(state.done, elapsed()))\n")
            }
        }
    }

    private func show(_ done: Int) {
        state.withLock { state in
            state.done = done
            let now = elapsed()
            guard !state.isFinished, now - state.shownAt >= (isTerminal ? .milliseconds(100) : .seconds(10)) else {
                return
            }
            state.shownAt = now
            state.isShown = true
            write(isTerminal ? "\r\u{1B}[K\(text(state.done, now))" : "\(text(state.done, now))\n")
        }
    }

    private func text(_ done: Int, _ elapsed: Duration) -> String {
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
        let count = total.map { "\(done.grouped) of \($0.grouped)" } ?? done.grouped
        let rate = seconds > 0 ? Int(Double(done) / seconds).grouped : "0"
        let whole = Int(seconds)
        let time = whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
        return "\(label): \(count), \(rate)/s, \(time)"
    }
}
