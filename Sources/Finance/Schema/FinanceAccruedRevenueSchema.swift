extension FinanceSchema {
    /// Corrections of accruals that invoices did not take back in full (`domain.md` §6.14).
    static let accruedRevenue = """
        -- Reconciliation journals. What corrects is a voucher of its own; once it is posted nothing of it changes.
        CREATE TABLE accrued_revenue_journals (
            data_area_id text NOT NULL REFERENCES companies,
            journal_number text NOT NULL,
            description text NOT NULL,
            voucher_date date NOT NULL,
            offset_account text,
            status text NOT NULL DEFAULT 'Proposed' CHECK (status IN ('Proposed', 'Posted')),
            line_count int NOT NULL,
            proposed_by text NOT NULL,
            proposed_at timestamptz NOT NULL DEFAULT now(),
            voucher text,
            posted_by text,
            posted_at timestamptz,
            PRIMARY KEY (data_area_id, journal_number),
            CHECK ((status = 'Posted') = (num_nonnulls(voucher, posted_by, posted_at) = 3))
        );
        COMMENT ON COLUMN accrued_revenue_journals.offset_account IS
            'the main account that balances asymmetric corrections; null for that of the posting type accrued-revenue-correction';
        CREATE INDEX accrued_revenue_journals_proposed ON accrued_revenue_journals (data_area_id)
            WHERE status = 'Proposed';

        CREATE FUNCTION refuse_change_of_posted_correction() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'a posted reconciliation journal is never changed' USING ERRCODE = 'restrict_violation';
        END $$;
        CREATE TRIGGER accrued_revenue_journals_frozen BEFORE UPDATE OR DELETE ON accrued_revenue_journals
            FOR EACH ROW WHEN (OLD.status = 'Posted') EXECUTE FUNCTION refuse_change_of_posted_correction();

        -- What of an invoice is corrected: an unbilled sale that it billed, or what no sale explains.
        CREATE TABLE accrued_revenue_journal_lines (
            data_area_id text NOT NULL,
            journal_number text NOT NULL,
            line_number int NOT NULL,
            invoice_voucher text NOT NULL,
            invoice_date date NOT NULL,
            project_number text NOT NULL,
            actual_id uuid,
            wip_account text NOT NULL,
            accrued_revenue_account text NOT NULL,
            wip_imbalance numeric(19, 4) NOT NULL CHECK (wip_imbalance <> 0),
            accrued_revenue_imbalance numeric(19, 4) NOT NULL,
            wip_correction numeric(19, 4) NOT NULL CHECK (wip_correction = -wip_imbalance),
            accrued_revenue_correction numeric(19, 4) NOT NULL,
            PRIMARY KEY (data_area_id, journal_number, line_number),
            FOREIGN KEY (data_area_id, journal_number) REFERENCES accrued_revenue_journals ON DELETE CASCADE
        );
        COMMENT ON COLUMN accrued_revenue_journal_lines.wip_imbalance IS
            'accrual, reversal and earlier corrections on the WIP side, in accounting currency: the line books the opposite';
        COMMENT ON COLUMN accrued_revenue_journal_lines.accrued_revenue_correction IS
            'what the line books on that side: nothing when another account balances it';
        CREATE INDEX accrued_revenue_journal_lines_invoice ON accrued_revenue_journal_lines (data_area_id, invoice_voucher);
        -- What is invoiced in a time.
        CREATE INDEX project_invoices_by_date ON project_invoices (data_area_id, invoice_date);
        """
}
