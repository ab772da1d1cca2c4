import Bus
import Contracts
import Service
import Synchronization

/// The postings that this process works on now.
final class ActivePostings: Sendable {
    private let postings = Mutex<[GUID: (request: ClaimedRequest, progress: PostingProgress)]>([:])

    func begin(_ request: ClaimedRequest, _ progress: PostingProgress) {
        postings.withLock { $0[request.commandId] = (request, progress) }
    }

    func end(_ request: ClaimedRequest) {
        postings.withLock { $0[request.commandId] = nil }
    }

    var all: [(request: ClaimedRequest, progress: PostingProgress)] {
        postings.withLock { Array($0.values) }
    }
}

/// Prolongs the leases of the postings that this process works on, from a
/// thread of its own, and tells a posting whose lease is lost.
final class LeaseKeeper: Sendable {
    private let claims: PostingClaims
    private let active: ActivePostings
    private let session: DatabaseSession
    private let interval: Duration
    private let ended: GracefulShutdown
    private let logger: Logger

    init(
        claims: PostingClaims, active: ActivePostings, session: DatabaseSession, interval: Duration,
        ended: GracefulShutdown, logger: Logger
    ) {
        self.claims = claims
        self.active = active
        self.session = session
        self.interval = interval
        self.ended = ended
        self.logger = logger
    }

    /// Until the workers have ended.
    func run() {
        while !ended.wait(upTo: interval) {
            do {
                for (request, progress) in active.all {
                    let connection = try session.open()
                    if try !claims.renew(request, rowsDone: progress.rowsDone, on: connection) { progress.loseLease() }
                }
            } catch {
                session.discard()
                logger.warning("leases were not renewed: \(error)")
            }
        }
    }
}
