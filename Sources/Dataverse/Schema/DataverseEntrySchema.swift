extension DataverseSchema {
    /// Entries that were approved here, and whom contract lines are billed to (`domain.md` §6.1, §6.6).
    static let entries = """
        -- Time, expense, material and fee entries as they were approved last.
        CREATE TABLE entries (
            entry_id uuid PRIMARY KEY,
            transaction_class text NOT NULL,
            project_id uuid NOT NULL,
            contract_line_id uuid,
            resource_id uuid,
            category_id uuid,
            role_id uuid,
            unit_id uuid,
            document_date date NOT NULL,
            accounting_date date,
            quantity_submitted numeric(19, 4) NOT NULL,
            quantity_billable numeric(19, 4) NOT NULL,
            cost_price numeric(19, 4),
            cost_currency_id uuid,
            sales_price numeric(19, 4),
            sales_currency_id uuid,
            billing_type text NOT NULL,
            contracting_unit_id uuid,
            resourcing_unit_id uuid,
            customer_id uuid,
            resourcing_unit_cost_price numeric(19, 4),
            inter_organizational_price numeric(19, 4),
            resourcing_unit_currency_id uuid,
            not_to_exceed_status text,
            description text,
            external_description text,
            revision bigint NOT NULL,
            status text NOT NULL
        );

        -- The actuals that approving an entry made, without those that take them back.
        CREATE TABLE entry_actuals (
            actual_id uuid PRIMARY KEY,
            entry_id uuid NOT NULL,
            revision bigint NOT NULL
        );
        CREATE INDEX entry_actuals_entry ON entry_actuals (entry_id);

        -- Whom a contract line is billed to, and to what share. The Web API's names of these are not published.
        CREATE TABLE contract_line_customers (
            contract_line_id uuid NOT NULL,
            customer_id uuid NOT NULL,
            percentage numeric(9, 6) NOT NULL,
            PRIMARY KEY (contract_line_id, customer_id)
        );

        -- What was split off milestones by their progress.
        CREATE TABLE milestone_parts (
            part_id uuid PRIMARY KEY,
            milestone_id uuid NOT NULL
        );
        CREATE INDEX milestone_parts_milestone ON milestone_parts (milestone_id);
        """
}
