extension DataverseSchema {
    /// What is not published yet, and why; and what is.
    static let waiting = """
        -- Actuals with Skip Sync = No that miss something. Whatever comes wakes those that wait for its id.
        CREATE TABLE actuals_waiting (
            id uuid PRIMARY KEY,
            waiting_for text NOT NULL,
            waiting_for_id uuid,
            waiting_detail text
        );
        CREATE INDEX actuals_waiting_for ON actuals_waiting (waiting_for_id);
        CREATE INDEX actuals_waiting_for_company ON actuals_waiting (id)
            WHERE waiting_for = 'company';

        -- Connections of two actuals whose first actual, or its company, is not there yet.
        CREATE TABLE connections_waiting (
            id uuid PRIMARY KEY,
            waiting_for text NOT NULL,
            waiting_for_id uuid,
            waiting_detail text
        );
        CREATE INDEX connections_waiting_for ON connections_waiting (waiting_for_id);

        -- Confirmed invoices that are not complete, or miss something.
        CREATE TABLE invoices_waiting (
            id uuid PRIMARY KEY,
            waiting_for text NOT NULL,
            waiting_for_id uuid,
            waiting_detail text
        );
        CREATE INDEX invoices_waiting_for ON invoices_waiting (waiting_for_id);

        -- What was published as taken back, and by what: an actual is taken back once.
        CREATE TABLE reversed_actuals (
            original_id uuid PRIMARY KEY,
            reversal_id uuid NOT NULL
        );

        -- Rows that Dataverse deleted: an older page must not bring them back, and nothing may use them.
        CREATE TABLE deleted_rows (
            table_name text NOT NULL,
            id uuid NOT NULL,
            first_id uuid,
            PRIMARY KEY (id, table_name)
        );
        CREATE INDEX deleted_rows_first ON deleted_rows (first_id) WHERE first_id IS NOT NULL;
        COMMENT ON COLUMN deleted_rows.first_id IS 'of a connection: its first transaction';

        -- Requests of which a page says that there is more than has come.
        CREATE TABLE unfinished_pages (
            entity_set text NOT NULL,
            context text NOT NULL,
            file text NOT NULL,
            rows_here bigint NOT NULL,
            rows_counted bigint,
            noticed_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (entity_set, context)
        );
        COMMENT ON COLUMN unfinished_pages.context IS '@odata.context, which the pages of one request share';

        -- What was published of an invoice last.
        CREATE TABLE published_invoices (
            invoice_id uuid PRIMARY KEY,
            totals_version bigint NOT NULL,
            content uuid NOT NULL,
            published_at timestamptz NOT NULL DEFAULT now()
        );
        COMMENT ON COLUMN published_invoices.content IS 'a digest of the message without its version';
        """

    /// What Finance gives back. Written by write-back alone, never loaded,
    /// never compared (promise 9).
    static let accounting = """
        CREATE TABLE accounting_details (
            actual_id uuid PRIMARY KEY,
            posting_version bigint NOT NULL,
            company text NOT NULL,
            voucher text NOT NULL,
            accounting_date date NOT NULL,
            exchange_rate numeric(28, 10) NOT NULL,
            accounting_currency text NOT NULL,
            accounting_amount numeric(19, 4) NOT NULL,
            sales_tax_amount numeric(19, 4) NOT NULL,
            source text NOT NULL,
            source_number text NOT NULL,
            invoice_id uuid
        );

        -- How many details of an invoice came over each partition, so that consumers don't queue on one row.
        CREATE TABLE invoice_detail_counts (
            invoice_id uuid NOT NULL,
            partition int NOT NULL,
            details bigint NOT NULL,
            accounting_amount numeric NOT NULL,
            PRIMARY KEY (invoice_id, partition)
        );

        CREATE TABLE posted_invoices (
            invoice_id uuid PRIMARY KEY,
            posting_version bigint NOT NULL,
            company text NOT NULL,
            proposal_number text NOT NULL,
            customer_invoice_number text NOT NULL,
            invoice_date date NOT NULL,
            due_date date NOT NULL,
            voucher text NOT NULL,
            status text NOT NULL,
            currency text NOT NULL,
            line_amount numeric(19, 4) NOT NULL,
            sales_tax_amount numeric(19, 4) NOT NULL,
            detail_count bigint NOT NULL,
            accounting_currency text NOT NULL,
            detail_accounting_amount numeric(19, 4) NOT NULL
        );
        """
}
