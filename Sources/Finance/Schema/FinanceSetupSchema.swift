extension FinanceSchema {
    /// Finance's own set-up, which `ledgerbus finance configure` writes
    /// (`domain.md` §4.8, §6.10–6.13).
    static let setup = """
        CREATE TABLE companies (
            data_area_id text PRIMARY KEY CHECK (data_area_id = lower(data_area_id) AND length(data_area_id) BETWEEN 1 AND 4),
            name text NOT NULL,
            accounting_currency text NOT NULL CHECK (length(accounting_currency) = 3),
            accounting_currency_precision int NOT NULL CHECK (accounting_currency_precision BETWEEN 0 AND 4),
            reporting_currency text CHECK (length(reporting_currency) = 3 AND reporting_currency <> accounting_currency),
            reporting_currency_precision int CHECK (reporting_currency_precision BETWEEN 0 AND 4),
            reporting_currency_from text CHECK (reporting_currency_from IN ('transaction', 'accounting')),
            CHECK ((reporting_currency IS NULL) = (reporting_currency_precision IS NULL)
                AND (reporting_currency IS NULL) = (reporting_currency_from IS NULL))
        );

        -- What a company's invoices say of who invoices; addresses and payment details in lines.
        CREATE TABLE legal_entities (
            data_area_id text PRIMARY KEY REFERENCES companies,
            name text NOT NULL,
            address text,
            country text,
            tax_number text,
            payment_details text
        );

        CREATE TABLE project_parameters (
            data_area_id text PRIMARY KEY REFERENCES companies,
            journal_period_unit text NOT NULL DEFAULT 'months' CHECK (journal_period_unit IN ('days', 'months', 'years', 'all')),
            journal_line_limit int NOT NULL DEFAULT 200 CHECK (journal_line_limit > 0),
            set_accounting_date_to_open_period boolean NOT NULL DEFAULT true,
            transfer_lines_with_posting_errors boolean NOT NULL DEFAULT true,
            validate_actuals boolean NOT NULL DEFAULT false,
            validation_wait_minutes int NOT NULL DEFAULT 5 CHECK (validation_wait_minutes >= 0),
            stuck_after_hours int NOT NULL DEFAULT 24 CHECK (stuck_after_hours > 0),
            approve_proposals boolean NOT NULL DEFAULT false,
            most_days_to_open_period int NOT NULL DEFAULT 31 CHECK (most_days_to_open_period >= 0),
            exchange_rate_date text NOT NULL DEFAULT 'accounting' CHECK (exchange_rate_date IN ('accounting', 'document')),
            credit_exchange_rate text NOT NULL DEFAULT 'invoice' CHECK (credit_exchange_rate IN ('invoice', 'original')),
            sales_tax_group_method text NOT NULL DEFAULT 'search' CHECK (sales_tax_group_method IN ('project', 'contract', 'customer', 'search')),
            milestone_item_sales_tax_group text,
            material_item_sales_tax_group_from text NOT NULL DEFAULT 'category' CHECK (material_item_sales_tax_group_from IN ('category', 'item')),
            beginning_balance_date date,
            retainer_item_sales_tax_group text,
            line_discount_category text,
            non_deductible_sales_tax text NOT NULL DEFAULT 'payable' CHECK (non_deductible_sales_tax IN ('payable', 'line-account'))
        );

        -- Accounting currency per 100 units of the transaction currency, from a day on (§9.6).
        CREATE TABLE exchange_rates (
            data_area_id text NOT NULL REFERENCES companies,
            currency text NOT NULL,
            valid_from date NOT NULL,
            rate numeric(18, 10) NOT NULL CHECK (rate > 0),
            PRIMARY KEY (data_area_id, currency, valid_from)
        );

        -- Reporting currency per 100 units of the currency that it is computed from, from a day on.
        CREATE TABLE reporting_exchange_rates (
            data_area_id text NOT NULL REFERENCES companies,
            currency text NOT NULL,
            valid_from date NOT NULL,
            rate numeric(18, 10) NOT NULL CHECK (rate > 0),
            PRIMARY KEY (data_area_id, currency, valid_from)
        );

        CREATE TABLE fixed_rate_agreements (
            data_area_id text NOT NULL REFERENCES companies,
            contract_number text NOT NULL,
            currency text NOT NULL,
            rate numeric(18, 10) NOT NULL CHECK (rate > 0),
            reference text,
            PRIMARY KEY (data_area_id, contract_number, currency)
        );

        CREATE TABLE fiscal_periods (
            data_area_id text NOT NULL REFERENCES companies,
            starts_on date NOT NULL,
            ends_on date NOT NULL CHECK (ends_on >= starts_on),
            status text NOT NULL CHECK (status IN ('open', 'closed')),
            PRIMARY KEY (data_area_id, starts_on)
        );

        CREATE TABLE sales_tax_codes (
            data_area_id text NOT NULL REFERENCES companies,
            sales_tax_code text NOT NULL,
            name text NOT NULL,
            included boolean NOT NULL DEFAULT false,
            non_deductible numeric(9, 6) NOT NULL DEFAULT 0 CHECK (non_deductible BETWEEN 0 AND 100),
            PRIMARY KEY (data_area_id, sales_tax_code)
        );

        -- The rates of a code, one at a time: by the date of the invoice.
        CREATE TABLE sales_tax_rates (
            data_area_id text NOT NULL,
            sales_tax_code text NOT NULL,
            valid_from date NOT NULL,
            valid_to date CHECK (valid_to >= valid_from),
            percentage numeric(9, 6) NOT NULL,
            PRIMARY KEY (data_area_id, sales_tax_code, valid_from),
            FOREIGN KEY (data_area_id, sales_tax_code) REFERENCES sales_tax_codes
        );

        CREATE TABLE sales_tax_groups (
            data_area_id text NOT NULL,
            sales_tax_group text NOT NULL,
            sales_tax_code text NOT NULL,
            PRIMARY KEY (data_area_id, sales_tax_group, sales_tax_code),
            FOREIGN KEY (data_area_id, sales_tax_code) REFERENCES sales_tax_codes
        );

        CREATE TABLE item_sales_tax_groups (
            data_area_id text NOT NULL,
            item_sales_tax_group text NOT NULL,
            sales_tax_code text NOT NULL,
            PRIMARY KEY (data_area_id, item_sales_tax_group, sales_tax_code),
            FOREIGN KEY (data_area_id, sales_tax_code) REFERENCES sales_tax_codes
        );

        -- Which billing sales tax group a project, contract or customer has.
        CREATE TABLE sales_tax_group_defaults (
            data_area_id text NOT NULL REFERENCES companies,
            relation text NOT NULL CHECK (relation IN ('project', 'contract', 'customer')),
            number text NOT NULL,
            sales_tax_group text NOT NULL,
            PRIMARY KEY (data_area_id, relation, number)
        );

        -- Billing type to line property; '' is the billing type Not specified (§6.10.7).
        CREATE TABLE line_properties (
            data_area_id text NOT NULL REFERENCES companies,
            billing_type text NOT NULL,
            line_property_id text NOT NULL,
            name text NOT NULL,
            chargeable boolean NOT NULL,
            accrue_revenue boolean NOT NULL,
            PRIMARY KEY (data_area_id, billing_type)
        );

        CREATE TABLE project_categories (
            data_area_id text NOT NULL REFERENCES companies,
            category_id text NOT NULL,
            transaction_class text NOT NULL,
            item_sales_tax_group text,
            is_default boolean NOT NULL DEFAULT false,
            PRIMARY KEY (data_area_id, category_id)
        );
        -- The item sales tax group of material that is of a product (§6.13).
        CREATE TABLE released_products (
            data_area_id text NOT NULL REFERENCES companies,
            product_number text NOT NULL,
            item_sales_tax_group text NOT NULL,
            PRIMARY KEY (data_area_id, product_number)
        );
        CREATE UNIQUE INDEX project_categories_default ON project_categories (data_area_id, transaction_class) WHERE is_default;
        COMMENT ON COLUMN project_categories.is_default IS 'used for an actual of its class that names no category (§6.10.6)';

        -- Projects of which profiles and accounts are those of their group, if they have none of their own (§9.19).
        CREATE TABLE project_groups (
            data_area_id text NOT NULL REFERENCES companies,
            project_number text NOT NULL,
            project_group text NOT NULL,
            PRIMARY KEY (data_area_id, project_number)
        );

        -- The profiles of a project, a contract, a project group or, with number '', the company (§6.12, §9.19).
        CREATE TABLE accounting_profiles (
            data_area_id text NOT NULL REFERENCES companies,
            relation text NOT NULL CHECK (relation IN ('project', 'contract', 'group', 'company')),
            number text NOT NULL,
            time_and_material text CHECK (time_and_material IN ('no-wip', 'with-wip')),
            fixed_price text CHECK (fixed_price IN ('no-wip', 'completed-contract', 'percentage')),
            PRIMARY KEY (data_area_id, relation, number),
            CHECK (num_nonnulls(time_and_material, fixed_price) > 0)
        );

        -- The main account of a posting type, for a project, a contract, a project group, a category, a transaction class
        -- or, with number '', the company.
        CREATE TABLE posting_accounts (
            data_area_id text NOT NULL REFERENCES companies,
            posting_type text NOT NULL,
            relation text NOT NULL
                CHECK (relation IN ('project', 'contract', 'group', 'category', 'class', 'company')),
            number text NOT NULL,
            main_account text NOT NULL,
            PRIMARY KEY (data_area_id, posting_type, relation, number)
        );

        CREATE TABLE payment_terms (
            data_area_id text NOT NULL REFERENCES companies,
            payment_terms text NOT NULL,
            days int NOT NULL CHECK (days >= 0),
            PRIMARY KEY (data_area_id, payment_terms)
        );

        CREATE TABLE customers (
            data_area_id text NOT NULL REFERENCES companies,
            customer_account text NOT NULL,
            name text NOT NULL,
            payment_terms text,
            on_hold boolean NOT NULL DEFAULT false,
            address text,
            country text,
            tax_number text,
            PRIMARY KEY (data_area_id, customer_account)
        );
        COMMENT ON COLUMN customers.on_hold IS 'on hold for all: nothing is posted for the customer (641612)';

        -- Companies that borrow resources of this one, and the customer and the vendor that the two are to each other (§6.9).
        CREATE TABLE intercompany_relations (
            data_area_id text NOT NULL REFERENCES companies,
            borrowing_company text NOT NULL CHECK (borrowing_company <> data_area_id),
            customer_account text NOT NULL,
            vendor_account text,
            PRIMARY KEY (data_area_id, borrowing_company),
            FOREIGN KEY (data_area_id, customer_account) REFERENCES customers
        );

        -- Journal numbers, vouchers and customer invoice numbers: prefix, then next, in at least so many digits.
        CREATE TABLE number_sequences (
            data_area_id text NOT NULL REFERENCES companies,
            sequence text NOT NULL CHECK (sequence IN (
                'integration-journal', 'voucher', 'customer-invoice', 'accrued-revenue-journal', 'accrued-revenue-voucher')),
            prefix text NOT NULL,
            next bigint NOT NULL CHECK (next > 0),
            digits int NOT NULL CHECK (digits BETWEEN 1 AND 18),
            seen bigint,
            PRIMARY KEY (data_area_id, sequence),
            CHECK (length(prefix) + digits <= 20)
        );
        COMMENT ON COLUMN number_sequences.seen IS
            'a number that a topic has and this database has not given out: it was restored, and gives out no number up to it';

        -- Numbers that were taken in a block and will never be used.
        CREATE TABLE number_sequence_gaps (
            data_area_id text NOT NULL,
            sequence text NOT NULL,
            first bigint NOT NULL,
            last bigint NOT NULL CHECK (last >= first),
            reason text NOT NULL,
            recorded_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (data_area_id, sequence, first),
            FOREIGN KEY (data_area_id, sequence) REFERENCES number_sequences
        );

        -- Rises with every change of set-up, so that who keeps set-up in memory notices.
        CREATE TABLE setup_version (
            only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
            version bigint NOT NULL DEFAULT 1
        );
        INSERT INTO setup_version DEFAULT VALUES;
        CREATE FUNCTION setup_changed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE setup_version SET version = version + 1;
            RETURN NULL;
        END $$;
        DO $$
        DECLARE setup text;
        BEGIN
            FOREACH setup IN ARRAY ARRAY[
                'companies', 'project_parameters', 'exchange_rates', 'reporting_exchange_rates', 'fixed_rate_agreements',
                'fiscal_periods',
                'sales_tax_codes', 'sales_tax_rates', 'sales_tax_groups', 'item_sales_tax_groups', 'sales_tax_group_defaults',
                'line_properties', 'project_categories', 'released_products', 'project_groups', 'accounting_profiles', 'posting_accounts', 'payment_terms',
                'intercompany_relations'
            ] LOOP
                EXECUTE format(
                    'CREATE TRIGGER setup_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I '
                    'FOR EACH STATEMENT EXECUTE FUNCTION setup_changed()', setup);
            END LOOP;
        END $$;
        """
}
