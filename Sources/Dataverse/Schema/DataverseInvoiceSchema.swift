extension DataverseSchema {
    /// Invoices, actuals and their connections (`domain.md` §1–3).
    ///
    /// Choices are kept as their labels.
    static let invoicing = """
        -- invoices of order type Work.
        CREATE TABLE invoices (
            invoice_id uuid PRIMARY KEY,
            row_version bigint NOT NULL,
            invoice_number text NOT NULL CHECK (length(invoice_number) <= 20),
            name text,
            project_contract_id uuid,
            customer_id uuid,
            currency_id uuid NOT NULL,
            status text NOT NULL,
            has_corrections boolean NOT NULL,
            line_amount numeric(19, 4) NOT NULL,
            tax numeric(19, 4),
            total_amount numeric(19, 4),
            accounting_date date,
            payment_terms text,
            bill_to_name text,
            bill_to_line1 text,
            bill_to_line2 text,
            bill_to_line3 text,
            bill_to_postal_code text,
            bill_to_city text,
            bill_to_state text,
            bill_to_country text,
            is_ours boolean NOT NULL DEFAULT false,
            confirmed_here_on date,
            draft_number bigint
        );
        CREATE INDEX invoices_number ON invoices (invoice_number);
        CREATE INDEX invoices_own_drafts ON invoices (project_contract_id) WHERE is_ours AND status = 'Draft';
        COMMENT ON COLUMN invoices.draft_number IS 'of drafts that were made here: tells the newest';
        COMMENT ON COLUMN invoices.is_ours IS 'this database confirms the invoice, not Dataverse';
        COMMENT ON COLUMN invoices.confirmed_here_on IS 'the day on which this database confirmed it';

        -- invoicedetails.
        CREATE TABLE invoice_lines (
            invoice_line_id uuid PRIMARY KEY,
            row_version bigint NOT NULL,
            invoice_id uuid NOT NULL,
            project_id uuid,
            contract_line_id uuid,
            billing_method text
        );
        CREATE INDEX invoice_lines_invoice ON invoice_lines (invoice_id);

        -- msdyn_invoicelinetransactions.
        CREATE TABLE invoice_line_details (
            invoice_line_detail_id uuid PRIMARY KEY,
            row_version bigint NOT NULL,
            invoice_id uuid NOT NULL,
            invoice_line_id uuid,
            is_correction boolean NOT NULL,
            original_line_detail_id uuid,
            previous_amount numeric(19, 4),
            invoice_amount numeric(19, 4),
            milestone_id uuid,
            transaction_class text NOT NULL,
            billing_type text,
            quantity numeric(19, 4),
            price numeric(19, 4),
            amount numeric(19, 4) NOT NULL,
            currency_id uuid NOT NULL,
            document_date date NOT NULL,
            project_contract_id uuid,
            contract_line_id uuid,
            project_id uuid,
            contracting_unit_id uuid,
            resourcing_unit_id uuid,
            customer_id uuid,
            category_id uuid,
            bookable_resource_id uuid,
            product_id uuid,
            description text,
            external_description text,
            discount_amount numeric(19, 4),
            fee_amount numeric(19, 4)
        );
        CREATE INDEX invoice_line_details_invoice ON invoice_line_details (invoice_id);
        CREATE INDEX invoice_line_details_milestone ON invoice_line_details (milestone_id)
            WHERE milestone_id IS NOT NULL;
        COMMENT ON COLUMN invoice_line_details.invoice_amount IS
            'what a correction adds to its invoice: its amount less the previous one';

        -- msdyn_actuals, without the accounting feedback, which has a table of its own.
        CREATE TABLE actuals (
            actual_id uuid PRIMARY KEY,
            row_version bigint NOT NULL,
            transaction_type text NOT NULL,
            transaction_class text NOT NULL,
            billing_type text,
            billing_status text,
            adjustment_status text,
            skip_sync boolean NOT NULL,
            quantity numeric(19, 4),
            price numeric(19, 4),
            amount numeric(19, 4) NOT NULL,
            currency_id uuid NOT NULL,
            document_date date NOT NULL,
            accounting_date date,
            invoice_id uuid,
            not_to_exceed_status text,
            project_contract_id uuid,
            contract_line_id uuid,
            project_id uuid,
            contracting_unit_id uuid,
            resourcing_unit_id uuid,
            customer_id uuid,
            category_id uuid,
            bookable_resource_id uuid,
            product_id uuid,
            description text,
            external_description text,
            discount_amount numeric(19, 4),
            fee_amount numeric(19, 4),
            source_actual_id uuid,
            captured_at timestamptz NOT NULL DEFAULT now()
        );
        COMMENT ON COLUMN actuals.captured_at IS 'when it came first';
        CREATE INDEX actuals_invoice ON actuals (invoice_id) WHERE invoice_id IS NOT NULL;
        -- What can be made ready or put on a draft: soon none of what is there.
        CREATE INDEX actuals_open ON actuals (billing_status, project_contract_id)
            WHERE billing_status IN ('Unbilled Sales Created', 'Ready to Invoice');

        -- msdyn_transactionconnections.
        CREATE TABLE transaction_connections (
            connection_id uuid PRIMARY KEY,
            row_version bigint NOT NULL,
            transaction1_id uuid NOT NULL,
            transaction1_role text NOT NULL,
            transaction1_type text NOT NULL,
            transaction2_id uuid NOT NULL,
            transaction2_role text NOT NULL,
            transaction2_type text NOT NULL
        );
        CREATE INDEX transaction_connections_transaction1 ON transaction_connections (transaction1_id);
        -- Replacements are few: only edits and corrections have them.
        CREATE INDEX transaction_connections_replaced ON transaction_connections (transaction2_id)
            WHERE transaction1_role = 'Replacing';

        -- The next number of a draft that is made here; one row.
        CREATE TABLE draft_numbers (next_number bigint NOT NULL);
        INSERT INTO draft_numbers VALUES (1);

        -- What has come of each invoice, kept up with the rows, so that nobody has to count them.
        CREATE TABLE invoice_progress (
            invoice_id uuid PRIMARY KEY,
            line_details bigint NOT NULL DEFAULT 0,
            billed_sales bigint NOT NULL DEFAULT 0,
            chargeable_amount numeric NOT NULL DEFAULT 0
        );
        COMMENT ON COLUMN invoice_progress.chargeable_amount IS 'the sum of the chargeable billed sales';
        """
}
