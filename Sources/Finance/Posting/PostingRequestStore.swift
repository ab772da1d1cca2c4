import Bus
import Contracts
import Database

/// The requests to post: `posting_requests`, from their arrival to their outcome.
struct PostingRequestStore {
    let connection: Connection

    /// What wakes workers, and who waits for outcomes.
    static let requestedChannel = "posting"
    static let finishedChannel = "posting_finished"

    /// Of the row called `journal`: whether a worker has claimed a request to post it.
    static let isBeingPosted = """
        EXISTS (
            SELECT FROM posting_requests request
            WHERE request.data_area_id = journal.data_area_id AND request.kind = \(PostingKind.journal.sql)
                AND request.number = journal.journal_number AND request.status = \(PostingRequestStatus.processing.sql))
        """

    /// Records requests; one that is known already changes nothing.
    func record(_ requests: [PostingRequested]) throws {
        try connection.execute(
            """
            INSERT INTO posting_requests (command_id, data_area_id, kind, number, invoice_date, requested_by)
            SELECT command_id, data_area_id, kind, number, invoice_date::date, requested_by
            FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
                AS request (command_id, data_area_id, kind, number, invoice_date, requested_by)
            ON CONFLICT (command_id) DO NOTHING
            """, requests.map(\.commandId), requests.map(\.company), requests.map(\.kind.rawValue),
            requests.map(\.number), requests.map(\.invoiceDate?.description), requests.map(\.requestedBy))
        try connection.notify(Self.requestedChannel)
    }

    /// How many requests wait.
    struct Waiting: Record {
        let open: Int64
        /// Those that no worker carries out.
        let unclaimed: Int64

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Waiting(open: try column("open", row?.open), unclaimed: try column("unclaimed", row?.unclaimed))
        }
    }

    func waiting() throws -> Waiting {
        try connection.records(
            Waiting.self,
            """
            SELECT count(*) AS open,
                count(*) FILTER (
                    WHERE status = \(PostingRequestStatus.draft.sql) OR lease_expires_at < now()) AS unclaimed
            FROM posting_requests WHERE status IN (\(PostingRequestStatus.open))
            """)[0]
    }

    /// The request of a journal that is still to be carried out, and locks it; of several the one that is being carried out.
    func lockOpen(
        _ kind: PostingKind, _ number: String, of company: Company
    ) throws -> JournalResetRule.OpenRequest? {
        try connection.record(
            JournalResetRule.OpenRequest.self,
            """
            SELECT command_id, status, worker, coalesce(\(PostingClaims.isHeld), false) AS is_held,
                floor(extract(epoch FROM now() - processing_since) / 3600)::bigint AS hours
            FROM posting_requests
            WHERE data_area_id = $1 AND kind = $2 AND number = $3 AND status IN (\(PostingRequestStatus.open))
            ORDER BY status = \(PostingRequestStatus.processing.sql) DESC, requested_at LIMIT 1 FOR UPDATE
            """, company, kind, number)
    }

    /// Ends the requests of a document that nobody carries out. Who worked on one cannot commit any more.
    func end(_ kind: PostingKind, _ number: String, of company: Company, because reason: String) throws {
        try connection.execute(
            """
            UPDATE posting_requests
            SET status = \(PostingRequestStatus.error.sql), epoch = epoch + 1, error = $4, error_code = $5,
                lease_expires_at = NULL, finished_at = now()
            WHERE data_area_id = $1 AND kind = $2 AND number = $3 AND status IN (\(PostingRequestStatus.open))
            """, company, kind, number, reason, FailureCode.reset)
        try connection.notify(Self.finishedChannel)
    }
}

/// A worker's way with requests. What is not the outcome itself commits without waiting for the disk: a claim or a renewal
/// that a crash forgets is only made again.
struct PostingClaims {
    /// Who claims.
    var worker: String
    /// How long a claim holds unless it is renewed.
    var lease: Duration

    /// Somebody works on a request. A lease that ends far later than any can was taken before the server's clock was set back.
    static let isHeld = isHeld(of: "")

    private static func isHeld(of table: String) -> String {
        "\(table)lease_expires_at BETWEEN now() AND now() + interval '5 minutes'"
    }

