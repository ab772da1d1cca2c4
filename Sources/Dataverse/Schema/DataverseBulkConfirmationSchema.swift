extension DataverseSchema {
    /// Invoices that are confirmed in bulk (`domain.md` §6.3).
    static let bulkConfirmation = """
        CREATE TABLE bulk_confirmations (
            invoice_id uuid PRIMARY KEY,
            place bigint NOT NULL,
            status text NOT NULL,
            confirmation_date date NOT NULL,
            problem text,
            changed_at timestamptz NOT NULL DEFAULT now()
        );
        CREATE INDEX bulk_confirmations_open ON bulk_confirmations (place, invoice_id)
            WHERE status IN ('Scheduled', 'Processing');
        """
}
