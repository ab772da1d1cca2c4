extension DataverseSchema {
    /// When what Finance gives back of an invoice came first. Rows from before have no time.
    static let writeBackTimes = """
        ALTER TABLE posted_invoices ADD COLUMN received_at timestamptz, ALTER COLUMN received_at SET DEFAULT now();
        ALTER TABLE invoice_detail_counts ADD COLUMN first_at timestamptz, ALTER COLUMN first_at SET DEFAULT now();
        """
}
