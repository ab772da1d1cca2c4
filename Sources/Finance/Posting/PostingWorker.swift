import Bus
import Contracts
import Database
import Service
import Synchronization

/// Claims one request at a time and carries it out. Lives on one thread.
final class PostingWorker {
    private let table: PostingRequestTable
    private let active: ActivePostings
    private let session: DatabaseSession
    /// For what must commit while a posting is still open: vouchers.
    private let side: DatabaseSession
    private let journals: JournalPosting
    private let proposals: ProposalPosting
    private let shutdown: GracefulShutdown
    private let logger: Logger
    private let atCheckpoint: @Sendable (Int) throws -> Void

    /// How long an idle worker waits for a notification before it looks
    /// again, for a request whose worker has died.
    private static let idleWait = Duration.seconds(5)
    /// How statements are planned: through the indexes and in their order. What was planned while a table was empty
    /// stays in use when it has millions of rows.
    private static let planning = "SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off"
    /// How soon an idle worker notices a shutdown.
    private static let shutdownWait = Duration.milliseconds(250)

    init(
        table: PostingRequestTable, active: ActivePostings, databaseURL: String, choices: ChoiceTables, chunk: Int,
        shutdown: GracefulShutdown, logger: Logger, atCheckpoint: @escaping @Sendable (Int) throws -> Void
    ) {
        self.table = table
        self.active = active
        self.session = DatabaseSession(url: databaseURL, applicationName: table.worker, logger: logger)
        self.side = DatabaseSession(url: databaseURL, applicationName: "\(table.worker) numbers", logger: logger)
        let setups = PostingSetups()
        self.journals = JournalPosting(setups: setups, choices: choices, chunk: chunk)
        self.proposals = ProposalPosting(setups: setups, choices: choices, chunk: chunk)
        self.shutdown = shutdown
        self.logger = logger
        self.atCheckpoint = atCheckpoint
    }

    /// Works until a shutdown is asked for.
    ///
    /// - throws: what wants a person: a schema that is not there, a right that is missing.
    func run() throws {
        var backoff = Backoff()
        var listening: ObjectIdentifier?
        while !shutdown.isRequested {
            do {
                let connection = try session.open()
                if listening != ObjectIdentifier(connection) {
                    try connection.executeScript(Self.planning)
                    try connection.listen(PostingRequest.requestedChannel)
                    listening = ObjectIdentifier(connection)
                }
                if try !workOnce(connection) { try waitForRequest(connection) }
                backoff.reset()
            } catch let error as DatabaseError where error.disposition == .retry {
                session.discard()
                listening = nil
                logger.warning("\(error); trying again")
                if backoff.wait(shutdown) { return }
            }
        }
    }

    /// Claims a request and carries it out.
    ///
    /// - returns: false when there is none.
    func workOnce(_ connection: Connection) throws -> Bool {
        guard let request = try table.claim(on: connection) else { return false }
        let progress = PostingProgress(shutdown: shutdown, atCheckpoint: atCheckpoint)
        active.begin(request, progress)
        defer { active.end(request) }
        try carryOut(request, progress)
        return true
    }

    private func waitForRequest(_ connection: Connection) throws {
        let clock = ContinuousClock()
        let end = clock.now + Self.idleWait
        while clock.now < end, !shutdown.isRequested {
            if try connection.waitForNotification(timeout: Self.shutdownWait) != nil { return }
        }
    }

