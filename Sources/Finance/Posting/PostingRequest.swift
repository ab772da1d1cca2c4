import Bus
import Contracts
import Database

/// A command to post, claimed by one worker.
struct PostingRequest: Hashable, Sendable {
    var commandId: GUID
    var company: String
    var kind: PostingKind
    var number: String
    var invoiceDate: CalendarDate?
    /// Raised by every claim: a worker whose claim is no longer the newest cannot commit.
    var epoch: Int64
    /// How often it was claimed and not given back, with this time.
    var attempts: Int

    /// After so many workers that ended at it without a word, nobody tries again unasked.
    static let mostAttempts = 10

    /// `journal USPM-000043`.
    var subject: String { "\(kind.rawValue) \(number)" }

    /// What wakes workers, and who waits for outcomes.
    static let requestedChannel = "posting"
    static let finishedChannel = "posting_finished"
}

/// Another worker has claimed the request: this one took too long, or was frozen.
struct PostingLeaseLost: Error {}

/// The rows of `posting_requests`, from claim to outcome.
///
/// What is not the outcome itself commits without waiting for the disk: a
/// claim or a renewal that a crash forgets is only made again.
struct PostingRequestTable {
    /// Who claims.
    var worker: String
    /// How long a claim holds unless it is renewed.
    var lease: Duration

    private var leaseMilliseconds: Int64 {
        lease.components.seconds * 1_000 + lease.components.attoseconds / 1_000_000_000_000_000
    }

    /// Claims the oldest request that nobody works on, or whose worker has
    /// let its lease expire. What is being posted for another request waits.
    func claim(on connection: Connection) throws -> PostingRequest? {
        let rows = try connection.query(
            """
            UPDATE posting_requests
            SET status = 'Processing', epoch = epoch + 1, attempts = attempts + 1, rows_done = 0, worker = $1,
                lease_expires_at = now() + $2 * interval '1 millisecond', error = NULL
            WHERE command_id = (
                SELECT command_id FROM posting_requests candidate
                WHERE status IN ('Draft', 'Processing') AND (status = 'Draft' OR lease_expires_at < now())
                    AND (
                        SELECT true FROM posting_requests other
                        WHERE other.data_area_id = candidate.data_area_id AND other.kind = candidate.kind
                            AND other.number = candidate.number AND other.status = 'Processing'
                            AND other.lease_expires_at >= now()
                        LIMIT 1) IS NULL
                ORDER BY requested_at
                LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING command_id, data_area_id, kind, number, invoice_date, epoch, attempts,
                set_config('synchronous_commit', 'off', true)
            """, worker, leaseMilliseconds)
        guard let row = rows.first else { return nil }
        return PostingRequest(
            commandId: try row.guid(0), company: try row.string(1),
            kind: try row.string(2) == PostingKind.journal.rawValue ? .journal : .proposal, number: try row.string(3),
            invoiceDate: try row.optionalDate(4), epoch: try row.int64(5), attempts: Int(try row.int32(6)))
    }

    /// Prolongs the lease, and says how far the work has come.
    ///
    /// - returns: false when another worker has claimed the request, or it is finished.
    func renew(_ request: PostingRequest, rowsDone: Int, on connection: Connection) throws -> Bool {
        let rows = try connection.query(
            """
            UPDATE posting_requests
            SET lease_expires_at = now() + $3 * interval '1 millisecond', rows_done = $4
            WHERE command_id = $1 AND epoch = $2 AND status = 'Processing'
            RETURNING set_config('synchronous_commit', 'off', true)
            """, request.commandId, request.epoch, leaseMilliseconds, Int64(rowsDone))
        return !rows.isEmpty
    }

    /// Gives the request back, unposted, for any worker to claim.
    func release(_ request: PostingRequest, on connection: Connection) throws {
        try connection.execute(
            """
            UPDATE posting_requests
            SET status = 'Draft', attempts = attempts - 1, worker = NULL, lease_expires_at = NULL, rows_done = 0
            WHERE command_id = $1 AND epoch = $2 AND status = 'Processing'
            """, request.commandId, request.epoch)
        try connection.notify(PostingRequest.requestedChannel)
    }

    /// Ends the request, at the end of the transaction that posted.
    ///
    /// - throws: ``PostingLeaseLost`` when the claim is no longer the newest:
    ///   the transaction must be rolled back.
    func finish(_ request: PostingRequest, rows: Int, note: String?, on connection: Connection) throws {
        let finished = try connection.execute(
            """
            UPDATE posting_requests
            SET status = 'Posted', rows_done = $3, note = $4, error = NULL, lease_expires_at = NULL, finished_at = now()
            WHERE command_id = $1 AND epoch = $2 AND status = 'Processing'
            """, request.commandId, request.epoch, Int64(rows), note)
        guard finished == 1 else { throw PostingLeaseLost() }
        try connection.notify(PostingRequest.finishedChannel)
    }

    /// Ends the request as an error, which also says so on the journal and
    /// its lines, or on the proposal, and in the execution log.
    ///
    /// - throws: ``PostingLeaseLost``.
    func fail(_ request: PostingRequest, _ refusal: PostingRefusal, on connection: Connection) throws {
        let failed = try connection.execute(
            """
            UPDATE posting_requests SET status = 'Error', error = $3, lease_expires_at = NULL, finished_at = now()
            WHERE command_id = $1 AND epoch = $2 AND status = 'Processing'
            """, request.commandId, request.epoch, refusal.reason)
        guard failed == 1 else { throw PostingLeaseLost() }
        switch request.kind {
        case .journal:
            try connection.execute(
                """
                UPDATE integration_journals SET status = 'Error', posting_error = $3
                WHERE data_area_id = $1 AND journal_number = $2 AND status <> 'Posted'
                """, request.company, request.number, refusal.reason)
            let lines = refusal.lines.sorted { $0.key < $1.key }
            guard !lines.isEmpty else { break }
            try connection.execute(
                """
                UPDATE integration_journal_lines line SET error = refused.error
                FROM unnest($3::bigint[], $4::text[]) AS refused (line_number, error)
                WHERE line.data_area_id = $1 AND line.journal_number = $2 AND line.line_number = refused.line_number
                """, request.company, request.number, lines.map { Int64($0.key) }, lines.map(\.value))
        case .proposal:
            try connection.execute(
                """
                UPDATE invoice_proposals SET posting_error = $3
                WHERE data_area_id = $1 AND proposal_number = $2 AND status <> 'Invoiced'
                """, request.company, request.number, refusal.reason)
        }
        try connection.execute(
            "INSERT INTO execution_log (activity, subject, level, message) VALUES ('posting', $1, 'error', $2)",
            "\(request.company) \(request.subject)", refusal.reason)
        try connection.notify(PostingRequest.finishedChannel)
    }
}