    /// Claims the oldest request that nobody works on, or whose worker has let its lease expire. What is being posted for
    /// another request waits.
    func claim(on connection: Connection) throws -> ClaimedRequest? {
        try connection.record(
            ClaimedRequest.self,
            """
            UPDATE posting_requests
            SET status = \(PostingRequestStatus.processing.sql), epoch = epoch + 1, attempts = attempts + 1,
                processing_since = coalesce(processing_since, now()), rows_done = 0, worker = $1, lease_expires_at = now() + $2 * interval '1 millisecond', error = NULL,
                error_code = NULL
            WHERE command_id = (
                SELECT command_id FROM posting_requests candidate
                WHERE status IN (\(PostingRequestStatus.open))
                    AND (status = \(PostingRequestStatus.draft.sql) OR NOT \(Self.isHeld))
                    AND (
                        SELECT true FROM posting_requests other
                        WHERE other.data_area_id = candidate.data_area_id AND other.kind = candidate.kind
                            AND other.number = candidate.number AND other.status = \(PostingRequestStatus.processing.sql)
                            AND \(Self.isHeld(of: "other."))
                        LIMIT 1) IS NULL
                ORDER BY requested_at
                LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING \(ClaimedRequest.columnList), set_config('synchronous_commit', 'off', true)
            """, worker, lease.milliseconds)
    }

    /// Prolongs the lease, and says how far the work has come.
    ///
    /// - returns: false when another worker has claimed the request, or it is finished.
    func renew(_ request: ClaimedRequest, rowsDone: Int, on connection: Connection) throws -> Bool {
        let renewed = try connection.execute(
            """
            UPDATE posting_requests
            SET lease_expires_at = now() + $3 * interval '1 millisecond', rows_done = $4
            WHERE \(Self.isMine)
            RETURNING set_config('synchronous_commit', 'off', true)
            """, request.commandId, request.epoch, lease.milliseconds, rowsDone)
        return renewed == 1
    }

    /// Gives the request back, unposted, for any worker to claim.
    func release(_ request: ClaimedRequest, on connection: Connection) throws {
        try connection.execute(
            """
            UPDATE posting_requests
            SET status = \(PostingRequestStatus.draft.sql), attempts = attempts - 1, worker = NULL,
                lease_expires_at = NULL, processing_since = NULL, rows_done = 0
            WHERE \(Self.isMine)
            """, request.commandId, request.epoch)
        try connection.notify(PostingRequestStore.requestedChannel)
    }

    /// Ends the request, at the end of the transaction that posted.
    ///
    /// - throws: ``PostingLeaseLost`` when the claim is no longer the newest: the transaction must be rolled back.
    func finish(_ request: ClaimedRequest, _ posted: PostedDocument, on connection: Connection) throws {
        let finished = try connection.execute(
            """
            UPDATE posting_requests
            SET status = \(PostingRequestStatus.posted.sql), rows_done = $3, note = $4, error = NULL, error_code = NULL,
                lease_expires_at = NULL, finished_at = now()
            WHERE \(Self.isMine)
            """, request.commandId, request.epoch, posted.lines, posted.note)
        guard finished == 1 else { throw PostingLeaseLost() }
        try connection.notify(PostingRequestStore.finishedChannel)
    }

    /// Ends the request as an error, which also says so on the journal and its lines, or on the proposal, and in the
    /// execution log.
    ///
    /// - throws: ``PostingLeaseLost``.
    func fail(_ request: ClaimedRequest, _ refusal: PostingRefusal, on connection: Connection) throws {
        let failed = try connection.execute(
            """
            UPDATE posting_requests
            SET status = \(PostingRequestStatus.error.sql), error = $3, error_code = $4, lease_expires_at = NULL,
                finished_at = now()
            WHERE \(Self.isMine)
            """, request.commandId, request.epoch, refusal.reason, refusal.code)
        guard failed == 1 else { throw PostingLeaseLost() }
        switch request.kind {
        case .journal:
            try JournalStore(company: request.company, connection: connection).setRefused(request.number, refusal)
        case .proposal:
            try ProposalStore(company: request.company, connection: connection).setRefused(request.number, refusal)
        }
        try ExecutionLog(connection: connection).write(
            .error, activity: "posting", subject: "\(request.company) \(request.subject)", refusal.reason)
        try connection.notify(PostingRequestStore.finishedChannel)
    }

    /// The request, by its id and epoch as `$1` and `$2`, as long as the claim is the newest.
    private static let isMine = "command_id = $1 AND epoch = $2 AND status = \(PostingRequestStatus.processing.sql)"
}
