/// The rows of the general ledger: debit positive, credit negative.
enum LedgerEntry {
    static let copy = """
        COPY ledger_entries (
            data_area_id, voucher, entry_number, accounting_date, posting_type, main_account, project_number,
            currency, amount, accounting_amount
        ) FROM STDIN (FORMAT binary)
        """
}

/// The version of a posting, by which write-back knows the newest. What is
/// posted is posted once.
enum PostingVersion {
    static let first = 1
}
