extension FinanceSchema {
    /// What arrives over the bus (`domain.md` §4.1, §4.2, §4.5).
    static let staging = """
        -- Numbers the committed batches of arrivals: import from staging takes batches, so its cost follows what is new.
        CREATE SEQUENCE staging_batch;

        -- Batches that import from staging has still to take, company by company.
        CREATE TABLE staging_batches_pending (
            data_area_id text NOT NULL,
            batch_id bigint NOT NULL,
            row_count int NOT NULL,
            staged_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (data_area_id, batch_id)
        );
        COMMENT ON COLUMN staging_batches_pending.staged_at IS
            'actuals validation lets a row wait before it can become a line (§6.14)';

        -- Single rows that import from staging has to take again: those whose journal was deleted, and those that wait
        -- for another row.
        CREATE TABLE actuals_to_import (
            data_area_id text NOT NULL,
            actual_id uuid NOT NULL,
            PRIMARY KEY (data_area_id, actual_id)
        );

        -- ProjCDSActualsImport. Every well-formed row is stored, whatever is configured.
        CREATE TABLE actuals_staging (
            data_area_id text NOT NULL,
            actual_id uuid PRIMARY KEY,
            row_version bigint NOT NULL,
            batch_id bigint NOT NULL,
            transaction_type text NOT NULL,
            transaction_class text NOT NULL,
            billing_type text,
            billing_status text,
            adjustment_status text,
            billing_method text,
            project_number text NOT NULL,
            contract_number text,
            contract_line text,
            customer_account text,
            currency text NOT NULL,
            currency_precision smallint NOT NULL,
            quantity numeric(19, 4) NOT NULL,
            price numeric(19, 4) NOT NULL,
            amount numeric(19, 4) NOT NULL,
            document_date date NOT NULL,
            accounting_date date NOT NULL,
            category text,
            product_number text,
            resource text,
            description text,
            external_description text,
            invoice_id uuid,
            unbilled_actual_id uuid,
            reversed_actual_id uuid,
            project_company text,
            contracting_unit_currency text,
            discount_amount numeric(19, 4),
            fee_amount numeric(19, 4),
            source_actual_id uuid,
            withdrawn boolean NOT NULL,
            opening_voucher text,
            digest_lanes int[]
        );
        CREATE INDEX actuals_staging_batch ON actuals_staging (batch_id);
        CREATE INDEX actuals_staging_invoice ON actuals_staging (invoice_id, data_area_id)
            WHERE transaction_type = 'Billed Sales';
        CREATE INDEX actuals_staging_withdrawn ON actuals_staging (invoice_id)
            WHERE withdrawn AND transaction_type = 'Billed Sales';
        CREATE INDEX actuals_staging_orphans ON actuals_staging (invoice_id)
            WHERE adjustment_status = 'Unadjustable' AND reversed_actual_id IS NULL;
        CREATE INDEX actuals_staging_reversed ON actuals_staging (reversed_actual_id)
            WHERE reversed_actual_id IS NOT NULL;
        CREATE INDEX actuals_staging_source ON actuals_staging (source_actual_id) WHERE source_actual_id IS NOT NULL;
        COMMENT ON COLUMN actuals_staging.actual_id IS
            'the key without the company, so that an actual that moves to another company leaves no copy behind';
        COMMENT ON COLUMN actuals_staging.withdrawn IS 'Dataverse took it back: it is not booked, if it is not booked already';
        COMMENT ON COLUMN actuals_staging.opening_voucher IS
            'of an opening row: the voucher under which another system posted it before the cut-over (§9.17)';
        COMMENT ON COLUMN actuals_staging.digest_lanes IS 'billed sales: the eight lanes of the control digest, as signed 32-bit numbers (design §4)';

        -- How many billed sales of an invoice came over each partition, so that consumers don't queue on one row.
        CREATE TABLE invoice_arrivals (
            data_area_id text NOT NULL,
            invoice_id uuid NOT NULL,
            partition int NOT NULL,
            count bigint NOT NULL,
            PRIMARY KEY (data_area_id, invoice_id, partition)
        );
        CREATE INDEX invoice_arrivals_invoice ON invoice_arrivals (invoice_id);

        -- Rows that import from staging looked at and could not take yet: why, and the cure.
        CREATE TABLE blocked_actuals (
            data_area_id text NOT NULL,
            actual_id uuid NOT NULL,
            code text NOT NULL,
            reason text NOT NULL,
            invoice_id uuid,
            setup_version bigint NOT NULL,
            blocked_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (data_area_id, actual_id),
            FOREIGN KEY (actual_id) REFERENCES actuals_staging
        );
        CREATE INDEX blocked_actuals_setup ON blocked_actuals (data_area_id, setup_version);
        CREATE INDEX blocked_actuals_invoice ON blocked_actuals (invoice_id, data_area_id) WHERE invoice_id IS NOT NULL;
        COMMENT ON COLUMN blocked_actuals.invoice_id IS 'the invoice of a billed sale, which holds the whole proposal up';
        COMMENT ON COLUMN blocked_actuals.setup_version IS
            'the set-up that blocked the row: it is looked at again when there is a newer one';

        -- What changed in Dataverse after the row was posted.
        CREATE TABLE out_of_sync_actuals (
            data_area_id text NOT NULL,
            actual_id uuid NOT NULL,
            row_version bigint NOT NULL,
            amount numeric(19, 4) NOT NULL,
            quantity numeric(19, 4) NOT NULL,
            changes text NOT NULL,
            noticed_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (data_area_id, actual_id, row_version)
        );
        COMMENT ON COLUMN out_of_sync_actuals.changes IS 'the columns of staging that are not what was posted';

        -- ProjCDSTransactionRelationshipImport.
        CREATE TABLE transaction_connections (
            data_area_id text NOT NULL,
            connection_id uuid NOT NULL,
            row_version bigint NOT NULL,
            transaction1_id uuid NOT NULL,
            transaction1_role text NOT NULL,
            transaction1_type text NOT NULL,
            transaction2_id uuid NOT NULL,
            transaction2_role text NOT NULL,
            transaction2_type text NOT NULL,
            PRIMARY KEY (data_area_id, connection_id)
        );
        -- What a row takes back that does not say so itself.
        CREATE INDEX transaction_connections_reversing ON transaction_connections (transaction1_id)
            WHERE transaction1_role = 'Reversing';
        -- The cost of an unbilled sale, and the other way round: whose vouchers are related (§6.10.5).
        CREATE INDEX transaction_connections_sale ON transaction_connections (transaction1_id)
            WHERE transaction1_role = 'Unbilled Sales' AND transaction2_role = 'Cost';
        CREATE INDEX transaction_connections_cost ON transaction_connections (transaction2_id)
            WHERE transaction1_role = 'Unbilled Sales' AND transaction2_role = 'Cost';

        -- The events that may make a proposal. One row an invoice-confirmed message that took effect.
        CREATE TABLE invoice_confirmations (
            event_id uuid PRIMARY KEY,
            data_area_id text NOT NULL,
            invoice_id uuid NOT NULL,
            totals_version bigint NOT NULL,
            received_at timestamptz NOT NULL DEFAULT now()
        );

        -- ProjProposalJour. Made by a confirmed invoice, and by nothing else (design §4).
        CREATE TABLE invoice_proposals (
            data_area_id text NOT NULL,
            proposal_number text NOT NULL CHECK (length(proposal_number) <= 20),
            invoice_id uuid NOT NULL,
            confirmed_by uuid NOT NULL REFERENCES invoice_confirmations (event_id),
            contract_number text NOT NULL,
            customer_account text NOT NULL,
            customer_name text,
            currency text NOT NULL,
            currency_precision smallint NOT NULL,
            accounting_date date NOT NULL,
            payment_terms text,
            bill_to_name text,
            bill_to_address text,
            has_corrections boolean NOT NULL,
            line_amount numeric(19, 4) NOT NULL,
            totals_version bigint NOT NULL,
            total_count bigint NOT NULL,
            total_amount numeric(19, 4) NOT NULL,
            total_digest text NOT NULL,
            status text NOT NULL DEFAULT 'Open' CHECK (status IN ('Open', 'Ready', 'Invoiced')),
            waiting_for text,
            waiting_for_proposals text[],
            agreed_version bigint,
            lines_setup_version bigint,
            announced_version bigint,
            announced_count bigint,
            announced_amount numeric(19, 4),
            announced_digest text,
            out_of_sync text,
            posting_error text,
            posting_error_code text,
            due_date date,
            approval text CHECK (approval IN ('Submitted', 'Approved', 'Rejected')),
            approved_lines bigint,
            PRIMARY KEY (data_area_id, proposal_number),
            UNIQUE (invoice_id, data_area_id),
            CHECK ((approval IS NULL) = (approved_lines IS NULL))
        );
        COMMENT ON COLUMN invoice_proposals.due_date IS 'a due date that a person set; null: by the payment terms (§6.13)';
        COMMENT ON COLUMN invoice_proposals.approval IS 'how far the workflow of approval has come with these lines';
        COMMENT ON COLUMN invoice_proposals.approved_lines IS
            'a digest of the lines that were submitted: others lose the approval';
        COMMENT ON COLUMN invoice_proposals.status IS 'Open: its lines are still to be made; Ready: all its lines, to be posted; Invoiced: posted';
        COMMENT ON COLUMN invoice_proposals.waiting_for IS 'why an Open proposal has no lines yet';
        COMMENT ON COLUMN invoice_proposals.waiting_for_proposals IS 'the proposals that an Open proposal waits to see posted: those of what it corrects';
        COMMENT ON COLUMN invoice_proposals.lines_setup_version IS 'the set-up by which its lines were made';
        COMMENT ON COLUMN invoice_proposals.announced_version IS 'of an Invoiced proposal: the newest totals that Dataverse confirmed since';
        COMMENT ON COLUMN invoice_proposals.out_of_sync IS 'of an Invoiced proposal: how Dataverse has the invoice otherwise than it was posted';
        COMMENT ON COLUMN invoice_proposals.agreed_version IS 'the totals version with which the billed sales were seen to agree';
        COMMENT ON COLUMN invoice_proposals.posting_error IS 'why posting refused a Ready proposal';

        CREATE FUNCTION refuse_proposal_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'an invoice proposal cannot be deleted: it is made and owned by a confirmed invoice in Dataverse'
                USING ERRCODE = 'restrict_violation';
        END $$;
        CREATE TRIGGER invoice_proposals_no_delete BEFORE DELETE ON invoice_proposals
            FOR EACH ROW EXECUTE FUNCTION refuse_proposal_deletion();
        CREATE TRIGGER invoice_proposals_no_truncate BEFORE TRUNCATE ON invoice_proposals
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_proposal_deletion();

        CREATE INDEX invoice_proposals_open ON invoice_proposals (data_area_id, contract_number) WHERE status = 'Open';
        CREATE INDEX invoice_proposals_ready ON invoice_proposals (lines_setup_version) WHERE status = 'Ready';
        CREATE INDEX invoice_proposals_waiting ON invoice_proposals (data_area_id)
            WHERE waiting_for_proposals IS NOT NULL;
        CREATE INDEX invoice_proposals_out_of_sync ON invoice_proposals (data_area_id) WHERE out_of_sync IS NOT NULL;

        -- The workflow of approval: who did what with a proposal, in the order of time.
        CREATE TABLE proposal_approvals (
            step bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            data_area_id text NOT NULL,
            proposal_number text NOT NULL,
            action text NOT NULL CHECK (action IN ('submit', 'approve', 'reject', 'lose')),
            done_by text NOT NULL,
            done_at timestamptz NOT NULL DEFAULT now(),
            comment text,
            FOREIGN KEY (data_area_id, proposal_number) REFERENCES invoice_proposals
        );
        CREATE INDEX proposal_approvals_proposal ON proposal_approvals (data_area_id, proposal_number, step);

        -- Invoices about which something changed since import from staging looked at them. An invoice may be marked
        -- many times, so that nobody who marks it waits for another who does, or for the check.
        CREATE TABLE invoices_to_check (
            data_area_id text NOT NULL,
            invoice_id uuid NOT NULL,
            mark bigint GENERATED ALWAYS AS IDENTITY,
            PRIMARY KEY (data_area_id, invoice_id, mark)
        );
        """
}
