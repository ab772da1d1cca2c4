import Service
import Synchronization

/// How far one posting has come, and whether it may go on.
final class PostingProgress: Sendable {
    private let rows = Atomic<Int>(0)
    private let lost = Atomic<Bool>(false)
    private let shutdown: GracefulShutdown
    private let atCheckpoint: @Sendable (Int) throws -> Void

    /// - parameter atCheckpoint: called at each checkpoint with the rows done.
    init(shutdown: GracefulShutdown, atCheckpoint: @escaping @Sendable (Int) throws -> Void = { _ in }) {
        self.shutdown = shutdown
        self.atCheckpoint = atCheckpoint
    }

    var rowsDone: Int { rows.load(ordering: .relaxed) }

    /// Another worker has the request now.
    func loseLease() { lost.store(true, ordering: .relaxed) }

    /// Between two chunks of rows: says how many are done.
    ///
    /// - throws: ``PostingLeaseLost``; `CancellationError` when a shutdown is asked for.
    func checkpoint(rowsDone: Int) throws {
        rows.store(rowsDone, ordering: .relaxed)
        CrashPoint.pass(.postingChunkWritten)
        try atCheckpoint(rowsDone)
        if lost.load(ordering: .relaxed) { throw PostingLeaseLost() }
        if shutdown.isRequested { throw CancellationError() }
    }
}
