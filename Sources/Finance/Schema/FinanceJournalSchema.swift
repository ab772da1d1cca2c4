extension FinanceSchema {
    /// Integration journals, proposal lines and what posting makes of them
    /// (`domain.md` §4.4, §4.6–4.8, §6.11, §6.12).
    static let journals = """
        -- ProjAdvancedJournal.
        CREATE TABLE integration_journals (
            data_area_id text NOT NULL REFERENCES companies,
            journal_number text NOT NULL,
            description text NOT NULL,
            kind text NOT NULL DEFAULT 'Integration' CHECK (kind IN ('Integration', 'Beginning balance', 'Opening')),
            period_start date,
            status text NOT NULL DEFAULT 'Draft' CHECK (status IN ('Draft', 'Posted', 'Error')),
            line_count int NOT NULL DEFAULT 0,
            setup_version bigint NOT NULL DEFAULT 0,
            original_journal_number text,
            posted_at timestamptz,
            posting_error text,
            posting_error_code text,
            PRIMARY KEY (data_area_id, journal_number)
        );
        COMMENT ON COLUMN integration_journals.kind IS
            'Beginning balance, Opening: posting its lines makes project transactions and no ledger entries (§6.10.17, §9.17)';
        COMMENT ON COLUMN integration_journals.posting_error IS 'why posting refused the journal; it is then Error';
        COMMENT ON COLUMN integration_journals.original_journal_number IS
            'the journal that was posted without these lines, which could not be (§6.11)';
        COMMENT ON COLUMN integration_journals.period_start IS 'the first day of the day, month or year; null when all go in one';
        COMMENT ON COLUMN integration_journals.setup_version IS 'the oldest set-up by which its lines were made';
        CREATE INDEX integration_journals_unposted ON integration_journals (data_area_id, setup_version)
            WHERE status <> 'Posted';
        CREATE INDEX integration_journals_draft ON integration_journals (data_area_id, period_start, journal_number)
            WHERE status = 'Draft';

        -- ProjAdvancedJournalLine. One line an actual.
        CREATE TABLE integration_journal_lines (
            data_area_id text NOT NULL,
            journal_number text NOT NULL,
            line_number int NOT NULL,
            actual_id uuid NOT NULL,
            voucher text NOT NULL,
            transaction_type text NOT NULL,
            transaction_class text NOT NULL,
            project_number text NOT NULL,
            contract_number text,
            transaction_date date NOT NULL,
            accounting_date date NOT NULL,
            category_id text NOT NULL,
            line_property_id text NOT NULL,
            currency text NOT NULL,
            quantity numeric(19, 4) NOT NULL,
            price numeric(19, 4) NOT NULL,
            amount numeric(19, 4) NOT NULL,
            exchange_rate numeric(18, 10) NOT NULL,
            accounting_amount numeric(19, 4) NOT NULL,
            reporting_exchange_rate numeric(18, 10),
            reporting_amount numeric(19, 4),
            sales_tax_group text,
            item_sales_tax_group text,
            undeducted_discount numeric(19, 4),
            source_actual_id uuid,
            intercompany_customer text,
            reversed_actual_id uuid,
            description text,
            resource text,
            error text,
            error_code text,
            PRIMARY KEY (data_area_id, journal_number, line_number),
            UNIQUE (data_area_id, actual_id),
            FOREIGN KEY (data_area_id, journal_number) REFERENCES integration_journals
        );
        CREATE INDEX integration_journal_lines_reversals ON integration_journal_lines (data_area_id, journal_number)
            WHERE reversed_actual_id IS NOT NULL;
        COMMENT ON COLUMN integration_journal_lines.error IS 'why posting refused the line; its journal is then Error';

        -- Sales tax groups that a person gave an actual's line before it was posted (§6.10.9, §6.13).
        CREATE TABLE sales_tax_edits (
            data_area_id text NOT NULL REFERENCES companies,
            actual_id uuid NOT NULL,
            sales_tax_group text,
            item_sales_tax_group text,
            edited_by text NOT NULL,
            edited_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (data_area_id, actual_id)
        );

        -- ProjProposalEmpl, …Cost, …Item, …Revenue and …OnAcc in one: transaction_class tells which.
        CREATE TABLE invoice_proposal_lines (
            data_area_id text NOT NULL,
            proposal_number text NOT NULL,
            line_number int NOT NULL,
            actual_id uuid NOT NULL,
            unbilled_actual_id uuid,
            reversed_actual_id uuid,
            transaction_class text NOT NULL,
            billing_method text NOT NULL,
            billing_type text,
            project_number text NOT NULL,
            transaction_date date NOT NULL,
            category_id text,
            quantity numeric(19, 4) NOT NULL,
            price numeric(19, 4) NOT NULL,
            amount numeric(19, 4) NOT NULL,
            discount_amount numeric(19, 4),
            fee_amount numeric(19, 4),
            sales_tax_group text,
            item_sales_tax_group text,
            currency text NOT NULL,
            contract_number text,
            customer_account text,
            description text,
            resource text,
            PRIMARY KEY (data_area_id, proposal_number, line_number),
            UNIQUE (data_area_id, actual_id),
            FOREIGN KEY (data_area_id, proposal_number) REFERENCES invoice_proposals
        );

        CREATE INDEX invoice_proposal_lines_reversed ON invoice_proposal_lines (data_area_id, reversed_actual_id)
            WHERE reversed_actual_id IS NOT NULL;

        -- ProjEmplTrans, ProjCostTrans, … and their sales sides, with the rates they were posted at: the project subledger.
        CREATE TABLE project_transactions (
            data_area_id text NOT NULL,
            actual_id uuid NOT NULL,
            journal_number text NOT NULL,
            voucher text NOT NULL,
            transaction_type text NOT NULL,
            transaction_class text NOT NULL,
            project_number text NOT NULL,
            contract_number text,
            category_id text NOT NULL,
            line_property_id text NOT NULL,
            transaction_date date NOT NULL,
            accounting_date date NOT NULL,
            quantity numeric(19, 4) NOT NULL,
            currency text NOT NULL,
            amount numeric(19, 4) NOT NULL,
            exchange_rate numeric(18, 10) NOT NULL,
            accounting_amount numeric(19, 4) NOT NULL,
            reporting_exchange_rate numeric(18, 10),
            reporting_amount numeric(19, 4),
            undeducted_discount numeric(19, 4),
            source_actual_id uuid,
            accrued boolean NOT NULL,
            wip_account text,
            accrued_revenue_account text,
            PRIMARY KEY (data_area_id, actual_id),
            CHECK (accrued = (wip_account IS NOT NULL) AND accrued = (accrued_revenue_account IS NOT NULL))
        );
        -- The fees of a sale.
        CREATE INDEX project_transactions_source ON project_transactions (data_area_id, source_actual_id)
            WHERE source_actual_id IS NOT NULL;
        COMMENT ON COLUMN project_transactions.undeducted_discount IS
            'what the amount has not deducted and the invoice posts by itself; null when the amount is net (§6.13)';
        COMMENT ON COLUMN project_transactions.wip_account IS
            'the main account on which the amount stands, wherever set-up would book it today';
        COMMENT ON COLUMN project_transactions.accrued IS 'its amount stands in WIP and accrued revenue until it is invoiced';

        -- ProjOnAccTrans: milestones and retainers (§4.8).
        CREATE TABLE on_account_transactions (
            data_area_id text NOT NULL,
            actual_id uuid NOT NULL,
            proposal_number text NOT NULL,
            transaction_origin text NOT NULL CHECK (transaction_origin IN ('Milestone', 'Prepayment', 'Deduction')),
            contract_number text NOT NULL,
            project_number text NOT NULL,
            transaction_date date NOT NULL,
            currency text NOT NULL,
            amount numeric(19, 4) NOT NULL,
            exchange_rate numeric(18, 10) NOT NULL,
            accounting_amount numeric(19, 4) NOT NULL,
            reporting_exchange_rate numeric(18, 10),
            reporting_amount numeric(19, 4),
            PRIMARY KEY (data_area_id, actual_id),
            FOREIGN KEY (data_area_id, proposal_number) REFERENCES invoice_proposals
        );
        CREATE INDEX on_account_transactions_retainers ON on_account_transactions (data_area_id, contract_number)
            WHERE transaction_origin IN ('Prepayment', 'Deduction');

        -- What lines of invoices took of the prepayments that stand on account: deductions, and credits. Negative is what
        -- they gave back.
        CREATE TABLE prepayment_settlements (
            data_area_id text NOT NULL,
            prepayment_actual_id uuid NOT NULL,
            settling_actual_id uuid NOT NULL,
            proposal_number text NOT NULL,
            amount numeric(19, 4) NOT NULL,
            accounting_amount numeric(19, 4) NOT NULL,
            reporting_amount numeric(19, 4),
            PRIMARY KEY (data_area_id, prepayment_actual_id, settling_actual_id),
            FOREIGN KEY (data_area_id, proposal_number) REFERENCES invoice_proposals
        );
        CREATE INDEX prepayment_settlements_settling ON prepayment_settlements (data_area_id, settling_actual_id);

        -- Reversals that were posted before what they reverse, which is then booked on the same accounts. Mostly empty.
        CREATE TABLE reversals_posted_first (
            data_area_id text NOT NULL,
            original_actual_id uuid NOT NULL,
            reversing_actual_id uuid NOT NULL,
            PRIMARY KEY (data_area_id, original_actual_id)
        );

        -- ProjInvoiceJour.
        CREATE TABLE project_invoices (
            data_area_id text NOT NULL,
            customer_invoice_number text NOT NULL CHECK (length(customer_invoice_number) <= 20),
            proposal_number text NOT NULL,
            invoice_id uuid NOT NULL,
            voucher text NOT NULL,
            invoice_date date NOT NULL,
            due_date date NOT NULL,
            contract_number text NOT NULL,
            customer_account text NOT NULL,
            currency text NOT NULL,
            line_amount numeric(19, 4) NOT NULL,
            sales_tax_amount numeric(19, 4) NOT NULL,
            invoice_amount numeric(19, 4) NOT NULL CHECK (invoice_amount = line_amount + sales_tax_amount),
            exchange_rate numeric(18, 10) NOT NULL,
            accounting_invoice_amount numeric(19, 4) NOT NULL,
            accounting_detail_amount numeric(19, 4) NOT NULL,
            reporting_exchange_rate numeric(18, 10),
            reporting_invoice_amount numeric(19, 4),
            reporting_detail_amount numeric(19, 4),
            line_count bigint NOT NULL,
            posted_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (data_area_id, customer_invoice_number),
            UNIQUE (data_area_id, proposal_number),
            UNIQUE (data_area_id, voucher),
            FOREIGN KEY (data_area_id, proposal_number) REFERENCES invoice_proposals
        );

        -- How lines of an invoice were posted: a few kinds an invoice, however many lines. A credit takes back what its
        -- original was posted with, whatever set-up says by then (§9.26).
        CREATE TABLE project_invoice_bookings (
            data_area_id text NOT NULL,
            proposal_number text NOT NULL,
            booking_number int NOT NULL,
            chargeable boolean NOT NULL,
            project_number text NOT NULL,
            revenue_posting_type text NOT NULL,
            revenue_account text NOT NULL,
            customer_account text NOT NULL,
            sales_tax_account text,
            transaction_origin text,
            sales_tax_codes text[] NOT NULL,
            percentages numeric[] NOT NULL,
            included boolean[] NOT NULL,
            non_deductible_percentages numeric[] NOT NULL,
            books_non_deductible_with_line boolean NOT NULL,
            discount_account text,
            fee_posting_type text,
            fee_account text,
            PRIMARY KEY (data_area_id, proposal_number, booking_number)
        );
        COMMENT ON COLUMN project_invoice_bookings.customer_account IS 'the main account on which the customer owes it';
        COMMENT ON COLUMN project_invoice_bookings.included IS 'of each code, whether amounts contained the tax';

        -- What invoice-posted says was posted and this database has not, or not so: it was restored from a backup (§9.27).
        CREATE TABLE lost_invoices (
            data_area_id text NOT NULL,
            invoice_id uuid NOT NULL,
            proposal_number text NOT NULL,
            customer_invoice_number text NOT NULL,
            invoice_date date NOT NULL,
            due_date date NOT NULL,
            voucher text NOT NULL,
            posted_status text NOT NULL,
            currency text NOT NULL,
            line_amount numeric(19, 4) NOT NULL,
            sales_tax_amount numeric(19, 4) NOT NULL,
            detail_count bigint NOT NULL,
            accounting_currency text NOT NULL,
            detail_accounting_amount numeric(19, 4) NOT NULL,
            posting_version bigint NOT NULL,
            state text NOT NULL CHECK (state IN ('Lost', 'Repeat', 'Conflict')),
            PRIMARY KEY (data_area_id, invoice_id)
        );
        COMMENT ON COLUMN lost_invoices.state IS
            'Lost: a person decides; Repeat: it is to be posted as it was; Conflict: it was posted here under other numbers';

        -- What posting computed for each proposal line: ProjInvoiceEmpl, …Cost, …Item, …Revenue and …OnAcc.
        CREATE TABLE project_invoice_lines (
            data_area_id text NOT NULL,
            proposal_number text NOT NULL,
            line_number int NOT NULL,
            actual_id uuid NOT NULL,
            unbilled_actual_id uuid,
            booking_number int NOT NULL,
            sales_taxes numeric[] NOT NULL,
            sales_tax_amount numeric(19, 4) NOT NULL,
            accounting_amount numeric(19, 4) NOT NULL,
            accrual_reversed numeric(19, 4) NOT NULL,
            fee_actual_id uuid,
            fee_accrual_reversed numeric(19, 4) NOT NULL,
            reporting_amount numeric(19, 4),
            reporting_accrual_reversed numeric(19, 4),
            PRIMARY KEY (data_area_id, proposal_number, line_number)
        );
        -- A check a statement, since a foreign key a row would cost as much as the row.
        CREATE FUNCTION invoice_lines_have_their_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (
                SELECT FROM (SELECT DISTINCT data_area_id, proposal_number FROM inserted) line
                WHERE NOT EXISTS (
                    SELECT FROM invoice_proposals proposal
                    WHERE proposal.data_area_id = line.data_area_id AND proposal.proposal_number = line.proposal_number)
            ) THEN
                RAISE EXCEPTION 'an invoice line of a proposal that is not there' USING ERRCODE = 'foreign_key_violation';
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER invoice_lines_have_their_proposal AFTER INSERT ON project_invoice_lines
            REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION invoice_lines_have_their_proposal();
        CREATE UNIQUE INDEX project_invoice_lines_unbilled ON project_invoice_lines (data_area_id, unbilled_actual_id)
            WHERE unbilled_actual_id IS NOT NULL;
        CREATE UNIQUE INDEX project_invoice_lines_fee ON project_invoice_lines (data_area_id, fee_actual_id)
            WHERE fee_actual_id IS NOT NULL;
        COMMENT ON COLUMN project_invoice_lines.fee_actual_id IS 'the unbilled sale of the fee that is part of the line';
        COMMENT ON COLUMN project_invoice_lines.sales_taxes IS 'the tax of each code of its booking, in their order';
        COMMENT ON COLUMN project_invoice_lines.accrual_reversed IS 'WIP and accrued revenue taken back, in accounting currency at the rate of the accrual (§6.13)';

        -- TaxTrans, a row a tax code and rate of an invoice: a credit has the rate of what it takes back.
        CREATE TABLE sales_tax_transactions (
            data_area_id text NOT NULL,
            voucher text NOT NULL,
            sales_tax_code text NOT NULL,
            name text NOT NULL,
            currency text NOT NULL,
            percentage numeric(9, 6) NOT NULL,
            included boolean NOT NULL,
            base_amount numeric(19, 4) NOT NULL,
            tax_amount numeric(19, 4) NOT NULL,
            non_deductible_amount numeric(19, 4) NOT NULL,
            accounting_base_amount numeric(19, 4) NOT NULL,
            accounting_tax_amount numeric(19, 4) NOT NULL,
            reporting_tax_amount numeric(19, 4),
            PRIMARY KEY (data_area_id, voucher, sales_tax_code, percentage, included)
        );

        -- The general ledger: debit positive, credit negative. An invoice's entries are summed by account, type and project.
        CREATE TABLE ledger_entries (
            data_area_id text NOT NULL,
            voucher text NOT NULL,
            entry_number int NOT NULL,
            accounting_date date NOT NULL,
            posting_type text NOT NULL,
            main_account text NOT NULL,
            project_number text,
            currency text NOT NULL,
            amount numeric(19, 4) NOT NULL,
            accounting_amount numeric(19, 4) NOT NULL,
            reporting_amount numeric(19, 4),
            PRIMARY KEY (data_area_id, voucher, entry_number)
        );
        COMMENT ON COLUMN ledger_entries.reporting_amount IS 'null when the company has no reporting currency';

        -- Vouchers are written whole. A check a statement, since a foreign key a row would cost as much as the row.
        CREATE FUNCTION vouchers_balance() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE unbalanced text;
        BEGIN
            SELECT data_area_id || ' ' || voucher INTO unbalanced FROM inserted
            GROUP BY data_area_id, voucher HAVING sum(amount) <> 0 OR sum(accounting_amount) <> 0 OR sum(reporting_amount) <> 0
            LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'voucher % does not balance', unbalanced USING ERRCODE = 'check_violation';
            END IF;
            IF EXISTS (
                SELECT FROM (SELECT DISTINCT data_area_id FROM inserted) entry
                WHERE NOT EXISTS (SELECT FROM companies WHERE companies.data_area_id = entry.data_area_id)
            ) THEN
                RAISE EXCEPTION 'a ledger entry of a company that is not there' USING ERRCODE = 'foreign_key_violation';
            END IF;
            IF EXISTS (
                SELECT FROM (SELECT DISTINCT data_area_id, reporting_amount IS NULL AS is_missing FROM inserted) entry
                JOIN companies USING (data_area_id) WHERE is_missing <> (companies.reporting_currency IS NULL)
            ) THEN
                RAISE EXCEPTION 'a ledger entry has an amount in the reporting currency if its company has one'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER vouchers_balance AFTER INSERT ON ledger_entries REFERENCING NEW TABLE AS inserted
            FOR EACH STATEMENT EXECUTE FUNCTION vouchers_balance();

        -- Commands to post, each carried out once, by one worker at a time.
        CREATE TABLE posting_requests (
            command_id uuid PRIMARY KEY,
            data_area_id text NOT NULL,
            kind text NOT NULL CHECK (kind IN ('journal', 'proposal')),
            number text NOT NULL,
            invoice_date date,
            requested_by text NOT NULL,
            requested_at timestamptz NOT NULL DEFAULT now(),
            status text NOT NULL DEFAULT 'Draft' CHECK (status IN ('Draft', 'Processing', 'Posted', 'Error')),
            epoch bigint NOT NULL DEFAULT 0,
            lease_expires_at timestamptz,
            worker text,
            attempts int NOT NULL DEFAULT 0,
            processing_since timestamptz,
            rows_done bigint NOT NULL DEFAULT 0,
            error text,
            error_code text,
            note text,
            finished_at timestamptz
        );
        COMMENT ON COLUMN posting_requests.processing_since IS
            'when a worker claimed it first; not moved by a worker that takes it over';
        COMMENT ON COLUMN posting_requests.note IS 'what else is to be said of a request that is Posted: that it was posted before';
        CREATE INDEX posting_requests_open ON posting_requests (requested_at) WHERE status IN ('Draft', 'Processing');
        CREATE INDEX posting_requests_number ON posting_requests (data_area_id, kind, number);
        """
}
