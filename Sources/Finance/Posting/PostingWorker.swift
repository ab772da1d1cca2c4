import Bus
import Contracts
import Database
import Service
import Synchronization

/// Claims one request at a time and carries it out. Lives on one thread.
final class PostingWorker {
    private let claims: PostingClaims
    private let active: ActivePostings
    private let session: DatabaseSession
    /// For what must commit while a posting is still open: vouchers.
    private let side: DatabaseSession
    private let journals: JournalPosting
    private let proposals: ProposalPosting
    private let shutdown: GracefulShutdown
    private let logger: Logger
    private let mayPost: @Sendable (Connection) throws -> Bool
    private let measured: (@escaping CarryOut) -> CarryOut
    private let atCheckpoint: @Sendable (Int) throws -> Void

    /// Carries a request out, and tells what has become of it.
    typealias CarryOut = (ClaimedRequest, PostingProgress) throws -> PostingOutcome

    /// How long an idle worker waits for a notification before it looks
    /// again, for a request whose worker has died.
    private static let idleWait = Duration.seconds(5)
    /// How soon an idle worker notices a shutdown.
    private static let shutdownWait = Duration.milliseconds(250)

    init(
        claims: PostingClaims, active: ActivePostings, databaseURL: String, setups: SetupCache, zone: DayZone,
        choices: ChoiceTables, chunk: Int,
        shutdown: GracefulShutdown, logger: Logger,
        mayPost: @escaping @Sendable (Connection) throws -> Bool = { _ in true },
        measured: @escaping (@escaping CarryOut) -> CarryOut = { $0 },
        atCheckpoint: @escaping @Sendable (Int) throws -> Void
    ) {
        self.claims = claims
        self.active = active
        self.session = DatabaseSession(url: databaseURL, applicationName: claims.worker, logger: logger)
        self.side = DatabaseSession(url: databaseURL, applicationName: "\(claims.worker) numbers", logger: logger)
        let companies = CompanyBookings(setups: setups)
        self.journals = JournalPosting(companies: companies, choices: choices, chunk: chunk)
        self.proposals = ProposalPosting(companies: companies, zone: zone, choices: choices, chunk: chunk)
        self.shutdown = shutdown
        self.logger = logger
        self.mayPost = mayPost
        self.measured = measured
        self.atCheckpoint = atCheckpoint
    }

    /// Works until a shutdown is asked for.
    ///
    /// - throws: what wants a person: a schema that is not there, a right that is missing.
    func run() throws {
        var listening: ObjectIdentifier?
        func startOver(_ error: any Error) {
            session.discard()
            listening = nil
        }
        do {
            while !shutdown.isRequested {
                try RetryPolicy().run(until: shutdown, logger: logger, failed: startOver) {
                    let connection = try session.open()
                    if listening != ObjectIdentifier(connection) {
                        // What was planned while a table was empty stays in use when it has millions of rows.
                        try connection.planAlways(.readInIndexOrder)
                        try connection.listen(PostingRequestStore.requestedChannel)
                        listening = ObjectIdentifier(connection)
                    }
                    guard try mayPost(connection) else {
                        _ = shutdown.wait(upTo: Self.shutdownWait)
                        return
                    }
                    if try !workOnce(connection) { try waitForRequest(connection) }
                }
            }
        } catch is CancellationError {
            // A shutdown was asked for while the database was away.
        }
    }

    /// Claims a request and carries it out.
    ///
    /// - returns: false when there is none.
    func workOnce(_ connection: Connection) throws -> Bool {
        guard let request = try claims.claim(on: connection) else { return false }
        CrashPoint.pass(.postingClaimed)
        let progress = PostingProgress(shutdown: shutdown, atCheckpoint: atCheckpoint)
        active.begin(request, progress)
        defer { active.end(request) }
        _ = try measured(carryOut)(request, progress)
        return true
    }