    private func carryOut(_ request: PostingRequest, _ progress: PostingProgress) throws {
        do {
            guard request.attempts <= PostingRequest.mostAttempts else {
                throw PostingRefusal(
                    "\(request.subject) was not posted: \(PostingRequest.mostAttempts) workers ended while they posted "
                        + "it; their logs say why. When that is mended, post it again")
            }
            let outcome = try post(request, progress)
            logger.info(
                "\(outcome.note ?? "\(request.subject) posted")",
                metadata: ["company": "\(request.company)", "lines": "\(outcome.rows)"])
        } catch let refusal as PostingRefusal {
            try fail(request, refusal)
        } catch let error as NumberSequenceError {
            try fail(request, PostingRefusal("\(request.subject) was not posted: \(error)"))
        } catch is PostingLeaseLost {
            logger.warning("\(request.subject) was taken over by another worker: nothing of it was posted here")
        } catch is CancellationError {
            try giveBack(request)
        } catch let error as ContractError {
            try fail(request, PostingRefusal("\(request.subject) was not posted: \(error)"))
        } catch let error as DatabaseError {
            guard error.refusedValue != nil else {
                try? giveBack(request)
                throw error
            }
            try fail(request, try explain(error, request))
        }
    }

    /// One transaction, as often as it takes.
    private func post(_ request: PostingRequest, _ progress: PostingProgress) throws -> PostingOutcome {
        var voucher: NumberBlock?
        return try session.perform(shutdown: shutdown) { connection in
            let outcome: PostingOutcome
            switch request.kind {
            case .journal: outcome = try journals.post(request, on: connection, progress: progress)
            case .proposal:
                outcome = try proposals.post(request, on: connection, progress: progress) {
                    if let voucher { return voucher }
                    let taken = try NumberSequence.voucher.takeBlock(
                        try side.open(), company: request.company, count: 1, purpose: request.subject)
                    voucher = taken
                    return taken
                }
            }
            try table.finish(request, rows: outcome.rows, note: outcome.note, on: connection)
            return outcome
        }
    }

    private func fail(_ request: PostingRequest, _ refusal: PostingRefusal) throws {
        logger.error("\(refusal.reason)", metadata: ["company": "\(request.company)"])
        do {
            try session.perform(shutdown: shutdown) { try table.fail(request, refusal, on: $0) }
        } catch is PostingLeaseLost {
            logger.warning("\(request.subject) was taken over by another worker")
        } catch is CancellationError {
            // The lease expires, and another worker finds the same.
        }
    }

    /// Best effort: a request that cannot be given back is free when its lease expires.
    private func giveBack(_ request: PostingRequest) throws {
        logger.info("\(request.subject) is given back unposted: this worker stops")
        do {
            let connection = try session.open()
            try connection.transaction { try table.release(request, on: connection) }
        } catch let error as DatabaseError where error.disposition == .retry {
            logger.warning("\(error)")
        }
    }

    /// A value that the database refuses, as a person understands it.
    private func explain(_ error: DatabaseError, _ request: PostingRequest) throws -> PostingRefusal {
        guard error.constraint == "project_invoice_lines_unbilled" else {
            return PostingRefusal("\(request.subject) was not posted: \(error)")
        }
        let rows = try session.perform(shutdown: shutdown) { connection in
            try connection.query(
                """
                SELECT line.line_number, line.unbilled_actual_id, earlier.proposal_number,
                    invoice.customer_invoice_number
                FROM invoice_proposal_lines line
                JOIN project_invoice_lines earlier
                    ON earlier.data_area_id = line.data_area_id
                    AND earlier.unbilled_actual_id = line.unbilled_actual_id
                LEFT JOIN project_invoices invoice
                    ON invoice.data_area_id = earlier.data_area_id
                    AND invoice.proposal_number = earlier.proposal_number
                WHERE line.data_area_id = $1 AND line.proposal_number = $2 AND line.reversed_actual_id IS NULL
                ORDER BY line.line_number LIMIT 1
                """, request.company, request.number)
        }
        guard let row = rows.first else {
            return PostingRefusal("\(request.subject) was not posted: two of its lines bill the same unbilled sale")
        }
        let (line, unbilled) = (try row.int32(0), try row.guid(1))
        let invoice = try row.optionalString(3).map { " of customer invoice \($0)" } ?? ""
        let reason = "its unbilled sale \(unbilled) is already invoiced, by proposal \(try row.string(2))\(invoice)"
        return PostingRefusal(
            "\(request.subject) was not posted: line \(line): \(reason)", lines: [Int(line): reason])
    }
}
