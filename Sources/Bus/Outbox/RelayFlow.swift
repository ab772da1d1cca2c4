import Service
import Synchronization

/// What a relay's three threads hand to each other: read, send, delete.
final class RelayFlow: Sendable {
    /// What has become of a chunk.
    struct Settled: Sendable {
        let deleted: Int
        let undelivered: Int
        /// Rows were not sent because older ones were taken back.
        let isHeldBack: Bool
    }

    /// Another thread has met an error, or is stopping.
    struct Ended: Error {}

    let toSend = BoundedQueue<OutboxChunk>(capacity: 1)
    let toDelete = BoundedQueue<OutboxChunk>(capacity: 8)
    let settled = BoundedQueue<Settled>(capacity: 64)
    private let first = Mutex<(any Error)?>(nil)

    /// The error that ended it.
    var failure: (any Error)? { first.withLock { $0 } }

    /// Runs one thread's work: its error ends the others.
    func run(_ body: () throws -> Void) {
        do {
            try body()
        } catch is Ended {
        } catch is CancellationError {
            end()
        } catch {
            first.withLock { $0 = $0 ?? error }
            end()
        }
    }

    /// Nobody sends any more.
    func endReading() { toSend.fail(Ended()) }

    private func end() {
        toSend.fail(Ended())
        toDelete.fail(Ended())
        settled.fail(Ended())
    }
}

/// The cluster that the relay is connected to, or the one that the outbox is directed to, is another than it was: the relay
/// asks again.
struct ClusterReplaced: DisposedError, CustomStringConvertible {
    let clusterID: String
    let disposition = Disposition.retry

    var description: String { "the cluster is no longer \(clusterID)" }
}
