/// How far a command of several parts is: a ``ProgressLine`` a part, one after the other.
public final class ProgressParts {
    private var current: (label: String, line: ProgressLine)?

    private let isShown: Bool

    /// - Parameter isShown: false for programs.
    public init(isShown: Bool = true) {
        self.isShown = isShown
    }

    /// Sets how many of the part's are done. Another label ends the part before.
    public func update(_ label: String, done: Int) {
        if current?.label != label {
            finish()
            current = (label, ProgressLine(label, isShown: isShown))
        }
        current?.line.update(done: done)
    }

    /// Ends the part that is shown.
    public func finish() {
        current?.line.finish()
        current = nil
    }
}
