extension FinanceSchema {
    /// The code of a reason beside its text, so that failures can be counted by cause.
    static let reasonCodes = """
        ALTER TABLE integration_journals ADD COLUMN posting_error_code text;
        ALTER TABLE integration_journal_lines ADD COLUMN error_code text;
        ALTER TABLE invoice_proposals ADD COLUMN posting_error_code text;
        ALTER TABLE posting_requests ADD COLUMN error_code text;
        """
}
