

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE FUNCTION public.invoice_lines_have_their_proposal() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.outbox_header_bytes(headers bytea[]) RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$SELECT coalesce(sum(octet_length(part)), 0)::int FROM unnest(headers) part$$;

CREATE FUNCTION public.outbox_rows_are_pending() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO outbox_pending SELECT id, coalesce(octet_length(key), 0) + coalesce(octet_length(payload), 0)
+ CASE WHEN headers IS NULL THEN 0 ELSE outbox_header_bytes(headers) END FROM inserted;
    NOTIFY outbox;
    RETURN NULL;
END $$;

CREATE FUNCTION public.refuse_change_of_posted_correction() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'a posted reconciliation journal is never changed' USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION public.refuse_proposal_deletion() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'an invoice proposal cannot be deleted: it is made and owned by a confirmed invoice in Dataverse'
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION public.setup_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE setup_version SET version = version + 1;
    RETURN NULL;
END $$;

CREATE FUNCTION public.vouchers_balance() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE public.accounting_profiles (
    data_area_id text NOT NULL,
    relation text NOT NULL,
    number text NOT NULL,
    time_and_material text,
    fixed_price text,
    CONSTRAINT accounting_profiles_check CHECK ((num_nonnulls(time_and_material, fixed_price) > 0)),
    CONSTRAINT accounting_profiles_fixed_price_check CHECK ((fixed_price = ANY (ARRAY['no-wip'::text, 'completed-contract'::text, 'percentage'::text]))),
    CONSTRAINT accounting_profiles_relation_check CHECK ((relation = ANY (ARRAY['project'::text, 'contract'::text, 'group'::text, 'company'::text]))),
    CONSTRAINT accounting_profiles_time_and_material_check CHECK ((time_and_material = ANY (ARRAY['no-wip'::text, 'with-wip'::text])))
);

CREATE TABLE public.accrued_revenue_journal_lines (
    data_area_id text NOT NULL,
    journal_number text NOT NULL,
    line_number integer NOT NULL,
    invoice_voucher text NOT NULL,
    invoice_date date NOT NULL,
    project_number text NOT NULL,
    actual_id uuid,
    wip_account text NOT NULL,
    accrued_revenue_account text NOT NULL,
    wip_imbalance numeric(19,4) NOT NULL,
    accrued_revenue_imbalance numeric(19,4) NOT NULL,
    wip_correction numeric(19,4) NOT NULL,
    accrued_revenue_correction numeric(19,4) NOT NULL,
    CONSTRAINT accrued_revenue_journal_lines_check CHECK ((wip_correction = (- wip_imbalance))),
    CONSTRAINT accrued_revenue_journal_lines_wip_imbalance_check CHECK ((wip_imbalance <> (0)::numeric))
);

COMMENT ON COLUMN public.accrued_revenue_journal_lines.wip_imbalance IS 'accrual, reversal and earlier corrections on the WIP side, in accounting currency: the line books the opposite';

COMMENT ON COLUMN public.accrued_revenue_journal_lines.accrued_revenue_correction IS 'what the line books on that side: nothing when another account balances it';

CREATE TABLE public.accrued_revenue_journals (
    data_area_id text NOT NULL,
    journal_number text NOT NULL,
    description text NOT NULL,
    voucher_date date NOT NULL,
    offset_account text,
    status text DEFAULT 'Proposed'::text NOT NULL,
    line_count integer NOT NULL,
    proposed_by text NOT NULL,
    proposed_at timestamp with time zone DEFAULT now() NOT NULL,
    voucher text,
    posted_by text,
    posted_at timestamp with time zone,
    CONSTRAINT accrued_revenue_journals_check CHECK (((status = 'Posted'::text) = (num_nonnulls(voucher, posted_by, posted_at) = 3))),
    CONSTRAINT accrued_revenue_journals_status_check CHECK ((status = ANY (ARRAY['Proposed'::text, 'Posted'::text])))
);

COMMENT ON COLUMN public.accrued_revenue_journals.offset_account IS 'the main account that balances asymmetric corrections; null for that of the posting type accrued-revenue-correction';

CREATE TABLE public.actuals_staging (
    data_area_id text NOT NULL,
    actual_id uuid NOT NULL,
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
    quantity numeric(19,4) NOT NULL,
    price numeric(19,4) NOT NULL,
    amount numeric(19,4) NOT NULL,
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
    discount_amount numeric(19,4),
    fee_amount numeric(19,4),
    source_actual_id uuid,
    withdrawn boolean NOT NULL,
    opening_voucher text,
    digest_lanes integer[]
);

COMMENT ON COLUMN public.actuals_staging.actual_id IS 'the key without the company, so that an actual that moves to another company leaves no copy behind';

COMMENT ON COLUMN public.actuals_staging.withdrawn IS 'Dataverse took it back: it is not booked, if it is not booked already';

COMMENT ON COLUMN public.actuals_staging.opening_voucher IS 'of an opening row: the voucher under which another system posted it before the cut-over (§9.17)';

COMMENT ON COLUMN public.actuals_staging.digest_lanes IS 'billed sales: the eight lanes of the control digest, as signed 32-bit numbers (design §4)';

CREATE TABLE public.actuals_to_import (
    data_area_id text NOT NULL,
    actual_id uuid NOT NULL
);

