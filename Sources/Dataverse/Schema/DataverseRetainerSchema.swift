extension DataverseSchema {
    /// Retainers, and what drafts and invoices deduct of them (`domain.md` §6.7).
    static let retainers = """
        CREATE TABLE retainers (
            retainer_id uuid PRIMARY KEY,
            name text NOT NULL,
            project_contract_id uuid NOT NULL,
            contract_line_id uuid,
            project_id uuid NOT NULL,
            contracting_unit_id uuid,
            customer_id uuid NOT NULL,
            currency_id uuid NOT NULL,
            amount numeric(19, 4) NOT NULL CHECK (amount > 0),
            invoice_date date NOT NULL,
            invoice_status text NOT NULL,
            invoice_line_detail_id uuid,
            open_balance_id uuid,
            used numeric(19, 4) NOT NULL CHECK (used >= 0),
            applied numeric(19, 4) NOT NULL CHECK (applied >= 0),
            UNIQUE (project_contract_id, name),
            CHECK (used + applied <= amount)
        );
        CREATE INDEX retainers_line_detail ON retainers (invoice_line_detail_id)
            WHERE invoice_line_detail_id IS NOT NULL;
        CREATE INDEX retainers_ready ON retainers (project_contract_id) WHERE invoice_status = 'Ready';
        COMMENT ON COLUMN retainers.used IS 'what confirmed invoices have deducted or refunded';
        COMMENT ON COLUMN retainers.applied IS 'what drafts deduct or refund';
        COMMENT ON COLUMN retainers.open_balance_id IS 'the open negative unbilled sale';

        CREATE TABLE retainer_applications (
            invoice_line_detail_id uuid PRIMARY KEY,
            retainer_id uuid NOT NULL REFERENCES retainers,
            invoice_id uuid NOT NULL,
            amount numeric(19, 4) NOT NULL CHECK (amount >= 0),
            refund_status text,
            is_edited boolean NOT NULL,
            is_confirmed boolean NOT NULL,
            UNIQUE (invoice_id, retainer_id)
        );
        CREATE INDEX retainer_applications_retainer ON retainer_applications (retainer_id);
        """
}