    private func waitForRequest(_ connection: Connection) throws {
        let clock = ContinuousClock()
        let end = clock.now + Self.idleWait
        while clock.now < end, !shutdown.isRequested {
            if try connection.waitForNotification(timeout: Self.shutdownWait) != nil { return }
        }
    }

    private func carryOut(_ request: ClaimedRequest, _ progress: PostingProgress) throws -> PostingOutcome {
        do {
            guard request.attempts <= ClaimedRequest.mostAttempts else {
                throw PostingRefusal(
                    .workersEnded,
                    "\(request.subject) was not posted: \(ClaimedRequest.mostAttempts) workers ended while they posted "
                        + "it; their logs say why. When that is mended, post it again")
            }
            let posted = try post(request, progress)
            CrashPoint.pass(.postingCommitted)
            logger.info(
                "\(posted.note ?? "\(request.subject) posted")",
                metadata: request.logged.merging(["lines": "\(posted.lines)"]) { $1 })
            return .posted(posted)
        } catch let refusal as PostingRefusal {
            try fail(request, refusal)
            return .refused
        } catch let error as NumberSequenceError {
            try fail(request, PostingRefusal(error.code, "\(request.subject) was not posted: \(error)"))
            return .refused
        } catch is PostingLeaseLost {
            logger.warning("\(request.subject) was taken over by another worker: nothing of it was posted here")
            return .lost
        } catch is CancellationError {
            try giveBack(request)
            return .givenBack
        } catch let error as ContractError {
            try fail(request, PostingRefusal(.notEncodable, "\(request.subject) was not posted: \(error)"))
            return .refused
        } catch let error as DatabaseError {
            guard error.refusedValue != nil else {
                try? giveBack(request)
                throw error
            }
            let refusal = try session.perform(shutdown: shutdown) {
                try PostingRefusal(error, of: request, on: $0)
            }
            try fail(request, refusal)
            return .refused
        }
    }

    /// One transaction, as often as it takes; anew when a period was closed meanwhile.
    private func post(_ request: ClaimedRequest, _ progress: PostingProgress) throws -> PostedDocument {
        var taken: [NumberSequence: NumberBlock] = [:]
        /// A number for the document, the same one however often it is tried.
        func takeNumber(_ sequence: NumberSequence) throws -> NumberBlock {
            if let known = taken[sequence] { return known }
            let block = try sequence.takeBlock(
                try side.open(), company: request.company, count: 1, purpose: request.subject)
            taken[sequence] = block
            CrashPoint.pass(.voucherTaken)
            return block
        }
        while true {
            do {
                return try session.perform(shutdown: shutdown) { connection in
                    let posted =
                        switch request.kind {
                        case .journal:
                            try journals.post(
                                request, on: connection, progress: progress, takeNumber: takeNumber)
                        case .proposal:
                            try proposals.post(
                                request, on: connection, progress: progress, takeNumber: takeNumber)
                        }
                    try claims.finish(request, posted, on: connection)
                    CrashPoint.pass(.postingWritten)
                    return posted
                }
            } catch is PeriodClosed {
                logger.info("\(request.subject) is posted anew: a period was closed meanwhile")
            }
        }
    }

    private func fail(_ request: ClaimedRequest, _ refusal: PostingRefusal) throws {
        logger.error(
            "\(refusal.reason)", metadata: request.logged.merging(["code": "\(refusal.code.rawValue)"]) { $1 })
        do {
            try session.perform(shutdown: shutdown) { try claims.fail(request, refusal, on: $0) }
        } catch is PostingLeaseLost {
            logger.warning("\(request.subject) was taken over by another worker")
        } catch is CancellationError {
            // The lease expires, and another worker finds the same.
        }
    }

    /// Best effort: a request that cannot be given back is free when its lease expires.
    private func giveBack(_ request: ClaimedRequest) throws {
        logger.info("\(request.subject) is given back unposted: this worker stops")
        do {
            let connection = try session.open()
            try connection.transaction { try claims.release(request, on: connection) }
        } catch  where Disposition(of: error) == .retry {
            logger.warning("\(error)")
        }
    }
}
