public import Bus
import Contracts
public import Database
public import Service

/// What has become of a request to post.
public struct PostingRequestState: Hashable, Sendable {
    public let request: PostingRequest
    /// Nil while it is under way: published, and not yet recorded by a consumer.
    public let status: PostingRequestStatus?
    /// How many lines have been posted so far.
    public let rowsDone: Int
    /// Why it could not be posted, or that it was posted before.
    public let message: String?
    /// The code of why it could not be posted.
    public let code: FailureCode?

    public var isFinal: Bool { status?.isFinal ?? false }

    /// The status as a person reads it.
    public var label: String { status?.rawValue ?? "Under way" }
}

extension PostingRequests {
    /// The states of requests, in their order.
    ///
    /// - throws: `DatabaseError`.
    public func states(of requests: [PostingRequest], on connection: Connection) throws -> [PostingRequestState] {
        let stored = try PostingRequestStore(connection: connection).states(of: requests.map(\.commandId))
        let known = Dictionary(stored.map { ($0.commandId, $0) }) { first, _ in first }
        return requests.map { request in
            let state = known[request.commandId]
            return PostingRequestState(
                request: request, status: state?.status, rowsDone: state?.rowsDone ?? 0, message: state?.message,
                code: state?.code)
        }
    }

    /// Waits until every request has been posted or refused.
    ///
    /// - parameter timeout: how long at most; for ever when nil.
    /// - parameter progress: called with the states so far, at least every second.
    /// - returns: the states; some not final when the time was up or a shutdown was asked for.
    /// - throws: `DatabaseError`.
    public func wait(
        for requests: [PostingRequest], timeout: Duration? = nil, shutdown: GracefulShutdown, on connection: Connection,
        progress: ([PostingRequestState]) -> Void = { _ in }
    ) throws -> [PostingRequestState] {
        let clock = ContinuousClock()
        let end = timeout.map { clock.now + $0 }
        try connection.listen(PostingRequestStore.finishedChannel)
        while true {
            let states = try states(of: requests, on: connection)
            progress(states)
            if states.allSatisfy(\.isFinal) || shutdown.isRequested { return states }
            if let end, clock.now >= end { return states }
            let slice = end.map { min($0 - clock.now, .seconds(1)) } ?? .seconds(1)
            guard try connection.waitForNotification(timeout: slice) != nil else { continue }
            // Many small postings end within moments: they are looked at together.
            let lookAgain = clock.now + .milliseconds(200)
            while clock.now < lookAgain, try connection.waitForNotification(timeout: .milliseconds(50)) != nil {}
        }
    }
}
