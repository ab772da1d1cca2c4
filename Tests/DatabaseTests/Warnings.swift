import Synchronization

/// Collects what a connection warns of.
final class Warnings: Sendable {
    private let collected = Mutex<[String]>([])

    var all: [String] { collected.withLock { $0 } }

    func append(_ warning: String) {
        collected.withLock { $0.append(warning) }
    }
}
