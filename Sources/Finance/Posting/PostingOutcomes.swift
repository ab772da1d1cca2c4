import Bus
import Contracts
public import Database
public import Service

/// What has become of a request to post.
public struct RequestOutcome: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable {
        /// Published, and not yet received: no consumer has recorded it.
        case underWay = "Under way"
        case draft = "Draft"
        case processing = "Processing"
        case posted = "Posted"
        case error = "Error"

        public var isFinal: Bool { self == .posted || self == .error }
    }

    public let request: PostingCommand.Requested
    public let status: Status
    /// How many lines have been posted so far.
    public let rowsDone: Int
    /// Why it could not be posted, or that it was posted before.
    public let message: String?
}

extension PostingCommand {
    /// The state of requests, in their order.
    ///
    /// - throws: `DatabaseError`.
    public func outcomes(of requested: [Requested], on connection: Connection) throws -> [RequestOutcome] {
        let rows = try connection.query(
            """
            SELECT command_id, status, rows_done, coalesce(error, note) FROM posting_requests
            WHERE command_id = ANY($1)
            """, requested.map(\.commandId))
        var found: [GUID: (RequestOutcome.Status, Int, String?)] = [:]
        for row in rows {
            found[try row.guid(0)] = (
                RequestOutcome.Status(rawValue: try row.string(1)) ?? .processing, Int(try row.int64(2)),
                try row.optionalString(3)
            )
        }
        return requested.map { request in
            let (status, rows, message) = found[request.commandId] ?? (.underWay, 0, nil)
            return RequestOutcome(request: request, status: status, rowsDone: rows, message: message)
        }
    }

    /// Waits until every request has been posted or refused.
    ///
    /// - parameter timeout: how long at most; for ever when nil.
    /// - parameter progress: called with the state so far, at least every second.
    /// - returns: the outcomes; some not final when the time was up or a shutdown was asked for.
    /// - throws: `DatabaseError`.
    public func wait(
        for requested: [Requested], timeout: Duration? = nil, shutdown: GracefulShutdown, on connection: Connection,
        progress: ([RequestOutcome]) -> Void = { _ in }
    ) throws -> [RequestOutcome] {
        let clock = ContinuousClock()
        let end = timeout.map { clock.now + $0 }
        try connection.listen(PostingRequest.finishedChannel)
        while true {
            let outcomes = try outcomes(of: requested, on: connection)
            progress(outcomes)
            if outcomes.allSatisfy(\.status.isFinal) || shutdown.isRequested { return outcomes }
            if let end, clock.now >= end { return outcomes }
            let slice = end.map { min($0 - clock.now, .seconds(1)) } ?? .seconds(1)
            guard try connection.waitForNotification(timeout: slice) != nil else { continue }
            // Many small postings end within moments: they are looked at together.
            let lookAgain = clock.now + .milliseconds(200)
            while clock.now < lookAgain, try connection.waitForNotification(timeout: .milliseconds(50)) != nil {}
        }
    }
}
