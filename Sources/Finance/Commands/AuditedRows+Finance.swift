public import Bus

extension AuditedRows {
    public static let journals = AuditedRows("integration_journals", by: "journal_number")
    public static let proposals = AuditedRows("invoice_proposals", by: "proposal_number")
    public static let accruedRevenueJournals = AuditedRows("accrued_revenue_journals", by: "journal_number")
    /// By company.
    public static let numberSequences = AuditedRows("number_sequences", by: "data_area_id")
}
