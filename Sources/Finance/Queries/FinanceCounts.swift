import Bus
public import Database

/// How much of what is where in Finance, for an operator.
public struct FinanceCounts: Record, Hashable {
    public let blockedActuals: Int
    public let openProposals: Int
    /// Proposals that are ready to post.
    public let readyProposals: Int
    public let draftJournals: Int
    public let failedJournals: Int
    public let postingsUnderWay: Int
    public let failedPostings: Int
    /// Actuals that changed in Dataverse after they had been posted.
    public let outOfSync: Int
    /// Posted invoices that Dataverse has otherwise than they were posted.
    public let invoicesOutOfSync: Int

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        FinanceCounts(
            blockedActuals: try column("blocked_actuals", row?.blockedActuals),
            openProposals: try column("open_proposals", row?.openProposals),
            readyProposals: try column("ready_proposals", row?.readyProposals),
            draftJournals: try column("draft_journals", row?.draftJournals),
            failedJournals: try column("failed_journals", row?.failedJournals),
            postingsUnderWay: try column("postings_under_way", row?.postingsUnderWay),
            failedPostings: try column("failed_postings", row?.failedPostings),
            outOfSync: try column("out_of_sync", row?.outOfSync),
            invoicesOutOfSync: try column("invoices_out_of_sync", row?.invoicesOutOfSync))
    }

    /// - throws: `DatabaseError`.
    public static func load(_ connection: Connection) throws -> FinanceCounts {
        try connection.records(
            FinanceCounts.self,
            """
            SELECT (SELECT count(*) FROM blocked_actuals) AS blocked_actuals,
                p.open_proposals, p.ready_proposals, j.draft_journals, j.failed_journals, r.postings_under_way,
                r.failed_postings, (SELECT count(*) FROM out_of_sync_actuals) AS out_of_sync,
                (SELECT count(*) FROM invoice_proposals WHERE out_of_sync IS NOT NULL) AS invoices_out_of_sync
            FROM (
                SELECT count(*) FILTER (WHERE status = \(ProposalStatus.open.sql)) AS open_proposals,
                    count(*) FILTER (WHERE status = \(ProposalStatus.ready.sql)) AS ready_proposals
                FROM invoice_proposals
            ) p, (
                SELECT count(*) FILTER (WHERE status = \(JournalStatus.draft.sql)) AS draft_journals,
                    count(*) FILTER (WHERE status = \(JournalStatus.error.sql)) AS failed_journals
                FROM integration_journals
            ) j, (
                SELECT count(*) FILTER (WHERE status IN (\(PostingRequestStatus.open))) AS postings_under_way,
                    count(*) FILTER (WHERE status = \(PostingRequestStatus.error.sql)) AS failed_postings
                FROM posting_requests
            ) r
            """)[0]
    }
}