CREATE TABLE public.blocked_actuals (
    data_area_id text NOT NULL,
    actual_id uuid NOT NULL,
    code text NOT NULL,
    reason text NOT NULL,
    invoice_id uuid,
    setup_version bigint NOT NULL,
    blocked_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON COLUMN public.blocked_actuals.invoice_id IS 'the invoice of a billed sale, which holds the whole proposal up';

COMMENT ON COLUMN public.blocked_actuals.setup_version IS 'the set-up that blocked the row: it is looked at again when there is a newer one';

CREATE TABLE public.cluster_binding (
    only_row boolean DEFAULT true NOT NULL,
    cluster_id text NOT NULL,
    topic_prefix text NOT NULL,
    bound_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT cluster_binding_only_row_check CHECK (only_row)
);

CREATE TABLE public.companies (
    data_area_id text NOT NULL,
    name text NOT NULL,
    accounting_currency text NOT NULL,
    accounting_currency_precision integer NOT NULL,
    reporting_currency text,
    reporting_currency_precision integer,
    reporting_currency_from text,
    CONSTRAINT companies_accounting_currency_check CHECK ((length(accounting_currency) = 3)),
    CONSTRAINT companies_accounting_currency_precision_check CHECK (((accounting_currency_precision >= 0) AND (accounting_currency_precision <= 4))),
    CONSTRAINT companies_check CHECK (((length(reporting_currency) = 3) AND (reporting_currency <> accounting_currency))),
    CONSTRAINT companies_check1 CHECK ((((reporting_currency IS NULL) = (reporting_currency_precision IS NULL)) AND ((reporting_currency IS NULL) = (reporting_currency_from IS NULL)))),
    CONSTRAINT companies_data_area_id_check CHECK (((data_area_id = lower(data_area_id)) AND ((length(data_area_id) >= 1) AND (length(data_area_id) <= 4)))),
    CONSTRAINT companies_reporting_currency_from_check CHECK ((reporting_currency_from = ANY (ARRAY['transaction'::text, 'accounting'::text]))),
    CONSTRAINT companies_reporting_currency_precision_check CHECK (((reporting_currency_precision >= 0) AND (reporting_currency_precision <= 4)))
);

CREATE TABLE public.consumer_positions (
    consumer text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    next bigint NOT NULL,
    epoch bigint NOT NULL,
    cluster_id text NOT NULL,
    fingerprint bytea,
    anchor_offset bigint,
    anchor_fingerprint bytea,
    held_offset bigint,
    held_reason text,
    steps_over bigint,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT consumer_positions_check CHECK (((anchor_offset IS NULL) = (anchor_fingerprint IS NULL))),
    CONSTRAINT consumer_positions_check1 CHECK (((held_offset IS NULL) = (held_reason IS NULL))),
    CONSTRAINT consumer_positions_next_check CHECK ((next >= 0))
);

COMMENT ON COLUMN public.consumer_positions.fingerprint IS 'SHA-256 over key and value of the message at next - 1';

COMMENT ON COLUMN public.consumer_positions.anchor_offset IS 'an older message, seen again in the log after those that were consumed up to then: while it is there, the log is the same';

COMMENT ON COLUMN public.consumer_positions.held_offset IS 'the message at which the partition stands still';

COMMENT ON COLUMN public.consumer_positions.steps_over IS 'the held message that an operator wants to become a dead letter';

CREATE TABLE public.customers (
    data_area_id text NOT NULL,
    customer_account text NOT NULL,
    name text NOT NULL,
    payment_terms text,
    on_hold boolean DEFAULT false NOT NULL,
    address text,
    country text,
    tax_number text
);

COMMENT ON COLUMN public.customers.on_hold IS 'on hold for all: nothing is posted for the customer (641612)';

CREATE TABLE public.dead_letters (
    id bigint NOT NULL,
    cluster_id text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    message_offset bigint NOT NULL,
    consumer text NOT NULL,
    key bytea,
    headers bytea[],
    payload bytea,
    payload_size bigint NOT NULL,
    payload_sha256 bytea NOT NULL,
    code text NOT NULL,
    reason text NOT NULL,
    state text DEFAULT 'parked'::text NOT NULL,
    attempts integer DEFAULT 1 NOT NULL,
    discarded_by text,
    discard_reason text,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT dead_letters_check CHECK (((state = 'discarded'::text) = ((discarded_by IS NOT NULL) AND (discard_reason IS NOT NULL)))),
    CONSTRAINT dead_letters_state_check CHECK ((state = ANY (ARRAY['parked'::text, 'requested'::text, 'resolved'::text, 'discarded'::text])))
);

ALTER TABLE public.dead_letters ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.dead_letters_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.exchange_rates (
    data_area_id text NOT NULL,
    currency text NOT NULL,
    valid_from date NOT NULL,
    rate numeric(18,10) NOT NULL,
    CONSTRAINT exchange_rates_rate_check CHECK ((rate > (0)::numeric))
);

CREATE TABLE public.execution_log (
    id bigint NOT NULL,
    logged_at timestamp with time zone DEFAULT now() NOT NULL,
    activity text NOT NULL,
    subject text NOT NULL,
    level text NOT NULL,
    message text NOT NULL,
    CONSTRAINT execution_log_level_check CHECK ((level = ANY (ARRAY['info'::text, 'warning'::text, 'error'::text])))
);

ALTER TABLE public.execution_log ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.execution_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.fiscal_periods (
    data_area_id text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    status text NOT NULL,
    CONSTRAINT fiscal_periods_check CHECK ((ends_on >= starts_on)),
    CONSTRAINT fiscal_periods_status_check CHECK ((status = ANY (ARRAY['open'::text, 'closed'::text])))
);

CREATE TABLE public.fixed_rate_agreements (
    data_area_id text NOT NULL,
    contract_number text NOT NULL,
    currency text NOT NULL,
    rate numeric(18,10) NOT NULL,
    reference text,
    CONSTRAINT fixed_rate_agreements_rate_check CHECK ((rate > (0)::numeric))
);

CREATE TABLE public.held_messages (
    id bigint NOT NULL,
    cluster_id text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    message_offset bigint NOT NULL,
    consumer text NOT NULL,
    key bytea,
    headers bytea[],
    payload bytea NOT NULL,
    code text NOT NULL,
    reason text NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON COLUMN public.held_messages.reason IS 'what the message waits for';

ALTER TABLE public.held_messages ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.held_messages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.integration_journal_lines (
    data_area_id text NOT NULL,
    journal_number text NOT NULL,
    line_number integer NOT NULL,
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
    quantity numeric(19,4) NOT NULL,
    price numeric(19,4) NOT NULL,
    amount numeric(19,4) NOT NULL,
    exchange_rate numeric(18,10) NOT NULL,
    accounting_amount numeric(19,4) NOT NULL,
    reporting_exchange_rate numeric(18,10),
    reporting_amount numeric(19,4),
    sales_tax_group text,
    item_sales_tax_group text,
    undeducted_discount numeric(19,4),
    source_actual_id uuid,
    intercompany_customer text,
    reversed_actual_id uuid,
    description text,
    resource text,
    error text,
    error_code text
);

COMMENT ON COLUMN public.integration_journal_lines.error IS 'why posting refused the line; its journal is then Error';

CREATE TABLE public.integration_journals (
    data_area_id text NOT NULL,
    journal_number text NOT NULL,
    description text NOT NULL,
    kind text DEFAULT 'Integration'::text NOT NULL,
    period_start date,
    status text DEFAULT 'Draft'::text NOT NULL,
    line_count integer DEFAULT 0 NOT NULL,
    setup_version bigint DEFAULT 0 NOT NULL,
    original_journal_number text,
    posted_at timestamp with time zone,
    posting_error text,
    posting_error_code text,
    CONSTRAINT integration_journals_kind_check CHECK ((kind = ANY (ARRAY['Integration'::text, 'Beginning balance'::text, 'Opening'::text]))),
    CONSTRAINT integration_journals_status_check CHECK ((status = ANY (ARRAY['Draft'::text, 'Posted'::text, 'Error'::text])))
);

COMMENT ON COLUMN public.integration_journals.kind IS 'Beginning balance, Opening: posting its lines makes project transactions and no ledger entries (§6.10.17, §9.17)';

COMMENT ON COLUMN public.integration_journals.period_start IS 'the first day of the day, month or year; null when all go in one';

COMMENT ON COLUMN public.integration_journals.setup_version IS 'the oldest set-up by which its lines were made';

COMMENT ON COLUMN public.integration_journals.original_journal_number IS 'the journal that was posted without these lines, which could not be (§6.11)';

COMMENT ON COLUMN public.integration_journals.posting_error IS 'why posting refused the journal; it is then Error';

CREATE TABLE public.intercompany_relations (
    data_area_id text NOT NULL,
    borrowing_company text NOT NULL,
    customer_account text NOT NULL,
    vendor_account text,
    CONSTRAINT intercompany_relations_check CHECK ((borrowing_company <> data_area_id))
);

CREATE TABLE public.invoice_arrivals (
    data_area_id text NOT NULL,
    invoice_id uuid NOT NULL,
    partition integer NOT NULL,
    count bigint NOT NULL
);

CREATE TABLE public.invoice_confirmations (
    event_id uuid NOT NULL,
    data_area_id text NOT NULL,
    invoice_id uuid NOT NULL,
    totals_version bigint NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.invoice_documents (
    data_area_id text NOT NULL,
    customer_invoice_number text NOT NULL,
    seller_name text NOT NULL,
    seller_address text,
    seller_country text,
    seller_tax_number text,
    customer_name text NOT NULL,
    customer_address text,
    customer_country text,
    customer_tax_number text,
    payment_terms text,
    payment_details text,
    currency_precision smallint NOT NULL,
    accounting_currency text NOT NULL,
    accounting_currency_precision smallint NOT NULL,
    CONSTRAINT invoice_documents_accounting_currency_precision_check CHECK (((accounting_currency_precision >= 0) AND (accounting_currency_precision <= 4))),
    CONSTRAINT invoice_documents_currency_precision_check CHECK (((currency_precision >= 0) AND (currency_precision <= 4)))
);

COMMENT ON COLUMN public.invoice_documents.currency_precision IS 'decimal places to which its amounts were rounded (§9.28)';

CREATE TABLE public.invoice_proposal_lines (
    data_area_id text NOT NULL,
    proposal_number text NOT NULL,
    line_number integer NOT NULL,
    actual_id uuid NOT NULL,
    unbilled_actual_id uuid,
    reversed_actual_id uuid,
    transaction_class text NOT NULL,
    billing_method text NOT NULL,
    billing_type text,
    project_number text NOT NULL,
    transaction_date date NOT NULL,
    category_id text,
    quantity numeric(19,4) NOT NULL,
    price numeric(19,4) NOT NULL,
    amount numeric(19,4) NOT NULL,
    discount_amount numeric(19,4),
    fee_amount numeric(19,4),
    sales_tax_group text,
    item_sales_tax_group text,
    currency text NOT NULL,
    contract_number text,
    customer_account text,
    description text,
    resource text
);

CREATE TABLE public.invoice_proposals (
    data_area_id text NOT NULL,
    proposal_number text NOT NULL,
    invoice_id uuid NOT NULL,
    confirmed_by uuid NOT NULL,
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
    line_amount numeric(19,4) NOT NULL,
    totals_version bigint NOT NULL,
    total_count bigint NOT NULL,
    total_amount numeric(19,4) NOT NULL,
    total_digest text NOT NULL,
    status text DEFAULT 'Open'::text NOT NULL,
    waiting_for text,
    waiting_for_proposals text[],
    agreed_version bigint,
    lines_setup_version bigint,
    announced_version bigint,
    announced_count bigint,
    announced_amount numeric(19,4),
    announced_digest text,
    out_of_sync text,
    posting_error text,
    posting_error_code text,
    due_date date,
    approval text,
    approved_lines bigint,
    CONSTRAINT invoice_proposals_approval_check CHECK ((approval = ANY (ARRAY['Submitted'::text, 'Approved'::text, 'Rejected'::text]))),
    CONSTRAINT invoice_proposals_check CHECK (((approval IS NULL) = (approved_lines IS NULL))),
    CONSTRAINT invoice_proposals_proposal_number_check CHECK ((length(proposal_number) <= 20)),
    CONSTRAINT invoice_proposals_status_check CHECK ((status = ANY (ARRAY['Open'::text, 'Ready'::text, 'Invoiced'::text])))
);

COMMENT ON COLUMN public.invoice_proposals.status IS 'Open: its lines are still to be made; Ready: all its lines, to be posted; Invoiced: posted';

COMMENT ON COLUMN public.invoice_proposals.waiting_for IS 'why an Open proposal has no lines yet';

COMMENT ON COLUMN public.invoice_proposals.waiting_for_proposals IS 'the proposals that an Open proposal waits to see posted: those of what it corrects';

COMMENT ON COLUMN public.invoice_proposals.agreed_version IS 'the totals version with which the billed sales were seen to agree';

COMMENT ON COLUMN public.invoice_proposals.lines_setup_version IS 'the set-up by which its lines were made';

COMMENT ON COLUMN public.invoice_proposals.announced_version IS 'of an Invoiced proposal: the newest totals that Dataverse confirmed since';

COMMENT ON COLUMN public.invoice_proposals.out_of_sync IS 'of an Invoiced proposal: how Dataverse has the invoice otherwise than it was posted';

COMMENT ON COLUMN public.invoice_proposals.posting_error IS 'why posting refused a Ready proposal';

COMMENT ON COLUMN public.invoice_proposals.due_date IS 'a due date that a person set; null: by the payment terms (§6.13)';

COMMENT ON COLUMN public.invoice_proposals.approval IS 'how far the workflow of approval has come with these lines';

COMMENT ON COLUMN public.invoice_proposals.approved_lines IS 'a digest of the lines that were submitted: others lose the approval';

CREATE TABLE public.invoices_to_check (
    data_area_id text NOT NULL,
    invoice_id uuid NOT NULL,
    mark bigint NOT NULL
);

ALTER TABLE public.invoices_to_check ALTER COLUMN mark ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.invoices_to_check_mark_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.item_sales_tax_groups (
    data_area_id text NOT NULL,
    item_sales_tax_group text NOT NULL,
    sales_tax_code text NOT NULL
);

CREATE TABLE public.ledger_entries (
    data_area_id text NOT NULL,
    voucher text NOT NULL,
    entry_number integer NOT NULL,
    accounting_date date NOT NULL,
    posting_type text NOT NULL,
    main_account text NOT NULL,
    project_number text,
    currency text NOT NULL,
    amount numeric(19,4) NOT NULL,
    accounting_amount numeric(19,4) NOT NULL,
    reporting_amount numeric(19,4)
);

COMMENT ON COLUMN public.ledger_entries.reporting_amount IS 'null when the company has no reporting currency';

CREATE TABLE public.legal_entities (
    data_area_id text NOT NULL,
    name text NOT NULL,
    address text,
    country text,
    tax_number text,
    payment_details text
);

CREATE TABLE public.line_properties (
    data_area_id text NOT NULL,
    billing_type text NOT NULL,
    line_property_id text NOT NULL,
    name text NOT NULL,
    chargeable boolean NOT NULL,
    accrue_revenue boolean NOT NULL
);

CREATE TABLE public.lost_invoices (
    data_area_id text NOT NULL,
    invoice_id uuid NOT NULL,
    proposal_number text NOT NULL,
    customer_invoice_number text NOT NULL,
    invoice_date date NOT NULL,
    due_date date NOT NULL,
    voucher text NOT NULL,
    posted_status text NOT NULL,
    currency text NOT NULL,
    line_amount numeric(19,4) NOT NULL,
    sales_tax_amount numeric(19,4) NOT NULL,
    detail_count bigint NOT NULL,
    accounting_currency text NOT NULL,
    detail_accounting_amount numeric(19,4) NOT NULL,
    posting_version bigint NOT NULL,
    state text NOT NULL,
    CONSTRAINT lost_invoices_state_check CHECK ((state = ANY (ARRAY['Lost'::text, 'Repeat'::text, 'Conflict'::text])))
);

COMMENT ON COLUMN public.lost_invoices.state IS 'Lost: a person decides; Repeat: it is to be posted as it was; Conflict: it was posted here under other numbers';

CREATE TABLE public.number_sequence_gaps (
    data_area_id text NOT NULL,
    sequence text NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL,
    reason text NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT number_sequence_gaps_check CHECK ((last >= first))
);

CREATE TABLE public.number_sequences (
    data_area_id text NOT NULL,
    sequence text NOT NULL,
    prefix text NOT NULL,
    next bigint NOT NULL,
    digits integer NOT NULL,
    seen bigint,
    CONSTRAINT number_sequences_check CHECK (((length(prefix) + digits) <= 20)),
    CONSTRAINT number_sequences_digits_check CHECK (((digits >= 1) AND (digits <= 18))),
    CONSTRAINT number_sequences_next_check CHECK ((next > 0)),
    CONSTRAINT number_sequences_sequence_check CHECK ((sequence = ANY (ARRAY['integration-journal'::text, 'voucher'::text, 'customer-invoice'::text, 'accrued-revenue-journal'::text, 'accrued-revenue-voucher'::text])))
);

COMMENT ON COLUMN public.number_sequences.seen IS 'a number that a topic has and this database has not given out: it was restored, and gives out no number up to it';

CREATE TABLE public.on_account_transactions (
    data_area_id text NOT NULL,
    actual_id uuid NOT NULL,
    proposal_number text NOT NULL,
    transaction_origin text NOT NULL,
    contract_number text NOT NULL,
    project_number text NOT NULL,
    transaction_date date NOT NULL,
    currency text NOT NULL,
    amount numeric(19,4) NOT NULL,
    exchange_rate numeric(18,10) NOT NULL,
    accounting_amount numeric(19,4) NOT NULL,
    reporting_exchange_rate numeric(18,10),
    reporting_amount numeric(19,4),
    CONSTRAINT on_account_transactions_transaction_origin_check CHECK ((transaction_origin = ANY (ARRAY['Milestone'::text, 'Prepayment'::text, 'Deduction'::text])))
);

CREATE TABLE public.out_of_sync_actuals (
    data_area_id text NOT NULL,
    actual_id uuid NOT NULL,
    row_version bigint NOT NULL,
    amount numeric(19,4) NOT NULL,
    quantity numeric(19,4) NOT NULL,
    changes text NOT NULL,
    noticed_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON COLUMN public.out_of_sync_actuals.changes IS 'the columns of staging that are not what was posted';

CREATE TABLE public.outbox (
    id bigint NOT NULL,
    topic text NOT NULL,
    key bytea,
    event_id uuid NOT NULL,
    trace_id uuid NOT NULL,
    headers bytea[],
    payload bytea,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON COLUMN public.outbox.topic IS 'the topic, without the environment''s prefix';

COMMENT ON COLUMN public.outbox.trace_id IS 'the invoice where there is one, so that all its messages are one trace';

COMMENT ON COLUMN public.outbox.headers IS 'name, value, name, value, …: the whole headers of a dead letter; null for an event, whose headers follow from the row';

ALTER TABLE public.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.outbox_lease (
    only_row boolean DEFAULT true NOT NULL,
    owner text,
    epoch bigint DEFAULT 0 NOT NULL,
    expires_at timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    cluster_id text,
    last_failure text,
    last_failure_at timestamp with time zone,
    CONSTRAINT outbox_lease_only_row_check CHECK (only_row)
);

COMMENT ON COLUMN public.outbox_lease.last_failure IS 'null when nothing is in the way';

CREATE TABLE public.outbox_pending (
    id bigint NOT NULL,
    bytes integer NOT NULL
);

CREATE TABLE public.payment_terms (
    data_area_id text NOT NULL,
    payment_terms text NOT NULL,
    days integer NOT NULL,
    CONSTRAINT payment_terms_days_check CHECK ((days >= 0))
);

CREATE TABLE public.posting_accounts (
    data_area_id text NOT NULL,
    posting_type text NOT NULL,
    relation text NOT NULL,
    number text NOT NULL,
    main_account text NOT NULL,
    CONSTRAINT posting_accounts_relation_check CHECK ((relation = ANY (ARRAY['project'::text, 'contract'::text, 'group'::text, 'category'::text, 'class'::text, 'company'::text])))
);

CREATE TABLE public.posting_requests (
    command_id uuid NOT NULL,
    data_area_id text NOT NULL,
    kind text NOT NULL,
    number text NOT NULL,
    invoice_date date,
    requested_by text NOT NULL,
    requested_at timestamp with time zone DEFAULT now() NOT NULL,
    status text DEFAULT 'Draft'::text NOT NULL,
    epoch bigint DEFAULT 0 NOT NULL,
    lease_expires_at timestamp with time zone,
    worker text,
    attempts integer DEFAULT 0 NOT NULL,
    processing_since timestamp with time zone,
    rows_done bigint DEFAULT 0 NOT NULL,
    error text,
    error_code text,
    note text,
    finished_at timestamp with time zone,
    CONSTRAINT posting_requests_kind_check CHECK ((kind = ANY (ARRAY['journal'::text, 'proposal'::text]))),
    CONSTRAINT posting_requests_status_check CHECK ((status = ANY (ARRAY['Draft'::text, 'Processing'::text, 'Posted'::text, 'Error'::text])))
);

COMMENT ON COLUMN public.posting_requests.processing_since IS 'when a worker claimed it first; not moved by a worker that takes it over';

COMMENT ON COLUMN public.posting_requests.note IS 'what else is to be said of a request that is Posted: that it was posted before';

CREATE TABLE public.prepayment_settlements (
    data_area_id text NOT NULL,
    prepayment_actual_id uuid NOT NULL,
    settling_actual_id uuid NOT NULL,
    proposal_number text NOT NULL,
    amount numeric(19,4) NOT NULL,
    accounting_amount numeric(19,4) NOT NULL,
    reporting_amount numeric(19,4)
);

CREATE TABLE public.project_categories (
    data_area_id text NOT NULL,
    category_id text NOT NULL,
    transaction_class text NOT NULL,
    item_sales_tax_group text,
    is_default boolean DEFAULT false NOT NULL
);

COMMENT ON COLUMN public.project_categories.is_default IS 'used for an actual of its class that names no category (§6.10.6)';

CREATE TABLE public.project_groups (
    data_area_id text NOT NULL,
    project_number text NOT NULL,
    project_group text NOT NULL
);

CREATE TABLE public.project_invoice_bookings (
    data_area_id text NOT NULL,
    proposal_number text NOT NULL,
    booking_number integer NOT NULL,
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
    fee_account text
);

COMMENT ON COLUMN public.project_invoice_bookings.customer_account IS 'the main account on which the customer owes it';

COMMENT ON COLUMN public.project_invoice_bookings.included IS 'of each code, whether amounts contained the tax';

CREATE TABLE public.project_invoice_lines (
    data_area_id text NOT NULL,
    proposal_number text NOT NULL,
    line_number integer NOT NULL,
    actual_id uuid NOT NULL,
    unbilled_actual_id uuid,
    booking_number integer NOT NULL,
    sales_taxes numeric[] NOT NULL,
    sales_tax_amount numeric(19,4) NOT NULL,
    accounting_amount numeric(19,4) NOT NULL,
    accrual_reversed numeric(19,4) NOT NULL,
    fee_actual_id uuid,
    fee_accrual_reversed numeric(19,4) NOT NULL,
    reporting_amount numeric(19,4),
    reporting_accrual_reversed numeric(19,4)
);

COMMENT ON COLUMN public.project_invoice_lines.sales_taxes IS 'the tax of each code of its booking, in their order';

COMMENT ON COLUMN public.project_invoice_lines.accrual_reversed IS 'WIP and accrued revenue taken back, in accounting currency at the rate of the accrual (§6.13)';

COMMENT ON COLUMN public.project_invoice_lines.fee_actual_id IS 'the unbilled sale of the fee that is part of the line';

CREATE TABLE public.project_invoices (
    data_area_id text NOT NULL,
    customer_invoice_number text NOT NULL,
    proposal_number text NOT NULL,
    invoice_id uuid NOT NULL,
    voucher text NOT NULL,
    invoice_date date NOT NULL,
    due_date date NOT NULL,
    contract_number text NOT NULL,
    customer_account text NOT NULL,
    currency text NOT NULL,
    line_amount numeric(19,4) NOT NULL,
    sales_tax_amount numeric(19,4) NOT NULL,
    invoice_amount numeric(19,4) NOT NULL,
    exchange_rate numeric(18,10) NOT NULL,
    accounting_invoice_amount numeric(19,4) NOT NULL,
    accounting_detail_amount numeric(19,4) NOT NULL,
    reporting_exchange_rate numeric(18,10),
    reporting_invoice_amount numeric(19,4),
    reporting_detail_amount numeric(19,4),
    line_count bigint NOT NULL,
    posted_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT project_invoices_check CHECK ((invoice_amount = (line_amount + sales_tax_amount))),
    CONSTRAINT project_invoices_customer_invoice_number_check CHECK ((length(customer_invoice_number) <= 20))
);

CREATE TABLE public.project_parameters (
    data_area_id text NOT NULL,
    journal_period_unit text DEFAULT 'months'::text NOT NULL,
    journal_line_limit integer DEFAULT 200 NOT NULL,
    set_accounting_date_to_open_period boolean DEFAULT true NOT NULL,
    transfer_lines_with_posting_errors boolean DEFAULT true NOT NULL,
    validate_actuals boolean DEFAULT false NOT NULL,
    validation_wait_minutes integer DEFAULT 5 NOT NULL,
    stuck_after_hours integer DEFAULT 24 NOT NULL,
    approve_proposals boolean DEFAULT false NOT NULL,
    most_days_to_open_period integer DEFAULT 31 NOT NULL,
    exchange_rate_date text DEFAULT 'accounting'::text NOT NULL,
    credit_exchange_rate text DEFAULT 'invoice'::text NOT NULL,
    sales_tax_group_method text DEFAULT 'search'::text NOT NULL,
    milestone_item_sales_tax_group text,
    material_item_sales_tax_group_from text DEFAULT 'category'::text NOT NULL,
    beginning_balance_date date,
    retainer_item_sales_tax_group text,
    line_discount_category text,
    non_deductible_sales_tax text DEFAULT 'payable'::text NOT NULL,
    CONSTRAINT project_parameters_credit_exchange_rate_check CHECK ((credit_exchange_rate = ANY (ARRAY['invoice'::text, 'original'::text]))),
    CONSTRAINT project_parameters_exchange_rate_date_check CHECK ((exchange_rate_date = ANY (ARRAY['accounting'::text, 'document'::text]))),
    CONSTRAINT project_parameters_journal_line_limit_check CHECK ((journal_line_limit > 0)),
    CONSTRAINT project_parameters_journal_period_unit_check CHECK ((journal_period_unit = ANY (ARRAY['days'::text, 'months'::text, 'years'::text, 'all'::text]))),
    CONSTRAINT project_parameters_material_item_sales_tax_group_from_check CHECK ((material_item_sales_tax_group_from = ANY (ARRAY['category'::text, 'item'::text]))),
    CONSTRAINT project_parameters_most_days_to_open_period_check CHECK ((most_days_to_open_period >= 0)),
    CONSTRAINT project_parameters_non_deductible_sales_tax_check CHECK ((non_deductible_sales_tax = ANY (ARRAY['payable'::text, 'line-account'::text]))),
    CONSTRAINT project_parameters_sales_tax_group_method_check CHECK ((sales_tax_group_method = ANY (ARRAY['project'::text, 'contract'::text, 'customer'::text, 'search'::text]))),
    CONSTRAINT project_parameters_stuck_after_hours_check CHECK ((stuck_after_hours > 0)),
    CONSTRAINT project_parameters_validation_wait_minutes_check CHECK ((validation_wait_minutes >= 0))
);

CREATE TABLE public.project_transactions (
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
    quantity numeric(19,4) NOT NULL,
    currency text NOT NULL,
    amount numeric(19,4) NOT NULL,
    exchange_rate numeric(18,10) NOT NULL,
    accounting_amount numeric(19,4) NOT NULL,
    reporting_exchange_rate numeric(18,10),
    reporting_amount numeric(19,4),
    undeducted_discount numeric(19,4),
    source_actual_id uuid,
    accrued boolean NOT NULL,
    wip_account text,
    accrued_revenue_account text,
    CONSTRAINT project_transactions_check CHECK (((accrued = (wip_account IS NOT NULL)) AND (accrued = (accrued_revenue_account IS NOT NULL))))
);

COMMENT ON COLUMN public.project_transactions.undeducted_discount IS 'what the amount has not deducted and the invoice posts by itself; null when the amount is net (§6.13)';

COMMENT ON COLUMN public.project_transactions.accrued IS 'its amount stands in WIP and accrued revenue until it is invoiced';

COMMENT ON COLUMN public.project_transactions.wip_account IS 'the main account on which the amount stands, wherever set-up would book it today';

CREATE TABLE public.proposal_approvals (
    step bigint NOT NULL,
    data_area_id text NOT NULL,
    proposal_number text NOT NULL,
    action text NOT NULL,
    done_by text NOT NULL,
    done_at timestamp with time zone DEFAULT now() NOT NULL,
    comment text,
    CONSTRAINT proposal_approvals_action_check CHECK ((action = ANY (ARRAY['submit'::text, 'approve'::text, 'reject'::text, 'lose'::text])))
);

ALTER TABLE public.proposal_approvals ALTER COLUMN step ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.proposal_approvals_step_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.released_products (
    data_area_id text NOT NULL,
    product_number text NOT NULL,
    item_sales_tax_group text NOT NULL
);

CREATE TABLE public.reporting_exchange_rates (
    data_area_id text NOT NULL,
    currency text NOT NULL,
    valid_from date NOT NULL,
    rate numeric(18,10) NOT NULL,
    CONSTRAINT reporting_exchange_rates_rate_check CHECK ((rate > (0)::numeric))
);

CREATE TABLE public.reversals_posted_first (
    data_area_id text NOT NULL,
    original_actual_id uuid NOT NULL,
    reversing_actual_id uuid NOT NULL
);

CREATE TABLE public.sales_tax_codes (
    data_area_id text NOT NULL,
    sales_tax_code text NOT NULL,
    name text NOT NULL,
    included boolean DEFAULT false NOT NULL,
    non_deductible numeric(9,6) DEFAULT 0 NOT NULL,
    CONSTRAINT sales_tax_codes_non_deductible_check CHECK (((non_deductible >= (0)::numeric) AND (non_deductible <= (100)::numeric)))
);

CREATE TABLE public.sales_tax_edits (
    data_area_id text NOT NULL,
    actual_id uuid NOT NULL,
    sales_tax_group text,
    item_sales_tax_group text,
    edited_by text NOT NULL,
    edited_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.sales_tax_group_defaults (
    data_area_id text NOT NULL,
    relation text NOT NULL,
    number text NOT NULL,
    sales_tax_group text NOT NULL,
    CONSTRAINT sales_tax_group_defaults_relation_check CHECK ((relation = ANY (ARRAY['project'::text, 'contract'::text, 'customer'::text])))
);

CREATE TABLE public.sales_tax_groups (
    data_area_id text NOT NULL,
    sales_tax_group text NOT NULL,
    sales_tax_code text NOT NULL
);

CREATE TABLE public.sales_tax_rates (
    data_area_id text NOT NULL,
    sales_tax_code text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    percentage numeric(9,6) NOT NULL,
    CONSTRAINT sales_tax_rates_check CHECK ((valid_to >= valid_from))
);

CREATE TABLE public.sales_tax_transactions (
    data_area_id text NOT NULL,
    voucher text NOT NULL,
    sales_tax_code text NOT NULL,
    name text NOT NULL,
    currency text NOT NULL,
    percentage numeric(9,6) NOT NULL,
    included boolean NOT NULL,
    base_amount numeric(19,4) NOT NULL,
    tax_amount numeric(19,4) NOT NULL,
    non_deductible_amount numeric(19,4) NOT NULL,
    accounting_base_amount numeric(19,4) NOT NULL,
    accounting_tax_amount numeric(19,4) NOT NULL,
    reporting_tax_amount numeric(19,4)
);

CREATE TABLE public.schema_migrations (
    version integer NOT NULL,
    name text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    checksum text NOT NULL
);

CREATE TABLE public.setup_version (
    only_row boolean DEFAULT true NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT setup_version_only_row_check CHECK (only_row)
);

CREATE SEQUENCE public.staging_batch
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.staging_batches_pending (
    data_area_id text NOT NULL,
    batch_id bigint NOT NULL,
    row_count integer NOT NULL,
    staged_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON COLUMN public.staging_batches_pending.staged_at IS 'actuals validation lets a row wait before it can become a line (§6.14)';

CREATE TABLE public.transaction_connections (
    data_area_id text NOT NULL,
    connection_id uuid NOT NULL,
    row_version bigint NOT NULL,
    transaction1_id uuid NOT NULL,
    transaction1_role text NOT NULL,
    transaction1_type text NOT NULL,
    transaction2_id uuid NOT NULL,
    transaction2_role text NOT NULL,
    transaction2_type text NOT NULL
);

COPY public.accounting_profiles (data_area_id, relation, number, time_and_material, fixed_price) FROM stdin;
usmf	company		with-wip	completed-contract
demf	company		with-wip	completed-contract
\.

COPY public.accrued_revenue_journal_lines (data_area_id, journal_number, line_number, invoice_voucher, invoice_date, project_number, actual_id, wip_account, accrued_revenue_account, wip_imbalance, accrued_revenue_imbalance, wip_correction, accrued_revenue_correction) FROM stdin;
\.

COPY public.accrued_revenue_journals (data_area_id, journal_number, description, voucher_date, offset_account, status, line_count, proposed_by, proposed_at, voucher, posted_by, posted_at) FROM stdin;
\.

COPY public.actuals_staging (data_area_id, actual_id, row_version, batch_id, transaction_type, transaction_class, billing_type, billing_status, adjustment_status, billing_method, project_number, contract_number, contract_line, customer_account, currency, currency_precision, quantity, price, amount, document_date, accounting_date, category, product_number, resource, description, external_description, invoice_id, unbilled_actual_id, reversed_actual_id, project_company, contracting_unit_currency, discount_amount, fee_amount, source_actual_id, withdrawn, opening_voucher, digest_lanes) FROM stdin;
usmf	7a2bc76a-7939-1fc3-a127-af51fcb27bfc	1	1	Billed Sales	Retainer	Chargeable	Customer Invoice Posted	\N	Time and Material	PRJ-ERP	ORD-1	Consulting	US-001	USD	2	1.0000	3000.0000	3000.0000	2026-09-01	2026-09-01	\N	\N	\N	Advance 2026	\N	b029c737-659d-7ec2-65d4-426fb755dc58	e6708a85-aabe-505e-76be-d3a885fca80f	\N	\N	\N	\N	\N	\N	f	\N	{265602012,-1618814452,47337797,-314057730,198155411,1373408799,-1832389928,326336923}
demf	01ee33ac-224f-7067-470e-925afe19a733	1	3	Resourcing Unit Cost	Time	Not Available	\N	\N	Time and Material	PRJ-ERP	ORD-1	Consulting	US-001	EUR	2	10.0000	90.0000	900.0000	2026-09-07	2026-09-07	Consulting	\N	Bruno Keller	Interface, built in Germany	\N	\N	\N	\N	usmf	\N	\N	\N	\N	f	\N	\N
usmf	17318097-c11b-a5dc-651e-7e2553d1cefc	1	3	Cost	Time	Not Available	\N	\N	Time and Material	PRJ-LIFT	ORD-3	Consulting	US-003	USD	2	20.0000	100.0000	2000.0000	2026-09-08	2026-09-08	Consulting	\N	Aisha Rahman	Lift control, design	\N	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	\N
demf	6c706cd8-0178-8297-12f5-2882f69ef874	1	3	Inter-Organizational Sales	Time	Chargeable	\N	\N	Time and Material	PRJ-ERP	ORD-1	Consulting	US-001	EUR	2	10.0000	110.0000	1100.0000	2026-09-07	2026-09-07	Consulting	\N	Bruno Keller	Interface, built in Germany	\N	\N	\N	\N	usmf	\N	\N	\N	\N	f	\N	\N
usmf	a07b9d42-e76a-58d6-0547-1007c97b9704	1	3	Cost	Time	Not Available	\N	\N	Fixed Price	PRJ-SHOP	ORD-2	Delivery	US-002	USD	2	16.0000	100.0000	1600.0000	2026-09-09	2026-09-09	Consulting	\N	Aisha Rahman	Web shop, prototype	\N	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	\N
usmf	aa4a32f0-4b52-aa8f-ce38-0d01a344c0c8	1	3	Cost	Time	Not Available	\N	\N	Time and Material	PRJ-ERP	ORD-1	Consulting	US-001	USD	2	8.0000	100.0000	800.0000	2026-09-02	2026-09-02	Consulting	\N	Aisha Rahman	Process workshop	\N	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	\N
usmf	bce5f009-092b-170d-94ca-fad6ba73f876	1	3	Cost	Expense	Not Available	\N	\N	Time and Material	PRJ-ERP	ORD-1	Consulting	US-001	USD	2	1.0000	350.0000	350.0000	2026-09-04	2026-09-04	Travel	\N	Aisha Rahman	Flight to Seattle	\N	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	\N
usmf	fbf11892-c9be-3cdd-13b1-36612289689b	1	3	Cost	Time	Not Available	\N	\N	Time and Material	PRJ-ERP	ORD-1	Consulting	US-001	USD	2	8.0000	100.0000	800.0000	2026-09-03	2026-09-03	Consulting	\N	Aisha Rahman	Data migration	\N	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	\N
usmf	88363514-bb7a-adfd-95b7-18f126a1aabc	4	3	Unbilled Sales	Time	Chargeable	Customer Invoice Posted	\N	Time and Material	PRJ-LIFT	ORD-3	Consulting	US-003	EUR	2	20.0000	150.0000	3000.0000	2026-09-08	2026-09-08	Consulting	\N	Aisha Rahman	Lift control, design	\N	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	\N
usmf	1473fa63-aad4-22a0-31fa-0b16e17aa5fa	4	3	Unbilled Sales	Expense	Chargeable	Customer Invoice Posted	\N	Time and Material	PRJ-ERP	ORD-1	Consulting	US-001	USD	2	1.0000	350.0000	350.0000	2026-09-04	2026-09-04	Travel	\N	Aisha Rahman	Flight to Seattle	\N	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	\N
usmf	2f894b6a-707a-3783-d1be-bf4bd723f657	4	3	Unbilled Sales	Time	Chargeable	Customer Invoice Posted	\N	Time and Material	PRJ-ERP	ORD-1	Consulting	US-001	USD	2	8.0000	200.0000	1600.0000	2026-09-02	2026-09-02	Consulting	\N	Aisha Rahman	Process workshop	\N	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	\N
usmf	5cc6373b-60c8-8e19-3846-b719ba8d3d67	4	3	Unbilled Sales	Time	Chargeable	Customer Invoice Posted	\N	Time and Material	PRJ-ERP	ORD-1	Consulting	US-001	USD	2	10.0000	200.0000	2000.0000	2026-09-07	2026-09-07	Consulting	\N	Bruno Keller	Interface, built in Germany	\N	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	\N
usmf	df3fe2fc-b370-0466-5fb5-83114a4c6b4c	4	3	Unbilled Sales	Time	Non Chargeable	Customer Invoice Posted	\N	Time and Material	PRJ-ERP	ORD-1	Consulting	US-001	USD	2	2.0000	200.0000	400.0000	2026-09-03	2026-09-03	Consulting	\N	Aisha Rahman	Data migration	\N	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	\N
usmf	e6708a85-aabe-505e-76be-d3a885fca80f	2	2	Unbilled Sales	Retainer	Chargeable	Customer Invoice Posted	\N	Time and Material	PRJ-ERP	ORD-1	Consulting	US-001	USD	2	-1.0000	3000.0000	-3000.0000	2026-09-01	2026-09-01	\N	\N	\N	Advance 2026	\N	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	\N
usmf	3ae38c67-2809-821b-00b4-5f59eece442e	1	7	Billed Sales	Time	Chargeable	Customer Invoice Posted	\N	Time and Material	PRJ-ERP	ORD-1	Consulting	US-001	USD	2	6.0000	200.0000	1200.0000	2026-09-03	2026-09-15	Consulting	\N	Aisha Rahman	Data migration	\N	e1216b97-5361-90f0-ceb3-67f111d60148	e84eb0a5-4ce2-56e4-b898-cb65f2185b15	\N	\N	\N	\N	\N	\N	f	\N	{-1759838253,1139859358,-756054257,342121812,851275164,176389302,-62451216,583158998}
usmf	3df5b1c6-0c72-acf1-ed5f-a350c59c8016	1	7	Billed Sales	Retainer	Chargeable	Customer Invoice Posted	\N	Time and Material	PRJ-ERP	ORD-1	Consulting	US-001	USD	2	-1.0000	3000.0000	-3000.0000	2026-09-15	2026-09-15	\N	\N	\N	Advance 2026	\N	e1216b97-5361-90f0-ceb3-67f111d60148	e6708a85-aabe-505e-76be-d3a885fca80f	\N	\N	\N	\N	\N	\N	f	\N	{-1027269725,-802437866,-676997648,-1647752492,-1949409951,2034950986,510378497,-334132564}
usmf	4a000f13-b0d9-c5f3-0b79-54c5c3a28469	1	7	Billed Sales	Time	Chargeable	Customer Invoice Posted	\N	Time and Material	PRJ-ERP	ORD-1	Consulting	US-001	USD	2	8.0000	200.0000	1600.0000	2026-09-02	2026-09-15	Consulting	\N	Aisha Rahman	Process workshop	\N	e1216b97-5361-90f0-ceb3-67f111d60148	2f894b6a-707a-3783-d1be-bf4bd723f657	\N	\N	\N	\N	\N	\N	f	\N	{-636437393,247568228,-1698800662,1372717296,-287137026,-780602484,293761603,1322829524}
usmf	caf8e07b-ff0f-9d7e-efd4-6d3eed38936e	1	7	Billed Sales	Time	Chargeable	Customer Invoice Posted	\N	Time and Material	PRJ-ERP	ORD-1	Consulting	US-001	USD	2	10.0000	200.0000	2000.0000	2026-09-07	2026-09-15	Consulting	\N	Bruno Keller	Interface, built in Germany	\N	e1216b97-5361-90f0-ceb3-67f111d60148	5cc6373b-60c8-8e19-3846-b719ba8d3d67	\N	\N	\N	\N	\N	\N	f	\N	{1757155999,1448409938,-446319562,-271139107,1081470012,-793114907,1687808368,2088534995}
usmf	d5009f0b-faf7-aec9-038a-7fb30eb64f06	1	7	Billed Sales	Time	Non Chargeable	Customer Invoice Posted	\N	Time and Material	PRJ-ERP	ORD-1	Consulting	US-001	USD	2	2.0000	200.0000	400.0000	2026-09-03	2026-09-15	Consulting	\N	Aisha Rahman	Data migration	\N	e1216b97-5361-90f0-ceb3-67f111d60148	df3fe2fc-b370-0466-5fb5-83114a4c6b4c	\N	\N	\N	\N	\N	\N	f	\N	{-1604606103,-983954575,1665859493,655990905,-214218171,153332464,1655264825,680316093}
usmf	f1c9c8d1-ddda-8816-e0f5-7327d20a9661	1	7	Billed Sales	Expense	Chargeable	Customer Invoice Posted	\N	Time and Material	PRJ-ERP	ORD-1	Consulting	US-001	USD	2	1.0000	350.0000	350.0000	2026-09-04	2026-09-15	Travel	\N	Aisha Rahman	Flight to Seattle	\N	e1216b97-5361-90f0-ceb3-67f111d60148	1473fa63-aad4-22a0-31fa-0b16e17aa5fa	\N	\N	\N	\N	\N	\N	f	\N	{-1325896258,426930693,805445360,1371848197,-1741829759,133891706,608901972,-988567804}
usmf	e84eb0a5-4ce2-56e4-b898-cb65f2185b15	4	3	Unbilled Sales	Time	Chargeable	Customer Invoice Posted	\N	Time and Material	PRJ-ERP	ORD-1	Consulting	US-001	USD	2	6.0000	200.0000	1200.0000	2026-09-03	2026-09-03	Consulting	\N	Aisha Rahman	Data migration	\N	\N	\N	\N	\N	\N	\N	\N	\N	f	\N	\N
usmf	6b511617-880a-81e3-b412-3aa2365ec02b	1	8	Billed Sales	Milestone	Chargeable	Customer Invoice Posted	\N	Fixed Price	PRJ-SHOP	ORD-2	Delivery	US-002	USD	2	1.0000	4000.0000	4000.0000	2026-09-10	2026-09-15	\N	\N	\N	Web shop 1 of 4	\N	9ba02405-153f-ee99-e81a-a3bb3ab4d1f1	\N	\N	\N	\N	\N	\N	\N	f	\N	{128297739,-1765686623,1560946639,1441250415,1911540215,-1682540045,1345454208,1026455504}
usmf	dbac0d14-fa0a-7fa8-b13a-a22920931435	1	9	Billed Sales	Time	Chargeable	Customer Invoice Posted	\N	Time and Material	PRJ-LIFT	ORD-3	Consulting	US-003	EUR	2	20.0000	150.0000	3000.0000	2026-09-08	2026-09-15	Consulting	\N	Aisha Rahman	Lift control, design	\N	264e1c98-67c4-2c4c-325f-01ee73cd35bc	88363514-bb7a-adfd-95b7-18f126a1aabc	\N	\N	\N	\N	\N	\N	f	\N	{668665408,817426059,-1038363003,1818822635,-523362506,1225655842,1164277778,-1914610221}
\.

COPY public.actuals_to_import (data_area_id, actual_id) FROM stdin;
\.

COPY public.blocked_actuals (data_area_id, actual_id, code, reason, invoice_id, setup_version, blocked_at) FROM stdin;
\.

COPY public.cluster_binding (only_row, cluster_id, topic_prefix, bound_at) FROM stdin;
t	mockClusterc524884180		2026-11-27 00:25:32.26532+00
\.

COPY public.companies (data_area_id, name, accounting_currency, accounting_currency_precision, reporting_currency, reporting_currency_precision, reporting_currency_from) FROM stdin;
usmf	Contoso USA	USD	2	\N	\N	\N
demf	Contoso Germany	EUR	2	\N	\N	\N
\.

COPY public.consumer_positions (consumer, topic, partition, next, epoch, cluster_id, fingerprint, anchor_offset, anchor_fingerprint, held_offset, held_reason, steps_over, updated_at) FROM stdin;
posting-consumer	accounting-detail	4	0	1	mockClusterc524884180	\N	\N	\N	\N	\N	\N	2026-11-27 00:25:35.448304+00
posting-consumer	invoice-posted	0	0	1	mockClusterc524884180	\N	\N	\N	\N	\N	\N	2026-11-27 00:25:35.448789+00
posting-consumer	invoice-posted	2	0	1	mockClusterc524884180	\N	\N	\N	\N	\N	\N	2026-11-27 00:25:35.449146+00
posting-consumer	invoice-posted	3	0	1	mockClusterc524884180	\N	\N	\N	\N	\N	\N	2026-11-27 00:25:35.449443+00
posting-consumer	invoice-posted	4	0	1	mockClusterc524884180	\N	\N	\N	\N	\N	\N	2026-11-27 00:25:35.450189+00
posting-consumer	invoice-posted	5	0	1	mockClusterc524884180	\N	\N	\N	\N	\N	\N	2026-11-27 00:25:35.450401+00
posting-consumer	posting-requested	1	0	1	mockClusterc524884180	\N	\N	\N	\N	\N	\N	2026-11-27 00:25:35.450712+00
posting-consumer	posting-requested	2	0	1	mockClusterc524884180	\N	\N	\N	\N	\N	\N	2026-11-27 00:25:35.450834+00
posting-consumer	posting-requested	4	0	1	mockClusterc524884180	\N	\N	\N	\N	\N	\N	2026-11-27 00:25:35.451314+00
finance-consumer	invoice-confirmed	0	0	1	mockClusterc524884180	\N	\N	\N	\N	\N	\N	2026-11-27 00:25:35.482292+00
finance-consumer	invoice-confirmed	2	0	1	mockClusterc524884180	\N	\N	\N	\N	\N	\N	2026-11-27 00:25:35.48305+00
finance-consumer	invoice-confirmed	5	0	1	mockClusterc524884180	\N	\N	\N	\N	\N	\N	2026-11-27 00:25:35.491274+00
posting-consumer	posting-requested	5	1	1	mockClusterc524884180	\\x1aa0bbb1986a0bca421562b5e71cdde0c2286a8783c347fc3564a77a50dcb493	\N	\N	\N	\N	\N	2026-11-27 00:25:37.276038+00
finance-consumer	invoice-confirmed	1	1	1	mockClusterc524884180	\\xe6c38d39439825bfc9edaf2ec68cc0ef0deffc39b70a59997a1fa07b4fa0d47d	\N	\N	\N	\N	\N	2026-11-27 00:25:35.550249+00
finance-consumer	invoice-confirmed	4	2	1	mockClusterc524884180	\\x844cfdacb06dbae8d071f18423ed8d9252e064e53911286d5e036a1eb11043bd	0	\\x462094cf81d6ffe04f03896aab70cbea2c9502e102f9bc119c5a209f3d7426fa	\N	\N	\N	2026-11-27 00:25:38.449054+00
finance-consumer	actual-created	4	2	1	mockClusterc524884180	\\xbc366f056d9101b7f52075ac7e7afaf89c2522349d23bba29de71a9417a3dfa7	0	\\x121ffe91352d6c05cccfa07b1a20b69af90faa8627c43507de27723e0fa82868	\N	\N	\N	2026-11-27 00:25:38.497935+00
finance-consumer	actual-created	5	6	1	mockClusterc524884180	\\xe3f0b76984ae43cd9f3bcc3dbf370c22b675a21f0dba510487434ff2ab5862b4	1	\\xf81e6f490c4839bd4f988edbb70647853bce5d9a544db2762759d69bc0cd6ad5	\N	\N	\N	2026-11-27 00:25:38.497935+00
posting-consumer	posting-requested	0	1	1	mockClusterc524884180	\\xe0b7e982d3a383fb19a13aefdcc76174c12bc22a06b8b499bc1ec84222aac03d	\N	\N	\N	\N	\N	2026-11-27 00:25:36.430528+00
posting-consumer	invoice-posted	1	1	1	mockClusterc524884180	\\x3a4e3eea4ad9a44fd59a9ed21cf0cb23525a876895e89cb616f26bc80680c2a7	\N	\N	\N	\N	\N	2026-11-27 00:25:36.542586+00
finance-consumer	transaction-connected	0	3	1	mockClusterc524884180	\\x763f4a30af20a2ac1ad8e37a67082500314abf58990612ad8331aa927cb10583	1	\\x6adabf8283076ccdfd4666a09c17fc986f05940a86fcd42e9e12c8b8fbbdb37c	\N	\N	\N	2026-11-27 00:25:38.405667+00
finance-consumer	actual-created	1	2	1	mockClusterc524884180	\\x99421f8c8a55819cd1017de0953a3e8ba91220cffb25c776fc4172942ce33381	\N	\N	\N	\N	\N	2026-11-27 00:25:36.816264+00
finance-consumer	transaction-connected	2	5	1	mockClusterc524884180	\\x7f02bca6c0147a244716fde0de8289b75966419a1c3d2f267f30bf13364f5db2	2	\\x2a3b2f89978d2a8ffe91cfd16eff48ec9b5340c5f3747827a444e176e11ef69e	\N	\N	\N	2026-11-27 00:25:38.407983+00
finance-consumer	invoice-confirmed	3	1	1	mockClusterc524884180	\\x2b58a226925190833b7520d7257b144ae9ee01f21b31484485d0eabe2e3c82f2	\N	\N	\N	\N	\N	2026-11-27 00:25:38.497935+00
finance-consumer	actual-created	0	10	1	mockClusterc524884180	\\x5c372ef697a297460120ccc4bb98fab0dd4a55aabd31b14418a3545f7bc5cc3c	2	\\x48b1e7ad040e69349ccb796abc4fa273831bf570f9eee7f8a12b6b9001488343	\N	\N	\N	2026-11-27 00:25:38.410247+00
finance-consumer	transaction-connected	1	1	1	mockClusterc524884180	\\x782048c4b44deaa8da456477ae96e218f68d687a08e2f60ebc25cdff2c43eebb	\N	\N	\N	\N	\N	2026-11-27 00:25:38.497935+00
finance-consumer	transaction-connected	4	1	1	mockClusterc524884180	\\xe214e6bf50356d697c7061f3a10da3d3da392e6739ca3aa7601b4345020d6237	\N	\N	\N	\N	\N	2026-11-27 00:25:38.497935+00
finance-consumer	actual-created	3	7	1	mockClusterc524884180	\\xfe2f924d9a19c47a501cc62762899b2ab6dc559a3c2ceaa5b7f781f21f1a6e4c	0	\\x948210782cea10e4f0490c7f2769d643057c233c241da904d32c544f18b84364	\N	\N	\N	2026-11-27 00:25:39.090823+00
posting-consumer	posting-requested	3	2	1	mockClusterc524884180	\\xa3dc6236a97cd807668c5ff0c67baa4d5f81f92c6896d2320964183939019ab3	0	\\xc31d78b57fce9b97e117c10e4eff5bab8585118d7d4532e466e5c7ec2f0f0b2c	\N	\N	\N	2026-11-27 00:25:37.276038+00
finance-consumer	actual-created	2	16	1	mockClusterc524884180	\\x7345d35cd6facbce62c068e8bbc335964cf8572e6dfa822e072f2c30549b4bcc	0	\\x49a197e9c854596a4adae5ffa5db372cf9e84c0937fc8d5b57e75939ecb3c029	\N	\N	\N	2026-11-27 00:25:38.410247+00
posting-consumer	accounting-detail	0	3	1	mockClusterc524884180	\\xdfd694b7b05cd64dc9064517219a7814fab4912c194c096ddf3d946155b5cd39	0	\\x760d6e0522c328c57644f39c31f171d2ea20138215e9d9a9c39617e365c026f6	\N	\N	\N	2026-11-27 00:25:37.324267+00
posting-consumer	accounting-detail	1	2	1	mockClusterc524884180	\\xca2bedb23dbce2e31123b47417280175a496af7ecfc9fc1f05eeae2193ae2172	\N	\N	\N	\N	\N	2026-11-27 00:25:37.324267+00
posting-consumer	accounting-detail	2	6	1	mockClusterc524884180	\\x48a164e43652a812618a3941fc40f099773280a0a648f7abeb058eb8efdb0d3b	0	\\x51c53196f0a8e71b20a6ef2c00bd5b5146de7d154e7c63616b6ad40577081da9	\N	\N	\N	2026-11-27 00:25:37.324267+00
posting-consumer	accounting-detail	3	2	1	mockClusterc524884180	\\x906c93c895ab8a337bc2be2487a8f6f392f54ac1d929ba3ca2ee0ed5e9f71435	0	\\x597ed6abc81c97d9692e92547ec0df2bf7507235e63b3c2087a623b5e02a888c	\N	\N	\N	2026-11-27 00:25:37.324267+00
posting-consumer	accounting-detail	5	2	1	mockClusterc524884180	\\x41910178dbd60f9c2be151bc7e50ebfc8affb5553f675b2cba25029427250a5d	\N	\N	\N	\N	\N	2026-11-27 00:25:37.324267+00
finance-consumer	transaction-connected	3	5	1	mockClusterc524884180	\\x8dc981c7319d8d2ce63905894adfba968813e26862f95a272ee3108c9099c190	0	\\x77107831be1b4802a56ef8f5bc4c6679dd67535eb7be9d3df60468080211bddf	\N	\N	\N	2026-11-27 00:25:38.410247+00
finance-consumer	transaction-connected	5	6	1	mockClusterc524884180	\\xe31d2ec8ebc675cb6c4940e2de24e91315b9c560e8edc976568a9cd4b8bb523b	0	\\x1004eb25b66429b90e876f2525a9787cbcc4fe81b0ca816524d70f52ee76463a	\N	\N	\N	2026-11-27 00:25:38.410247+00
\.

COPY public.customers (data_area_id, customer_account, name, payment_terms, on_hold, address, country, tax_number) FROM stdin;
usmf	US-001	Adventure Works Cycles	Net 30	f	\N	\N	\N
usmf	US-002	Fabrikam, Inc.	Net 30	f	\N	\N	\N
usmf	US-003	Alpine Ski House	Net 30	f	\N	\N	\N
demf	DE-900	Contoso USA	\N	f	\N	\N	\N
\.

COPY public.dead_letters (id, cluster_id, topic, partition, message_offset, consumer, key, headers, payload, payload_size, payload_sha256, code, reason, state, attempts, discarded_by, discard_reason, received_at, changed_at) FROM stdin;
1	mockClusterc524884180	actual-created	3	6	finance-consumer	\\x78	{}	\\x6e6f6e73656e7365	8	\\x999aaa8645bb72ff599e143b1e3d2a94777127f4783a69f067251f7bbebc5ab6	not-json	the value is not a JSON object: line 1, byte 0: not JSON: a word is none of true, false and null	parked	1	\N	\N	2026-11-27 00:25:39.090823+00	2026-11-27 00:25:39.090823+00
\.

COPY public.exchange_rates (data_area_id, currency, valid_from, rate) FROM stdin;
usmf	EUR	2026-08-01	108.0000000000
usmf	EUR	2026-09-15	110.0000000000
\.

COPY public.execution_log (id, logged_at, activity, subject, level, message) FROM stdin;
\.

COPY public.fiscal_periods (data_area_id, starts_on, ends_on, status) FROM stdin;
usmf	2026-08-01	2026-08-31	closed
usmf	2026-09-01	2026-09-30	open
usmf	2026-10-01	2026-10-31	open
demf	2026-09-01	2026-10-31	open
\.

COPY public.fixed_rate_agreements (data_area_id, contract_number, currency, rate, reference) FROM stdin;
\.

COPY public.held_messages (id, cluster_id, topic, partition, message_offset, consumer, key, headers, payload, code, reason, received_at) FROM stdin;
\.

COPY public.integration_journal_lines (data_area_id, journal_number, line_number, actual_id, voucher, transaction_type, transaction_class, project_number, contract_number, transaction_date, accounting_date, category_id, line_property_id, currency, quantity, price, amount, exchange_rate, accounting_amount, reporting_exchange_rate, reporting_amount, sales_tax_group, item_sales_tax_group, undeducted_discount, source_actual_id, intercompany_customer, reversed_actual_id, description, resource, error, error_code) FROM stdin;
usmf	USPM-0001	1	e6708a85-aabe-505e-76be-d3a885fca80f	USV-00001	Unbilled Sales	Retainer	PRJ-ERP	ORD-1	2026-09-01	2026-09-01	Retainer	Charge	USD	-1.0000	3000.0000	-3000.0000	100.0000000000	-3000.0000	\N	\N	LOCAL	\N	\N	\N	\N	\N	Advance 2026	\N	\N	\N
demf	DEPM-0001	1	01ee33ac-224f-7067-470e-925afe19a733	DEV-00001	Resourcing Unit Cost	Time	PRJ-ERP	ORD-1	2026-09-07	2026-09-07	Consulting	CostOnly	EUR	10.0000	90.0000	900.0000	100.0000000000	900.0000	\N	\N	\N	\N	\N	\N	DE-900	\N	Interface, built in Germany	Bruno Keller	\N	\N
demf	DEPM-0001	2	6c706cd8-0178-8297-12f5-2882f69ef874	DEV-00002	Inter-Organizational Sales	Time	PRJ-ERP	ORD-1	2026-09-07	2026-09-07	Consulting	Charge	EUR	10.0000	110.0000	1100.0000	100.0000000000	1100.0000	\N	\N	\N	\N	\N	\N	DE-900	\N	Interface, built in Germany	Bruno Keller	\N	\N
usmf	USPM-0002	1	1473fa63-aad4-22a0-31fa-0b16e17aa5fa	USV-00003	Unbilled Sales	Expense	PRJ-ERP	ORD-1	2026-09-04	2026-09-04	Travel	Charge	USD	1.0000	350.0000	350.0000	100.0000000000	350.0000	\N	\N	LOCAL	\N	\N	\N	\N	\N	Flight to Seattle	Aisha Rahman	\N	\N
usmf	USPM-0002	2	17318097-c11b-a5dc-651e-7e2553d1cefc	USV-00004	Cost	Time	PRJ-LIFT	ORD-3	2026-09-08	2026-09-08	Consulting	CostOnly	USD	20.0000	100.0000	2000.0000	100.0000000000	2000.0000	\N	\N	\N	\N	\N	\N	\N	\N	Lift control, design	Aisha Rahman	\N	\N
usmf	USPM-0002	3	2f894b6a-707a-3783-d1be-bf4bd723f657	USV-00005	Unbilled Sales	Time	PRJ-ERP	ORD-1	2026-09-02	2026-09-02	Consulting	Charge	USD	8.0000	200.0000	1600.0000	100.0000000000	1600.0000	\N	\N	LOCAL	SERVICE	\N	\N	\N	\N	Process workshop	Aisha Rahman	\N	\N
usmf	USPM-0002	4	5cc6373b-60c8-8e19-3846-b719ba8d3d67	USV-00006	Unbilled Sales	Time	PRJ-ERP	ORD-1	2026-09-07	2026-09-07	Consulting	Charge	USD	10.0000	200.0000	2000.0000	100.0000000000	2000.0000	\N	\N	LOCAL	SERVICE	\N	\N	\N	\N	Interface, built in Germany	Bruno Keller	\N	\N
usmf	USPM-0002	5	88363514-bb7a-adfd-95b7-18f126a1aabc	USV-00007	Unbilled Sales	Time	PRJ-LIFT	ORD-3	2026-09-08	2026-09-08	Consulting	Charge	EUR	20.0000	150.0000	3000.0000	108.0000000000	3240.0000	\N	\N	\N	SERVICE	\N	\N	\N	\N	Lift control, design	Aisha Rahman	\N	\N
usmf	USPM-0002	6	a07b9d42-e76a-58d6-0547-1007c97b9704	USV-00008	Cost	Time	PRJ-SHOP	ORD-2	2026-09-09	2026-09-09	Consulting	CostOnly	USD	16.0000	100.0000	1600.0000	100.0000000000	1600.0000	\N	\N	\N	\N	\N	\N	\N	\N	Web shop, prototype	Aisha Rahman	\N	\N
usmf	USPM-0002	7	aa4a32f0-4b52-aa8f-ce38-0d01a344c0c8	USV-00009	Cost	Time	PRJ-ERP	ORD-1	2026-09-02	2026-09-02	Consulting	CostOnly	USD	8.0000	100.0000	800.0000	100.0000000000	800.0000	\N	\N	\N	\N	\N	\N	\N	\N	Process workshop	Aisha Rahman	\N	\N
usmf	USPM-0002	8	bce5f009-092b-170d-94ca-fad6ba73f876	USV-00010	Cost	Expense	PRJ-ERP	ORD-1	2026-09-04	2026-09-04	Travel	CostOnly	USD	1.0000	350.0000	350.0000	100.0000000000	350.0000	\N	\N	\N	\N	\N	\N	\N	\N	Flight to Seattle	Aisha Rahman	\N	\N
usmf	USPM-0002	9	df3fe2fc-b370-0466-5fb5-83114a4c6b4c	USV-00011	Unbilled Sales	Time	PRJ-ERP	ORD-1	2026-09-03	2026-09-03	Consulting	NonCharge	USD	2.0000	200.0000	400.0000	100.0000000000	400.0000	\N	\N	LOCAL	SERVICE	\N	\N	\N	\N	Data migration	Aisha Rahman	\N	\N
usmf	USPM-0002	10	e84eb0a5-4ce2-56e4-b898-cb65f2185b15	USV-00012	Unbilled Sales	Time	PRJ-ERP	ORD-1	2026-09-03	2026-09-03	Consulting	Charge	USD	6.0000	200.0000	1200.0000	100.0000000000	1200.0000	\N	\N	LOCAL	SERVICE	\N	\N	\N	\N	Data migration	Aisha Rahman	\N	\N
usmf	USPM-0002	11	fbf11892-c9be-3cdd-13b1-36612289689b	USV-00013	Cost	Time	PRJ-ERP	ORD-1	2026-09-03	2026-09-03	Consulting	CostOnly	USD	8.0000	100.0000	800.0000	100.0000000000	800.0000	\N	\N	\N	\N	\N	\N	\N	\N	Data migration	Aisha Rahman	\N	\N
\.

COPY public.integration_journals (data_area_id, journal_number, description, kind, period_start, status, line_count, setup_version, original_journal_number, posted_at, posting_error, posting_error_code) FROM stdin;
usmf	USPM-0001	Project Operations integration journal 2026-09-01	Integration	2026-09-01	Posted	1	63	\N	2026-11-27 00:25:35.98565+00	\N	\N
demf	DEPM-0001	Project Operations integration journal 2026-09-01	Integration	2026-09-01	Posted	2	63	\N	2026-11-27 00:25:37.278676+00	\N	\N
usmf	USPM-0002	Project Operations integration journal 2026-09-01	Integration	2026-09-01	Posted	11	63	\N	2026-11-27 00:25:37.287061+00	\N	\N
\.

COPY public.intercompany_relations (data_area_id, borrowing_company, customer_account, vendor_account) FROM stdin;
demf	usmf	DE-900	US-V-001
\.

COPY public.invoice_arrivals (data_area_id, invoice_id, partition, count) FROM stdin;
usmf	b029c737-659d-7ec2-65d4-426fb755dc58	3	1
usmf	e1216b97-5361-90f0-ceb3-67f111d60148	2	6
usmf	9ba02405-153f-ee99-e81a-a3bb3ab4d1f1	4	1
usmf	264e1c98-67c4-2c4c-325f-01ee73cd35bc	5	1
\.

COPY public.invoice_confirmations (event_id, data_area_id, invoice_id, totals_version, received_at) FROM stdin;
12bb5841-ec2e-f868-fcfa-47dbf0fe077b	usmf	b029c737-659d-7ec2-65d4-426fb755dc58	1	2026-11-27 00:25:35.550249+00
e7a0b4c3-8aab-6f03-49bb-df501279abca	usmf	e1216b97-5361-90f0-ceb3-67f111d60148	1	2026-11-27 00:25:38.398709+00
db10b4af-c799-51b5-b3f6-8403e1c2dd44	usmf	9ba02405-153f-ee99-e81a-a3bb3ab4d1f1	1	2026-11-27 00:25:38.449054+00
1240c44c-d225-c6a5-98df-6627746401d5	usmf	264e1c98-67c4-2c4c-325f-01ee73cd35bc	1	2026-11-27 00:25:38.497935+00
\.

COPY public.invoice_documents (data_area_id, customer_invoice_number, seller_name, seller_address, seller_country, seller_tax_number, customer_name, customer_address, customer_country, customer_tax_number, payment_terms, payment_details, currency_precision, accounting_currency, accounting_currency_precision) FROM stdin;
usmf	CIV-0001	Contoso USA	\N	\N	\N	Adventure Works Cycles	\N	\N	\N	Net 30	\N	2	USD	2
\.

COPY public.invoice_proposal_lines (data_area_id, proposal_number, line_number, actual_id, unbilled_actual_id, reversed_actual_id, transaction_class, billing_method, billing_type, project_number, transaction_date, category_id, quantity, price, amount, discount_amount, fee_amount, sales_tax_group, item_sales_tax_group, currency, contract_number, customer_account, description, resource) FROM stdin;
usmf	PI-000001	1	7a2bc76a-7939-1fc3-a127-af51fcb27bfc	e6708a85-aabe-505e-76be-d3a885fca80f	\N	Retainer	Time and Material	Chargeable	PRJ-ERP	2026-09-01	Retainer	1.0000	3000.0000	3000.0000	\N	\N	LOCAL	\N	USD	ORD-1	US-001	Advance 2026	\N
usmf	PI-000002	1	4a000f13-b0d9-c5f3-0b79-54c5c3a28469	2f894b6a-707a-3783-d1be-bf4bd723f657	\N	Time	Time and Material	Chargeable	PRJ-ERP	2026-09-02	Consulting	8.0000	200.0000	1600.0000	\N	\N	LOCAL	SERVICE	USD	ORD-1	US-001	Process workshop	Aisha Rahman
usmf	PI-000002	2	3ae38c67-2809-821b-00b4-5f59eece442e	e84eb0a5-4ce2-56e4-b898-cb65f2185b15	\N	Time	Time and Material	Chargeable	PRJ-ERP	2026-09-03	Consulting	6.0000	200.0000	1200.0000	\N	\N	LOCAL	SERVICE	USD	ORD-1	US-001	Data migration	Aisha Rahman
usmf	PI-000002	3	d5009f0b-faf7-aec9-038a-7fb30eb64f06	df3fe2fc-b370-0466-5fb5-83114a4c6b4c	\N	Time	Time and Material	Non Chargeable	PRJ-ERP	2026-09-03	Consulting	2.0000	200.0000	400.0000	\N	\N	LOCAL	SERVICE	USD	ORD-1	US-001	Data migration	Aisha Rahman
usmf	PI-000002	4	f1c9c8d1-ddda-8816-e0f5-7327d20a9661	1473fa63-aad4-22a0-31fa-0b16e17aa5fa	\N	Expense	Time and Material	Chargeable	PRJ-ERP	2026-09-04	Travel	1.0000	350.0000	350.0000	\N	\N	LOCAL	\N	USD	ORD-1	US-001	Flight to Seattle	Aisha Rahman
usmf	PI-000002	5	caf8e07b-ff0f-9d7e-efd4-6d3eed38936e	5cc6373b-60c8-8e19-3846-b719ba8d3d67	\N	Time	Time and Material	Chargeable	PRJ-ERP	2026-09-07	Consulting	10.0000	200.0000	2000.0000	\N	\N	LOCAL	SERVICE	USD	ORD-1	US-001	Interface, built in Germany	Bruno Keller
usmf	PI-000002	6	3df5b1c6-0c72-acf1-ed5f-a350c59c8016	e6708a85-aabe-505e-76be-d3a885fca80f	\N	Retainer	Time and Material	Chargeable	PRJ-ERP	2026-09-15	Retainer	-1.0000	3000.0000	-3000.0000	\N	\N	LOCAL	\N	USD	ORD-1	US-001	Advance 2026	\N
usmf	PI-000003	1	6b511617-880a-81e3-b412-3aa2365ec02b	\N	\N	Milestone	Fixed Price	Chargeable	PRJ-SHOP	2026-09-10	Milestone	1.0000	4000.0000	4000.0000	\N	\N	LOCAL	SERVICE	USD	ORD-2	US-002	Web shop 1 of 4	\N
usmf	PI-000004	1	dbac0d14-fa0a-7fa8-b13a-a22920931435	88363514-bb7a-adfd-95b7-18f126a1aabc	\N	Time	Time and Material	Chargeable	PRJ-LIFT	2026-09-08	Consulting	20.0000	150.0000	3000.0000	\N	\N	\N	SERVICE	EUR	ORD-3	US-003	Lift control, design	Aisha Rahman
\.

COPY public.invoice_proposals (data_area_id, proposal_number, invoice_id, confirmed_by, contract_number, customer_account, customer_name, currency, currency_precision, accounting_date, payment_terms, bill_to_name, bill_to_address, has_corrections, line_amount, totals_version, total_count, total_amount, total_digest, status, waiting_for, waiting_for_proposals, agreed_version, lines_setup_version, announced_version, announced_count, announced_amount, announced_digest, out_of_sync, posting_error, posting_error_code, due_date, approval, approved_lines) FROM stdin;
usmf	PI-000001	b029c737-659d-7ec2-65d4-426fb755dc58	12bb5841-ec2e-f868-fcfa-47dbf0fe077b	ORD-1	US-001	Adventure Works Cycles	USD	2	2026-09-01	\N	Adventure Works Cycles	\N	f	3000.0000	1	1	3000.0000	0fd4c3dc9f82da0c02d25145ed47dbfe0bcf9c9351dc8e1f92c7f2d81373819b	Invoiced	\N	\N	1	63	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
usmf	PI-000002	e1216b97-5361-90f0-ceb3-67f111d60148	e7a0b4c3-8aab-6f03-49bb-df501279abca	ORD-1	US-001	Adventure Works Cycles	USD	2	2026-09-15	\N	Adventure Works Cycles	\N	f	2150.0000	1	6	2550.0000	ee00ffab57ffb4e0be068bb46cb4c673794d6dfd37200bdb17c3a131c7cd95ea	Ready	\N	\N	1	63	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
usmf	PI-000003	9ba02405-153f-ee99-e81a-a3bb3ab4d1f1	db10b4af-c799-51b5-b3f6-8403e1c2dd44	ORD-2	US-002	Fabrikam, Inc.	USD	2	2026-09-15	\N	Fabrikam, Inc.	\N	f	4000.0000	1	1	4000.0000	07a5ab0b96c1c2a15d0a27cf55e7bc6f71efc9f79bb679f3503200803d2e77d0	Ready	\N	\N	1	63	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
usmf	PI-000004	264e1c98-67c4-2c4c-325f-01ee73cd35bc	1240c44c-d225-c6a5-98df-6627746401d5	ORD-3	US-003	Alpine Ski House	EUR	2	2026-09-15	\N	Alpine Ski House	\N	f	3000.0000	1	1	3000.0000	27db064030b8ee8bc21bd6856c6907ebe0ce1f36490e0622456578128de15dd3	Ready	\N	\N	1	63	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
\.

COPY public.invoices_to_check (data_area_id, invoice_id, mark) FROM stdin;
\.

COPY public.item_sales_tax_groups (data_area_id, item_sales_tax_group, sales_tax_code) FROM stdin;
usmf	SERVICE	STATE
usmf	SERVICE	CITY
\.

COPY public.ledger_entries (data_area_id, voucher, entry_number, accounting_date, posting_type, main_account, project_number, currency, amount, accounting_amount, reporting_amount) FROM stdin;
usmf	USV-00002	1	2026-09-01	customer-balance	130100	\N	USD	3000.0000	3000.0000	\N
usmf	USV-00002	2	2026-09-01	wip-invoiced-on-account	150200	PRJ-ERP	USD	-3000.0000	-3000.0000	\N
demf	DEV-00001	1	2026-09-07	cost	610100	\N	EUR	900.0000	900.0000	\N
demf	DEV-00001	2	2026-09-07	payroll-allocation	610900	\N	EUR	-900.0000	-900.0000	\N
demf	DEV-00002	1	2026-09-07	wip-sales-value	150100	\N	EUR	1100.0000	1100.0000	\N
demf	DEV-00002	2	2026-09-07	accrued-revenue-sales-value	410900	\N	EUR	-1100.0000	-1100.0000	\N
usmf	USV-00003	1	2026-09-04	wip-sales-value	150100	PRJ-ERP	USD	350.0000	350.0000	\N
usmf	USV-00003	2	2026-09-04	accrued-revenue-sales-value	410900	PRJ-ERP	USD	-350.0000	-350.0000	\N
usmf	USV-00004	1	2026-09-08	cost	610100	PRJ-LIFT	USD	2000.0000	2000.0000	\N
usmf	USV-00004	2	2026-09-08	payroll-allocation	610900	PRJ-LIFT	USD	-2000.0000	-2000.0000	\N
usmf	USV-00005	1	2026-09-02	wip-sales-value	150100	PRJ-ERP	USD	1600.0000	1600.0000	\N
usmf	USV-00005	2	2026-09-02	accrued-revenue-sales-value	410900	PRJ-ERP	USD	-1600.0000	-1600.0000	\N
usmf	USV-00006	1	2026-09-07	wip-sales-value	150100	PRJ-ERP	USD	2000.0000	2000.0000	\N
usmf	USV-00006	2	2026-09-07	accrued-revenue-sales-value	410900	PRJ-ERP	USD	-2000.0000	-2000.0000	\N
usmf	USV-00007	1	2026-09-08	wip-sales-value	150100	PRJ-LIFT	EUR	3000.0000	3240.0000	\N
usmf	USV-00007	2	2026-09-08	accrued-revenue-sales-value	410900	PRJ-LIFT	EUR	-3000.0000	-3240.0000	\N
usmf	USV-00008	1	2026-09-09	cost	610100	PRJ-SHOP	USD	1600.0000	1600.0000	\N
usmf	USV-00008	2	2026-09-09	payroll-allocation	610900	PRJ-SHOP	USD	-1600.0000	-1600.0000	\N
usmf	USV-00009	1	2026-09-02	cost	610100	PRJ-ERP	USD	800.0000	800.0000	\N
usmf	USV-00009	2	2026-09-02	payroll-allocation	610900	PRJ-ERP	USD	-800.0000	-800.0000	\N
usmf	USV-00010	1	2026-09-04	cost	610100	PRJ-ERP	USD	350.0000	350.0000	\N
usmf	USV-00010	2	2026-09-04	expense-offset	210300	PRJ-ERP	USD	-350.0000	-350.0000	\N
usmf	USV-00012	1	2026-09-03	wip-sales-value	150100	PRJ-ERP	USD	1200.0000	1200.0000	\N
usmf	USV-00012	2	2026-09-03	accrued-revenue-sales-value	410900	PRJ-ERP	USD	-1200.0000	-1200.0000	\N
usmf	USV-00013	1	2026-09-03	cost	610100	PRJ-ERP	USD	800.0000	800.0000	\N
usmf	USV-00013	2	2026-09-03	payroll-allocation	610900	PRJ-ERP	USD	-800.0000	-800.0000	\N
\.

COPY public.legal_entities (data_area_id, name, address, country, tax_number, payment_details) FROM stdin;
\.

COPY public.line_properties (data_area_id, billing_type, line_property_id, name, chargeable, accrue_revenue) FROM stdin;
usmf	Chargeable	Charge	Charge	t	t
usmf	Non Chargeable	NonCharge	NonCharge	f	f
usmf	Complimentary	Compliment	Compliment	f	f
usmf	Not Available	CostOnly	CostOnly	f	f
demf	Chargeable	Charge	Charge	t	t
demf	Not Available	CostOnly	CostOnly	f	f
\.

COPY public.lost_invoices (data_area_id, invoice_id, proposal_number, customer_invoice_number, invoice_date, due_date, voucher, posted_status, currency, line_amount, sales_tax_amount, detail_count, accounting_currency, detail_accounting_amount, posting_version, state) FROM stdin;
\.

COPY public.number_sequence_gaps (data_area_id, sequence, first, last, reason, recorded_at) FROM stdin;
\.

COPY public.number_sequences (data_area_id, sequence, prefix, next, digits, seen) FROM stdin;
demf	customer-invoice	RE-	1	4	\N
usmf	customer-invoice	CIV-	2	4	\N
demf	voucher	DEV-	3	5	\N
demf	integration-journal	DEPM-	2	4	\N
usmf	voucher	USV-	14	5	\N
usmf	integration-journal	USPM-	3	4	\N
\.

COPY public.on_account_transactions (data_area_id, actual_id, proposal_number, transaction_origin, contract_number, project_number, transaction_date, currency, amount, exchange_rate, accounting_amount, reporting_exchange_rate, reporting_amount) FROM stdin;
usmf	7a2bc76a-7939-1fc3-a127-af51fcb27bfc	PI-000001	Prepayment	ORD-1	PRJ-ERP	2026-09-01	USD	3000.0000	100.0000000000	3000.0000	\N	\N
\.

COPY public.out_of_sync_actuals (data_area_id, actual_id, row_version, amount, quantity, changes, noticed_at) FROM stdin;
\.

COPY public.outbox (id, topic, key, event_id, trace_id, headers, payload, created_at) FROM stdin;
1	posting-requested	\\x75736d662f5553504d2d30303031	7a3c3c54-29f8-145d-e65e-0ce6de95fb91	f6170db9-3ee3-b56b-187b-5e21631c074a	\N	\\x7b22636f6d6d616e644964223a2266363137306462392d336565332d623536622d313837622d356532313633316330373461222c22636f6d70616e79223a2275736d66222c226b696e64223a226a6f75726e616c222c226e756d626572223a225553504d2d30303031222c227265717565737465644279223a22726f6f74227d	2026-11-27 00:25:35.949788+00
2	accounting-detail	\\x65363730386138352d616162652d353035652d373662652d643361383835666361383066	09c33ab6-92aa-f043-ce86-c582ad5b5452	e6708a85-aabe-505e-76be-d3a885fca80f	\N	\\x7b2261637475616c4964223a2265363730386138352d616162652d353035652d373662652d643361383835666361383066222c22636f6d70616e79223a2275736d66222c22766f7563686572223a225553562d3030303031222c226163636f756e74696e6744617465223a22323032362d30392d3031222c2265786368616e676552617465223a223130302e30303030303030303030222c226163636f756e74696e6743757272656e6379223a22555344222c226163636f756e74696e67416d6f756e74223a222d333030302e30303030222c2273616c6573546178416d6f756e74223a22302e30303030222c22736f75726365223a226a6f75726e616c222c22736f757263654e756d626572223a225553504d2d30303031222c22706f7374696e6756657273696f6e223a317d	2026-11-27 00:25:35.98565+00
3	posting-requested	\\x75736d662f50492d303030303031	956c3655-6330-fbb3-2eb2-7cc4122f9717	b029c737-659d-7ec2-65d4-426fb755dc58	\N	\\x7b22636f6d6d616e644964223a2237393737653533312d616531642d313164392d626465362d633961636263613731633064222c22636f6d70616e79223a2275736d66222c226b696e64223a2270726f706f73616c222c226e756d626572223a2250492d303030303031222c227265717565737465644279223a22726f6f74227d	2026-11-27 00:25:36.395693+00
4	accounting-detail	\\x37613262633736612d373933392d316663332d613132372d616635316663623237626663	81cb1223-4461-a6bd-62d4-e4dd0f49ccd5	b029c737-659d-7ec2-65d4-426fb755dc58	\N	\\x7b2261637475616c4964223a2237613262633736612d373933392d316663332d613132372d616635316663623237626663222c22636f6d70616e79223a2275736d66222c22766f7563686572223a225553562d3030303032222c226163636f756e74696e6744617465223a22323032362d30392d3031222c2265786368616e676552617465223a223130302e30303030303030303030222c226163636f756e74696e6743757272656e6379223a22555344222c226163636f756e74696e67416d6f756e74223a22333030302e30303030222c2273616c6573546178416d6f756e74223a22302e30303030222c22736f75726365223a2270726f706f73616c222c22736f757263654e756d626572223a2250492d303030303031222c22696e766f6963654964223a2262303239633733372d363539642d376563322d363564342d343236666237353564633538222c22706f7374696e6756657273696f6e223a317d	2026-11-27 00:25:36.432466+00
5	invoice-posted	\\x62303239633733372d363539642d376563322d363564342d343236666237353564633538	8629e7c6-1b9c-af4f-9746-263e9894ab27	b029c737-659d-7ec2-65d4-426fb755dc58	\N	\\x7b22696e766f6963654964223a2262303239633733372d363539642d376563322d363564342d343236666237353564633538222c22636f6d70616e79223a2275736d66222c2270726f706f73616c4e756d626572223a2250492d303030303031222c22637573746f6d6572496e766f6963654e756d626572223a224349562d30303031222c22696e766f69636544617465223a22323032362d30392d3031222c2264756544617465223a22323032362d31302d3031222c22766f7563686572223a225553562d3030303032222c22737461747573223a22506f73746564222c2263757272656e6379223a22555344222c226c696e65416d6f756e74223a22333030302e30303030222c2273616c6573546178416d6f756e74223a22302e30303030222c2264657461696c436f756e74223a312c226163636f756e74696e6743757272656e6379223a22555344222c2264657461696c4163636f756e74696e67416d6f756e74223a22333030302e30303030222c22706f7374696e6756657273696f6e223a317d	2026-11-27 00:25:36.432466+00
6	posting-requested	\\x64656d662f4445504d2d30303031	fba08b86-76e1-28f8-925c-fc9a804c12e2	2dbff5de-6804-f659-439f-9b22ba5952c7	\N	\\x7b22636f6d6d616e644964223a2232646266663564652d363830342d663635392d343339662d396232326261353935326337222c22636f6d70616e79223a2264656d66222c226b696e64223a226a6f75726e616c222c226e756d626572223a224445504d2d30303031222c227265717565737465644279223a22726f6f74227d	2026-11-27 00:25:37.216552+00
7	posting-requested	\\x75736d662f5553504d2d30303032	2c8bee30-2959-9e96-a63e-9bf2278160fe	bc967383-9c10-3b2e-def2-f8ff972ed805	\N	\\x7b22636f6d6d616e644964223a2262633936373338332d396331302d336232652d646566322d663866663937326564383035222c22636f6d70616e79223a2275736d66222c226b696e64223a226a6f75726e616c222c226e756d626572223a225553504d2d30303032222c227265717565737465644279223a22726f6f74227d	2026-11-27 00:25:37.216552+00
8	accounting-detail	\\x30316565333361632d323234662d373036372d343730652d393235616665313961373333	1e8658a0-8d80-45b9-ce6c-03cec699d88c	01ee33ac-224f-7067-470e-925afe19a733	\N	\\x7b2261637475616c4964223a2230316565333361632d323234662d373036372d343730652d393235616665313961373333222c22636f6d70616e79223a2264656d66222c22766f7563686572223a224445562d3030303031222c226163636f756e74696e6744617465223a22323032362d30392d3037222c2265786368616e676552617465223a223130302e30303030303030303030222c226163636f756e74696e6743757272656e6379223a22455552222c226163636f756e74696e67416d6f756e74223a223930302e30303030222c2273616c6573546178416d6f756e74223a22302e30303030222c22736f75726365223a226a6f75726e616c222c22736f757263654e756d626572223a224445504d2d30303031222c22706f7374696e6756657273696f6e223a317d	2026-11-27 00:25:37.278676+00
9	accounting-detail	\\x36633730366364382d303137382d383239372d313266352d323838326636396566383734	722a430b-166e-131a-b912-bb6c8606ccde	6c706cd8-0178-8297-12f5-2882f69ef874	\N	\\x7b2261637475616c4964223a2236633730366364382d303137382d383239372d313266352d323838326636396566383734222c22636f6d70616e79223a2264656d66222c22766f7563686572223a224445562d3030303032222c226163636f756e74696e6744617465223a22323032362d30392d3037222c2265786368616e676552617465223a223130302e30303030303030303030222c226163636f756e74696e6743757272656e6379223a22455552222c226163636f756e74696e67416d6f756e74223a22313130302e30303030222c2273616c6573546178416d6f756e74223a22302e30303030222c22736f75726365223a226a6f75726e616c222c22736f757263654e756d626572223a224445504d2d30303031222c22706f7374696e6756657273696f6e223a317d	2026-11-27 00:25:37.278676+00
10	accounting-detail	\\x31343733666136332d616164342d323261302d333166612d306231366531376161356661	61d8d463-5b7d-7789-9435-abd80a54210d	1473fa63-aad4-22a0-31fa-0b16e17aa5fa	\N	\\x7b2261637475616c4964223a2231343733666136332d616164342d323261302d333166612d306231366531376161356661222c22636f6d70616e79223a2275736d66222c22766f7563686572223a225553562d3030303033222c226163636f756e74696e6744617465223a22323032362d30392d3034222c2265786368616e676552617465223a223130302e30303030303030303030222c226163636f756e74696e6743757272656e6379223a22555344222c226163636f756e74696e67416d6f756e74223a223335302e30303030222c2273616c6573546178416d6f756e74223a22302e30303030222c22736f75726365223a226a6f75726e616c222c22736f757263654e756d626572223a225553504d2d30303032222c22706f7374696e6756657273696f6e223a317d	2026-11-27 00:25:37.287061+00
11	accounting-detail	\\x31373331383039372d633131622d613564632d363531652d376532353533643163656663	74850bd1-79dc-397f-ba48-821036eb47e3	17318097-c11b-a5dc-651e-7e2553d1cefc	\N	\\x7b2261637475616c4964223a2231373331383039372d633131622d613564632d363531652d376532353533643163656663222c22636f6d70616e79223a2275736d66222c22766f7563686572223a225553562d3030303034222c226163636f756e74696e6744617465223a22323032362d30392d3038222c2265786368616e676552617465223a223130302e30303030303030303030222c226163636f756e74696e6743757272656e6379223a22555344222c226163636f756e74696e67416d6f756e74223a22323030302e30303030222c2273616c6573546178416d6f756e74223a22302e30303030222c22736f75726365223a226a6f75726e616c222c22736f757263654e756d626572223a225553504d2d30303032222c22706f7374696e6756657273696f6e223a317d	2026-11-27 00:25:37.287061+00
12	accounting-detail	\\x32663839346236612d373037612d333738332d643162652d626634626437323366363537	a64c7fc3-9cb9-9537-9c50-9be3f65f3b0c	2f894b6a-707a-3783-d1be-bf4bd723f657	\N	\\x7b2261637475616c4964223a2232663839346236612d373037612d333738332d643162652d626634626437323366363537222c22636f6d70616e79223a2275736d66222c22766f7563686572223a225553562d3030303035222c226163636f756e74696e6744617465223a22323032362d30392d3032222c2265786368616e676552617465223a223130302e30303030303030303030222c226163636f756e74696e6743757272656e6379223a22555344222c226163636f756e74696e67416d6f756e74223a22313630302e30303030222c2273616c6573546178416d6f756e74223a22302e30303030222c22736f75726365223a226a6f75726e616c222c22736f757263654e756d626572223a225553504d2d30303032222c22706f7374696e6756657273696f6e223a317d	2026-11-27 00:25:37.287061+00
13	accounting-detail	\\x35636336333733622d363063382d386531392d333834362d623731396261386433643637	e24c1191-c0db-e72b-61ff-6f6d3ffcfe85	5cc6373b-60c8-8e19-3846-b719ba8d3d67	\N	\\x7b2261637475616c4964223a2235636336333733622d363063382d386531392d333834362d623731396261386433643637222c22636f6d70616e79223a2275736d66222c22766f7563686572223a225553562d3030303036222c226163636f756e74696e6744617465223a22323032362d30392d3037222c2265786368616e676552617465223a223130302e30303030303030303030222c226163636f756e74696e6743757272656e6379223a22555344222c226163636f756e74696e67416d6f756e74223a22323030302e30303030222c2273616c6573546178416d6f756e74223a22302e30303030222c22736f75726365223a226a6f75726e616c222c22736f757263654e756d626572223a225553504d2d30303032222c22706f7374696e6756657273696f6e223a317d	2026-11-27 00:25:37.287061+00
14	accounting-detail	\\x38383336333531342d626237612d616466642d393562372d313866313236613161616263	a54f4c72-9a5e-4d1a-89c0-86a576a65135	88363514-bb7a-adfd-95b7-18f126a1aabc	\N	\\x7b2261637475616c4964223a2238383336333531342d626237612d616466642d393562372d313866313236613161616263222c22636f6d70616e79223a2275736d66222c22766f7563686572223a225553562d3030303037222c226163636f756e74696e6744617465223a22323032362d30392d3038222c2265786368616e676552617465223a223130382e30303030303030303030222c226163636f756e74696e6743757272656e6379223a22555344222c226163636f756e74696e67416d6f756e74223a22333234302e30303030222c2273616c6573546178416d6f756e74223a22302e30303030222c22736f75726365223a226a6f75726e616c222c22736f757263654e756d626572223a225553504d2d30303032222c22706f7374696e6756657273696f6e223a317d	2026-11-27 00:25:37.287061+00
15	accounting-detail	\\x61303762396434322d653736612d353864362d303534372d313030376339376239373034	1d9f7cb5-a3c2-6151-6aad-29e442207c74	a07b9d42-e76a-58d6-0547-1007c97b9704	\N	\\x7b2261637475616c4964223a2261303762396434322d653736612d353864362d303534372d313030376339376239373034222c22636f6d70616e79223a2275736d66222c22766f7563686572223a225553562d3030303038222c226163636f756e74696e6744617465223a22323032362d30392d3039222c2265786368616e676552617465223a223130302e30303030303030303030222c226163636f756e74696e6743757272656e6379223a22555344222c226163636f756e74696e67416d6f756e74223a22313630302e30303030222c2273616c6573546178416d6f756e74223a22302e30303030222c22736f75726365223a226a6f75726e616c222c22736f757263654e756d626572223a225553504d2d30303032222c22706f7374696e6756657273696f6e223a317d	2026-11-27 00:25:37.287061+00
16	accounting-detail	\\x61613461333266302d346235322d616138662d636533382d306430316133343463306338	ce433d31-d46d-c830-b80b-7b80ef7773d1	aa4a32f0-4b52-aa8f-ce38-0d01a344c0c8	\N	\\x7b2261637475616c4964223a2261613461333266302d346235322d616138662d636533382d306430316133343463306338222c22636f6d70616e79223a2275736d66222c22766f7563686572223a225553562d3030303039222c226163636f756e74696e6744617465223a22323032362d30392d3032222c2265786368616e676552617465223a223130302e30303030303030303030222c226163636f756e74696e6743757272656e6379223a22555344222c226163636f756e74696e67416d6f756e74223a223830302e30303030222c2273616c6573546178416d6f756e74223a22302e30303030222c22736f75726365223a226a6f75726e616c222c22736f757263654e756d626572223a225553504d2d30303032222c22706f7374696e6756657273696f6e223a317d	2026-11-27 00:25:37.287061+00
17	accounting-detail	\\x62636535663030392d303932622d313730642d393463612d666164366261373366383736	2a2909df-79a0-57cc-f2d1-0d565a1215ee	bce5f009-092b-170d-94ca-fad6ba73f876	\N	\\x7b2261637475616c4964223a2262636535663030392d303932622d313730642d393463612d666164366261373366383736222c22636f6d70616e79223a2275736d66222c22766f7563686572223a225553562d3030303130222c226163636f756e74696e6744617465223a22323032362d30392d3034222c2265786368616e676552617465223a223130302e30303030303030303030222c226163636f756e74696e6743757272656e6379223a22555344222c226163636f756e74696e67416d6f756e74223a223335302e30303030222c2273616c6573546178416d6f756e74223a22302e30303030222c22736f75726365223a226a6f75726e616c222c22736f757263654e756d626572223a225553504d2d30303032222c22706f7374696e6756657273696f6e223a317d	2026-11-27 00:25:37.287061+00
18	accounting-detail	\\x64663366653266632d623337302d303436362d356662352d383331313461346336623463	7d386011-7610-9d50-ee07-56bb67c4eb6f	df3fe2fc-b370-0466-5fb5-83114a4c6b4c	\N	\\x7b2261637475616c4964223a2264663366653266632d623337302d303436362d356662352d383331313461346336623463222c22636f6d70616e79223a2275736d66222c22766f7563686572223a225553562d3030303131222c226163636f756e74696e6744617465223a22323032362d30392d3033222c2265786368616e676552617465223a223130302e30303030303030303030222c226163636f756e74696e6743757272656e6379223a22555344222c226163636f756e74696e67416d6f756e74223a223430302e30303030222c2273616c6573546178416d6f756e74223a22302e30303030222c22736f75726365223a226a6f75726e616c222c22736f757263654e756d626572223a225553504d2d30303032222c22706f7374696e6756657273696f6e223a317d	2026-11-27 00:25:37.287061+00
19	accounting-detail	\\x65383465623061352d346365322d353665342d623839382d636236356632313835623135	4c8aa6c9-8bc5-732e-df25-c0ea7b0e3026	e84eb0a5-4ce2-56e4-b898-cb65f2185b15	\N	\\x7b2261637475616c4964223a2265383465623061352d346365322d353665342d623839382d636236356632313835623135222c22636f6d70616e79223a2275736d66222c22766f7563686572223a225553562d3030303132222c226163636f756e74696e6744617465223a22323032362d30392d3033222c2265786368616e676552617465223a223130302e30303030303030303030222c226163636f756e74696e6743757272656e6379223a22555344222c226163636f756e74696e67416d6f756e74223a22313230302e30303030222c2273616c6573546178416d6f756e74223a22302e30303030222c22736f75726365223a226a6f75726e616c222c22736f757263654e756d626572223a225553504d2d30303032222c22706f7374696e6756657273696f6e223a317d	2026-11-27 00:25:37.287061+00
20	accounting-detail	\\x66626631313839322d633962652d336364642d313362312d333636313232383936383962	35ef4a72-1a8b-3f99-016d-c32c23e15725	fbf11892-c9be-3cdd-13b1-36612289689b	\N	\\x7b2261637475616c4964223a2266626631313839322d633962652d336364642d313362312d333636313232383936383962222c22636f6d70616e79223a2275736d66222c22766f7563686572223a225553562d3030303133222c226163636f756e74696e6744617465223a22323032362d30392d3033222c2265786368616e676552617465223a223130302e30303030303030303030222c226163636f756e74696e6743757272656e6379223a22555344222c226163636f756e74696e67416d6f756e74223a223830302e30303030222c2273616c6573546178416d6f756e74223a22302e30303030222c22736f75726365223a226a6f75726e616c222c22736f757263654e756d626572223a225553504d2d30303032222c22706f7374696e6756657273696f6e223a317d	2026-11-27 00:25:37.287061+00
21	actual-created.dead-letter	\\x78	bf2d9232-e8a4-b330-2948-3066df612e51	bf2d9232-e8a4-b330-2948-3066df612e51	{"\\\\x6c65646765726275732d636f6465","\\\\x6e6f742d6a736f6e","\\\\x6c65646765726275732d726561736f6e","\\\\x7468652076616c7565206973206e6f742061204a534f4e206f626a6563743a206c696e6520312c206279746520303a206e6f74204a534f4e3a206120776f7264206973206e6f6e65206f6620747275652c2066616c736520616e64206e756c6c","\\\\x6c65646765726275732d636f6e73756d6572","\\\\x66696e616e63652d636f6e73756d6572","\\\\x6c65646765726275732d746f706963","\\\\x61637475616c2d63726561746564","\\\\x6c65646765726275732d706172746974696f6e","\\\\x33","\\\\x6c65646765726275732d6f6666736574","\\\\x36","\\\\x6c65646765726275732d7061796c6f61642d73697a65","\\\\x38","\\\\x6c65646765726275732d7061796c6f61642d736861323536","\\\\x39393961616138363435626237326666353939653134336231653364326139343737373132376634373833613639663036373235316637626265626335616236"}	\\x6e6f6e73656e7365	2026-11-27 00:25:39.090823+00
\.

COPY public.outbox_lease (only_row, owner, epoch, expires_at, cluster_id, last_failure, last_failure_at) FROM stdin;
t	posting-consumer relay@host/25692	1	-infinity	mockClusterc524884180	\N	\N
\.

COPY public.outbox_pending (id, bytes) FROM stdin;
\.

COPY public.payment_terms (data_area_id, payment_terms, days) FROM stdin;
usmf	Net 30	30
\.

COPY public.posting_accounts (data_area_id, posting_type, relation, number, main_account) FROM stdin;
usmf	cost	company		610100
usmf	payroll-allocation	company		610900
usmf	expense-offset	company		210300
usmf	wip-sales-value	company		150100
usmf	accrued-revenue-sales-value	company		410900
usmf	invoiced-revenue	company		410100
usmf	wip-invoiced-on-account	company		150200
usmf	customer-balance	company		130100
usmf	sales-tax	company		220100
usmf	penny-difference	company		618900
demf	cost	company		610100
demf	payroll-allocation	company		610900
demf	wip-sales-value	company		150100
demf	accrued-revenue-sales-value	company		410900
\.

COPY public.posting_requests (command_id, data_area_id, kind, number, invoice_date, requested_by, requested_at, status, epoch, lease_expires_at, worker, attempts, processing_since, rows_done, error, error_code, note, finished_at) FROM stdin;
f6170db9-3ee3-b56b-187b-5e21631c074a	usmf	journal	USPM-0001	\N	root	2026-11-27 00:25:35.98215+00	Posted	1	\N	posting-consumer@host/25692 2	1	2026-11-27 00:25:35.984961+00	1	\N	\N	\N	2026-11-27 00:25:35.98565+00
7977e531-ae1d-11d9-bde6-c9acbca71c0d	usmf	proposal	PI-000001	\N	root	2026-11-27 00:25:36.430528+00	Posted	1	\N	posting-consumer@host/25692 1	1	2026-11-27 00:25:36.431754+00	1	\N	\N	\N	2026-11-27 00:25:36.432466+00
2dbff5de-6804-f659-439f-9b22ba5952c7	demf	journal	DEPM-0001	\N	root	2026-11-27 00:25:37.276038+00	Posted	1	\N	posting-consumer@host/25692 2	1	2026-11-27 00:25:37.27802+00	2	\N	\N	\N	2026-11-27 00:25:37.278676+00
bc967383-9c10-3b2e-def2-f8ff972ed805	usmf	journal	USPM-0002	\N	root	2026-11-27 00:25:37.276038+00	Posted	1	\N	posting-consumer@host/25692 1	1	2026-11-27 00:25:37.286389+00	11	\N	\N	\N	2026-11-27 00:25:37.287061+00
\.

COPY public.prepayment_settlements (data_area_id, prepayment_actual_id, settling_actual_id, proposal_number, amount, accounting_amount, reporting_amount) FROM stdin;
\.

COPY public.project_categories (data_area_id, category_id, transaction_class, item_sales_tax_group, is_default) FROM stdin;
usmf	Consulting	Time	SERVICE	t
usmf	Travel	Expense	\N	t
usmf	Milestone	Milestone	SERVICE	t
usmf	Retainer	Retainer	\N	t
demf	Consulting	Time	\N	t
\.

COPY public.project_groups (data_area_id, project_number, project_group) FROM stdin;
\.

COPY public.project_invoice_bookings (data_area_id, proposal_number, booking_number, chargeable, project_number, revenue_posting_type, revenue_account, customer_account, sales_tax_account, transaction_origin, sales_tax_codes, percentages, included, non_deductible_percentages, books_non_deductible_with_line, discount_account, fee_posting_type, fee_account) FROM stdin;
usmf	PI-000001	1	t	PRJ-ERP	wip-invoiced-on-account	150200	130100	\N	Prepayment	{}	{}	{}	{}	f	\N	\N	\N
\.

COPY public.project_invoice_lines (data_area_id, proposal_number, line_number, actual_id, unbilled_actual_id, booking_number, sales_taxes, sales_tax_amount, accounting_amount, accrual_reversed, fee_actual_id, fee_accrual_reversed, reporting_amount, reporting_accrual_reversed) FROM stdin;
usmf	PI-000001	1	7a2bc76a-7939-1fc3-a127-af51fcb27bfc	e6708a85-aabe-505e-76be-d3a885fca80f	1	{}	0.0000	3000.0000	0.0000	\N	0.0000	\N	\N
\.

COPY public.project_invoices (data_area_id, customer_invoice_number, proposal_number, invoice_id, voucher, invoice_date, due_date, contract_number, customer_account, currency, line_amount, sales_tax_amount, invoice_amount, exchange_rate, accounting_invoice_amount, accounting_detail_amount, reporting_exchange_rate, reporting_invoice_amount, reporting_detail_amount, line_count, posted_at) FROM stdin;
usmf	CIV-0001	PI-000001	b029c737-659d-7ec2-65d4-426fb755dc58	USV-00002	2026-09-01	2026-10-01	ORD-1	US-001	USD	3000.0000	0.0000	3000.0000	100.0000000000	3000.0000	3000.0000	\N	\N	\N	1	2026-11-27 00:25:36.432466+00
\.

COPY public.project_parameters (data_area_id, journal_period_unit, journal_line_limit, set_accounting_date_to_open_period, transfer_lines_with_posting_errors, validate_actuals, validation_wait_minutes, stuck_after_hours, approve_proposals, most_days_to_open_period, exchange_rate_date, credit_exchange_rate, sales_tax_group_method, milestone_item_sales_tax_group, material_item_sales_tax_group_from, beginning_balance_date, retainer_item_sales_tax_group, line_discount_category, non_deductible_sales_tax) FROM stdin;
usmf	months	200	t	t	f	5	24	f	31	accounting	invoice	search	SERVICE	category	\N	\N	\N	payable
demf	months	200	t	t	f	5	24	f	31	accounting	invoice	search	\N	category	\N	\N	\N	payable
\.

COPY public.project_transactions (data_area_id, actual_id, journal_number, voucher, transaction_type, transaction_class, project_number, contract_number, category_id, line_property_id, transaction_date, accounting_date, quantity, currency, amount, exchange_rate, accounting_amount, reporting_exchange_rate, reporting_amount, undeducted_discount, source_actual_id, accrued, wip_account, accrued_revenue_account) FROM stdin;
usmf	e6708a85-aabe-505e-76be-d3a885fca80f	USPM-0001	USV-00001	Unbilled Sales	Retainer	PRJ-ERP	ORD-1	Retainer	Charge	2026-09-01	2026-09-01	-1.0000	USD	-3000.0000	100.0000000000	-3000.0000	\N	\N	\N	\N	f	\N	\N
usmf	1473fa63-aad4-22a0-31fa-0b16e17aa5fa	USPM-0002	USV-00003	Unbilled Sales	Expense	PRJ-ERP	ORD-1	Travel	Charge	2026-09-04	2026-09-04	1.0000	USD	350.0000	100.0000000000	350.0000	\N	\N	\N	\N	t	150100	410900
usmf	17318097-c11b-a5dc-651e-7e2553d1cefc	USPM-0002	USV-00004	Cost	Time	PRJ-LIFT	ORD-3	Consulting	CostOnly	2026-09-08	2026-09-08	20.0000	USD	2000.0000	100.0000000000	2000.0000	\N	\N	\N	\N	f	\N	\N
usmf	2f894b6a-707a-3783-d1be-bf4bd723f657	USPM-0002	USV-00005	Unbilled Sales	Time	PRJ-ERP	ORD-1	Consulting	Charge	2026-09-02	2026-09-02	8.0000	USD	1600.0000	100.0000000000	1600.0000	\N	\N	\N	\N	t	150100	410900
usmf	5cc6373b-60c8-8e19-3846-b719ba8d3d67	USPM-0002	USV-00006	Unbilled Sales	Time	PRJ-ERP	ORD-1	Consulting	Charge	2026-09-07	2026-09-07	10.0000	USD	2000.0000	100.0000000000	2000.0000	\N	\N	\N	\N	t	150100	410900
usmf	88363514-bb7a-adfd-95b7-18f126a1aabc	USPM-0002	USV-00007	Unbilled Sales	Time	PRJ-LIFT	ORD-3	Consulting	Charge	2026-09-08	2026-09-08	20.0000	EUR	3000.0000	108.0000000000	3240.0000	\N	\N	\N	\N	t	150100	410900
usmf	a07b9d42-e76a-58d6-0547-1007c97b9704	USPM-0002	USV-00008	Cost	Time	PRJ-SHOP	ORD-2	Consulting	CostOnly	2026-09-09	2026-09-09	16.0000	USD	1600.0000	100.0000000000	1600.0000	\N	\N	\N	\N	f	\N	\N
usmf	aa4a32f0-4b52-aa8f-ce38-0d01a344c0c8	USPM-0002	USV-00009	Cost	Time	PRJ-ERP	ORD-1	Consulting	CostOnly	2026-09-02	2026-09-02	8.0000	USD	800.0000	100.0000000000	800.0000	\N	\N	\N	\N	f	\N	\N
usmf	bce5f009-092b-170d-94ca-fad6ba73f876	USPM-0002	USV-00010	Cost	Expense	PRJ-ERP	ORD-1	Travel	CostOnly	2026-09-04	2026-09-04	1.0000	USD	350.0000	100.0000000000	350.0000	\N	\N	\N	\N	f	\N	\N
usmf	df3fe2fc-b370-0466-5fb5-83114a4c6b4c	USPM-0002	USV-00011	Unbilled Sales	Time	PRJ-ERP	ORD-1	Consulting	NonCharge	2026-09-03	2026-09-03	2.0000	USD	400.0000	100.0000000000	400.0000	\N	\N	\N	\N	f	\N	\N
usmf	e84eb0a5-4ce2-56e4-b898-cb65f2185b15	USPM-0002	USV-00012	Unbilled Sales	Time	PRJ-ERP	ORD-1	Consulting	Charge	2026-09-03	2026-09-03	6.0000	USD	1200.0000	100.0000000000	1200.0000	\N	\N	\N	\N	t	150100	410900
usmf	fbf11892-c9be-3cdd-13b1-36612289689b	USPM-0002	USV-00013	Cost	Time	PRJ-ERP	ORD-1	Consulting	CostOnly	2026-09-03	2026-09-03	8.0000	USD	800.0000	100.0000000000	800.0000	\N	\N	\N	\N	f	\N	\N
\.

COPY public.proposal_approvals (step, data_area_id, proposal_number, action, done_by, done_at, comment) FROM stdin;
\.

COPY public.released_products (data_area_id, product_number, item_sales_tax_group) FROM stdin;
\.

COPY public.reporting_exchange_rates (data_area_id, currency, valid_from, rate) FROM stdin;
\.

COPY public.reversals_posted_first (data_area_id, original_actual_id, reversing_actual_id) FROM stdin;
\.

COPY public.sales_tax_codes (data_area_id, sales_tax_code, name, included, non_deductible) FROM stdin;
usmf	STATE	State sales tax	f	0.000000
usmf	CITY	City sales tax	f	0.000000
\.

COPY public.sales_tax_edits (data_area_id, actual_id, sales_tax_group, item_sales_tax_group, edited_by, edited_at) FROM stdin;
\.

COPY public.sales_tax_group_defaults (data_area_id, relation, number, sales_tax_group) FROM stdin;
usmf	customer	US-001	LOCAL
usmf	customer	US-002	LOCAL
\.

COPY public.sales_tax_groups (data_area_id, sales_tax_group, sales_tax_code) FROM stdin;
usmf	LOCAL	STATE
usmf	LOCAL	CITY
\.

COPY public.sales_tax_rates (data_area_id, sales_tax_code, valid_from, valid_to, percentage) FROM stdin;
usmf	STATE	0001-01-01	\N	6.500000
usmf	CITY	0001-01-01	\N	2.250000
\.

COPY public.sales_tax_transactions (data_area_id, voucher, sales_tax_code, name, currency, percentage, included, base_amount, tax_amount, non_deductible_amount, accounting_base_amount, accounting_tax_amount, reporting_tax_amount) FROM stdin;
\.

COPY public.schema_migrations (version, name, applied_at, checksum) FROM stdin;
1	finance: bus, set-up, staging, journals, documents	2026-11-27 00:25:30.963496+00	33a3afef795f7bd4
\.

COPY public.setup_version (only_row, version) FROM stdin;
t	63
\.

COPY public.staging_batches_pending (data_area_id, batch_id, row_count, staged_at) FROM stdin;
\.

COPY public.transaction_connections (data_area_id, connection_id, row_version, transaction1_id, transaction1_role, transaction1_type, transaction2_id, transaction2_role, transaction2_type) FROM stdin;
usmf	c4cba459-2d7e-a704-84ac-f19a1eee5faa	1	7a2bc76a-7939-1fc3-a127-af51fcb27bfc	Billed Sales	msdyn_actual	e6708a85-aabe-505e-76be-d3a885fca80f	Unbilled Sales	msdyn_actual
usmf	4632cf02-cd7e-cdab-5e29-79cdb5a7a427	1	5cc6373b-60c8-8e19-3846-b719ba8d3d67	Unbilled Sales	msdyn_actual	74948f32-2d6a-aa1d-28f6-601c43a847c3	Cost	msdyn_actual
usmf	5585371c-03a7-9953-f989-cf929f794008	1	df3fe2fc-b370-0466-5fb5-83114a4c6b4c	Unbilled Sales	msdyn_actual	fbf11892-c9be-3cdd-13b1-36612289689b	Cost	msdyn_actual
usmf	651d7f38-9695-836d-af5c-8d0da8661b34	1	1473fa63-aad4-22a0-31fa-0b16e17aa5fa	Unbilled Sales	msdyn_actual	bce5f009-092b-170d-94ca-fad6ba73f876	Cost	msdyn_actual
usmf	93660584-04e1-c9b9-501e-423882c66554	1	88363514-bb7a-adfd-95b7-18f126a1aabc	Unbilled Sales	msdyn_actual	17318097-c11b-a5dc-651e-7e2553d1cefc	Cost	msdyn_actual
usmf	a46f86b3-7f8d-9c3f-93b6-8984fdec11cf	1	2f894b6a-707a-3783-d1be-bf4bd723f657	Unbilled Sales	msdyn_actual	aa4a32f0-4b52-aa8f-ce38-0d01a344c0c8	Cost	msdyn_actual
usmf	f4f05fc8-a8dc-ad12-6938-89f1e6e6dbda	1	e84eb0a5-4ce2-56e4-b898-cb65f2185b15	Unbilled Sales	msdyn_actual	fbf11892-c9be-3cdd-13b1-36612289689b	Cost	msdyn_actual
usmf	00a6a8f7-121b-e4ad-bdf7-008789d5723d	1	3df5b1c6-0c72-acf1-ed5f-a350c59c8016	Billed Sales	msdyn_actual	e6708a85-aabe-505e-76be-d3a885fca80f	Unbilled Sales	msdyn_actual
usmf	338a14be-82d7-8a8f-9c76-01abcb1fe3e5	1	4e71f95a-3515-6279-8657-ab9a25d111a8	Reversing	msdyn_actual	5cc6373b-60c8-8e19-3846-b719ba8d3d67	Original	msdyn_actual
usmf	3a5718d6-1832-7360-ab9c-bf7255ef3f6f	1	b89d34fb-eb60-92c9-4895-9529d6ccda2a	Reversing	msdyn_actual	e6708a85-aabe-505e-76be-d3a885fca80f	Original	msdyn_actual
usmf	25a3732b-57f9-fa2b-785d-b75196e99d53	1	caf8e07b-ff0f-9d7e-efd4-6d3eed38936e	Billed Sales	msdyn_actual	5cc6373b-60c8-8e19-3846-b719ba8d3d67	Unbilled Sales	msdyn_actual
usmf	3bdf9416-7e48-93e7-459d-840a272ec598	1	02ce1048-89c5-6858-7aed-c69717c50bf8	Reversing	msdyn_actual	df3fe2fc-b370-0466-5fb5-83114a4c6b4c	Original	msdyn_actual
usmf	621d0e49-a411-83fd-6b06-a8cc8341151a	1	b28502a3-0294-590f-08ed-15b8c9bef18b	Reversing	msdyn_actual	1473fa63-aad4-22a0-31fa-0b16e17aa5fa	Original	msdyn_actual
usmf	8235577b-d41f-ddc9-d92a-bf0ddba2658f	1	f1c9c8d1-ddda-8816-e0f5-7327d20a9661	Billed Sales	msdyn_actual	1473fa63-aad4-22a0-31fa-0b16e17aa5fa	Unbilled Sales	msdyn_actual
usmf	904b1d52-a9d7-8bf0-f330-dc71996d9a58	1	3ae38c67-2809-821b-00b4-5f59eece442e	Billed Sales	msdyn_actual	e84eb0a5-4ce2-56e4-b898-cb65f2185b15	Unbilled Sales	msdyn_actual
usmf	9fa6bf8f-b289-7f47-4342-85801cc31778	1	e3d9484a-e23d-1041-8c8b-d36b4520c2dd	Reversing	msdyn_actual	e84eb0a5-4ce2-56e4-b898-cb65f2185b15	Original	msdyn_actual
usmf	bdaad3ba-0283-ffa0-d532-770085242546	1	d5009f0b-faf7-aec9-038a-7fb30eb64f06	Billed Sales	msdyn_actual	df3fe2fc-b370-0466-5fb5-83114a4c6b4c	Unbilled Sales	msdyn_actual
usmf	e3f27ddc-e791-0799-eddc-2525336fb8a9	1	ecad2569-60fc-8a48-94c5-0e73a7b53c17	Reversing	msdyn_actual	2f894b6a-707a-3783-d1be-bf4bd723f657	Original	msdyn_actual
usmf	fbfc5ca7-6876-6e8b-19aa-e83d8a6ac8dc	1	4a000f13-b0d9-c5f3-0b79-54c5c3a28469	Billed Sales	msdyn_actual	2f894b6a-707a-3783-d1be-bf4bd723f657	Unbilled Sales	msdyn_actual
usmf	162f26a3-354d-1fc8-f86f-b8fee8baf963	1	1f8f986d-144f-ded4-dcdb-bfd8197a7b56	Reversing	msdyn_actual	88363514-bb7a-adfd-95b7-18f126a1aabc	Original	msdyn_actual
usmf	467a3dcf-8377-38d5-287b-26064e0ee64b	1	dbac0d14-fa0a-7fa8-b13a-a22920931435	Billed Sales	msdyn_actual	88363514-bb7a-adfd-95b7-18f126a1aabc	Unbilled Sales	msdyn_actual
\.

SELECT pg_catalog.setval('public.dead_letters_id_seq', 1, true);

SELECT pg_catalog.setval('public.execution_log_id_seq', 1, false);

SELECT pg_catalog.setval('public.held_messages_id_seq', 1, false);

SELECT pg_catalog.setval('public.invoices_to_check_mark_seq', 10, true);

SELECT pg_catalog.setval('public.outbox_id_seq', 21, true);

SELECT pg_catalog.setval('public.proposal_approvals_step_seq', 1, false);

SELECT pg_catalog.setval('public.staging_batch', 9, true);

ALTER TABLE ONLY public.accounting_profiles
    ADD CONSTRAINT accounting_profiles_pkey PRIMARY KEY (data_area_id, relation, number);

ALTER TABLE ONLY public.accrued_revenue_journal_lines
    ADD CONSTRAINT accrued_revenue_journal_lines_pkey PRIMARY KEY (data_area_id, journal_number, line_number);

ALTER TABLE ONLY public.accrued_revenue_journals
    ADD CONSTRAINT accrued_revenue_journals_pkey PRIMARY KEY (data_area_id, journal_number);

ALTER TABLE ONLY public.actuals_staging
    ADD CONSTRAINT actuals_staging_pkey PRIMARY KEY (actual_id);

ALTER TABLE ONLY public.actuals_to_import
    ADD CONSTRAINT actuals_to_import_pkey PRIMARY KEY (data_area_id, actual_id);

ALTER TABLE ONLY public.blocked_actuals
    ADD CONSTRAINT blocked_actuals_pkey PRIMARY KEY (data_area_id, actual_id);

ALTER TABLE ONLY public.cluster_binding
    ADD CONSTRAINT cluster_binding_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY public.companies
    ADD CONSTRAINT companies_pkey PRIMARY KEY (data_area_id);

ALTER TABLE ONLY public.consumer_positions
    ADD CONSTRAINT consumer_positions_pkey PRIMARY KEY (consumer, topic, partition);

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (data_area_id, customer_account);

ALTER TABLE ONLY public.dead_letters
    ADD CONSTRAINT dead_letters_id_key UNIQUE (id);

ALTER TABLE ONLY public.dead_letters
    ADD CONSTRAINT dead_letters_pkey PRIMARY KEY (cluster_id, topic, partition, message_offset, payload_sha256);

ALTER TABLE ONLY public.exchange_rates
    ADD CONSTRAINT exchange_rates_pkey PRIMARY KEY (data_area_id, currency, valid_from);

ALTER TABLE ONLY public.execution_log
    ADD CONSTRAINT execution_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.fiscal_periods
    ADD CONSTRAINT fiscal_periods_pkey PRIMARY KEY (data_area_id, starts_on);

ALTER TABLE ONLY public.fixed_rate_agreements
    ADD CONSTRAINT fixed_rate_agreements_pkey PRIMARY KEY (data_area_id, contract_number, currency);

ALTER TABLE ONLY public.held_messages
    ADD CONSTRAINT held_messages_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.integration_journal_lines
    ADD CONSTRAINT integration_journal_lines_data_area_id_actual_id_key UNIQUE (data_area_id, actual_id);

ALTER TABLE ONLY public.integration_journal_lines
    ADD CONSTRAINT integration_journal_lines_pkey PRIMARY KEY (data_area_id, journal_number, line_number);

ALTER TABLE ONLY public.integration_journals
    ADD CONSTRAINT integration_journals_pkey PRIMARY KEY (data_area_id, journal_number);

ALTER TABLE ONLY public.intercompany_relations
    ADD CONSTRAINT intercompany_relations_pkey PRIMARY KEY (data_area_id, borrowing_company);

ALTER TABLE ONLY public.invoice_arrivals
    ADD CONSTRAINT invoice_arrivals_pkey PRIMARY KEY (data_area_id, invoice_id, partition);

ALTER TABLE ONLY public.invoice_confirmations
    ADD CONSTRAINT invoice_confirmations_pkey PRIMARY KEY (event_id);

ALTER TABLE ONLY public.invoice_documents
    ADD CONSTRAINT invoice_documents_pkey PRIMARY KEY (data_area_id, customer_invoice_number);

ALTER TABLE ONLY public.invoice_proposal_lines
    ADD CONSTRAINT invoice_proposal_lines_data_area_id_actual_id_key UNIQUE (data_area_id, actual_id);

ALTER TABLE ONLY public.invoice_proposal_lines
    ADD CONSTRAINT invoice_proposal_lines_pkey PRIMARY KEY (data_area_id, proposal_number, line_number);

ALTER TABLE ONLY public.invoice_proposals
    ADD CONSTRAINT invoice_proposals_invoice_id_data_area_id_key UNIQUE (invoice_id, data_area_id);

ALTER TABLE ONLY public.invoice_proposals
    ADD CONSTRAINT invoice_proposals_pkey PRIMARY KEY (data_area_id, proposal_number);

ALTER TABLE ONLY public.invoices_to_check
    ADD CONSTRAINT invoices_to_check_pkey PRIMARY KEY (data_area_id, invoice_id, mark);

ALTER TABLE ONLY public.item_sales_tax_groups
    ADD CONSTRAINT item_sales_tax_groups_pkey PRIMARY KEY (data_area_id, item_sales_tax_group, sales_tax_code);

ALTER TABLE ONLY public.ledger_entries
    ADD CONSTRAINT ledger_entries_pkey PRIMARY KEY (data_area_id, voucher, entry_number);

ALTER TABLE ONLY public.legal_entities
    ADD CONSTRAINT legal_entities_pkey PRIMARY KEY (data_area_id);

ALTER TABLE ONLY public.line_properties
    ADD CONSTRAINT line_properties_pkey PRIMARY KEY (data_area_id, billing_type);

ALTER TABLE ONLY public.lost_invoices
    ADD CONSTRAINT lost_invoices_pkey PRIMARY KEY (data_area_id, invoice_id);

ALTER TABLE ONLY public.number_sequence_gaps
    ADD CONSTRAINT number_sequence_gaps_pkey PRIMARY KEY (data_area_id, sequence, first);

ALTER TABLE ONLY public.number_sequences
    ADD CONSTRAINT number_sequences_pkey PRIMARY KEY (data_area_id, sequence);

ALTER TABLE ONLY public.on_account_transactions
    ADD CONSTRAINT on_account_transactions_pkey PRIMARY KEY (data_area_id, actual_id);

ALTER TABLE ONLY public.out_of_sync_actuals
    ADD CONSTRAINT out_of_sync_actuals_pkey PRIMARY KEY (data_area_id, actual_id, row_version);

ALTER TABLE ONLY public.outbox_lease
    ADD CONSTRAINT outbox_lease_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY public.outbox_pending
    ADD CONSTRAINT outbox_pending_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.payment_terms
    ADD CONSTRAINT payment_terms_pkey PRIMARY KEY (data_area_id, payment_terms);

ALTER TABLE ONLY public.posting_accounts
    ADD CONSTRAINT posting_accounts_pkey PRIMARY KEY (data_area_id, posting_type, relation, number);

ALTER TABLE ONLY public.posting_requests
    ADD CONSTRAINT posting_requests_pkey PRIMARY KEY (command_id);

ALTER TABLE ONLY public.prepayment_settlements
    ADD CONSTRAINT prepayment_settlements_pkey PRIMARY KEY (data_area_id, prepayment_actual_id, settling_actual_id);

ALTER TABLE ONLY public.project_categories
    ADD CONSTRAINT project_categories_pkey PRIMARY KEY (data_area_id, category_id);

ALTER TABLE ONLY public.project_groups
    ADD CONSTRAINT project_groups_pkey PRIMARY KEY (data_area_id, project_number);

ALTER TABLE ONLY public.project_invoice_bookings
    ADD CONSTRAINT project_invoice_bookings_pkey PRIMARY KEY (data_area_id, proposal_number, booking_number);

ALTER TABLE ONLY public.project_invoice_lines
    ADD CONSTRAINT project_invoice_lines_pkey PRIMARY KEY (data_area_id, proposal_number, line_number);

ALTER TABLE ONLY public.project_invoices
    ADD CONSTRAINT project_invoices_data_area_id_proposal_number_key UNIQUE (data_area_id, proposal_number);

ALTER TABLE ONLY public.project_invoices
    ADD CONSTRAINT project_invoices_data_area_id_voucher_key UNIQUE (data_area_id, voucher);

ALTER TABLE ONLY public.project_invoices
    ADD CONSTRAINT project_invoices_pkey PRIMARY KEY (data_area_id, customer_invoice_number);

ALTER TABLE ONLY public.project_parameters
    ADD CONSTRAINT project_parameters_pkey PRIMARY KEY (data_area_id);

ALTER TABLE ONLY public.project_transactions
    ADD CONSTRAINT project_transactions_pkey PRIMARY KEY (data_area_id, actual_id);

ALTER TABLE ONLY public.proposal_approvals
    ADD CONSTRAINT proposal_approvals_pkey PRIMARY KEY (step);

ALTER TABLE ONLY public.released_products
    ADD CONSTRAINT released_products_pkey PRIMARY KEY (data_area_id, product_number);

ALTER TABLE ONLY public.reporting_exchange_rates
    ADD CONSTRAINT reporting_exchange_rates_pkey PRIMARY KEY (data_area_id, currency, valid_from);

ALTER TABLE ONLY public.reversals_posted_first
    ADD CONSTRAINT reversals_posted_first_pkey PRIMARY KEY (data_area_id, original_actual_id);

ALTER TABLE ONLY public.sales_tax_codes
    ADD CONSTRAINT sales_tax_codes_pkey PRIMARY KEY (data_area_id, sales_tax_code);

ALTER TABLE ONLY public.sales_tax_edits
    ADD CONSTRAINT sales_tax_edits_pkey PRIMARY KEY (data_area_id, actual_id);

ALTER TABLE ONLY public.sales_tax_group_defaults
    ADD CONSTRAINT sales_tax_group_defaults_pkey PRIMARY KEY (data_area_id, relation, number);

ALTER TABLE ONLY public.sales_tax_groups
    ADD CONSTRAINT sales_tax_groups_pkey PRIMARY KEY (data_area_id, sales_tax_group, sales_tax_code);

ALTER TABLE ONLY public.sales_tax_rates
    ADD CONSTRAINT sales_tax_rates_pkey PRIMARY KEY (data_area_id, sales_tax_code, valid_from);

ALTER TABLE ONLY public.sales_tax_transactions
    ADD CONSTRAINT sales_tax_transactions_pkey PRIMARY KEY (data_area_id, voucher, sales_tax_code, percentage, included);

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.setup_version
    ADD CONSTRAINT setup_version_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY public.staging_batches_pending
    ADD CONSTRAINT staging_batches_pending_pkey PRIMARY KEY (data_area_id, batch_id);

ALTER TABLE ONLY public.transaction_connections
    ADD CONSTRAINT transaction_connections_pkey PRIMARY KEY (data_area_id, connection_id);

CREATE INDEX accrued_revenue_journal_lines_invoice ON public.accrued_revenue_journal_lines USING btree (data_area_id, invoice_voucher);

CREATE INDEX accrued_revenue_journals_proposed ON public.accrued_revenue_journals USING btree (data_area_id) WHERE (status = 'Proposed'::text);

CREATE INDEX actuals_staging_batch ON public.actuals_staging USING btree (batch_id);

CREATE INDEX actuals_staging_invoice ON public.actuals_staging USING btree (invoice_id, data_area_id) WHERE (transaction_type = 'Billed Sales'::text);

CREATE INDEX actuals_staging_orphans ON public.actuals_staging USING btree (invoice_id) WHERE ((adjustment_status = 'Unadjustable'::text) AND (reversed_actual_id IS NULL));

CREATE INDEX actuals_staging_reversed ON public.actuals_staging USING btree (reversed_actual_id) WHERE (reversed_actual_id IS NOT NULL);

CREATE INDEX actuals_staging_source ON public.actuals_staging USING btree (source_actual_id) WHERE (source_actual_id IS NOT NULL);

CREATE INDEX actuals_staging_withdrawn ON public.actuals_staging USING btree (invoice_id) WHERE (withdrawn AND (transaction_type = 'Billed Sales'::text));

CREATE INDEX blocked_actuals_invoice ON public.blocked_actuals USING btree (invoice_id, data_area_id) WHERE (invoice_id IS NOT NULL);

CREATE INDEX blocked_actuals_setup ON public.blocked_actuals USING btree (data_area_id, setup_version);

CREATE UNIQUE INDEX held_messages_cluster_id_topic_partition_message_offset_sha_idx ON public.held_messages USING btree (cluster_id, topic, partition, message_offset, sha256(payload));

CREATE INDEX integration_journal_lines_reversals ON public.integration_journal_lines USING btree (data_area_id, journal_number) WHERE (reversed_actual_id IS NOT NULL);

CREATE INDEX integration_journals_draft ON public.integration_journals USING btree (data_area_id, period_start, journal_number) WHERE (status = 'Draft'::text);

CREATE INDEX integration_journals_unposted ON public.integration_journals USING btree (data_area_id, setup_version) WHERE (status <> 'Posted'::text);

CREATE INDEX invoice_arrivals_invoice ON public.invoice_arrivals USING btree (invoice_id);

CREATE INDEX invoice_proposal_lines_reversed ON public.invoice_proposal_lines USING btree (data_area_id, reversed_actual_id) WHERE (reversed_actual_id IS NOT NULL);

CREATE INDEX invoice_proposals_open ON public.invoice_proposals USING btree (data_area_id, contract_number) WHERE (status = 'Open'::text);

CREATE INDEX invoice_proposals_out_of_sync ON public.invoice_proposals USING btree (data_area_id) WHERE (out_of_sync IS NOT NULL);

CREATE INDEX invoice_proposals_ready ON public.invoice_proposals USING btree (lines_setup_version) WHERE (status = 'Ready'::text);

CREATE INDEX invoice_proposals_waiting ON public.invoice_proposals USING btree (data_area_id) WHERE (waiting_for_proposals IS NOT NULL);

CREATE INDEX on_account_transactions_retainers ON public.on_account_transactions USING btree (data_area_id, contract_number) WHERE (transaction_origin = ANY (ARRAY['Prepayment'::text, 'Deduction'::text]));

CREATE INDEX posting_requests_number ON public.posting_requests USING btree (data_area_id, kind, number);

CREATE INDEX posting_requests_open ON public.posting_requests USING btree (requested_at) WHERE (status = ANY (ARRAY['Draft'::text, 'Processing'::text]));

CREATE INDEX prepayment_settlements_settling ON public.prepayment_settlements USING btree (data_area_id, settling_actual_id);

CREATE UNIQUE INDEX project_categories_default ON public.project_categories USING btree (data_area_id, transaction_class) WHERE is_default;

CREATE UNIQUE INDEX project_invoice_lines_fee ON public.project_invoice_lines USING btree (data_area_id, fee_actual_id) WHERE (fee_actual_id IS NOT NULL);

CREATE UNIQUE INDEX project_invoice_lines_unbilled ON public.project_invoice_lines USING btree (data_area_id, unbilled_actual_id) WHERE (unbilled_actual_id IS NOT NULL);

CREATE INDEX project_invoices_by_date ON public.project_invoices USING btree (data_area_id, invoice_date);

CREATE INDEX project_transactions_source ON public.project_transactions USING btree (data_area_id, source_actual_id) WHERE (source_actual_id IS NOT NULL);

CREATE INDEX proposal_approvals_proposal ON public.proposal_approvals USING btree (data_area_id, proposal_number, step);

CREATE INDEX transaction_connections_cost ON public.transaction_connections USING btree (transaction2_id) WHERE ((transaction1_role = 'Unbilled Sales'::text) AND (transaction2_role = 'Cost'::text));

CREATE INDEX transaction_connections_reversing ON public.transaction_connections USING btree (transaction1_id) WHERE (transaction1_role = 'Reversing'::text);

CREATE INDEX transaction_connections_sale ON public.transaction_connections USING btree (transaction1_id) WHERE ((transaction1_role = 'Unbilled Sales'::text) AND (transaction2_role = 'Cost'::text));

CREATE TRIGGER accrued_revenue_journals_frozen BEFORE DELETE OR UPDATE ON public.accrued_revenue_journals FOR EACH ROW WHEN ((old.status = 'Posted'::text)) EXECUTE FUNCTION public.refuse_change_of_posted_correction();

CREATE TRIGGER invoice_lines_have_their_proposal AFTER INSERT ON public.project_invoice_lines REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION public.invoice_lines_have_their_proposal();

CREATE TRIGGER invoice_proposals_no_delete BEFORE DELETE ON public.invoice_proposals FOR EACH ROW EXECUTE FUNCTION public.refuse_proposal_deletion();

CREATE TRIGGER invoice_proposals_no_truncate BEFORE TRUNCATE ON public.invoice_proposals FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_proposal_deletion();

CREATE TRIGGER outbox_pending AFTER INSERT ON public.outbox REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION public.outbox_rows_are_pending();

CREATE TRIGGER setup_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.accounting_profiles FOR EACH STATEMENT EXECUTE FUNCTION public.setup_changed();

CREATE TRIGGER setup_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.companies FOR EACH STATEMENT EXECUTE FUNCTION public.setup_changed();

CREATE TRIGGER setup_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.exchange_rates FOR EACH STATEMENT EXECUTE FUNCTION public.setup_changed();

CREATE TRIGGER setup_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.fiscal_periods FOR EACH STATEMENT EXECUTE FUNCTION public.setup_changed();

CREATE TRIGGER setup_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.fixed_rate_agreements FOR EACH STATEMENT EXECUTE FUNCTION public.setup_changed();

CREATE TRIGGER setup_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.intercompany_relations FOR EACH STATEMENT EXECUTE FUNCTION public.setup_changed();

CREATE TRIGGER setup_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.item_sales_tax_groups FOR EACH STATEMENT EXECUTE FUNCTION public.setup_changed();

CREATE TRIGGER setup_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.line_properties FOR EACH STATEMENT EXECUTE FUNCTION public.setup_changed();

CREATE TRIGGER setup_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.payment_terms FOR EACH STATEMENT EXECUTE FUNCTION public.setup_changed();

CREATE TRIGGER setup_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.posting_accounts FOR EACH STATEMENT EXECUTE FUNCTION public.setup_changed();

CREATE TRIGGER setup_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.project_categories FOR EACH STATEMENT EXECUTE FUNCTION public.setup_changed();

CREATE TRIGGER setup_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.project_groups FOR EACH STATEMENT EXECUTE FUNCTION public.setup_changed();

CREATE TRIGGER setup_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.project_parameters FOR EACH STATEMENT EXECUTE FUNCTION public.setup_changed();

CREATE TRIGGER setup_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.released_products FOR EACH STATEMENT EXECUTE FUNCTION public.setup_changed();

CREATE TRIGGER setup_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.reporting_exchange_rates FOR EACH STATEMENT EXECUTE FUNCTION public.setup_changed();

CREATE TRIGGER setup_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.sales_tax_codes FOR EACH STATEMENT EXECUTE FUNCTION public.setup_changed();

CREATE TRIGGER setup_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.sales_tax_group_defaults FOR EACH STATEMENT EXECUTE FUNCTION public.setup_changed();

CREATE TRIGGER setup_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.sales_tax_groups FOR EACH STATEMENT EXECUTE FUNCTION public.setup_changed();

CREATE TRIGGER setup_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.sales_tax_rates FOR EACH STATEMENT EXECUTE FUNCTION public.setup_changed();

CREATE TRIGGER vouchers_balance AFTER INSERT ON public.ledger_entries REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION public.vouchers_balance();

ALTER TABLE ONLY public.accounting_profiles
    ADD CONSTRAINT accounting_profiles_data_area_id_fkey FOREIGN KEY (data_area_id) REFERENCES public.companies(data_area_id);

ALTER TABLE ONLY public.accrued_revenue_journal_lines
    ADD CONSTRAINT accrued_revenue_journal_lines_data_area_id_journal_number_fkey FOREIGN KEY (data_area_id, journal_number) REFERENCES public.accrued_revenue_journals(data_area_id, journal_number) ON DELETE CASCADE;

ALTER TABLE ONLY public.accrued_revenue_journals
    ADD CONSTRAINT accrued_revenue_journals_data_area_id_fkey FOREIGN KEY (data_area_id) REFERENCES public.companies(data_area_id);

ALTER TABLE ONLY public.blocked_actuals
    ADD CONSTRAINT blocked_actuals_actual_id_fkey FOREIGN KEY (actual_id) REFERENCES public.actuals_staging(actual_id);

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_data_area_id_fkey FOREIGN KEY (data_area_id) REFERENCES public.companies(data_area_id);

ALTER TABLE ONLY public.exchange_rates
    ADD CONSTRAINT exchange_rates_data_area_id_fkey FOREIGN KEY (data_area_id) REFERENCES public.companies(data_area_id);

ALTER TABLE ONLY public.fiscal_periods
    ADD CONSTRAINT fiscal_periods_data_area_id_fkey FOREIGN KEY (data_area_id) REFERENCES public.companies(data_area_id);

ALTER TABLE ONLY public.fixed_rate_agreements
    ADD CONSTRAINT fixed_rate_agreements_data_area_id_fkey FOREIGN KEY (data_area_id) REFERENCES public.companies(data_area_id);

ALTER TABLE ONLY public.integration_journal_lines
    ADD CONSTRAINT integration_journal_lines_data_area_id_journal_number_fkey FOREIGN KEY (data_area_id, journal_number) REFERENCES public.integration_journals(data_area_id, journal_number);

ALTER TABLE ONLY public.integration_journals
    ADD CONSTRAINT integration_journals_data_area_id_fkey FOREIGN KEY (data_area_id) REFERENCES public.companies(data_area_id);

ALTER TABLE ONLY public.intercompany_relations
    ADD CONSTRAINT intercompany_relations_data_area_id_customer_account_fkey FOREIGN KEY (data_area_id, customer_account) REFERENCES public.customers(data_area_id, customer_account);

ALTER TABLE ONLY public.intercompany_relations
    ADD CONSTRAINT intercompany_relations_data_area_id_fkey FOREIGN KEY (data_area_id) REFERENCES public.companies(data_area_id);

ALTER TABLE ONLY public.invoice_documents
    ADD CONSTRAINT invoice_documents_data_area_id_customer_invoice_number_fkey FOREIGN KEY (data_area_id, customer_invoice_number) REFERENCES public.project_invoices(data_area_id, customer_invoice_number);

ALTER TABLE ONLY public.invoice_proposal_lines
    ADD CONSTRAINT invoice_proposal_lines_data_area_id_proposal_number_fkey FOREIGN KEY (data_area_id, proposal_number) REFERENCES public.invoice_proposals(data_area_id, proposal_number);

ALTER TABLE ONLY public.invoice_proposals
    ADD CONSTRAINT invoice_proposals_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES public.invoice_confirmations(event_id);

ALTER TABLE ONLY public.item_sales_tax_groups
    ADD CONSTRAINT item_sales_tax_groups_data_area_id_sales_tax_code_fkey FOREIGN KEY (data_area_id, sales_tax_code) REFERENCES public.sales_tax_codes(data_area_id, sales_tax_code);

ALTER TABLE ONLY public.legal_entities
    ADD CONSTRAINT legal_entities_data_area_id_fkey FOREIGN KEY (data_area_id) REFERENCES public.companies(data_area_id);

ALTER TABLE ONLY public.line_properties
    ADD CONSTRAINT line_properties_data_area_id_fkey FOREIGN KEY (data_area_id) REFERENCES public.companies(data_area_id);

ALTER TABLE ONLY public.number_sequence_gaps
    ADD CONSTRAINT number_sequence_gaps_data_area_id_sequence_fkey FOREIGN KEY (data_area_id, sequence) REFERENCES public.number_sequences(data_area_id, sequence);

ALTER TABLE ONLY public.number_sequences
    ADD CONSTRAINT number_sequences_data_area_id_fkey FOREIGN KEY (data_area_id) REFERENCES public.companies(data_area_id);

ALTER TABLE ONLY public.on_account_transactions
    ADD CONSTRAINT on_account_transactions_data_area_id_proposal_number_fkey FOREIGN KEY (data_area_id, proposal_number) REFERENCES public.invoice_proposals(data_area_id, proposal_number);

ALTER TABLE ONLY public.payment_terms
    ADD CONSTRAINT payment_terms_data_area_id_fkey FOREIGN KEY (data_area_id) REFERENCES public.companies(data_area_id);

ALTER TABLE ONLY public.posting_accounts
    ADD CONSTRAINT posting_accounts_data_area_id_fkey FOREIGN KEY (data_area_id) REFERENCES public.companies(data_area_id);

ALTER TABLE ONLY public.prepayment_settlements
    ADD CONSTRAINT prepayment_settlements_data_area_id_proposal_number_fkey FOREIGN KEY (data_area_id, proposal_number) REFERENCES public.invoice_proposals(data_area_id, proposal_number);

ALTER TABLE ONLY public.project_categories
    ADD CONSTRAINT project_categories_data_area_id_fkey FOREIGN KEY (data_area_id) REFERENCES public.companies(data_area_id);

ALTER TABLE ONLY public.project_groups
    ADD CONSTRAINT project_groups_data_area_id_fkey FOREIGN KEY (data_area_id) REFERENCES public.companies(data_area_id);

ALTER TABLE ONLY public.project_invoices
    ADD CONSTRAINT project_invoices_data_area_id_proposal_number_fkey FOREIGN KEY (data_area_id, proposal_number) REFERENCES public.invoice_proposals(data_area_id, proposal_number);

ALTER TABLE ONLY public.project_parameters
    ADD CONSTRAINT project_parameters_data_area_id_fkey FOREIGN KEY (data_area_id) REFERENCES public.companies(data_area_id);

ALTER TABLE ONLY public.proposal_approvals
    ADD CONSTRAINT proposal_approvals_data_area_id_proposal_number_fkey FOREIGN KEY (data_area_id, proposal_number) REFERENCES public.invoice_proposals(data_area_id, proposal_number);

ALTER TABLE ONLY public.released_products
    ADD CONSTRAINT released_products_data_area_id_fkey FOREIGN KEY (data_area_id) REFERENCES public.companies(data_area_id);

ALTER TABLE ONLY public.reporting_exchange_rates
    ADD CONSTRAINT reporting_exchange_rates_data_area_id_fkey FOREIGN KEY (data_area_id) REFERENCES public.companies(data_area_id);

ALTER TABLE ONLY public.sales_tax_codes
    ADD CONSTRAINT sales_tax_codes_data_area_id_fkey FOREIGN KEY (data_area_id) REFERENCES public.companies(data_area_id);

ALTER TABLE ONLY public.sales_tax_edits
    ADD CONSTRAINT sales_tax_edits_data_area_id_fkey FOREIGN KEY (data_area_id) REFERENCES public.companies(data_area_id);

ALTER TABLE ONLY public.sales_tax_group_defaults
    ADD CONSTRAINT sales_tax_group_defaults_data_area_id_fkey FOREIGN KEY (data_area_id) REFERENCES public.companies(data_area_id);

ALTER TABLE ONLY public.sales_tax_groups
    ADD CONSTRAINT sales_tax_groups_data_area_id_sales_tax_code_fkey FOREIGN KEY (data_area_id, sales_tax_code) REFERENCES public.sales_tax_codes(data_area_id, sales_tax_code);

ALTER TABLE ONLY public.sales_tax_rates
    ADD CONSTRAINT sales_tax_rates_data_area_id_sales_tax_code_fkey FOREIGN KEY (data_area_id, sales_tax_code) REFERENCES public.sales_tax_codes(data_area_id, sales_tax_code);


