extension DataverseSchema {
    /// What the topics have and this database has not, after it was restored from a backup.
    static let lost = """
        -- Confirmations that were published, and that this database has lost, of each invoice the newest.
        CREATE TABLE lost_confirmations (
            invoice_id uuid PRIMARY KEY,
            invoice_number text NOT NULL,
            data_area_id text NOT NULL,
            contract_number text NOT NULL,
            customer_account text NOT NULL,
            currency text NOT NULL,
            accounting_date date NOT NULL,
            line_amount numeric(19, 4) NOT NULL,
            billed_sales bigint NOT NULL,
            totals_version bigint NOT NULL,
            content uuid NOT NULL,
            state text NOT NULL CHECK (state IN ('Lost', 'Repeat', 'Given up')),
            noticed_at timestamptz NOT NULL DEFAULT now()
        );
        CREATE INDEX lost_confirmations_number ON lost_confirmations (invoice_number);
        COMMENT ON COLUMN lost_confirmations.content IS 'a digest of the message without its version';
        COMMENT ON COLUMN lost_confirmations.state IS
            'Lost: a person has to decide, Repeat: it is drafted and confirmed again as it was, Given up: its number stays unused';
        """
}
