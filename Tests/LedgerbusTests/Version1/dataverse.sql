

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

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE public.accounting_details (
    actual_id uuid NOT NULL,
    posting_version bigint NOT NULL,
    company text NOT NULL,
    voucher text NOT NULL,
    accounting_date date NOT NULL,
    exchange_rate numeric(28,10) NOT NULL,
    accounting_currency text NOT NULL,
    accounting_amount numeric(19,4) NOT NULL,
    sales_tax_amount numeric(19,4) NOT NULL,
    source text NOT NULL,
    source_number text NOT NULL,
    invoice_id uuid
);

CREATE TABLE public.accounts (
    account_id uuid NOT NULL,
    row_version bigint NOT NULL,
    account_number text,
    name text
);

CREATE TABLE public.actuals (
    actual_id uuid NOT NULL,
    row_version bigint NOT NULL,
    transaction_type text NOT NULL,
    transaction_class text NOT NULL,
    billing_type text,
    billing_status text,
    adjustment_status text,
    skip_sync boolean NOT NULL,
    quantity numeric(19,4),
    price numeric(19,4),
    amount numeric(19,4) NOT NULL,
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
    discount_amount numeric(19,4),
    fee_amount numeric(19,4),
    source_actual_id uuid,
    captured_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON COLUMN public.actuals.captured_at IS 'when it came first';

CREATE TABLE public.actuals_waiting (
    id uuid NOT NULL,
    waiting_for text NOT NULL,
    waiting_for_id uuid,
    waiting_detail text
);

CREATE TABLE public.bookable_resources (
    bookable_resource_id uuid NOT NULL,
    row_version bigint NOT NULL,
    name text NOT NULL
);

CREATE TABLE public.bulk_confirmations (
    invoice_id uuid NOT NULL,
    place bigint NOT NULL,
    status text NOT NULL,
    confirmation_date date NOT NULL,
    problem text,
    changed_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.categories (
    category_id uuid NOT NULL,
    row_version bigint NOT NULL,
    name text NOT NULL
);

CREATE TABLE public.cluster_binding (
    only_row boolean DEFAULT true NOT NULL,
    cluster_id text NOT NULL,
    topic_prefix text NOT NULL,
    bound_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT cluster_binding_only_row_check CHECK (only_row)
);

CREATE TABLE public.companies (
    company_id uuid NOT NULL,
    row_version bigint NOT NULL,
    code text NOT NULL,
    name text
);

CREATE TABLE public.connections_waiting (
    id uuid NOT NULL,
    waiting_for text NOT NULL,
    waiting_for_id uuid,
    waiting_detail text
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

CREATE TABLE public.contract_line_customers (
    contract_line_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    percentage numeric(9,6) NOT NULL
);

CREATE TABLE public.contract_lines (
    contract_line_id uuid NOT NULL,
    row_version bigint NOT NULL,
    name text,
    billing_method text,
    project_contract_id uuid,
    project_id uuid
);

CREATE TABLE public.currencies (
    currency_id uuid NOT NULL,
    row_version bigint NOT NULL,
    iso_code text NOT NULL,
    "precision" smallint NOT NULL
);

CREATE TABLE public.cutover (
    only_row boolean DEFAULT true NOT NULL,
    cutover_date date NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT cutover_only_row_check CHECK (only_row)
);

CREATE TABLE public.cutover_invoices (
    invoice_id uuid NOT NULL,
    settlement text NOT NULL
);

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

CREATE TABLE public.deleted_rows (
    table_name text NOT NULL,
    id uuid NOT NULL,
    first_id uuid
);

COMMENT ON COLUMN public.deleted_rows.first_id IS 'of a connection: its first transaction';

CREATE TABLE public.draft_numbers (
    next_number bigint NOT NULL
);

CREATE TABLE public.entries (
    entry_id uuid NOT NULL,
    transaction_class text NOT NULL,
    project_id uuid NOT NULL,
    contract_line_id uuid,
    resource_id uuid,
    category_id uuid,
    role_id uuid,
    unit_id uuid,
    document_date date NOT NULL,
    accounting_date date,
    quantity_submitted numeric(19,4) NOT NULL,
    quantity_billable numeric(19,4) NOT NULL,
    cost_price numeric(19,4),
    cost_currency_id uuid,
    sales_price numeric(19,4),
    sales_currency_id uuid,
    billing_type text NOT NULL,
    contracting_unit_id uuid,
    resourcing_unit_id uuid,
    customer_id uuid,
    resourcing_unit_cost_price numeric(19,4),
    inter_organizational_price numeric(19,4),
    resourcing_unit_currency_id uuid,
    not_to_exceed_status text,
    description text,
    external_description text,
    revision bigint NOT NULL,
    status text NOT NULL
);

CREATE TABLE public.entry_actuals (
    actual_id uuid NOT NULL,
    entry_id uuid NOT NULL,
    revision bigint NOT NULL
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

CREATE TABLE public.invoice_detail_counts (
    invoice_id uuid NOT NULL,
    partition integer NOT NULL,
    details bigint NOT NULL,
    accounting_amount numeric NOT NULL
);

CREATE TABLE public.invoice_line_details (
    invoice_line_detail_id uuid NOT NULL,
    row_version bigint NOT NULL,
    invoice_id uuid NOT NULL,
    invoice_line_id uuid,
    is_correction boolean NOT NULL,
    original_line_detail_id uuid,
    previous_amount numeric(19,4),
    invoice_amount numeric(19,4),
    milestone_id uuid,
    transaction_class text NOT NULL,
    billing_type text,
    quantity numeric(19,4),
    price numeric(19,4),
    amount numeric(19,4) NOT NULL,
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
    discount_amount numeric(19,4),
    fee_amount numeric(19,4)
);

COMMENT ON COLUMN public.invoice_line_details.invoice_amount IS 'what a correction adds to its invoice: its amount less the previous one';

CREATE TABLE public.invoice_lines (
    invoice_line_id uuid NOT NULL,
    row_version bigint NOT NULL,
    invoice_id uuid NOT NULL,
    project_id uuid,
    contract_line_id uuid,
    billing_method text
);

CREATE TABLE public.invoice_progress (
    invoice_id uuid NOT NULL,
    line_details bigint DEFAULT 0 NOT NULL,
    billed_sales bigint DEFAULT 0 NOT NULL,
    chargeable_amount numeric DEFAULT 0 NOT NULL
);

COMMENT ON COLUMN public.invoice_progress.chargeable_amount IS 'the sum of the chargeable billed sales';

CREATE TABLE public.invoices (
    invoice_id uuid NOT NULL,
    row_version bigint NOT NULL,
    invoice_number text NOT NULL,
    name text,
    project_contract_id uuid,
    customer_id uuid,
    currency_id uuid NOT NULL,
    status text NOT NULL,
    has_corrections boolean NOT NULL,
    line_amount numeric(19,4) NOT NULL,
    tax numeric(19,4),
    total_amount numeric(19,4),
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
    is_ours boolean DEFAULT false NOT NULL,
    confirmed_here_on date,
    draft_number bigint,
    CONSTRAINT invoices_invoice_number_check CHECK ((length(invoice_number) <= 20))
);

COMMENT ON COLUMN public.invoices.is_ours IS 'this database confirms the invoice, not Dataverse';

COMMENT ON COLUMN public.invoices.confirmed_here_on IS 'the day on which this database confirmed it';

COMMENT ON COLUMN public.invoices.draft_number IS 'of drafts that were made here: tells the newest';

CREATE TABLE public.invoices_waiting (
    id uuid NOT NULL,
    waiting_for text NOT NULL,
    waiting_for_id uuid,
    waiting_detail text
);

CREATE TABLE public.milestone_parts (
    part_id uuid NOT NULL,
    milestone_id uuid NOT NULL
);

CREATE TABLE public.milestones (
    milestone_id uuid NOT NULL,
    row_version bigint NOT NULL,
    name text,
    amount numeric(19,4),
    currency_id uuid,
    contract_line_id uuid,
    project_contract_id uuid,
    project_id uuid,
    invoice_date date,
    invoice_status text,
    customer_id uuid
);

COMMENT ON COLUMN public.milestones.customer_id IS 'whom it is billed to, where the contract line has several customers';

CREATE TABLE public.opening_vouchers (
    actual_id uuid NOT NULL,
    voucher text NOT NULL,
    is_stood_on boolean DEFAULT false NOT NULL
);

COMMENT ON COLUMN public.opening_vouchers.is_stood_on IS 'something that is ours to post takes it back or bills it, so that Finance has to know it';

CREATE TABLE public.organizational_units (
    organizational_unit_id uuid NOT NULL,
    row_version bigint NOT NULL,
    name text NOT NULL,
    company_id uuid,
    currency_id uuid
);

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

CREATE TABLE public.posted_invoices (
    invoice_id uuid NOT NULL,
    posting_version bigint NOT NULL,
    company text NOT NULL,
    proposal_number text NOT NULL,
    customer_invoice_number text NOT NULL,
    invoice_date date NOT NULL,
    due_date date NOT NULL,
    voucher text NOT NULL,
    status text NOT NULL,
    currency text NOT NULL,
    line_amount numeric(19,4) NOT NULL,
    sales_tax_amount numeric(19,4) NOT NULL,
    detail_count bigint NOT NULL,
    accounting_currency text NOT NULL,
    detail_accounting_amount numeric(19,4) NOT NULL
);

CREATE TABLE public.products (
    product_id uuid NOT NULL,
    row_version bigint NOT NULL,
    product_number text NOT NULL
);

CREATE TABLE public.project_contracts (
    project_contract_id uuid NOT NULL,
    row_version bigint NOT NULL,
    contract_number text,
    name text,
    customer_id uuid,
    currency_id uuid,
    contracting_unit_id uuid,
    company_id uuid
);

CREATE TABLE public.projects (
    project_id uuid NOT NULL,
    row_version bigint NOT NULL,
    name text,
    project_number text,
    project_contract_id uuid,
    contracting_unit_id uuid,
    company_id uuid
);

CREATE TABLE public.published_invoices (
    invoice_id uuid NOT NULL,
    totals_version bigint NOT NULL,
    content uuid NOT NULL,
    published_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON COLUMN public.published_invoices.content IS 'a digest of the message without its version';

CREATE TABLE public.retainer_applications (
    invoice_line_detail_id uuid NOT NULL,
    retainer_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    amount numeric(19,4) NOT NULL,
    refund_status text,
    is_edited boolean NOT NULL,
    is_confirmed boolean NOT NULL,
    CONSTRAINT retainer_applications_amount_check CHECK ((amount >= (0)::numeric))
);

CREATE TABLE public.retainers (
    retainer_id uuid NOT NULL,
    name text NOT NULL,
    project_contract_id uuid NOT NULL,
    contract_line_id uuid,
    project_id uuid NOT NULL,
    contracting_unit_id uuid,
    customer_id uuid NOT NULL,
    currency_id uuid NOT NULL,
    amount numeric(19,4) NOT NULL,
    invoice_date date NOT NULL,
    invoice_status text NOT NULL,
    invoice_line_detail_id uuid,
    open_balance_id uuid,
    used numeric(19,4) NOT NULL,
    applied numeric(19,4) NOT NULL,
    CONSTRAINT retainers_amount_check CHECK ((amount > (0)::numeric)),
    CONSTRAINT retainers_applied_check CHECK ((applied >= (0)::numeric)),
    CONSTRAINT retainers_check CHECK (((used + applied) <= amount)),
    CONSTRAINT retainers_used_check CHECK ((used >= (0)::numeric))
);

COMMENT ON COLUMN public.retainers.open_balance_id IS 'the open negative unbilled sale';

COMMENT ON COLUMN public.retainers.used IS 'what confirmed invoices have deducted or refunded';

COMMENT ON COLUMN public.retainers.applied IS 'what drafts deduct or refund';

CREATE TABLE public.reversed_actuals (
    original_id uuid NOT NULL,
    reversal_id uuid NOT NULL
);

CREATE TABLE public.schema_migrations (
    version integer NOT NULL,
    name text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    checksum text NOT NULL
);

CREATE TABLE public.settled_actuals (
    actual_id uuid NOT NULL
);

CREATE TABLE public.transaction_connections (
    connection_id uuid NOT NULL,
    row_version bigint NOT NULL,
    transaction1_id uuid NOT NULL,
    transaction1_role text NOT NULL,
    transaction1_type text NOT NULL,
    transaction2_id uuid NOT NULL,
    transaction2_role text NOT NULL,
    transaction2_type text NOT NULL
);

CREATE TABLE public.unfinished_pages (
    entity_set text NOT NULL,
    context text NOT NULL,
    file text NOT NULL,
    rows_here bigint NOT NULL,
    rows_counted bigint,
    noticed_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON COLUMN public.unfinished_pages.context IS '@odata.context, which the pages of one request share';

CREATE TABLE public.unit_companies (
    unit_name text NOT NULL,
    company_code text NOT NULL
);

COPY public.accounting_details (actual_id, posting_version, company, voucher, accounting_date, exchange_rate, accounting_currency, accounting_amount, sales_tax_amount, source, source_number, invoice_id) FROM stdin;
e6708a85-aabe-505e-76be-d3a885fca80f	1	usmf	USV-00001	2026-09-01	100.0000000000	USD	-3000.0000	0.0000	journal	USPM-0001	\N
7a2bc76a-7939-1fc3-a127-af51fcb27bfc	1	usmf	USV-00002	2026-09-01	100.0000000000	USD	3000.0000	0.0000	proposal	PI-000001	b029c737-659d-7ec2-65d4-426fb755dc58
01ee33ac-224f-7067-470e-925afe19a733	1	demf	DEV-00001	2026-09-07	100.0000000000	EUR	900.0000	0.0000	journal	DEPM-0001	\N
6c706cd8-0178-8297-12f5-2882f69ef874	1	demf	DEV-00002	2026-09-07	100.0000000000	EUR	1100.0000	0.0000	journal	DEPM-0001	\N
1473fa63-aad4-22a0-31fa-0b16e17aa5fa	1	usmf	USV-00003	2026-09-04	100.0000000000	USD	350.0000	0.0000	journal	USPM-0002	\N
17318097-c11b-a5dc-651e-7e2553d1cefc	1	usmf	USV-00004	2026-09-08	100.0000000000	USD	2000.0000	0.0000	journal	USPM-0002	\N
2f894b6a-707a-3783-d1be-bf4bd723f657	1	usmf	USV-00005	2026-09-02	100.0000000000	USD	1600.0000	0.0000	journal	USPM-0002	\N
5cc6373b-60c8-8e19-3846-b719ba8d3d67	1	usmf	USV-00006	2026-09-07	100.0000000000	USD	2000.0000	0.0000	journal	USPM-0002	\N
88363514-bb7a-adfd-95b7-18f126a1aabc	1	usmf	USV-00007	2026-09-08	108.0000000000	USD	3240.0000	0.0000	journal	USPM-0002	\N
a07b9d42-e76a-58d6-0547-1007c97b9704	1	usmf	USV-00008	2026-09-09	100.0000000000	USD	1600.0000	0.0000	journal	USPM-0002	\N
aa4a32f0-4b52-aa8f-ce38-0d01a344c0c8	1	usmf	USV-00009	2026-09-02	100.0000000000	USD	800.0000	0.0000	journal	USPM-0002	\N
bce5f009-092b-170d-94ca-fad6ba73f876	1	usmf	USV-00010	2026-09-04	100.0000000000	USD	350.0000	0.0000	journal	USPM-0002	\N
df3fe2fc-b370-0466-5fb5-83114a4c6b4c	1	usmf	USV-00011	2026-09-03	100.0000000000	USD	400.0000	0.0000	journal	USPM-0002	\N
e84eb0a5-4ce2-56e4-b898-cb65f2185b15	1	usmf	USV-00012	2026-09-03	100.0000000000	USD	1200.0000	0.0000	journal	USPM-0002	\N
fbf11892-c9be-3cdd-13b1-36612289689b	1	usmf	USV-00013	2026-09-03	100.0000000000	USD	800.0000	0.0000	journal	USPM-0002	\N
\.

COPY public.accounts (account_id, row_version, account_number, name) FROM stdin;
00000004-0000-4000-8000-000000000001	1000	US-001	Adventure Works Cycles
00000004-0000-4000-8000-000000000002	1001	US-002	Fabrikam, Inc.
00000004-0000-4000-8000-000000000003	1002	US-003	Alpine Ski House
\.

COPY public.actuals (actual_id, row_version, transaction_type, transaction_class, billing_type, billing_status, adjustment_status, skip_sync, quantity, price, amount, currency_id, document_date, accounting_date, invoice_id, not_to_exceed_status, project_contract_id, contract_line_id, project_id, contracting_unit_id, resourcing_unit_id, customer_id, category_id, bookable_resource_id, product_id, description, external_description, discount_amount, fee_amount, source_actual_id, captured_at) FROM stdin;
7a2bc76a-7939-1fc3-a127-af51fcb27bfc	1	Billed Sales	Retainer	Chargeable	Customer Invoice Posted	\N	f	1.0000	3000.0000	3000.0000	00000003-0000-4000-8000-000000000001	2026-09-01	2026-09-01	b029c737-659d-7ec2-65d4-426fb755dc58	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	\N	\N	\N	Advance 2026	\N	\N	\N	\N	2026-11-27 00:25:33.325864+00
aa4a32f0-4b52-aa8f-ce38-0d01a344c0c8	1	Cost	Time	Not Available	\N	\N	f	8.0000	100.0000	800.0000	00000003-0000-4000-8000-000000000001	2026-09-02	2026-09-02	\N	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	\N	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Process workshop	\N	\N	\N	\N	2026-11-27 00:25:36.729852+00
fbf11892-c9be-3cdd-13b1-36612289689b	1	Cost	Time	Not Available	\N	\N	f	8.0000	100.0000	800.0000	00000003-0000-4000-8000-000000000001	2026-09-03	2026-09-03	\N	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	\N	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Data migration	\N	\N	\N	\N	2026-11-27 00:25:36.729852+00
bce5f009-092b-170d-94ca-fad6ba73f876	1	Cost	Expense	Not Available	\N	\N	f	1.0000	350.0000	350.0000	00000003-0000-4000-8000-000000000001	2026-09-04	2026-09-04	\N	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	\N	00000005-0000-4000-8000-000000000002	00000006-0000-4000-8000-000000000001	\N	Flight to Seattle	\N	\N	\N	\N	2026-11-27 00:25:36.729852+00
74948f32-2d6a-aa1d-28f6-601c43a847c3	1	Cost	Time	Not Available	\N	\N	t	10.0000	130.0000	1300.0000	00000003-0000-4000-8000-000000000001	2026-09-07	2026-09-07	\N	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000002	\N	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000002	\N	Interface, built in Germany	\N	\N	\N	\N	2026-11-27 00:25:36.729852+00
01ee33ac-224f-7067-470e-925afe19a733	1	Resourcing Unit Cost	Time	Not Available	\N	\N	f	10.0000	90.0000	900.0000	00000003-0000-4000-8000-000000000002	2026-09-07	2026-09-07	\N	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000002	\N	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000002	\N	Interface, built in Germany	\N	\N	\N	\N	2026-11-27 00:25:36.729852+00
6c706cd8-0178-8297-12f5-2882f69ef874	1	Inter-Organizational Sales	Time	Chargeable	\N	\N	f	10.0000	110.0000	1100.0000	00000003-0000-4000-8000-000000000002	2026-09-07	2026-09-07	\N	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000002	\N	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000002	\N	Interface, built in Germany	\N	\N	\N	\N	2026-11-27 00:25:36.729852+00
17318097-c11b-a5dc-651e-7e2553d1cefc	1	Cost	Time	Not Available	\N	\N	f	20.0000	100.0000	2000.0000	00000003-0000-4000-8000-000000000001	2026-09-08	2026-09-08	\N	\N	00000007-0000-4000-8000-000000000003	00000009-0000-4000-8000-000000000003	00000008-0000-4000-8000-000000000003	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	\N	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Lift control, design	\N	\N	\N	\N	2026-11-27 00:25:36.729852+00
a07b9d42-e76a-58d6-0547-1007c97b9704	1	Cost	Time	Not Available	\N	\N	f	16.0000	100.0000	1600.0000	00000003-0000-4000-8000-000000000001	2026-09-09	2026-09-09	\N	\N	00000007-0000-4000-8000-000000000002	00000009-0000-4000-8000-000000000002	00000008-0000-4000-8000-000000000002	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	\N	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Web shop, prototype	\N	\N	\N	\N	2026-11-27 00:25:36.729852+00
e6708a85-aabe-505e-76be-d3a885fca80f	2	Unbilled Sales	Retainer	Chargeable	Customer Invoice Posted	\N	f	-1.0000	3000.0000	-3000.0000	00000003-0000-4000-8000-000000000001	2026-09-01	2026-09-01	e1216b97-5361-90f0-ceb3-67f111d60148	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	\N	\N	\N	Advance 2026	\N	\N	\N	\N	2026-11-27 00:25:33.325864+00
1473fa63-aad4-22a0-31fa-0b16e17aa5fa	4	Unbilled Sales	Expense	Chargeable	Customer Invoice Posted	\N	f	1.0000	350.0000	350.0000	00000003-0000-4000-8000-000000000001	2026-09-04	2026-09-04	e1216b97-5361-90f0-ceb3-67f111d60148	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000002	00000006-0000-4000-8000-000000000001	\N	Flight to Seattle	\N	\N	\N	\N	2026-11-27 00:25:36.729852+00
2f894b6a-707a-3783-d1be-bf4bd723f657	4	Unbilled Sales	Time	Chargeable	Customer Invoice Posted	\N	f	8.0000	200.0000	1600.0000	00000003-0000-4000-8000-000000000001	2026-09-02	2026-09-02	e1216b97-5361-90f0-ceb3-67f111d60148	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Process workshop	\N	\N	\N	\N	2026-11-27 00:25:36.729852+00
5cc6373b-60c8-8e19-3846-b719ba8d3d67	4	Unbilled Sales	Time	Chargeable	Customer Invoice Posted	\N	f	10.0000	200.0000	2000.0000	00000003-0000-4000-8000-000000000001	2026-09-07	2026-09-07	e1216b97-5361-90f0-ceb3-67f111d60148	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000002	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000002	\N	Interface, built in Germany	\N	\N	\N	\N	2026-11-27 00:25:36.729852+00
88363514-bb7a-adfd-95b7-18f126a1aabc	4	Unbilled Sales	Time	Chargeable	Customer Invoice Posted	\N	f	20.0000	150.0000	3000.0000	00000003-0000-4000-8000-000000000002	2026-09-08	2026-09-08	264e1c98-67c4-2c4c-325f-01ee73cd35bc	\N	00000007-0000-4000-8000-000000000003	00000009-0000-4000-8000-000000000003	00000008-0000-4000-8000-000000000003	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000003	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Lift control, design	\N	\N	\N	\N	2026-11-27 00:25:36.729852+00
b28502a3-0294-590f-08ed-15b8c9bef18b	1	Unbilled Sales	Expense	Chargeable	Canceled	Unadjustable	t	-1.0000	350.0000	-350.0000	00000003-0000-4000-8000-000000000001	2026-09-04	2026-09-04	e1216b97-5361-90f0-ceb3-67f111d60148	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000002	00000006-0000-4000-8000-000000000001	\N	Flight to Seattle	\N	\N	\N	\N	2026-11-27 00:25:38.290586+00
f1c9c8d1-ddda-8816-e0f5-7327d20a9661	1	Billed Sales	Expense	Chargeable	Customer Invoice Posted	\N	f	1.0000	350.0000	350.0000	00000003-0000-4000-8000-000000000001	2026-09-04	2026-09-15	e1216b97-5361-90f0-ceb3-67f111d60148	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000002	00000006-0000-4000-8000-000000000001	\N	Flight to Seattle	\N	\N	\N	\N	2026-11-27 00:25:38.290586+00
ecad2569-60fc-8a48-94c5-0e73a7b53c17	1	Unbilled Sales	Time	Chargeable	Canceled	Unadjustable	t	-8.0000	200.0000	-1600.0000	00000003-0000-4000-8000-000000000001	2026-09-02	2026-09-02	e1216b97-5361-90f0-ceb3-67f111d60148	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Process workshop	\N	\N	\N	\N	2026-11-27 00:25:38.290586+00
4e71f95a-3515-6279-8657-ab9a25d111a8	1	Unbilled Sales	Time	Chargeable	Canceled	Unadjustable	t	-10.0000	200.0000	-2000.0000	00000003-0000-4000-8000-000000000001	2026-09-07	2026-09-07	e1216b97-5361-90f0-ceb3-67f111d60148	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000002	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000002	\N	Interface, built in Germany	\N	\N	\N	\N	2026-11-27 00:25:38.290586+00
caf8e07b-ff0f-9d7e-efd4-6d3eed38936e	1	Billed Sales	Time	Chargeable	Customer Invoice Posted	\N	f	10.0000	200.0000	2000.0000	00000003-0000-4000-8000-000000000001	2026-09-07	2026-09-15	e1216b97-5361-90f0-ceb3-67f111d60148	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000002	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000002	\N	Interface, built in Germany	\N	\N	\N	\N	2026-11-27 00:25:38.290586+00
02ce1048-89c5-6858-7aed-c69717c50bf8	1	Unbilled Sales	Time	Non Chargeable	Canceled	Unadjustable	t	-2.0000	200.0000	-400.0000	00000003-0000-4000-8000-000000000001	2026-09-03	2026-09-03	e1216b97-5361-90f0-ceb3-67f111d60148	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Data migration	\N	\N	\N	\N	2026-11-27 00:25:38.290586+00
d5009f0b-faf7-aec9-038a-7fb30eb64f06	1	Billed Sales	Time	Non Chargeable	Customer Invoice Posted	\N	f	2.0000	200.0000	400.0000	00000003-0000-4000-8000-000000000001	2026-09-03	2026-09-15	e1216b97-5361-90f0-ceb3-67f111d60148	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Data migration	\N	\N	\N	\N	2026-11-27 00:25:38.290586+00
e3d9484a-e23d-1041-8c8b-d36b4520c2dd	1	Unbilled Sales	Time	Chargeable	Canceled	Unadjustable	t	-6.0000	200.0000	-1200.0000	00000003-0000-4000-8000-000000000001	2026-09-03	2026-09-03	e1216b97-5361-90f0-ceb3-67f111d60148	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Data migration	\N	\N	\N	\N	2026-11-27 00:25:38.290586+00
3ae38c67-2809-821b-00b4-5f59eece442e	1	Billed Sales	Time	Chargeable	Customer Invoice Posted	\N	f	6.0000	200.0000	1200.0000	00000003-0000-4000-8000-000000000001	2026-09-03	2026-09-15	e1216b97-5361-90f0-ceb3-67f111d60148	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Data migration	\N	\N	\N	\N	2026-11-27 00:25:38.290586+00
b89d34fb-eb60-92c9-4895-9529d6ccda2a	1	Unbilled Sales	Retainer	Chargeable	Canceled	Unadjustable	t	1.0000	3000.0000	3000.0000	00000003-0000-4000-8000-000000000001	2026-09-01	2026-09-01	e1216b97-5361-90f0-ceb3-67f111d60148	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	\N	\N	\N	Advance 2026	\N	\N	\N	\N	2026-11-27 00:25:38.290586+00
3df5b1c6-0c72-acf1-ed5f-a350c59c8016	1	Billed Sales	Retainer	Chargeable	Customer Invoice Posted	\N	f	-1.0000	3000.0000	-3000.0000	00000003-0000-4000-8000-000000000001	2026-09-15	2026-09-15	e1216b97-5361-90f0-ceb3-67f111d60148	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	\N	\N	\N	Advance 2026	\N	\N	\N	\N	2026-11-27 00:25:38.290586+00
df3fe2fc-b370-0466-5fb5-83114a4c6b4c	4	Unbilled Sales	Time	Non Chargeable	Customer Invoice Posted	\N	f	2.0000	200.0000	400.0000	00000003-0000-4000-8000-000000000001	2026-09-03	2026-09-03	e1216b97-5361-90f0-ceb3-67f111d60148	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Data migration	\N	\N	\N	\N	2026-11-27 00:25:36.729852+00
e84eb0a5-4ce2-56e4-b898-cb65f2185b15	4	Unbilled Sales	Time	Chargeable	Customer Invoice Posted	\N	f	6.0000	200.0000	1200.0000	00000003-0000-4000-8000-000000000001	2026-09-03	2026-09-03	e1216b97-5361-90f0-ceb3-67f111d60148	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Data migration	\N	\N	\N	\N	2026-11-27 00:25:36.729852+00
6b511617-880a-81e3-b412-3aa2365ec02b	1	Billed Sales	Milestone	Chargeable	Customer Invoice Posted	\N	f	1.0000	4000.0000	4000.0000	00000003-0000-4000-8000-000000000001	2026-09-10	2026-09-15	9ba02405-153f-ee99-e81a-a3bb3ab4d1f1	\N	00000007-0000-4000-8000-000000000002	00000009-0000-4000-8000-000000000002	00000008-0000-4000-8000-000000000002	\N	\N	00000004-0000-4000-8000-000000000002	\N	\N	\N	Web shop 1 of 4	\N	\N	\N	\N	2026-11-27 00:25:38.381009+00
1f8f986d-144f-ded4-dcdb-bfd8197a7b56	1	Unbilled Sales	Time	Chargeable	Canceled	Unadjustable	t	-20.0000	150.0000	-3000.0000	00000003-0000-4000-8000-000000000002	2026-09-08	2026-09-08	264e1c98-67c4-2c4c-325f-01ee73cd35bc	\N	00000007-0000-4000-8000-000000000003	00000009-0000-4000-8000-000000000003	00000008-0000-4000-8000-000000000003	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000003	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Lift control, design	\N	\N	\N	\N	2026-11-27 00:25:38.432918+00
dbac0d14-fa0a-7fa8-b13a-a22920931435	1	Billed Sales	Time	Chargeable	Customer Invoice Posted	\N	f	20.0000	150.0000	3000.0000	00000003-0000-4000-8000-000000000002	2026-09-08	2026-09-15	264e1c98-67c4-2c4c-325f-01ee73cd35bc	\N	00000007-0000-4000-8000-000000000003	00000009-0000-4000-8000-000000000003	00000008-0000-4000-8000-000000000003	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000003	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Lift control, design	\N	\N	\N	\N	2026-11-27 00:25:38.432918+00
ef5b439a-7350-e4f3-db44-26bfcf7a6d2d	1	Billed Sales	Time	Chargeable	Customer Invoice Posted	Unadjustable	f	-8.0000	200.0000	-1600.0000	00000003-0000-4000-8000-000000000001	2026-09-02	2026-09-24	0a72fa2f-21dd-0c13-04b2-dfa63718b67d	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Process workshop	\N	\N	\N	\N	2026-11-27 00:25:41.892824+00
83ac81a0-54f7-9cb9-19a8-92c5b51d5fe6	1	Unbilled Sales	Time	Chargeable	Customer Invoice Posted	\N	f	6.0000	200.0000	1200.0000	00000003-0000-4000-8000-000000000001	2026-09-02	2026-09-02	0a72fa2f-21dd-0c13-04b2-dfa63718b67d	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Process workshop	\N	\N	\N	\N	2026-11-27 00:25:41.892824+00
26806fd2-cee1-c803-2740-b7ea4aaac20c	1	Unbilled Sales	Time	Chargeable	Canceled	Unadjustable	t	-6.0000	200.0000	-1200.0000	00000003-0000-4000-8000-000000000001	2026-09-02	2026-09-02	0a72fa2f-21dd-0c13-04b2-dfa63718b67d	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Process workshop	\N	\N	\N	\N	2026-11-27 00:25:41.892824+00
58b9275d-ff12-21e8-2b39-a9a0c08af5b6	1	Billed Sales	Time	Chargeable	Customer Invoice Posted	\N	f	6.0000	200.0000	1200.0000	00000003-0000-4000-8000-000000000001	2026-09-02	2026-09-24	0a72fa2f-21dd-0c13-04b2-dfa63718b67d	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Process workshop	\N	\N	\N	\N	2026-11-27 00:25:41.892824+00
5043358b-a7be-1c43-df9c-75f3f06abe81	1	Unbilled Sales	Time	Chargeable	Unbilled Sales Created	\N	f	2.0000	200.0000	400.0000	00000003-0000-4000-8000-000000000001	2026-09-02	2026-09-02	\N	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Process workshop	\N	\N	\N	\N	2026-11-27 00:25:41.892824+00
4a000f13-b0d9-c5f3-0b79-54c5c3a28469	2	Billed Sales	Time	Chargeable	Customer Invoice Posted	Adjusted	f	8.0000	200.0000	1600.0000	00000003-0000-4000-8000-000000000001	2026-09-02	2026-09-15	e1216b97-5361-90f0-ceb3-67f111d60148	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Process workshop	\N	\N	\N	\N	2026-11-27 00:25:38.290586+00
8fe847a7-88dc-a033-4d8b-68eef196535c	1	Cost	Time	Not Available	\N	\N	f	5.0000	100.0000	500.0000	00000003-0000-4000-8000-000000000001	2026-09-28	2026-09-28	\N	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	\N	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Training	\N	\N	\N	\N	2026-11-27 00:25:42.07087+00
ce78611e-491c-1b49-fe72-b0c1b519d5c2	1	Unbilled Sales	Time	Chargeable	Unbilled Sales Created	\N	f	5.0000	200.0000	1000.0000	00000003-0000-4000-8000-000000000001	2026-09-28	2026-09-28	\N	\N	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Training	\N	\N	\N	\N	2026-11-27 00:25:42.07087+00
\.

COPY public.actuals_waiting (id, waiting_for, waiting_for_id, waiting_detail) FROM stdin;
\.

COPY public.bookable_resources (bookable_resource_id, row_version, name) FROM stdin;
00000006-0000-4000-8000-000000000001	1000	Aisha Rahman
00000006-0000-4000-8000-000000000002	1001	Bruno Keller
\.

COPY public.bulk_confirmations (invoice_id, place, status, confirmation_date, problem, changed_at) FROM stdin;
b029c737-659d-7ec2-65d4-426fb755dc58	1	Complete	2026-09-01	\N	2026-11-27 00:25:33.408002+00
e1216b97-5361-90f0-ceb3-67f111d60148	2	Complete	2026-09-15	\N	2026-11-27 00:25:38.380154+00
9ba02405-153f-ee99-e81a-a3bb3ab4d1f1	3	Complete	2026-09-15	\N	2026-11-27 00:25:38.427957+00
264e1c98-67c4-2c4c-325f-01ee73cd35bc	4	Complete	2026-09-15	\N	2026-11-27 00:25:38.481214+00
0a72fa2f-21dd-0c13-04b2-dfa63718b67d	5	Complete	2026-09-24	\N	2026-11-27 00:25:41.954979+00
\.

COPY public.categories (category_id, row_version, name) FROM stdin;
00000005-0000-4000-8000-000000000001	1000	Consulting
00000005-0000-4000-8000-000000000002	1001	Travel
\.

COPY public.cluster_binding (only_row, cluster_id, topic_prefix, bound_at) FROM stdin;
t	mockClusterc524884180		2026-11-27 00:25:32.327274+00
\.

COPY public.companies (company_id, row_version, code, name) FROM stdin;
00000001-0000-4000-8000-000000000001	1000	usmf	Contoso USA
00000001-0000-4000-8000-000000000002	1001	demf	Contoso Germany
\.

COPY public.connections_waiting (id, waiting_for, waiting_for_id, waiting_detail) FROM stdin;
\.

COPY public.consumer_positions (consumer, topic, partition, next, epoch, cluster_id, fingerprint, anchor_offset, anchor_fingerprint, held_offset, held_reason, steps_over, updated_at) FROM stdin;
dataverse-consumer	accounting-detail	4	0	1	mockClusterc524884180	\N	\N	\N	\N	\N	\N	2026-11-27 00:25:35.479509+00
dataverse-consumer	invoice-posted	0	0	1	mockClusterc524884180	\N	\N	\N	\N	\N	\N	2026-11-27 00:25:35.480065+00
dataverse-consumer	invoice-posted	2	0	1	mockClusterc524884180	\N	\N	\N	\N	\N	\N	2026-11-27 00:25:35.480614+00
dataverse-consumer	invoice-posted	3	0	1	mockClusterc524884180	\N	\N	\N	\N	\N	\N	2026-11-27 00:25:35.481457+00
dataverse-consumer	invoice-posted	4	0	1	mockClusterc524884180	\N	\N	\N	\N	\N	\N	2026-11-27 00:25:35.482032+00
dataverse-consumer	invoice-posted	5	0	1	mockClusterc524884180	\N	\N	\N	\N	\N	\N	2026-11-27 00:25:35.482656+00
dataverse-consumer	invoice-posted	1	1	1	mockClusterc524884180	\\x3a4e3eea4ad9a44fd59a9ed21cf0cb23525a876895e89cb616f26bc80680c2a7	\N	\N	\N	\N	\N	2026-11-27 00:25:36.540766+00
dataverse-consumer	accounting-detail	0	3	1	mockClusterc524884180	\\xdfd694b7b05cd64dc9064517219a7814fab4912c194c096ddf3d946155b5cd39	0	\\x760d6e0522c328c57644f39c31f171d2ea20138215e9d9a9c39617e365c026f6	\N	\N	\N	2026-11-27 00:25:37.322531+00
dataverse-consumer	accounting-detail	1	2	1	mockClusterc524884180	\\xca2bedb23dbce2e31123b47417280175a496af7ecfc9fc1f05eeae2193ae2172	\N	\N	\N	\N	\N	2026-11-27 00:25:37.322531+00
dataverse-consumer	accounting-detail	2	6	1	mockClusterc524884180	\\x48a164e43652a812618a3941fc40f099773280a0a648f7abeb058eb8efdb0d3b	0	\\x51c53196f0a8e71b20a6ef2c00bd5b5146de7d154e7c63616b6ad40577081da9	\N	\N	\N	2026-11-27 00:25:37.322531+00
dataverse-consumer	accounting-detail	3	2	1	mockClusterc524884180	\\x906c93c895ab8a337bc2be2487a8f6f392f54ac1d929ba3ca2ee0ed5e9f71435	0	\\x597ed6abc81c97d9692e92547ec0df2bf7507235e63b3c2087a623b5e02a888c	\N	\N	\N	2026-11-27 00:25:37.322531+00
dataverse-consumer	accounting-detail	5	2	1	mockClusterc524884180	\\x41910178dbd60f9c2be151bc7e50ebfc8affb5553f675b2cba25029427250a5d	\N	\N	\N	\N	\N	2026-11-27 00:25:37.322531+00
\.

COPY public.contract_line_customers (contract_line_id, customer_id, percentage) FROM stdin;
00000009-0000-4000-8000-000000000002	00000004-0000-4000-8000-000000000002	100.000000
00000009-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	100.000000
00000009-0000-4000-8000-000000000003	00000004-0000-4000-8000-000000000003	100.000000
\.

COPY public.contract_lines (contract_line_id, row_version, name, billing_method, project_contract_id, project_id) FROM stdin;
00000009-0000-4000-8000-000000000001	1000	Consulting	Time and Material	00000007-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001
00000009-0000-4000-8000-000000000002	1001	Delivery	Fixed Price	00000007-0000-4000-8000-000000000002	00000008-0000-4000-8000-000000000002
00000009-0000-4000-8000-000000000003	1002	Consulting	Time and Material	00000007-0000-4000-8000-000000000003	00000008-0000-4000-8000-000000000003
\.

COPY public.currencies (currency_id, row_version, iso_code, "precision") FROM stdin;
00000003-0000-4000-8000-000000000001	1000	USD	2
00000003-0000-4000-8000-000000000002	1001	EUR	2
\.

COPY public.cutover (only_row, cutover_date, recorded_at) FROM stdin;
\.

COPY public.cutover_invoices (invoice_id, settlement) FROM stdin;
\.

COPY public.dead_letters (id, cluster_id, topic, partition, message_offset, consumer, key, headers, payload, payload_size, payload_sha256, code, reason, state, attempts, discarded_by, discard_reason, received_at, changed_at) FROM stdin;
\.

COPY public.deleted_rows (table_name, id, first_id) FROM stdin;
\.

COPY public.draft_numbers (next_number) FROM stdin;
6
\.

COPY public.entries (entry_id, transaction_class, project_id, contract_line_id, resource_id, category_id, role_id, unit_id, document_date, accounting_date, quantity_submitted, quantity_billable, cost_price, cost_currency_id, sales_price, sales_currency_id, billing_type, contracting_unit_id, resourcing_unit_id, customer_id, resourcing_unit_cost_price, inter_organizational_price, resourcing_unit_currency_id, not_to_exceed_status, description, external_description, revision, status) FROM stdin;
0000000a-0000-4000-8000-000000000001	Time	00000008-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	\N	\N	2026-09-02	\N	8.0000	8.0000	100.0000	\N	200.0000	\N	Chargeable	\N	\N	\N	\N	\N	\N	\N	Process workshop	\N	1	Approved
0000000a-0000-4000-8000-000000000002	Time	00000008-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	\N	\N	2026-09-03	\N	8.0000	6.0000	100.0000	\N	200.0000	\N	Chargeable	\N	\N	\N	\N	\N	\N	\N	Data migration	\N	1	Approved
0000000a-0000-4000-8000-000000000003	Expense	00000008-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000002	\N	\N	2026-09-04	\N	1.0000	1.0000	350.0000	\N	350.0000	\N	Chargeable	\N	\N	\N	\N	\N	\N	\N	Flight to Seattle	\N	1	Approved
0000000a-0000-4000-8000-000000000004	Time	00000008-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000002	00000005-0000-4000-8000-000000000001	\N	\N	2026-09-07	\N	10.0000	10.0000	130.0000	\N	200.0000	\N	Chargeable	\N	00000002-0000-4000-8000-000000000002	\N	90.0000	110.0000	00000003-0000-4000-8000-000000000002	\N	Interface, built in Germany	\N	1	Approved
0000000a-0000-4000-8000-000000000005	Time	00000008-0000-4000-8000-000000000003	00000009-0000-4000-8000-000000000003	00000006-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	\N	\N	2026-09-08	\N	20.0000	20.0000	100.0000	00000003-0000-4000-8000-000000000001	150.0000	00000003-0000-4000-8000-000000000002	Chargeable	\N	\N	\N	\N	\N	\N	\N	Lift control, design	\N	1	Approved
0000000a-0000-4000-8000-000000000006	Time	00000008-0000-4000-8000-000000000002	00000009-0000-4000-8000-000000000002	00000006-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	\N	\N	2026-09-09	\N	16.0000	16.0000	100.0000	00000003-0000-4000-8000-000000000001	\N	\N	Chargeable	\N	\N	\N	\N	\N	\N	\N	Web shop, prototype	\N	1	Approved
0000000a-0000-4000-8000-000000000007	Time	00000008-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	\N	\N	2026-09-28	\N	5.0000	5.0000	100.0000	\N	200.0000	\N	Chargeable	\N	\N	\N	\N	\N	\N	\N	Training	\N	1	Approved
\.

COPY public.entry_actuals (actual_id, entry_id, revision) FROM stdin;
aa4a32f0-4b52-aa8f-ce38-0d01a344c0c8	0000000a-0000-4000-8000-000000000001	1
2f894b6a-707a-3783-d1be-bf4bd723f657	0000000a-0000-4000-8000-000000000001	1
fbf11892-c9be-3cdd-13b1-36612289689b	0000000a-0000-4000-8000-000000000002	1
e84eb0a5-4ce2-56e4-b898-cb65f2185b15	0000000a-0000-4000-8000-000000000002	1
df3fe2fc-b370-0466-5fb5-83114a4c6b4c	0000000a-0000-4000-8000-000000000002	1
bce5f009-092b-170d-94ca-fad6ba73f876	0000000a-0000-4000-8000-000000000003	1
1473fa63-aad4-22a0-31fa-0b16e17aa5fa	0000000a-0000-4000-8000-000000000003	1
74948f32-2d6a-aa1d-28f6-601c43a847c3	0000000a-0000-4000-8000-000000000004	1
5cc6373b-60c8-8e19-3846-b719ba8d3d67	0000000a-0000-4000-8000-000000000004	1
01ee33ac-224f-7067-470e-925afe19a733	0000000a-0000-4000-8000-000000000004	1
6c706cd8-0178-8297-12f5-2882f69ef874	0000000a-0000-4000-8000-000000000004	1
17318097-c11b-a5dc-651e-7e2553d1cefc	0000000a-0000-4000-8000-000000000005	1
88363514-bb7a-adfd-95b7-18f126a1aabc	0000000a-0000-4000-8000-000000000005	1
a07b9d42-e76a-58d6-0547-1007c97b9704	0000000a-0000-4000-8000-000000000006	1
8fe847a7-88dc-a033-4d8b-68eef196535c	0000000a-0000-4000-8000-000000000007	1
ce78611e-491c-1b49-fe72-b0c1b519d5c2	0000000a-0000-4000-8000-000000000007	1
\.

COPY public.execution_log (id, logged_at, activity, subject, level, message) FROM stdin;
\.

COPY public.held_messages (id, cluster_id, topic, partition, message_offset, consumer, key, headers, payload, code, reason, received_at) FROM stdin;
\.

COPY public.invoice_detail_counts (invoice_id, partition, details, accounting_amount) FROM stdin;
b029c737-659d-7ec2-65d4-426fb755dc58	3	1	3000.0000
\.

COPY public.invoice_line_details (invoice_line_detail_id, row_version, invoice_id, invoice_line_id, is_correction, original_line_detail_id, previous_amount, invoice_amount, milestone_id, transaction_class, billing_type, quantity, price, amount, currency_id, document_date, project_contract_id, contract_line_id, project_id, contracting_unit_id, resourcing_unit_id, customer_id, category_id, bookable_resource_id, product_id, description, external_description, discount_amount, fee_amount) FROM stdin;
1d5db703-83ab-6552-d96e-070fdff404a2	1	b029c737-659d-7ec2-65d4-426fb755dc58	b807c9b9-b856-edd0-d788-32b039de540f	f	\N	\N	\N	\N	Retainer	Chargeable	1.0000	3000.0000	3000.0000	00000003-0000-4000-8000-000000000001	2026-09-01	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	\N	\N	\N	Advance 2026	\N	\N	\N
a729de9d-a65f-f3ff-e909-e4e22e392e10	1	e1216b97-5361-90f0-ceb3-67f111d60148	0a99dfe3-ee6a-8639-d924-7ad79a086864	f	\N	\N	\N	\N	Expense	Chargeable	1.0000	350.0000	350.0000	00000003-0000-4000-8000-000000000001	2026-09-04	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000002	00000006-0000-4000-8000-000000000001	\N	Flight to Seattle	\N	\N	\N
46653939-81d3-6ec7-2c8b-3ccadcbee304	1	e1216b97-5361-90f0-ceb3-67f111d60148	0a99dfe3-ee6a-8639-d924-7ad79a086864	f	\N	\N	\N	\N	Time	Chargeable	8.0000	200.0000	1600.0000	00000003-0000-4000-8000-000000000001	2026-09-02	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Process workshop	\N	\N	\N
497639b5-b864-c1a3-1a61-fb2ebcb12c15	1	e1216b97-5361-90f0-ceb3-67f111d60148	0a99dfe3-ee6a-8639-d924-7ad79a086864	f	\N	\N	\N	\N	Time	Chargeable	10.0000	200.0000	2000.0000	00000003-0000-4000-8000-000000000001	2026-09-07	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000002	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000002	\N	Interface, built in Germany	\N	\N	\N
775b5dfd-02a2-8e6e-3142-89f076157ce8	1	264e1c98-67c4-2c4c-325f-01ee73cd35bc	20cb76e6-113a-1354-e672-041b960fcab8	f	\N	\N	\N	\N	Time	Chargeable	20.0000	150.0000	3000.0000	00000003-0000-4000-8000-000000000002	2026-09-08	00000007-0000-4000-8000-000000000003	00000009-0000-4000-8000-000000000003	00000008-0000-4000-8000-000000000003	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000003	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Lift control, design	\N	\N	\N
f1566c5c-b869-7232-1c64-3e8d78870366	1	e1216b97-5361-90f0-ceb3-67f111d60148	0a99dfe3-ee6a-8639-d924-7ad79a086864	f	\N	\N	\N	\N	Time	Non Chargeable	2.0000	200.0000	400.0000	00000003-0000-4000-8000-000000000001	2026-09-03	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Data migration	\N	\N	\N
dc9709b3-6c6b-a2c5-aad4-4f9d064f03ed	1	e1216b97-5361-90f0-ceb3-67f111d60148	0a99dfe3-ee6a-8639-d924-7ad79a086864	f	\N	\N	\N	\N	Time	Chargeable	6.0000	200.0000	1200.0000	00000003-0000-4000-8000-000000000001	2026-09-03	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Data migration	\N	\N	\N
824da807-ba3a-dc7f-ab62-2e0978436a35	1	9ba02405-153f-ee99-e81a-a3bb3ab4d1f1	6f28f11e-7591-4906-1e20-ba27726f4d79	f	\N	\N	\N	bbdac920-a421-d1aa-43c7-af6f6f88bd4d	Milestone	Chargeable	1.0000	4000.0000	4000.0000	00000003-0000-4000-8000-000000000001	2026-09-10	00000007-0000-4000-8000-000000000002	00000009-0000-4000-8000-000000000002	00000008-0000-4000-8000-000000000002	\N	\N	00000004-0000-4000-8000-000000000002	\N	\N	\N	Web shop 1 of 4	\N	\N	\N
d9d24ce6-0124-6fdd-157e-b96d13f8e5cc	1	e1216b97-5361-90f0-ceb3-67f111d60148	\N	f	\N	\N	\N	\N	Retainer	Chargeable	-1.0000	3000.0000	-3000.0000	00000003-0000-4000-8000-000000000001	2026-09-15	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	\N	\N	\N	Advance 2026	\N	\N	\N
1c74b5a2-a470-2def-1e53-eedcd3b6240c	2	0a72fa2f-21dd-0c13-04b2-dfa63718b67d	80b3294d-97a9-3688-269e-af3821e63805	t	46653939-81d3-6ec7-2c8b-3ccadcbee304	1600.0000	-400.0000	\N	Time	Chargeable	6.0000	200.0000	1200.0000	00000003-0000-4000-8000-000000000001	2026-09-02	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000005-0000-4000-8000-000000000001	00000006-0000-4000-8000-000000000001	\N	Process workshop	\N	\N	\N
\.

COPY public.invoice_lines (invoice_line_id, row_version, invoice_id, project_id, contract_line_id, billing_method) FROM stdin;
b807c9b9-b856-edd0-d788-32b039de540f	1	b029c737-659d-7ec2-65d4-426fb755dc58	00000008-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	Time and Material
0a99dfe3-ee6a-8639-d924-7ad79a086864	1	e1216b97-5361-90f0-ceb3-67f111d60148	00000008-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	Time and Material
6f28f11e-7591-4906-1e20-ba27726f4d79	1	9ba02405-153f-ee99-e81a-a3bb3ab4d1f1	00000008-0000-4000-8000-000000000002	00000009-0000-4000-8000-000000000002	Fixed Price
20cb76e6-113a-1354-e672-041b960fcab8	1	264e1c98-67c4-2c4c-325f-01ee73cd35bc	00000008-0000-4000-8000-000000000003	00000009-0000-4000-8000-000000000003	Time and Material
80b3294d-97a9-3688-269e-af3821e63805	1	0a72fa2f-21dd-0c13-04b2-dfa63718b67d	00000008-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	Time and Material
\.

COPY public.invoice_progress (invoice_id, line_details, billed_sales, chargeable_amount) FROM stdin;
b029c737-659d-7ec2-65d4-426fb755dc58	1	1	3000.0000
e1216b97-5361-90f0-ceb3-67f111d60148	6	6	2150.0000
9ba02405-153f-ee99-e81a-a3bb3ab4d1f1	1	1	4000.0000
264e1c98-67c4-2c4c-325f-01ee73cd35bc	1	1	3000.0000
0a72fa2f-21dd-0c13-04b2-dfa63718b67d	1	2	-400.0000
\.

COPY public.invoices (invoice_id, row_version, invoice_number, name, project_contract_id, customer_id, currency_id, status, has_corrections, line_amount, tax, total_amount, accounting_date, payment_terms, bill_to_name, bill_to_line1, bill_to_line2, bill_to_line3, bill_to_postal_code, bill_to_city, bill_to_state, bill_to_country, is_ours, confirmed_here_on, draft_number) FROM stdin;
b029c737-659d-7ec2-65d4-426fb755dc58	3	PI-000001	ERP rollout	00000007-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000003-0000-4000-8000-000000000001	Confirmed	f	3000.0000	\N	3000.0000	\N	\N	Adventure Works Cycles	\N	\N	\N	\N	\N	\N	\N	t	2026-09-01	1
e1216b97-5361-90f0-ceb3-67f111d60148	4	PI-000002	ERP rollout	00000007-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000003-0000-4000-8000-000000000001	Confirmed	f	2150.0000	\N	2150.0000	\N	\N	Adventure Works Cycles	\N	\N	\N	\N	\N	\N	\N	t	2026-09-15	2
9ba02405-153f-ee99-e81a-a3bb3ab4d1f1	3	PI-000003	Web shop	00000007-0000-4000-8000-000000000002	00000004-0000-4000-8000-000000000002	00000003-0000-4000-8000-000000000001	Confirmed	f	4000.0000	\N	4000.0000	\N	\N	Fabrikam, Inc.	\N	\N	\N	\N	\N	\N	\N	t	2026-09-15	3
264e1c98-67c4-2c4c-325f-01ee73cd35bc	3	PI-000004	Ski lift	00000007-0000-4000-8000-000000000003	00000004-0000-4000-8000-000000000003	00000003-0000-4000-8000-000000000002	Confirmed	f	3000.0000	\N	3000.0000	\N	\N	Alpine Ski House	\N	\N	\N	\N	\N	\N	\N	t	2026-09-15	4
0a72fa2f-21dd-0c13-04b2-dfa63718b67d	4	PI-000005	ERP rollout	00000007-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000003-0000-4000-8000-000000000001	Confirmed	t	-400.0000	\N	-400.0000	\N	\N	Adventure Works Cycles	\N	\N	\N	\N	\N	\N	\N	t	2026-09-24	5
\.

COPY public.invoices_waiting (id, waiting_for, waiting_for_id, waiting_detail) FROM stdin;
\.

COPY public.milestone_parts (part_id, milestone_id) FROM stdin;
\.

COPY public.milestones (milestone_id, row_version, name, amount, currency_id, contract_line_id, project_contract_id, project_id, invoice_date, invoice_status, customer_id) FROM stdin;
facce472-bd42-96a0-c058-0d174f50abac	1	Web shop 2 of 4	6000.0000	00000003-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000002	00000007-0000-4000-8000-000000000002	00000008-0000-4000-8000-000000000002	2026-10-10	Not ready	00000004-0000-4000-8000-000000000002
d4dff47d-9631-b721-61e3-5ba2d131b150	1	Web shop 3 of 4	3000.0000	00000003-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000002	00000007-0000-4000-8000-000000000002	00000008-0000-4000-8000-000000000002	2026-11-10	Not ready	00000004-0000-4000-8000-000000000002
9ab894eb-0fc4-4495-444c-0435d0a519c8	1	Web shop 4 of 4	7000.0000	00000003-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000002	00000007-0000-4000-8000-000000000002	00000008-0000-4000-8000-000000000002	2026-12-10	Not ready	00000004-0000-4000-8000-000000000002
bbdac920-a421-d1aa-43c7-af6f6f88bd4d	4	Web shop 1 of 4	4000.0000	00000003-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000002	00000007-0000-4000-8000-000000000002	00000008-0000-4000-8000-000000000002	2026-09-10	Customer invoice posted	00000004-0000-4000-8000-000000000002
\.

COPY public.opening_vouchers (actual_id, voucher, is_stood_on) FROM stdin;
\.

COPY public.organizational_units (organizational_unit_id, row_version, name, company_id, currency_id) FROM stdin;
00000002-0000-4000-8000-000000000001	1000	Contoso USA	00000001-0000-4000-8000-000000000001	\N
00000002-0000-4000-8000-000000000002	1001	Contoso Germany	00000001-0000-4000-8000-000000000002	\N
\.

COPY public.outbox (id, topic, key, event_id, trace_id, headers, payload, created_at) FROM stdin;
1	actual-created	\\x37613262633736612d373933392d316663332d613132372d616635316663623237626663	9e754447-a600-dce3-c79a-3517dfcbb404	b029c737-659d-7ec2-65d4-426fb755dc58	\N	\\x7b2261637475616c4964223a2237613262633736612d373933392d316663332d613132372d616635316663623237626663222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030362c227472616e73616374696f6e436c617373223a3139323335303030352c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030322c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22312e30303030222c227072696365223a22333030302e30303030222c22616d6f756e74223a22333030302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3031222c226163636f756e74696e6744617465223a22323032362d30392d3031222c226465736372697074696f6e223a22416476616e63652032303236222c22696e766f6963654964223a2262303239633733372d363539642d376563322d363564342d343236666237353564633538222c22756e62696c6c656441637475616c4964223a2265363730386138352d616162652d353035652d373662652d643361383835666361383066227d	2026-11-27 00:25:33.325864+00
2	actual-created	\\x65363730386138352d616162652d353035652d373662652d643361383835666361383066	fcbe9221-a6a3-e5dd-2f40-f77d535c02ed	b029c737-659d-7ec2-65d4-426fb755dc58	\N	\\x7b2261637475616c4964223a2265363730386138352d616162652d353035652d373662652d643361383835666361383066222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030352c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030302c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a222d312e30303030222c227072696365223a22333030302e30303030222c22616d6f756e74223a222d333030302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3031222c226163636f756e74696e6744617465223a22323032362d30392d3031222c226465736372697074696f6e223a22416476616e63652032303236227d	2026-11-27 00:25:33.325864+00
3	transaction-connected	\\x37613262633736612d373933392d316663332d613132372d616635316663623237626663	bdb76123-8073-366e-f974-d6802151c4ea	b029c737-659d-7ec2-65d4-426fb755dc58	\N	\\x7b22636f6e6e656374696f6e4964223a2263346362613435392d326437652d613730342d383461632d663139613165656535666161222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2237613262633736612d373933392d316663332d613132372d616635316663623237626663222c227472616e73616374696f6e31526f6c65223a2242696c6c65642053616c6573222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2265363730386138352d616162652d353035652d373662652d643361383835666361383066222c227472616e73616374696f6e32526f6c65223a22556e62696c6c65642053616c6573222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:33.325864+00
4	invoice-confirmed	\\x62303239633733372d363539642d376563322d363564342d343236666237353564633538	12bb5841-ec2e-f868-fcfa-47dbf0fe077b	b029c737-659d-7ec2-65d4-426fb755dc58	\N	\\x7b22696e766f6963654964223a2262303239633733372d363539642d376563322d363564342d343236666237353564633538222c22696e766f6963654e756d626572223a2250492d303030303031222c22636f6d70616e79223a2275736d66222c22636f6e74726163744e756d626572223a224f52442d31222c22637573746f6d65724163636f756e74223a2255532d303031222c22637573746f6d65724e616d65223a22416476656e7475726520576f726b73204379636c6573222c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c226163636f756e74696e6744617465223a22323032362d30392d3031222c2262696c6c546f4e616d65223a22416476656e7475726520576f726b73204379636c6573222c22686173436f7272656374696f6e73223a66616c73652c226c696e65416d6f756e74223a22333030302e30303030222c22746f74616c7356657273696f6e223a312c22746f74616c436f756e74223a312c22746f74616c416d6f756e74223a22333030302e30303030222c22746f74616c446967657374223a2230666434633364633966383264613063303264323531343565643437646266653062636639633933353164633865316639326337663264383133373338313962227d	2026-11-27 00:25:33.325864+00
5	actual-created	\\x61613461333266302d346235322d616138662d636533382d306430316133343463306338	9a537564-35c1-50f1-fc4e-eddd4052e2a1	aa4a32f0-4b52-aa8f-ce38-0d01a344c0c8	\N	\\x7b2261637475616c4964223a2261613461333266302d346235322d616138662d636533382d306430316133343463306338222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030302c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030332c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22382e30303030222c227072696365223a223130302e30303030222c22616d6f756e74223a223830302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3032222c226163636f756e74696e6744617465223a22323032362d30392d3032222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2250726f6365737320776f726b73686f70227d	2026-11-27 00:25:36.729852+00
6	actual-created	\\x32663839346236612d373037612d333738332d643162652d626634626437323366363537	062bdec1-2f62-6e15-93df-5f619e440f87	2f894b6a-707a-3783-d1be-bf4bd723f657	\N	\\x7b2261637475616c4964223a2232663839346236612d373037612d333738332d643162652d626634626437323366363537222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030302c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22382e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a22313630302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3032222c226163636f756e74696e6744617465223a22323032362d30392d3032222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2250726f6365737320776f726b73686f70227d	2026-11-27 00:25:36.729852+00
7	actual-created	\\x66626631313839322d633962652d336364642d313362312d333636313232383936383962	7f552500-2abb-27e4-cf76-10b1c0d0f357	fbf11892-c9be-3cdd-13b1-36612289689b	\N	\\x7b2261637475616c4964223a2266626631313839322d633962652d336364642d313362312d333636313232383936383962222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030302c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030332c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22382e30303030222c227072696365223a223130302e30303030222c22616d6f756e74223a223830302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3033222c226163636f756e74696e6744617465223a22323032362d30392d3033222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2244617461206d6967726174696f6e227d	2026-11-27 00:25:36.729852+00
8	actual-created	\\x65383465623061352d346365322d353665342d623839382d636236356632313835623135	08324dd7-ecd3-0284-85b7-0572b4ef6b9b	e84eb0a5-4ce2-56e4-b898-cb65f2185b15	\N	\\x7b2261637475616c4964223a2265383465623061352d346365322d353665342d623839382d636236356632313835623135222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030302c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22362e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a22313230302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3033222c226163636f756e74696e6744617465223a22323032362d30392d3033222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2244617461206d6967726174696f6e227d	2026-11-27 00:25:36.729852+00
9	actual-created	\\x64663366653266632d623337302d303436362d356662352d383331313461346336623463	adcd4092-94ea-e8ee-64b3-09b1e1048903	df3fe2fc-b370-0466-5fb5-83114a4c6b4c	\N	\\x7b2261637475616c4964223a2264663366653266632d623337302d303436362d356662352d383331313461346336623463222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030302c2262696c6c696e67537461747573223a3139323335303030302c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22322e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a223430302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3033222c226163636f756e74696e6744617465223a22323032362d30392d3033222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2244617461206d6967726174696f6e227d	2026-11-27 00:25:36.729852+00
10	actual-created	\\x62636535663030392d303932622d313730642d393463612d666164366261373366383736	7bc9169e-d9cf-d859-3e71-6dfb402ed782	bce5f009-092b-170d-94ca-fad6ba73f876	\N	\\x7b2261637475616c4964223a2262636535663030392d303932622d313730642d393463612d666164366261373366383736222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030302c227472616e73616374696f6e436c617373223a3139323335303030312c2262696c6c696e6754797065223a3139323335303030332c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22312e30303030222c227072696365223a223335302e30303030222c22616d6f756e74223a223335302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3034222c226163636f756e74696e6744617465223a22323032362d30392d3034222c2263617465676f7279223a2254726176656c222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a22466c6967687420746f2053656174746c65227d	2026-11-27 00:25:36.729852+00
11	actual-created	\\x31343733666136332d616164342d323261302d333166612d306231366531376161356661	669b7b69-d538-a9f2-b9fa-ca2dbd5e4945	1473fa63-aad4-22a0-31fa-0b16e17aa5fa	\N	\\x7b2261637475616c4964223a2231343733666136332d616164342d323261302d333166612d306231366531376161356661222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030312c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030302c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22312e30303030222c227072696365223a223335302e30303030222c22616d6f756e74223a223335302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3034222c226163636f756e74696e6744617465223a22323032362d30392d3034222c2263617465676f7279223a2254726176656c222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a22466c6967687420746f2053656174746c65227d	2026-11-27 00:25:36.729852+00
12	actual-created	\\x35636336333733622d363063382d386531392d333834362d623731396261386433643637	d5a26e59-8099-43df-9732-375c65f06c08	5cc6373b-60c8-8e19-3846-b719ba8d3d67	\N	\\x7b2261637475616c4964223a2235636336333733622d363063382d386531392d333834362d623731396261386433643637222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030302c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a2231302e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a22323030302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3037222c226163636f756e74696e6744617465223a22323032362d30392d3037222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224272756e6f204b656c6c6572222c226465736372697074696f6e223a22496e746572666163652c206275696c7420696e204765726d616e79227d	2026-11-27 00:25:36.729852+00
13	actual-created	\\x30316565333361632d323234662d373036372d343730652d393235616665313961373333	0bf78f4e-dd83-9dd7-89fc-9d032bf7b0a3	01ee33ac-224f-7067-470e-925afe19a733	\N	\\x7b2261637475616c4964223a2230316565333361632d323234662d373036372d343730652d393235616665313961373333222c22726f7756657273696f6e223a312c22636f6d70616e79223a2264656d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030372c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030332c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22455552222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a2231302e30303030222c227072696365223a2239302e30303030222c22616d6f756e74223a223930302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3037222c226163636f756e74696e6744617465223a22323032362d30392d3037222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224272756e6f204b656c6c6572222c226465736372697074696f6e223a22496e746572666163652c206275696c7420696e204765726d616e79222c2270726f6a656374436f6d70616e79223a2275736d66227d	2026-11-27 00:25:36.729852+00
14	actual-created	\\x36633730366364382d303137382d383239372d313266352d323838326636396566383734	65ff456f-684f-4cf0-df7a-5e889dc7023e	6c706cd8-0178-8297-12f5-2882f69ef874	\N	\\x7b2261637475616c4964223a2236633730366364382d303137382d383239372d313266352d323838326636396566383734222c22726f7756657273696f6e223a312c22636f6d70616e79223a2264656d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030382c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22455552222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a2231302e30303030222c227072696365223a223131302e30303030222c22616d6f756e74223a22313130302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3037222c226163636f756e74696e6744617465223a22323032362d30392d3037222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224272756e6f204b656c6c6572222c226465736372697074696f6e223a22496e746572666163652c206275696c7420696e204765726d616e79222c2270726f6a656374436f6d70616e79223a2275736d66227d	2026-11-27 00:25:36.729852+00
15	actual-created	\\x31373331383039372d633131622d613564632d363531652d376532353533643163656663	b7bf9068-c6ab-5916-4789-9acac8bb08df	17318097-c11b-a5dc-651e-7e2553d1cefc	\N	\\x7b2261637475616c4964223a2231373331383039372d633131622d613564632d363531652d376532353533643163656663222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d4c494654222c22636f6e74726163744e756d626572223a224f52442d33222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303033222c227472616e73616374696f6e54797065223a3139323335303030302c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030332c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a2232302e30303030222c227072696365223a223130302e30303030222c22616d6f756e74223a22323030302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3038222c226163636f756e74696e6744617465223a22323032362d30392d3038222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a224c69667420636f6e74726f6c2c2064657369676e227d	2026-11-27 00:25:36.729852+00
16	actual-created	\\x38383336333531342d626237612d616466642d393562372d313866313236613161616263	5334dc06-e60f-4fd2-a78f-b7840fb4842d	88363514-bb7a-adfd-95b7-18f126a1aabc	\N	\\x7b2261637475616c4964223a2238383336333531342d626237612d616466642d393562372d313866313236613161616263222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d4c494654222c22636f6e74726163744e756d626572223a224f52442d33222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303033222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030302c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22455552222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a2232302e30303030222c227072696365223a223135302e30303030222c22616d6f756e74223a22333030302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3038222c226163636f756e74696e6744617465223a22323032362d30392d3038222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a224c69667420636f6e74726f6c2c2064657369676e227d	2026-11-27 00:25:36.729852+00
17	actual-created	\\x61303762396434322d653736612d353864362d303534372d313030376339376239373034	7ce0efc4-5b21-c089-0370-30bd74f54ce0	a07b9d42-e76a-58d6-0547-1007c97b9704	\N	\\x7b2261637475616c4964223a2261303762396434322d653736612d353864362d303534372d313030376339376239373034222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d53484f50222c22636f6e74726163744e756d626572223a224f52442d32222c22636f6e74726163744c696e65223a2244656c6976657279222c22637573746f6d65724163636f756e74223a2255532d303032222c227472616e73616374696f6e54797065223a3139323335303030302c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030332c2262696c6c696e674d6574686f64223a3139323335303030312c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a2231362e30303030222c227072696365223a223130302e30303030222c22616d6f756e74223a22313630302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3039222c226163636f756e74696e6744617465223a22323032362d30392d3039222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a225765622073686f702c2070726f746f74797065227d	2026-11-27 00:25:36.729852+00
18	transaction-connected	\\x32663839346236612d373037612d333738332d643162652d626634626437323366363537	b84374c2-e1d1-a3a5-d3dd-1d4fe3189519	2f894b6a-707a-3783-d1be-bf4bd723f657	\N	\\x7b22636f6e6e656374696f6e4964223a2261343666383662332d376638642d396333662d393362362d383938346664656331316366222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2232663839346236612d373037612d333738332d643162652d626634626437323366363537222c227472616e73616374696f6e31526f6c65223a22556e62696c6c65642053616c6573222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2261613461333266302d346235322d616138662d636533382d306430316133343463306338222c227472616e73616374696f6e32526f6c65223a22436f7374222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:36.729852+00
19	transaction-connected	\\x65383465623061352d346365322d353665342d623839382d636236356632313835623135	094a6e09-b9ee-0bfa-e5ac-b924cafb616e	e84eb0a5-4ce2-56e4-b898-cb65f2185b15	\N	\\x7b22636f6e6e656374696f6e4964223a2266346630356663382d613864632d616431322d363933382d383966316536653664626461222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2265383465623061352d346365322d353665342d623839382d636236356632313835623135222c227472616e73616374696f6e31526f6c65223a22556e62696c6c65642053616c6573222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2266626631313839322d633962652d336364642d313362312d333636313232383936383962222c227472616e73616374696f6e32526f6c65223a22436f7374222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:36.729852+00
20	transaction-connected	\\x64663366653266632d623337302d303436362d356662352d383331313461346336623463	f46f0657-5d80-e3b3-2ab3-b607773e0540	df3fe2fc-b370-0466-5fb5-83114a4c6b4c	\N	\\x7b22636f6e6e656374696f6e4964223a2235353835333731632d303361372d393935332d663938392d636639323966373934303038222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2264663366653266632d623337302d303436362d356662352d383331313461346336623463222c227472616e73616374696f6e31526f6c65223a22556e62696c6c65642053616c6573222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2266626631313839322d633962652d336364642d313362312d333636313232383936383962222c227472616e73616374696f6e32526f6c65223a22436f7374222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:36.729852+00
21	transaction-connected	\\x31343733666136332d616164342d323261302d333166612d306231366531376161356661	3ccc46e5-df60-2f88-9729-4f2ce064cd39	1473fa63-aad4-22a0-31fa-0b16e17aa5fa	\N	\\x7b22636f6e6e656374696f6e4964223a2236353164376633382d393639352d383336642d616635632d386430646138363631623334222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2231343733666136332d616164342d323261302d333166612d306231366531376161356661222c227472616e73616374696f6e31526f6c65223a22556e62696c6c65642053616c6573222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2262636535663030392d303932622d313730642d393463612d666164366261373366383736222c227472616e73616374696f6e32526f6c65223a22436f7374222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:36.729852+00
22	transaction-connected	\\x35636336333733622d363063382d386531392d333834362d623731396261386433643637	3cccffca-8a86-d333-519f-7e43cf053fd0	5cc6373b-60c8-8e19-3846-b719ba8d3d67	\N	\\x7b22636f6e6e656374696f6e4964223a2234363332636630322d636437652d636461622d356532392d373963646235613761343237222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2235636336333733622d363063382d386531392d333834362d623731396261386433643637222c227472616e73616374696f6e31526f6c65223a22556e62696c6c65642053616c6573222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2237343934386633322d326436612d616131642d323866362d363031633433613834376333222c227472616e73616374696f6e32526f6c65223a22436f7374222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:36.729852+00
23	transaction-connected	\\x38383336333531342d626237612d616466642d393562372d313866313236613161616263	a78c56c6-a15b-d67a-3b58-65c034c8e636	88363514-bb7a-adfd-95b7-18f126a1aabc	\N	\\x7b22636f6e6e656374696f6e4964223a2239333636303538342d303465312d633962392d353031652d343233383832633636353534222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2238383336333531342d626237612d616466642d393562372d313866313236613161616263222c227472616e73616374696f6e31526f6c65223a22556e62696c6c65642053616c6573222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2231373331383039372d633131622d613564632d363531652d376532353533643163656663222c227472616e73616374696f6e32526f6c65223a22436f7374222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:36.729852+00
24	actual-created	\\x32663839346236612d373037612d333738332d643162652d626634626437323366363537	31831796-f29c-00da-0466-362b001d9392	2f894b6a-707a-3783-d1be-bf4bd723f657	\N	\\x7b2261637475616c4964223a2232663839346236612d373037612d333738332d643162652d626634626437323366363537222c22726f7756657273696f6e223a322c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030342c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22382e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a22313630302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3032222c226163636f756e74696e6744617465223a22323032362d30392d3032222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2250726f6365737320776f726b73686f70227d	2026-11-27 00:25:37.943781+00
25	actual-created	\\x65383465623061352d346365322d353665342d623839382d636236356632313835623135	d2dabd65-a341-c815-b1ef-8139155748ec	e84eb0a5-4ce2-56e4-b898-cb65f2185b15	\N	\\x7b2261637475616c4964223a2265383465623061352d346365322d353665342d623839382d636236356632313835623135222c22726f7756657273696f6e223a322c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030342c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22362e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a22313230302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3033222c226163636f756e74696e6744617465223a22323032362d30392d3033222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2244617461206d6967726174696f6e227d	2026-11-27 00:25:37.943781+00
26	actual-created	\\x64663366653266632d623337302d303436362d356662352d383331313461346336623463	6c70c9ce-8cfc-c20e-3a27-1f549daca8b3	df3fe2fc-b370-0466-5fb5-83114a4c6b4c	\N	\\x7b2261637475616c4964223a2264663366653266632d623337302d303436362d356662352d383331313461346336623463222c22726f7756657273696f6e223a322c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030302c2262696c6c696e67537461747573223a3139323335303030342c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22322e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a223430302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3033222c226163636f756e74696e6744617465223a22323032362d30392d3033222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2244617461206d6967726174696f6e227d	2026-11-27 00:25:37.943781+00
27	actual-created	\\x31343733666136332d616164342d323261302d333166612d306231366531376161356661	20fccdb5-57a7-398c-4bd4-f9abfd19350c	1473fa63-aad4-22a0-31fa-0b16e17aa5fa	\N	\\x7b2261637475616c4964223a2231343733666136332d616164342d323261302d333166612d306231366531376161356661222c22726f7756657273696f6e223a322c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030312c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030342c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22312e30303030222c227072696365223a223335302e30303030222c22616d6f756e74223a223335302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3034222c226163636f756e74696e6744617465223a22323032362d30392d3034222c2263617465676f7279223a2254726176656c222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a22466c6967687420746f2053656174746c65227d	2026-11-27 00:25:37.943781+00
28	actual-created	\\x35636336333733622d363063382d386531392d333834362d623731396261386433643637	2043083b-12ff-022b-02e1-8e39ac911c9e	5cc6373b-60c8-8e19-3846-b719ba8d3d67	\N	\\x7b2261637475616c4964223a2235636336333733622d363063382d386531392d333834362d623731396261386433643637222c22726f7756657273696f6e223a322c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030342c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a2231302e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a22323030302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3037222c226163636f756e74696e6744617465223a22323032362d30392d3037222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224272756e6f204b656c6c6572222c226465736372697074696f6e223a22496e746572666163652c206275696c7420696e204765726d616e79227d	2026-11-27 00:25:37.943781+00
29	actual-created	\\x38383336333531342d626237612d616466642d393562372d313866313236613161616263	77c78304-4fc1-d907-5b09-43e003e27abb	88363514-bb7a-adfd-95b7-18f126a1aabc	\N	\\x7b2261637475616c4964223a2238383336333531342d626237612d616466642d393562372d313866313236613161616263222c22726f7756657273696f6e223a322c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d4c494654222c22636f6e74726163744e756d626572223a224f52442d33222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303033222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030342c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22455552222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a2232302e30303030222c227072696365223a223135302e30303030222c22616d6f756e74223a22333030302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3038222c226163636f756e74696e6744617465223a22323032362d30392d3038222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a224c69667420636f6e74726f6c2c2064657369676e227d	2026-11-27 00:25:37.943781+00
30	actual-created	\\x31343733666136332d616164342d323261302d333166612d306231366531376161356661	60626869-ae95-8d43-bac9-3776c8188f7e	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b2261637475616c4964223a2231343733666136332d616164342d323261302d333166612d306231366531376161356661222c22726f7756657273696f6e223a332c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030312c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030312c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22312e30303030222c227072696365223a223335302e30303030222c22616d6f756e74223a223335302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3034222c226163636f756e74696e6744617465223a22323032362d30392d3034222c2263617465676f7279223a2254726176656c222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a22466c6967687420746f2053656174746c65227d	2026-11-27 00:25:38.046016+00
31	actual-created	\\x32663839346236612d373037612d333738332d643162652d626634626437323366363537	0c723300-afd3-3a67-1dd1-92446fcd0219	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b2261637475616c4964223a2232663839346236612d373037612d333738332d643162652d626634626437323366363537222c22726f7756657273696f6e223a332c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030312c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22382e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a22313630302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3032222c226163636f756e74696e6744617465223a22323032362d30392d3032222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2250726f6365737320776f726b73686f70227d	2026-11-27 00:25:38.046016+00
32	actual-created	\\x35636336333733622d363063382d386531392d333834362d623731396261386433643637	9a241786-69bb-5570-7532-c1f0d7eda59a	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b2261637475616c4964223a2235636336333733622d363063382d386531392d333834362d623731396261386433643637222c22726f7756657273696f6e223a332c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030312c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a2231302e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a22323030302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3037222c226163636f756e74696e6744617465223a22323032362d30392d3037222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224272756e6f204b656c6c6572222c226465736372697074696f6e223a22496e746572666163652c206275696c7420696e204765726d616e79227d	2026-11-27 00:25:38.046016+00
33	actual-created	\\x38383336333531342d626237612d616466642d393562372d313866313236613161616263	a7e0f2f3-6941-4f97-2964-461d16685cac	264e1c98-67c4-2c4c-325f-01ee73cd35bc	\N	\\x7b2261637475616c4964223a2238383336333531342d626237612d616466642d393562372d313866313236613161616263222c22726f7756657273696f6e223a332c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d4c494654222c22636f6e74726163744e756d626572223a224f52442d33222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303033222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030312c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22455552222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a2232302e30303030222c227072696365223a223135302e30303030222c22616d6f756e74223a22333030302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3038222c226163636f756e74696e6744617465223a22323032362d30392d3038222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a224c69667420636f6e74726f6c2c2064657369676e227d	2026-11-27 00:25:38.046016+00
34	actual-created	\\x64663366653266632d623337302d303436362d356662352d383331313461346336623463	448f8cbe-0447-ac89-2e20-75210383549a	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b2261637475616c4964223a2264663366653266632d623337302d303436362d356662352d383331313461346336623463222c22726f7756657273696f6e223a332c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030302c2262696c6c696e67537461747573223a3139323335303030312c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22322e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a223430302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3033222c226163636f756e74696e6744617465223a22323032362d30392d3033222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2244617461206d6967726174696f6e227d	2026-11-27 00:25:38.046016+00
35	actual-created	\\x65383465623061352d346365322d353665342d623839382d636236356632313835623135	96770b36-1271-2672-25d2-a200e82405af	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b2261637475616c4964223a2265383465623061352d346365322d353665342d623839382d636236356632313835623135222c22726f7756657273696f6e223a332c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030312c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22362e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a22313230302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3033222c226163636f756e74696e6744617465223a22323032362d30392d3033222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2244617461206d6967726174696f6e227d	2026-11-27 00:25:38.046016+00
36	actual-created	\\x66316339633864312d646464612d383831362d653066352d373332376432306139363631	5d7b44a7-ca53-1115-2228-1990bd5d5b1d	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b2261637475616c4964223a2266316339633864312d646464612d383831362d653066352d373332376432306139363631222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030362c227472616e73616374696f6e436c617373223a3139323335303030312c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030322c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22312e30303030222c227072696365223a223335302e30303030222c22616d6f756e74223a223335302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3034222c226163636f756e74696e6744617465223a22323032362d30392d3135222c2263617465676f7279223a2254726176656c222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a22466c6967687420746f2053656174746c65222c22696e766f6963654964223a2265313231366239372d353336312d393066302d636562332d363766313131643630313438222c22756e62696c6c656441637475616c4964223a2231343733666136332d616164342d323261302d333166612d306231366531376161356661227d	2026-11-27 00:25:38.290586+00
37	actual-created	\\x31343733666136332d616164342d323261302d333166612d306231366531376161356661	ffdd179f-efb2-d992-a4a7-22a3dbd7b4cd	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b2261637475616c4964223a2231343733666136332d616164342d323261302d333166612d306231366531376161356661222c22726f7756657273696f6e223a342c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030312c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030322c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22312e30303030222c227072696365223a223335302e30303030222c22616d6f756e74223a223335302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3034222c226163636f756e74696e6744617465223a22323032362d30392d3034222c2263617465676f7279223a2254726176656c222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a22466c6967687420746f2053656174746c65227d	2026-11-27 00:25:38.290586+00
38	actual-created	\\x34613030306631332d623064392d633566332d306237392d353463356333613238343639	35292f1e-0b78-17d6-d705-ba0344991b3b	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b2261637475616c4964223a2234613030306631332d623064392d633566332d306237392d353463356333613238343639222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030362c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030322c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22382e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a22313630302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3032222c226163636f756e74696e6744617465223a22323032362d30392d3135222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2250726f6365737320776f726b73686f70222c22696e766f6963654964223a2265313231366239372d353336312d393066302d636562332d363766313131643630313438222c22756e62696c6c656441637475616c4964223a2232663839346236612d373037612d333738332d643162652d626634626437323366363537227d	2026-11-27 00:25:38.290586+00
39	actual-created	\\x32663839346236612d373037612d333738332d643162652d626634626437323366363537	65df570c-c59d-dcf1-99f4-0024c964cc7e	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b2261637475616c4964223a2232663839346236612d373037612d333738332d643162652d626634626437323366363537222c22726f7756657273696f6e223a342c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030322c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22382e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a22313630302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3032222c226163636f756e74696e6744617465223a22323032362d30392d3032222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2250726f6365737320776f726b73686f70227d	2026-11-27 00:25:38.290586+00
40	actual-created	\\x63616638653037622d666630662d396437652d656664342d366433656564333839333665	6004edcb-c8f1-36b2-dc76-0d492e714132	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b2261637475616c4964223a2263616638653037622d666630662d396437652d656664342d366433656564333839333665222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030362c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030322c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a2231302e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a22323030302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3037222c226163636f756e74696e6744617465223a22323032362d30392d3135222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224272756e6f204b656c6c6572222c226465736372697074696f6e223a22496e746572666163652c206275696c7420696e204765726d616e79222c22696e766f6963654964223a2265313231366239372d353336312d393066302d636562332d363766313131643630313438222c22756e62696c6c656441637475616c4964223a2235636336333733622d363063382d386531392d333834362d623731396261386433643637227d	2026-11-27 00:25:38.290586+00
41	actual-created	\\x35636336333733622d363063382d386531392d333834362d623731396261386433643637	93c16f3f-1314-418a-3ab7-09fdf210d460	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b2261637475616c4964223a2235636336333733622d363063382d386531392d333834362d623731396261386433643637222c22726f7756657273696f6e223a342c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030322c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a2231302e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a22323030302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3037222c226163636f756e74696e6744617465223a22323032362d30392d3037222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224272756e6f204b656c6c6572222c226465736372697074696f6e223a22496e746572666163652c206275696c7420696e204765726d616e79227d	2026-11-27 00:25:38.290586+00
42	actual-created	\\x64353030396630622d666166372d616563392d303338612d376662333065623634663036	47e1c9b4-98c1-ed2f-9403-c138b44843ea	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b2261637475616c4964223a2264353030396630622d666166372d616563392d303338612d376662333065623634663036222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030362c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030302c2262696c6c696e67537461747573223a3139323335303030322c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22322e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a223430302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3033222c226163636f756e74696e6744617465223a22323032362d30392d3135222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2244617461206d6967726174696f6e222c22696e766f6963654964223a2265313231366239372d353336312d393066302d636562332d363766313131643630313438222c22756e62696c6c656441637475616c4964223a2264663366653266632d623337302d303436362d356662352d383331313461346336623463227d	2026-11-27 00:25:38.290586+00
43	actual-created	\\x64663366653266632d623337302d303436362d356662352d383331313461346336623463	1b64fb98-971f-cff8-2710-b18889c51469	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b2261637475616c4964223a2264663366653266632d623337302d303436362d356662352d383331313461346336623463222c22726f7756657273696f6e223a342c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030302c2262696c6c696e67537461747573223a3139323335303030322c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22322e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a223430302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3033222c226163636f756e74696e6744617465223a22323032362d30392d3033222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2244617461206d6967726174696f6e227d	2026-11-27 00:25:38.290586+00
44	actual-created	\\x33616533386336372d323830392d383231622d303062342d356635396565636534343265	045ab459-9404-f150-a46c-258a98cd3a56	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b2261637475616c4964223a2233616533386336372d323830392d383231622d303062342d356635396565636534343265222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030362c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030322c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22362e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a22313230302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3033222c226163636f756e74696e6744617465223a22323032362d30392d3135222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2244617461206d6967726174696f6e222c22696e766f6963654964223a2265313231366239372d353336312d393066302d636562332d363766313131643630313438222c22756e62696c6c656441637475616c4964223a2265383465623061352d346365322d353665342d623839382d636236356632313835623135227d	2026-11-27 00:25:38.290586+00
45	actual-created	\\x65383465623061352d346365322d353665342d623839382d636236356632313835623135	f9beb0da-1359-dabf-7703-e7ed5186a999	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b2261637475616c4964223a2265383465623061352d346365322d353665342d623839382d636236356632313835623135222c22726f7756657273696f6e223a342c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030322c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22362e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a22313230302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3033222c226163636f756e74696e6744617465223a22323032362d30392d3033222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2244617461206d6967726174696f6e227d	2026-11-27 00:25:38.290586+00
46	actual-created	\\x33646635623163362d306337322d616366312d656435662d613335306335396338303136	6bf9fd36-fa4b-81d9-1a69-eefbdb09644f	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b2261637475616c4964223a2233646635623163362d306337322d616366312d656435662d613335306335396338303136222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030362c227472616e73616374696f6e436c617373223a3139323335303030352c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030322c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a222d312e30303030222c227072696365223a22333030302e30303030222c22616d6f756e74223a222d333030302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3135222c226163636f756e74696e6744617465223a22323032362d30392d3135222c226465736372697074696f6e223a22416476616e63652032303236222c22696e766f6963654964223a2265313231366239372d353336312d393066302d636562332d363766313131643630313438222c22756e62696c6c656441637475616c4964223a2265363730386138352d616162652d353035652d373662652d643361383835666361383066227d	2026-11-27 00:25:38.290586+00
47	actual-created	\\x65363730386138352d616162652d353035652d373662652d643361383835666361383066	28b9d91f-9f41-28e7-d1c5-ec530c1a8506	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b2261637475616c4964223a2265363730386138352d616162652d353035652d373662652d643361383835666361383066222c22726f7756657273696f6e223a322c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030352c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030322c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a222d312e30303030222c227072696365223a22333030302e30303030222c22616d6f756e74223a222d333030302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3031222c226163636f756e74696e6744617465223a22323032362d30392d3031222c226465736372697074696f6e223a22416476616e63652032303236227d	2026-11-27 00:25:38.290586+00
48	transaction-connected	\\x66316339633864312d646464612d383831362d653066352d373332376432306139363631	c6f9dcf3-d0fb-9ef9-9a6a-9afb3a7c0d57	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b22636f6e6e656374696f6e4964223a2238323335353737622d643431662d646463392d643932612d626630646462613236353866222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2266316339633864312d646464612d383831362d653066352d373332376432306139363631222c227472616e73616374696f6e31526f6c65223a2242696c6c65642053616c6573222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2231343733666136332d616164342d323261302d333166612d306231366531376161356661222c227472616e73616374696f6e32526f6c65223a22556e62696c6c65642053616c6573222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:38.290586+00
49	transaction-connected	\\x62323835303261332d303239342d353930662d303865642d313562386339626566313862	5971d1ca-0096-0155-588d-eeb4cd43a7c5	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b22636f6e6e656374696f6e4964223a2236323164306534392d613431312d383366642d366230362d613863633833343131353161222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2262323835303261332d303239342d353930662d303865642d313562386339626566313862222c227472616e73616374696f6e31526f6c65223a22526576657273696e67222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2231343733666136332d616164342d323261302d333166612d306231366531376161356661222c227472616e73616374696f6e32526f6c65223a224f726967696e616c222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:38.290586+00
50	transaction-connected	\\x34613030306631332d623064392d633566332d306237392d353463356333613238343639	08965ad9-cee9-d6e6-ac9e-2abae0b110ef	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b22636f6e6e656374696f6e4964223a2266626663356361372d363837362d366538622d313961612d653833643861366163386463222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2234613030306631332d623064392d633566332d306237392d353463356333613238343639222c227472616e73616374696f6e31526f6c65223a2242696c6c65642053616c6573222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2232663839346236612d373037612d333738332d643162652d626634626437323366363537222c227472616e73616374696f6e32526f6c65223a22556e62696c6c65642053616c6573222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:38.290586+00
51	transaction-connected	\\x65636164323536392d363066632d386134382d393463352d306537336137623533633137	e6c7eb29-88d3-e238-7735-1b9b94a8cb93	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b22636f6e6e656374696f6e4964223a2265336632376464632d653739312d303739392d656464632d323532353333366662386139222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2265636164323536392d363066632d386134382d393463352d306537336137623533633137222c227472616e73616374696f6e31526f6c65223a22526576657273696e67222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2232663839346236612d373037612d333738332d643162652d626634626437323366363537222c227472616e73616374696f6e32526f6c65223a224f726967696e616c222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:38.290586+00
52	transaction-connected	\\x63616638653037622d666630662d396437652d656664342d366433656564333839333665	a0ef34f5-46d6-abb4-bca0-54c6ed4f54a6	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b22636f6e6e656374696f6e4964223a2232356133373332622d353766392d666132622d373835642d623735313936653939643533222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2263616638653037622d666630662d396437652d656664342d366433656564333839333665222c227472616e73616374696f6e31526f6c65223a2242696c6c65642053616c6573222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2235636336333733622d363063382d386531392d333834362d623731396261386433643637222c227472616e73616374696f6e32526f6c65223a22556e62696c6c65642053616c6573222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:38.290586+00
53	transaction-connected	\\x34653731663935612d333531352d363237392d383635372d616239613235643131316138	b73aa43c-9d92-8765-e9d8-84dd4ce3f196	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b22636f6e6e656374696f6e4964223a2233333861313462652d383264372d386138662d396337362d303161626362316665336535222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2234653731663935612d333531352d363237392d383635372d616239613235643131316138222c227472616e73616374696f6e31526f6c65223a22526576657273696e67222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2235636336333733622d363063382d386531392d333834362d623731396261386433643637222c227472616e73616374696f6e32526f6c65223a224f726967696e616c222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:38.290586+00
54	transaction-connected	\\x64353030396630622d666166372d616563392d303338612d376662333065623634663036	1e06cb23-bb7e-d3eb-fbba-87e5ea97df10	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b22636f6e6e656374696f6e4964223a2262646161643362612d303238332d666661302d643533322d373730303835323432353436222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2264353030396630622d666166372d616563392d303338612d376662333065623634663036222c227472616e73616374696f6e31526f6c65223a2242696c6c65642053616c6573222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2264663366653266632d623337302d303436362d356662352d383331313461346336623463222c227472616e73616374696f6e32526f6c65223a22556e62696c6c65642053616c6573222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:38.290586+00
55	transaction-connected	\\x30326365313034382d383963352d363835382d376165642d633639373137633530626638	2d045442-3bed-4821-7e4f-e7c9d8bf62fd	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b22636f6e6e656374696f6e4964223a2233626466393431362d376534382d393365372d343539642d383430613237326563353938222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2230326365313034382d383963352d363835382d376165642d633639373137633530626638222c227472616e73616374696f6e31526f6c65223a22526576657273696e67222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2264663366653266632d623337302d303436362d356662352d383331313461346336623463222c227472616e73616374696f6e32526f6c65223a224f726967696e616c222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:38.290586+00
56	transaction-connected	\\x33616533386336372d323830392d383231622d303062342d356635396565636534343265	952ed08e-23bf-43cb-d917-39781befcf07	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b22636f6e6e656374696f6e4964223a2239303462316435322d613964372d386266302d663333302d646337313939366439613538222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2233616533386336372d323830392d383231622d303062342d356635396565636534343265222c227472616e73616374696f6e31526f6c65223a2242696c6c65642053616c6573222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2265383465623061352d346365322d353665342d623839382d636236356632313835623135222c227472616e73616374696f6e32526f6c65223a22556e62696c6c65642053616c6573222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:38.290586+00
57	transaction-connected	\\x65336439343834612d653233642d313034312d386338622d643336623435323063326464	f6859ec7-799f-0279-dc85-ff01d6c47430	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b22636f6e6e656374696f6e4964223a2239666136626638662d623238392d376634372d343334322d383538303163633331373738222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2265336439343834612d653233642d313034312d386338622d643336623435323063326464222c227472616e73616374696f6e31526f6c65223a22526576657273696e67222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2265383465623061352d346365322d353665342d623839382d636236356632313835623135222c227472616e73616374696f6e32526f6c65223a224f726967696e616c222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:38.290586+00
58	transaction-connected	\\x33646635623163362d306337322d616366312d656435662d613335306335396338303136	e7d7a96b-dddf-1550-95e7-91e587417f29	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b22636f6e6e656374696f6e4964223a2230306136613866372d313231622d653461642d626466372d303038373839643537323364222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2233646635623163362d306337322d616366312d656435662d613335306335396338303136222c227472616e73616374696f6e31526f6c65223a2242696c6c65642053616c6573222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2265363730386138352d616162652d353035652d373662652d643361383835666361383066222c227472616e73616374696f6e32526f6c65223a22556e62696c6c65642053616c6573222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:38.290586+00
59	transaction-connected	\\x62383964333466622d656236302d393263392d343839352d393532396436636364613261	e420dbb9-613f-d64f-a4c6-2e912503f579	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b22636f6e6e656374696f6e4964223a2233613537313864362d313833322d373336302d616239632d626637323535656633663666222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2262383964333466622d656236302d393263392d343839352d393532396436636364613261222c227472616e73616374696f6e31526f6c65223a22526576657273696e67222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2265363730386138352d616162652d353035652d373662652d643361383835666361383066222c227472616e73616374696f6e32526f6c65223a224f726967696e616c222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:38.290586+00
60	invoice-confirmed	\\x65313231366239372d353336312d393066302d636562332d363766313131643630313438	e7a0b4c3-8aab-6f03-49bb-df501279abca	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b22696e766f6963654964223a2265313231366239372d353336312d393066302d636562332d363766313131643630313438222c22696e766f6963654e756d626572223a2250492d303030303032222c22636f6d70616e79223a2275736d66222c22636f6e74726163744e756d626572223a224f52442d31222c22637573746f6d65724163636f756e74223a2255532d303031222c22637573746f6d65724e616d65223a22416476656e7475726520576f726b73204379636c6573222c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c226163636f756e74696e6744617465223a22323032362d30392d3135222c2262696c6c546f4e616d65223a22416476656e7475726520576f726b73204379636c6573222c22686173436f7272656374696f6e73223a66616c73652c226c696e65416d6f756e74223a22323135302e30303030222c22746f74616c7356657273696f6e223a312c22746f74616c436f756e74223a362c22746f74616c416d6f756e74223a22323535302e30303030222c22746f74616c446967657374223a2265653030666661623537666662346530626530363862623436636234633637333739346436646664333732303062646231376333613133316337636439356561227d	2026-11-27 00:25:38.290586+00
61	actual-created	\\x36623531313631372d383830612d383165332d623431322d336161323336356563303262	56f017ba-8795-1980-2d0d-4f1e13856ba9	9ba02405-153f-ee99-e81a-a3bb3ab4d1f1	\N	\\x7b2261637475616c4964223a2236623531313631372d383830612d383165332d623431322d336161323336356563303262222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d53484f50222c22636f6e74726163744e756d626572223a224f52442d32222c22636f6e74726163744c696e65223a2244656c6976657279222c22637573746f6d65724163636f756e74223a2255532d303032222c227472616e73616374696f6e54797065223a3139323335303030362c227472616e73616374696f6e436c617373223a3139323335303030332c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030322c2262696c6c696e674d6574686f64223a3139323335303030312c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22312e30303030222c227072696365223a22343030302e30303030222c22616d6f756e74223a22343030302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3130222c226163636f756e74696e6744617465223a22323032362d30392d3135222c226465736372697074696f6e223a225765622073686f702031206f662034222c22696e766f6963654964223a2239626130323430352d313533662d656539392d653831612d613362623361623464316631227d	2026-11-27 00:25:38.381009+00
62	invoice-confirmed	\\x39626130323430352d313533662d656539392d653831612d613362623361623464316631	db10b4af-c799-51b5-b3f6-8403e1c2dd44	9ba02405-153f-ee99-e81a-a3bb3ab4d1f1	\N	\\x7b22696e766f6963654964223a2239626130323430352d313533662d656539392d653831612d613362623361623464316631222c22696e766f6963654e756d626572223a2250492d303030303033222c22636f6d70616e79223a2275736d66222c22636f6e74726163744e756d626572223a224f52442d32222c22637573746f6d65724163636f756e74223a2255532d303032222c22637573746f6d65724e616d65223a2246616272696b616d2c20496e632e222c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c226163636f756e74696e6744617465223a22323032362d30392d3135222c2262696c6c546f4e616d65223a2246616272696b616d2c20496e632e222c22686173436f7272656374696f6e73223a66616c73652c226c696e65416d6f756e74223a22343030302e30303030222c22746f74616c7356657273696f6e223a312c22746f74616c436f756e74223a312c22746f74616c416d6f756e74223a22343030302e30303030222c22746f74616c446967657374223a2230376135616230623936633163326131356430613237636635356537626336663731656663396637396262363739663335303332303038303364326537376430227d	2026-11-27 00:25:38.381009+00
75	transaction-connected	\\x35386239323735642d666631322d323165382d326233392d613961306330386166356236	9364bc6e-9881-38f2-4f0e-e24cfff5120e	0a72fa2f-21dd-0c13-04b2-dfa63718b67d	\N	\\x7b22636f6e6e656374696f6e4964223a2261333865613230622d393532622d626466372d343537362d383961366363353135623365222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2235386239323735642d666631322d323165382d326233392d613961306330386166356236222c227472616e73616374696f6e31526f6c65223a2242696c6c65642053616c6573222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2238336163383161302d353466372d396362392d313961382d393263356235316435666536222c227472616e73616374696f6e32526f6c65223a22556e62696c6c65642053616c6573222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:41.892824+00
63	actual-created	\\x64626163306431342d666130612d376661382d623133612d613232393230393331343335	43aa3d1a-12b2-633d-4c2f-d7e76b698961	264e1c98-67c4-2c4c-325f-01ee73cd35bc	\N	\\x7b2261637475616c4964223a2264626163306431342d666130612d376661382d623133612d613232393230393331343335222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d4c494654222c22636f6e74726163744e756d626572223a224f52442d33222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303033222c227472616e73616374696f6e54797065223a3139323335303030362c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030322c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22455552222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a2232302e30303030222c227072696365223a223135302e30303030222c22616d6f756e74223a22333030302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3038222c226163636f756e74696e6744617465223a22323032362d30392d3135222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a224c69667420636f6e74726f6c2c2064657369676e222c22696e766f6963654964223a2232363465316339382d363763342d326334632d333235662d303165653733636433356263222c22756e62696c6c656441637475616c4964223a2238383336333531342d626237612d616466642d393562372d313866313236613161616263227d	2026-11-27 00:25:38.432918+00
64	actual-created	\\x38383336333531342d626237612d616466642d393562372d313866313236613161616263	580f3a0b-8cdf-d1cc-648f-b4d5b044f93f	264e1c98-67c4-2c4c-325f-01ee73cd35bc	\N	\\x7b2261637475616c4964223a2238383336333531342d626237612d616466642d393562372d313866313236613161616263222c22726f7756657273696f6e223a342c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d4c494654222c22636f6e74726163744e756d626572223a224f52442d33222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303033222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030322c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22455552222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a2232302e30303030222c227072696365223a223135302e30303030222c22616d6f756e74223a22333030302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3038222c226163636f756e74696e6744617465223a22323032362d30392d3038222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a224c69667420636f6e74726f6c2c2064657369676e227d	2026-11-27 00:25:38.432918+00
65	transaction-connected	\\x64626163306431342d666130612d376661382d623133612d613232393230393331343335	3990ea86-3689-d5a1-fddf-5993c09afdbb	264e1c98-67c4-2c4c-325f-01ee73cd35bc	\N	\\x7b22636f6e6e656374696f6e4964223a2234363761336463662d383337372d333864352d323837622d323630363465306565363462222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2264626163306431342d666130612d376661382d623133612d613232393230393331343335222c227472616e73616374696f6e31526f6c65223a2242696c6c65642053616c6573222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2238383336333531342d626237612d616466642d393562372d313866313236613161616263222c227472616e73616374696f6e32526f6c65223a22556e62696c6c65642053616c6573222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:38.432918+00
66	transaction-connected	\\x31663866393836642d313434662d646564342d646364622d626664383139376137623536	3e177079-5436-68a6-0a90-1480e0594695	264e1c98-67c4-2c4c-325f-01ee73cd35bc	\N	\\x7b22636f6e6e656374696f6e4964223a2231363266323661332d333534642d316663382d663836662d623866656538626166393633222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2231663866393836642d313434662d646564342d646364622d626664383139376137623536222c227472616e73616374696f6e31526f6c65223a22526576657273696e67222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2238383336333531342d626237612d616466642d393562372d313866313236613161616263222c227472616e73616374696f6e32526f6c65223a224f726967696e616c222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:38.432918+00
67	invoice-confirmed	\\x32363465316339382d363763342d326334632d333235662d303165653733636433356263	1240c44c-d225-c6a5-98df-6627746401d5	264e1c98-67c4-2c4c-325f-01ee73cd35bc	\N	\\x7b22696e766f6963654964223a2232363465316339382d363763342d326334632d333235662d303165653733636433356263222c22696e766f6963654e756d626572223a2250492d303030303034222c22636f6d70616e79223a2275736d66222c22636f6e74726163744e756d626572223a224f52442d33222c22637573746f6d65724163636f756e74223a2255532d303033222c22637573746f6d65724e616d65223a22416c70696e6520536b6920486f757365222c2263757272656e6379223a22455552222c2263757272656e6379507265636973696f6e223a322c226163636f756e74696e6744617465223a22323032362d30392d3135222c2262696c6c546f4e616d65223a22416c70696e6520536b6920486f757365222c22686173436f7272656374696f6e73223a66616c73652c226c696e65416d6f756e74223a22333030302e30303030222c22746f74616c7356657273696f6e223a312c22746f74616c436f756e74223a312c22746f74616c416d6f756e74223a22333030302e30303030222c22746f74616c446967657374223a2232376462303634303330623865653862633231626436383536633639303765626530636531663336343930653036323234353635373831323864653135646433227d	2026-11-27 00:25:38.432918+00
68	actual-created	\\x38336163383161302d353466372d396362392d313961382d393263356235316435666536	e780d3b8-1b53-c47c-da90-32ecddde5268	0a72fa2f-21dd-0c13-04b2-dfa63718b67d	\N	\\x7b2261637475616c4964223a2238336163383161302d353466372d396362392d313961382d393263356235316435666536222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030322c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22362e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a22313230302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3032222c226163636f756e74696e6744617465223a22323032362d30392d3032222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2250726f6365737320776f726b73686f70227d	2026-11-27 00:25:41.892824+00
69	actual-created	\\x35386239323735642d666631322d323165382d326233392d613961306330386166356236	3eb5b292-7077-d10e-0cdb-6d5f08879b1f	0a72fa2f-21dd-0c13-04b2-dfa63718b67d	\N	\\x7b2261637475616c4964223a2235386239323735642d666631322d323165382d326233392d613961306330386166356236222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030362c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030322c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22362e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a22313230302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3032222c226163636f756e74696e6744617465223a22323032362d30392d3234222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2250726f6365737320776f726b73686f70222c22696e766f6963654964223a2230613732666132662d323164642d306331332d303462322d646661363337313862363764222c22756e62696c6c656441637475616c4964223a2238336163383161302d353466372d396362392d313961382d393263356235316435666536227d	2026-11-27 00:25:41.892824+00
70	actual-created	\\x35303433333538622d613762652d316334332d646639632d373566336630366162653831	4c402ffe-f5c2-03f3-5d58-113788b901f1	5043358b-a7be-1c43-df9c-75f3f06abe81	\N	\\x7b2261637475616c4964223a2235303433333538622d613762652d316334332d646639632d373566336630366162653831222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030302c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22322e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a223430302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3032222c226163636f756e74696e6744617465223a22323032362d30392d3032222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2250726f6365737320776f726b73686f70227d	2026-11-27 00:25:41.892824+00
71	actual-created	\\x34613030306631332d623064392d633566332d306237392d353463356333613238343639	d8335501-797b-7119-6146-9e10f8c0ecb9	e1216b97-5361-90f0-ceb3-67f111d60148	\N	\\x7b2261637475616c4964223a2234613030306631332d623064392d633566332d306237392d353463356333613238343639222c22726f7756657273696f6e223a322c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030362c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030322c2261646a7573746d656e74537461747573223a3139323335303030312c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22382e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a22313630302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3032222c226163636f756e74696e6744617465223a22323032362d30392d3135222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2250726f6365737320776f726b73686f70222c22696e766f6963654964223a2265313231366239372d353336312d393066302d636562332d363766313131643630313438222c22756e62696c6c656441637475616c4964223a2232663839346236612d373037612d333738332d643162652d626634626437323366363537227d	2026-11-27 00:25:41.892824+00
72	actual-created	\\x65663562343339612d373335302d653466332d646234342d323662666366376136643264	74da85ae-7a7e-2ec5-596b-e0be17cab91d	0a72fa2f-21dd-0c13-04b2-dfa63718b67d	\N	\\x7b2261637475616c4964223a2265663562343339612d373335302d653466332d646234342d323662666366376136643264222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030362c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030322c2261646a7573746d656e74537461747573223a3139323335303030322c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a222d382e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a222d313630302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3032222c226163636f756e74696e6744617465223a22323032362d30392d3234222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a2250726f6365737320776f726b73686f70222c22696e766f6963654964223a2230613732666132662d323164642d306331332d303462322d646661363337313862363764222c22726576657273656441637475616c4964223a2234613030306631332d623064392d633566332d306237392d353463356333613238343639227d	2026-11-27 00:25:41.892824+00
73	transaction-connected	\\x65663562343339612d373335302d653466332d646234342d323662666366376136643264	9c25d0e3-46da-4ee3-6db7-06952f924a16	0a72fa2f-21dd-0c13-04b2-dfa63718b67d	\N	\\x7b22636f6e6e656374696f6e4964223a2231336231666131392d396430312d626338372d386365332d346435623364643439386136222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2265663562343339612d373335302d653466332d646234342d323662666366376136643264222c227472616e73616374696f6e31526f6c65223a22526576657273696e67222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2234613030306631332d623064392d633566332d306237392d353463356333613238343639222c227472616e73616374696f6e32526f6c65223a224f726967696e616c222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:41.892824+00
74	transaction-connected	\\x38336163383161302d353466372d396362392d313961382d393263356235316435666536	e266c4e6-8971-496d-3a2a-9bd910bc3f2f	0a72fa2f-21dd-0c13-04b2-dfa63718b67d	\N	\\x7b22636f6e6e656374696f6e4964223a2236306435626563632d346262352d303234332d643137652d303863393162376234313734222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2238336163383161302d353466372d396362392d313961382d393263356235316435666536222c227472616e73616374696f6e31526f6c65223a225265706c6163696e67222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2234613030306631332d623064392d633566332d306237392d353463356333613238343639222c227472616e73616374696f6e32526f6c65223a224f726967696e616c222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:41.892824+00
76	transaction-connected	\\x32363830366664322d636565312d633830332d323734302d623765613461616163323063	cc473c52-9d49-554b-8cc9-7e9b4dff260d	0a72fa2f-21dd-0c13-04b2-dfa63718b67d	\N	\\x7b22636f6e6e656374696f6e4964223a2230373666323231662d316232332d663461372d333232372d306634373161633461623336222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2232363830366664322d636565312d633830332d323734302d623765613461616163323063222c227472616e73616374696f6e31526f6c65223a22526576657273696e67222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2238336163383161302d353466372d396362392d313961382d393263356235316435666536222c227472616e73616374696f6e32526f6c65223a224f726967696e616c222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:41.892824+00
77	transaction-connected	\\x35303433333538622d613762652d316334332d646639632d373566336630366162653831	b5cd558c-b4d4-12de-a62b-e21c1f58bf30	5043358b-a7be-1c43-df9c-75f3f06abe81	\N	\\x7b22636f6e6e656374696f6e4964223a2264613863356137642d346465632d386438632d633730302d316461663130346438353936222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2235303433333538622d613762652d316334332d646639632d373566336630366162653831222c227472616e73616374696f6e31526f6c65223a225265706c6163696e67222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2234613030306631332d623064392d633566332d306237392d353463356333613238343639222c227472616e73616374696f6e32526f6c65223a224f726967696e616c222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:41.892824+00
78	invoice-confirmed	\\x30613732666132662d323164642d306331332d303462322d646661363337313862363764	7bd9a915-ed61-c849-7e48-a68abd0dfd8b	0a72fa2f-21dd-0c13-04b2-dfa63718b67d	\N	\\x7b22696e766f6963654964223a2230613732666132662d323164642d306331332d303462322d646661363337313862363764222c22696e766f6963654e756d626572223a2250492d303030303035222c22636f6d70616e79223a2275736d66222c22636f6e74726163744e756d626572223a224f52442d31222c22637573746f6d65724163636f756e74223a2255532d303031222c22637573746f6d65724e616d65223a22416476656e7475726520576f726b73204379636c6573222c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c226163636f756e74696e6744617465223a22323032362d30392d3234222c2262696c6c546f4e616d65223a22416476656e7475726520576f726b73204379636c6573222c22686173436f7272656374696f6e73223a747275652c226c696e65416d6f756e74223a222d3430302e30303030222c22746f74616c7356657273696f6e223a312c22746f74616c436f756e74223a322c22746f74616c416d6f756e74223a222d3430302e30303030222c22746f74616c446967657374223a2262646362333266663632333437353930363634646236663330626461343830396530326439653066656335376432383361616138623933623931633337396131227d	2026-11-27 00:25:41.892824+00
79	actual-created	\\x38666538343761372d383864632d613033332d346438622d363865656631393635333563	4b168124-d09c-529a-87e6-a24c637fb460	8fe847a7-88dc-a033-4d8b-68eef196535c	\N	\\x7b2261637475616c4964223a2238666538343761372d383864632d613033332d346438622d363865656631393635333563222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030302c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030332c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22352e30303030222c227072696365223a223130302e30303030222c22616d6f756e74223a223530302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3238222c226163636f756e74696e6744617465223a22323032362d30392d3238222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a22547261696e696e67227d	2026-11-27 00:25:42.07087+00
80	actual-created	\\x63653738363131652d343931632d316234392d666537322d623063316235313964356332	6c6b558a-ef12-8aec-653f-e0368a5b410a	ce78611e-491c-1b49-fe72-b0c1b519d5c2	\N	\\x7b2261637475616c4964223a2263653738363131652d343931632d316234392d666537322d623063316235313964356332222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c2270726f6a6563744e756d626572223a2250524a2d455250222c22636f6e74726163744e756d626572223a224f52442d31222c22636f6e74726163744c696e65223a22436f6e73756c74696e67222c22637573746f6d65724163636f756e74223a2255532d303031222c227472616e73616374696f6e54797065223a3139323335303030352c227472616e73616374696f6e436c617373223a3139323335303030302c2262696c6c696e6754797065223a3139323335303030312c2262696c6c696e67537461747573223a3139323335303030302c2262696c6c696e674d6574686f64223a3139323335303030302c2263757272656e6379223a22555344222c2263757272656e6379507265636973696f6e223a322c227175616e74697479223a22352e30303030222c227072696365223a223230302e30303030222c22616d6f756e74223a22313030302e30303030222c22646f63756d656e7444617465223a22323032362d30392d3238222c226163636f756e74696e6744617465223a22323032362d30392d3238222c2263617465676f7279223a22436f6e73756c74696e67222c227265736f75726365223a224169736861205261686d616e222c226465736372697074696f6e223a22547261696e696e67227d	2026-11-27 00:25:42.07087+00
81	transaction-connected	\\x63653738363131652d343931632d316234392d666537322d623063316235313964356332	31e19df5-fc0d-eedd-6b6b-3ea590e6fff3	ce78611e-491c-1b49-fe72-b0c1b519d5c2	\N	\\x7b22636f6e6e656374696f6e4964223a2236383635383633382d353666392d383435652d663232612d663532323535643839616565222c22726f7756657273696f6e223a312c22636f6d70616e79223a2275736d66222c227472616e73616374696f6e314964223a2263653738363131652d343931632d316234392d666537322d623063316235313964356332222c227472616e73616374696f6e31526f6c65223a22556e62696c6c65642053616c6573222c227472616e73616374696f6e3154797065223a226d7364796e5f61637475616c222c227472616e73616374696f6e324964223a2238666538343761372d383864632d613033332d346438622d363865656631393635333563222c227472616e73616374696f6e32526f6c65223a22436f7374222c227472616e73616374696f6e3254797065223a226d7364796e5f61637475616c227d	2026-11-27 00:25:42.07087+00
\.

COPY public.outbox_lease (only_row, owner, epoch, expires_at, cluster_id, last_failure, last_failure_at) FROM stdin;
t	dataverse-producer relay@host/25690	1	-infinity	mockClusterc524884180	\N	\N
\.

COPY public.outbox_pending (id, bytes) FROM stdin;
68	598
69	707
70	597
71	736
72	738
73	364
74	364
75	373
76	364
77	364
78	519
79	563
80	590
81	365
\.

COPY public.posted_invoices (invoice_id, posting_version, company, proposal_number, customer_invoice_number, invoice_date, due_date, voucher, status, currency, line_amount, sales_tax_amount, detail_count, accounting_currency, detail_accounting_amount) FROM stdin;
b029c737-659d-7ec2-65d4-426fb755dc58	1	usmf	PI-000001	CIV-0001	2026-09-01	2026-10-01	USV-00002	Posted	USD	3000.0000	0.0000	1	USD	3000.0000
\.

COPY public.products (product_id, row_version, product_number) FROM stdin;
\.

COPY public.project_contracts (project_contract_id, row_version, contract_number, name, customer_id, currency_id, contracting_unit_id, company_id) FROM stdin;
00000007-0000-4000-8000-000000000001	1000	ORD-1	ERP rollout	00000004-0000-4000-8000-000000000001	00000003-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000001-0000-4000-8000-000000000001
00000007-0000-4000-8000-000000000002	1001	ORD-2	Web shop	00000004-0000-4000-8000-000000000002	00000003-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000001-0000-4000-8000-000000000001
00000007-0000-4000-8000-000000000003	1002	ORD-3	Ski lift	00000004-0000-4000-8000-000000000003	00000003-0000-4000-8000-000000000002	00000002-0000-4000-8000-000000000001	00000001-0000-4000-8000-000000000001
\.

COPY public.projects (project_id, row_version, name, project_number, project_contract_id, contracting_unit_id, company_id) FROM stdin;
00000008-0000-4000-8000-000000000001	1000	ERP rollout	PRJ-ERP	00000007-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000001-0000-4000-8000-000000000001
00000008-0000-4000-8000-000000000002	1001	Web shop	PRJ-SHOP	00000007-0000-4000-8000-000000000002	00000002-0000-4000-8000-000000000001	00000001-0000-4000-8000-000000000001
00000008-0000-4000-8000-000000000003	1002	Ski lift	PRJ-LIFT	00000007-0000-4000-8000-000000000003	00000002-0000-4000-8000-000000000001	00000001-0000-4000-8000-000000000001
\.

COPY public.published_invoices (invoice_id, totals_version, content, published_at) FROM stdin;
b029c737-659d-7ec2-65d4-426fb755dc58	1	4ae3b6d6-0ffd-9842-8f14-28f2880dd803	2026-11-27 00:25:33.325864+00
e1216b97-5361-90f0-ceb3-67f111d60148	1	4f60eba1-c9e5-98e4-24ff-1c983624be60	2026-11-27 00:25:38.290586+00
9ba02405-153f-ee99-e81a-a3bb3ab4d1f1	1	564926c8-e972-5191-fbdc-a5ed79e1c128	2026-11-27 00:25:38.381009+00
264e1c98-67c4-2c4c-325f-01ee73cd35bc	1	12298e44-dd5a-2d76-2fd0-cf2057dd9481	2026-11-27 00:25:38.432918+00
0a72fa2f-21dd-0c13-04b2-dfa63718b67d	1	25c5bc9c-baef-fc7c-102c-509f9a5c97e9	2026-11-27 00:25:41.892824+00
\.

COPY public.retainer_applications (invoice_line_detail_id, retainer_id, invoice_id, amount, refund_status, is_edited, is_confirmed) FROM stdin;
d9d24ce6-0124-6fdd-157e-b96d13f8e5cc	09ccbaf6-5743-9593-4d3c-e05eed510e7c	e1216b97-5361-90f0-ceb3-67f111d60148	3000.0000	\N	f	t
\.

COPY public.retainers (retainer_id, name, project_contract_id, contract_line_id, project_id, contracting_unit_id, customer_id, currency_id, amount, invoice_date, invoice_status, invoice_line_detail_id, open_balance_id, used, applied) FROM stdin;
09ccbaf6-5743-9593-4d3c-e05eed510e7c	Advance 2026	00000007-0000-4000-8000-000000000001	00000009-0000-4000-8000-000000000001	00000008-0000-4000-8000-000000000001	00000002-0000-4000-8000-000000000001	00000004-0000-4000-8000-000000000001	00000003-0000-4000-8000-000000000001	3000.0000	2026-09-01	Customer invoice posted	1d5db703-83ab-6552-d96e-070fdff404a2	\N	3000.0000	0.0000
\.

COPY public.reversed_actuals (original_id, reversal_id) FROM stdin;
4a000f13-b0d9-c5f3-0b79-54c5c3a28469	ef5b439a-7350-e4f3-db44-26bfcf7a6d2d
\.

COPY public.schema_migrations (version, name, applied_at, checksum) FROM stdin;
1	dataverse: bus, captured tables, waiting lists, accounting details	2026-11-27 00:25:30.480576+00	91c91b853f081259
\.

COPY public.settled_actuals (actual_id) FROM stdin;
\.

COPY public.transaction_connections (connection_id, row_version, transaction1_id, transaction1_role, transaction1_type, transaction2_id, transaction2_role, transaction2_type) FROM stdin;
c4cba459-2d7e-a704-84ac-f19a1eee5faa	1	7a2bc76a-7939-1fc3-a127-af51fcb27bfc	Billed Sales	msdyn_actual	e6708a85-aabe-505e-76be-d3a885fca80f	Unbilled Sales	msdyn_actual
a46f86b3-7f8d-9c3f-93b6-8984fdec11cf	1	2f894b6a-707a-3783-d1be-bf4bd723f657	Unbilled Sales	msdyn_actual	aa4a32f0-4b52-aa8f-ce38-0d01a344c0c8	Cost	msdyn_actual
f4f05fc8-a8dc-ad12-6938-89f1e6e6dbda	1	e84eb0a5-4ce2-56e4-b898-cb65f2185b15	Unbilled Sales	msdyn_actual	fbf11892-c9be-3cdd-13b1-36612289689b	Cost	msdyn_actual
5585371c-03a7-9953-f989-cf929f794008	1	df3fe2fc-b370-0466-5fb5-83114a4c6b4c	Unbilled Sales	msdyn_actual	fbf11892-c9be-3cdd-13b1-36612289689b	Cost	msdyn_actual
651d7f38-9695-836d-af5c-8d0da8661b34	1	1473fa63-aad4-22a0-31fa-0b16e17aa5fa	Unbilled Sales	msdyn_actual	bce5f009-092b-170d-94ca-fad6ba73f876	Cost	msdyn_actual
4632cf02-cd7e-cdab-5e29-79cdb5a7a427	1	5cc6373b-60c8-8e19-3846-b719ba8d3d67	Unbilled Sales	msdyn_actual	74948f32-2d6a-aa1d-28f6-601c43a847c3	Cost	msdyn_actual
93660584-04e1-c9b9-501e-423882c66554	1	88363514-bb7a-adfd-95b7-18f126a1aabc	Unbilled Sales	msdyn_actual	17318097-c11b-a5dc-651e-7e2553d1cefc	Cost	msdyn_actual
a448804a-0926-a51b-1aad-a3dcb671f2dc	1	a729de9d-a65f-f3ff-e909-e4e22e392e10	Billed Sales	msdyn_invoicelinetransaction	1473fa63-aad4-22a0-31fa-0b16e17aa5fa	Unbilled Sales	msdyn_actual
6f4fed21-dbb7-8e8e-4703-2de8c13547f0	1	46653939-81d3-6ec7-2c8b-3ccadcbee304	Billed Sales	msdyn_invoicelinetransaction	2f894b6a-707a-3783-d1be-bf4bd723f657	Unbilled Sales	msdyn_actual
9504bcba-a76f-97ce-8227-f5557d6e63cf	1	497639b5-b864-c1a3-1a61-fb2ebcb12c15	Billed Sales	msdyn_invoicelinetransaction	5cc6373b-60c8-8e19-3846-b719ba8d3d67	Unbilled Sales	msdyn_actual
70d9e81e-ab36-7a4b-5d5e-636ffc3742b0	1	775b5dfd-02a2-8e6e-3142-89f076157ce8	Billed Sales	msdyn_invoicelinetransaction	88363514-bb7a-adfd-95b7-18f126a1aabc	Unbilled Sales	msdyn_actual
3f436a06-af63-556d-d1fe-43b63f61bdad	1	f1566c5c-b869-7232-1c64-3e8d78870366	Billed Sales	msdyn_invoicelinetransaction	df3fe2fc-b370-0466-5fb5-83114a4c6b4c	Unbilled Sales	msdyn_actual
661e1f2a-5b13-a133-9863-dd37cc4ece46	1	dc9709b3-6c6b-a2c5-aad4-4f9d064f03ed	Billed Sales	msdyn_invoicelinetransaction	e84eb0a5-4ce2-56e4-b898-cb65f2185b15	Unbilled Sales	msdyn_actual
ce66380b-00ce-6d3a-98d4-4fcbb36de77b	1	d9d24ce6-0124-6fdd-157e-b96d13f8e5cc	Billed Sales	msdyn_invoicelinetransaction	e6708a85-aabe-505e-76be-d3a885fca80f	Unbilled Sales	msdyn_actual
8235577b-d41f-ddc9-d92a-bf0ddba2658f	1	f1c9c8d1-ddda-8816-e0f5-7327d20a9661	Billed Sales	msdyn_actual	1473fa63-aad4-22a0-31fa-0b16e17aa5fa	Unbilled Sales	msdyn_actual
621d0e49-a411-83fd-6b06-a8cc8341151a	1	b28502a3-0294-590f-08ed-15b8c9bef18b	Reversing	msdyn_actual	1473fa63-aad4-22a0-31fa-0b16e17aa5fa	Original	msdyn_actual
fbfc5ca7-6876-6e8b-19aa-e83d8a6ac8dc	1	4a000f13-b0d9-c5f3-0b79-54c5c3a28469	Billed Sales	msdyn_actual	2f894b6a-707a-3783-d1be-bf4bd723f657	Unbilled Sales	msdyn_actual
e3f27ddc-e791-0799-eddc-2525336fb8a9	1	ecad2569-60fc-8a48-94c5-0e73a7b53c17	Reversing	msdyn_actual	2f894b6a-707a-3783-d1be-bf4bd723f657	Original	msdyn_actual
25a3732b-57f9-fa2b-785d-b75196e99d53	1	caf8e07b-ff0f-9d7e-efd4-6d3eed38936e	Billed Sales	msdyn_actual	5cc6373b-60c8-8e19-3846-b719ba8d3d67	Unbilled Sales	msdyn_actual
338a14be-82d7-8a8f-9c76-01abcb1fe3e5	1	4e71f95a-3515-6279-8657-ab9a25d111a8	Reversing	msdyn_actual	5cc6373b-60c8-8e19-3846-b719ba8d3d67	Original	msdyn_actual
bdaad3ba-0283-ffa0-d532-770085242546	1	d5009f0b-faf7-aec9-038a-7fb30eb64f06	Billed Sales	msdyn_actual	df3fe2fc-b370-0466-5fb5-83114a4c6b4c	Unbilled Sales	msdyn_actual
3bdf9416-7e48-93e7-459d-840a272ec598	1	02ce1048-89c5-6858-7aed-c69717c50bf8	Reversing	msdyn_actual	df3fe2fc-b370-0466-5fb5-83114a4c6b4c	Original	msdyn_actual
904b1d52-a9d7-8bf0-f330-dc71996d9a58	1	3ae38c67-2809-821b-00b4-5f59eece442e	Billed Sales	msdyn_actual	e84eb0a5-4ce2-56e4-b898-cb65f2185b15	Unbilled Sales	msdyn_actual
9fa6bf8f-b289-7f47-4342-85801cc31778	1	e3d9484a-e23d-1041-8c8b-d36b4520c2dd	Reversing	msdyn_actual	e84eb0a5-4ce2-56e4-b898-cb65f2185b15	Original	msdyn_actual
00a6a8f7-121b-e4ad-bdf7-008789d5723d	1	3df5b1c6-0c72-acf1-ed5f-a350c59c8016	Billed Sales	msdyn_actual	e6708a85-aabe-505e-76be-d3a885fca80f	Unbilled Sales	msdyn_actual
3a5718d6-1832-7360-ab9c-bf7255ef3f6f	1	b89d34fb-eb60-92c9-4895-9529d6ccda2a	Reversing	msdyn_actual	e6708a85-aabe-505e-76be-d3a885fca80f	Original	msdyn_actual
467a3dcf-8377-38d5-287b-26064e0ee64b	1	dbac0d14-fa0a-7fa8-b13a-a22920931435	Billed Sales	msdyn_actual	88363514-bb7a-adfd-95b7-18f126a1aabc	Unbilled Sales	msdyn_actual
162f26a3-354d-1fc8-f86f-b8fee8baf963	1	1f8f986d-144f-ded4-dcdb-bfd8197a7b56	Reversing	msdyn_actual	88363514-bb7a-adfd-95b7-18f126a1aabc	Original	msdyn_actual
0c586cf7-060e-600c-6a87-5e42da704da3	1	1c74b5a2-a470-2def-1e53-eedcd3b6240c	Replacing	msdyn_invoicelinetransaction	4a000f13-b0d9-c5f3-0b79-54c5c3a28469	Original	msdyn_actual
13b1fa19-9d01-bc87-8ce3-4d5b3dd498a6	1	ef5b439a-7350-e4f3-db44-26bfcf7a6d2d	Reversing	msdyn_actual	4a000f13-b0d9-c5f3-0b79-54c5c3a28469	Original	msdyn_actual
60d5becc-4bb5-0243-d17e-08c91b7b4174	1	83ac81a0-54f7-9cb9-19a8-92c5b51d5fe6	Replacing	msdyn_actual	4a000f13-b0d9-c5f3-0b79-54c5c3a28469	Original	msdyn_actual
a38ea20b-952b-bdf7-4576-89a6cc515b3e	1	58b9275d-ff12-21e8-2b39-a9a0c08af5b6	Billed Sales	msdyn_actual	83ac81a0-54f7-9cb9-19a8-92c5b51d5fe6	Unbilled Sales	msdyn_actual
076f221f-1b23-f4a7-3227-0f471ac4ab36	1	26806fd2-cee1-c803-2740-b7ea4aaac20c	Reversing	msdyn_actual	83ac81a0-54f7-9cb9-19a8-92c5b51d5fe6	Original	msdyn_actual
da8c5a7d-4dec-8d8c-c700-1daf104d8596	1	5043358b-a7be-1c43-df9c-75f3f06abe81	Replacing	msdyn_actual	4a000f13-b0d9-c5f3-0b79-54c5c3a28469	Original	msdyn_actual
68658638-56f9-845e-f22a-f52255d89aee	1	ce78611e-491c-1b49-fe72-b0c1b519d5c2	Unbilled Sales	msdyn_actual	8fe847a7-88dc-a033-4d8b-68eef196535c	Cost	msdyn_actual
\.

COPY public.unfinished_pages (entity_set, context, file, rows_here, rows_counted, noticed_at) FROM stdin;
\.

COPY public.unit_companies (unit_name, company_code) FROM stdin;
\.

SELECT pg_catalog.setval('public.dead_letters_id_seq', 1, false);

SELECT pg_catalog.setval('public.execution_log_id_seq', 1, false);

SELECT pg_catalog.setval('public.held_messages_id_seq', 1, false);

SELECT pg_catalog.setval('public.outbox_id_seq', 81, true);

ALTER TABLE ONLY public.accounting_details
    ADD CONSTRAINT accounting_details_pkey PRIMARY KEY (actual_id);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.actuals
    ADD CONSTRAINT actuals_pkey PRIMARY KEY (actual_id);

ALTER TABLE ONLY public.actuals_waiting
    ADD CONSTRAINT actuals_waiting_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.bookable_resources
    ADD CONSTRAINT bookable_resources_pkey PRIMARY KEY (bookable_resource_id);

ALTER TABLE ONLY public.bulk_confirmations
    ADD CONSTRAINT bulk_confirmations_pkey PRIMARY KEY (invoice_id);

ALTER TABLE ONLY public.categories
    ADD CONSTRAINT categories_pkey PRIMARY KEY (category_id);

ALTER TABLE ONLY public.cluster_binding
    ADD CONSTRAINT cluster_binding_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY public.companies
    ADD CONSTRAINT companies_pkey PRIMARY KEY (company_id);

ALTER TABLE ONLY public.connections_waiting
    ADD CONSTRAINT connections_waiting_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.consumer_positions
    ADD CONSTRAINT consumer_positions_pkey PRIMARY KEY (consumer, topic, partition);

ALTER TABLE ONLY public.contract_line_customers
    ADD CONSTRAINT contract_line_customers_pkey PRIMARY KEY (contract_line_id, customer_id);

ALTER TABLE ONLY public.contract_lines
    ADD CONSTRAINT contract_lines_pkey PRIMARY KEY (contract_line_id);

ALTER TABLE ONLY public.currencies
    ADD CONSTRAINT currencies_pkey PRIMARY KEY (currency_id);

ALTER TABLE ONLY public.cutover_invoices
    ADD CONSTRAINT cutover_invoices_pkey PRIMARY KEY (invoice_id);

ALTER TABLE ONLY public.cutover
    ADD CONSTRAINT cutover_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY public.dead_letters
    ADD CONSTRAINT dead_letters_id_key UNIQUE (id);

ALTER TABLE ONLY public.dead_letters
    ADD CONSTRAINT dead_letters_pkey PRIMARY KEY (cluster_id, topic, partition, message_offset, payload_sha256);

ALTER TABLE ONLY public.deleted_rows
    ADD CONSTRAINT deleted_rows_pkey PRIMARY KEY (id, table_name);

ALTER TABLE ONLY public.entries
    ADD CONSTRAINT entries_pkey PRIMARY KEY (entry_id);

ALTER TABLE ONLY public.entry_actuals
    ADD CONSTRAINT entry_actuals_pkey PRIMARY KEY (actual_id);

ALTER TABLE ONLY public.execution_log
    ADD CONSTRAINT execution_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.held_messages
    ADD CONSTRAINT held_messages_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.invoice_detail_counts
    ADD CONSTRAINT invoice_detail_counts_pkey PRIMARY KEY (invoice_id, partition);

ALTER TABLE ONLY public.invoice_line_details
    ADD CONSTRAINT invoice_line_details_pkey PRIMARY KEY (invoice_line_detail_id);

ALTER TABLE ONLY public.invoice_lines
    ADD CONSTRAINT invoice_lines_pkey PRIMARY KEY (invoice_line_id);

ALTER TABLE ONLY public.invoice_progress
    ADD CONSTRAINT invoice_progress_pkey PRIMARY KEY (invoice_id);

ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT invoices_pkey PRIMARY KEY (invoice_id);

ALTER TABLE ONLY public.invoices_waiting
    ADD CONSTRAINT invoices_waiting_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.milestone_parts
    ADD CONSTRAINT milestone_parts_pkey PRIMARY KEY (part_id);

ALTER TABLE ONLY public.milestones
    ADD CONSTRAINT milestones_pkey PRIMARY KEY (milestone_id);

ALTER TABLE ONLY public.opening_vouchers
    ADD CONSTRAINT opening_vouchers_pkey PRIMARY KEY (actual_id);

ALTER TABLE ONLY public.organizational_units
    ADD CONSTRAINT organizational_units_pkey PRIMARY KEY (organizational_unit_id);

ALTER TABLE ONLY public.outbox_lease
    ADD CONSTRAINT outbox_lease_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY public.outbox_pending
    ADD CONSTRAINT outbox_pending_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.posted_invoices
    ADD CONSTRAINT posted_invoices_pkey PRIMARY KEY (invoice_id);

ALTER TABLE ONLY public.products
    ADD CONSTRAINT products_pkey PRIMARY KEY (product_id);

ALTER TABLE ONLY public.project_contracts
    ADD CONSTRAINT project_contracts_pkey PRIMARY KEY (project_contract_id);

ALTER TABLE ONLY public.projects
    ADD CONSTRAINT projects_pkey PRIMARY KEY (project_id);

ALTER TABLE ONLY public.published_invoices
    ADD CONSTRAINT published_invoices_pkey PRIMARY KEY (invoice_id);

ALTER TABLE ONLY public.retainer_applications
    ADD CONSTRAINT retainer_applications_invoice_id_retainer_id_key UNIQUE (invoice_id, retainer_id);

ALTER TABLE ONLY public.retainer_applications
    ADD CONSTRAINT retainer_applications_pkey PRIMARY KEY (invoice_line_detail_id);

ALTER TABLE ONLY public.retainers
    ADD CONSTRAINT retainers_pkey PRIMARY KEY (retainer_id);

ALTER TABLE ONLY public.retainers
    ADD CONSTRAINT retainers_project_contract_id_name_key UNIQUE (project_contract_id, name);

ALTER TABLE ONLY public.reversed_actuals
    ADD CONSTRAINT reversed_actuals_pkey PRIMARY KEY (original_id);

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.settled_actuals
    ADD CONSTRAINT settled_actuals_pkey PRIMARY KEY (actual_id);

ALTER TABLE ONLY public.transaction_connections
    ADD CONSTRAINT transaction_connections_pkey PRIMARY KEY (connection_id);

ALTER TABLE ONLY public.unfinished_pages
    ADD CONSTRAINT unfinished_pages_pkey PRIMARY KEY (entity_set, context);

ALTER TABLE ONLY public.unit_companies
    ADD CONSTRAINT unit_companies_pkey PRIMARY KEY (unit_name);

CREATE INDEX actuals_invoice ON public.actuals USING btree (invoice_id) WHERE (invoice_id IS NOT NULL);

CREATE INDEX actuals_open ON public.actuals USING btree (billing_status, project_contract_id) WHERE (billing_status = ANY (ARRAY['Unbilled Sales Created'::text, 'Ready to Invoice'::text]));

CREATE INDEX actuals_waiting_for ON public.actuals_waiting USING btree (waiting_for_id);

CREATE INDEX actuals_waiting_for_company ON public.actuals_waiting USING btree (id) WHERE (waiting_for = 'company'::text);

CREATE INDEX bulk_confirmations_open ON public.bulk_confirmations USING btree (place, invoice_id) WHERE (status = ANY (ARRAY['Scheduled'::text, 'Processing'::text]));

CREATE INDEX connections_waiting_for ON public.connections_waiting USING btree (waiting_for_id);

CREATE INDEX deleted_rows_first ON public.deleted_rows USING btree (first_id) WHERE (first_id IS NOT NULL);

CREATE INDEX entry_actuals_entry ON public.entry_actuals USING btree (entry_id);

CREATE UNIQUE INDEX held_messages_cluster_id_topic_partition_message_offset_sha_idx ON public.held_messages USING btree (cluster_id, topic, partition, message_offset, sha256(payload));

CREATE INDEX invoice_line_details_invoice ON public.invoice_line_details USING btree (invoice_id);

CREATE INDEX invoice_line_details_milestone ON public.invoice_line_details USING btree (milestone_id) WHERE (milestone_id IS NOT NULL);

CREATE INDEX invoice_lines_invoice ON public.invoice_lines USING btree (invoice_id);

CREATE INDEX invoices_number ON public.invoices USING btree (invoice_number);

CREATE INDEX invoices_own_drafts ON public.invoices USING btree (project_contract_id) WHERE (is_ours AND (status = 'Draft'::text));

CREATE INDEX invoices_waiting_for ON public.invoices_waiting USING btree (waiting_for_id);

CREATE INDEX milestone_parts_milestone ON public.milestone_parts USING btree (milestone_id);

CREATE INDEX milestones_contract_line ON public.milestones USING btree (contract_line_id);

CREATE INDEX milestones_ready ON public.milestones USING btree (project_contract_id) WHERE (invoice_status = 'Ready'::text);

CREATE INDEX retainer_applications_retainer ON public.retainer_applications USING btree (retainer_id);

CREATE INDEX retainers_line_detail ON public.retainers USING btree (invoice_line_detail_id) WHERE (invoice_line_detail_id IS NOT NULL);

CREATE INDEX retainers_ready ON public.retainers USING btree (project_contract_id) WHERE (invoice_status = 'Ready'::text);

CREATE INDEX transaction_connections_replaced ON public.transaction_connections USING btree (transaction2_id) WHERE (transaction1_role = 'Replacing'::text);

CREATE INDEX transaction_connections_transaction1 ON public.transaction_connections USING btree (transaction1_id);

CREATE TRIGGER outbox_pending AFTER INSERT ON public.outbox REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION public.outbox_rows_are_pending();

ALTER TABLE ONLY public.retainer_applications
    ADD CONSTRAINT retainer_applications_retainer_id_fkey FOREIGN KEY (retainer_id) REFERENCES public.retainers(retainer_id);


