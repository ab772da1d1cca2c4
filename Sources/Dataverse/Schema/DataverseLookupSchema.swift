extension DataverseSchema {
    /// What invoices and actuals refer to (`domain.md` §1.4, §2).
    static let lookups = """
        CREATE TABLE accounts (
            account_id uuid PRIMARY KEY,
            row_version bigint NOT NULL,
            account_number text,
            name text
        );

        CREATE TABLE currencies (
            currency_id uuid PRIMARY KEY,
            row_version bigint NOT NULL,
            iso_code text NOT NULL,
            precision smallint NOT NULL
        );

        -- cdm_companies: the legal entities.
        CREATE TABLE companies (
            company_id uuid PRIMARY KEY,
            row_version bigint NOT NULL,
            code text NOT NULL,
            name text
        );

        CREATE TABLE organizational_units (
            organizational_unit_id uuid PRIMARY KEY,
            row_version bigint NOT NULL,
            name text NOT NULL,
            company_id uuid,
            currency_id uuid
        );

        -- Which legal entity an organizational unit belongs to, as the configuration says (dataverse.companies).
        CREATE TABLE unit_companies (
            unit_name text PRIMARY KEY,
            company_code text NOT NULL
        );

        CREATE TABLE categories (
            category_id uuid PRIMARY KEY,
            row_version bigint NOT NULL,
            name text NOT NULL
        );

        CREATE TABLE bookable_resources (
            bookable_resource_id uuid PRIMARY KEY,
            row_version bigint NOT NULL,
            name text NOT NULL
        );

        CREATE TABLE products (
            product_id uuid PRIMARY KEY,
            row_version bigint NOT NULL,
            product_number text NOT NULL
        );

        CREATE TABLE projects (
            project_id uuid PRIMARY KEY,
            row_version bigint NOT NULL,
            name text,
            project_number text,
            project_contract_id uuid,
            contracting_unit_id uuid,
            company_id uuid
        );

        -- salesorders of order type Work.
        CREATE TABLE project_contracts (
            project_contract_id uuid PRIMARY KEY,
            row_version bigint NOT NULL,
            contract_number text,
            name text,
            customer_id uuid,
            currency_id uuid,
            contracting_unit_id uuid,
            company_id uuid
        );

        -- salesorderdetails.
        CREATE TABLE contract_lines (
            contract_line_id uuid PRIMARY KEY,
            row_version bigint NOT NULL,
            name text,
            billing_method text,
            project_contract_id uuid,
            project_id uuid
        );

        -- msdyn_contractlinescheduleofvalues.
        CREATE TABLE milestones (
            milestone_id uuid PRIMARY KEY,
            row_version bigint NOT NULL,
            name text,
            amount numeric(19, 4),
            currency_id uuid,
            contract_line_id uuid,
            project_contract_id uuid,
            project_id uuid,
            invoice_date date,
            invoice_status text,
            customer_id uuid
        );
        CREATE INDEX milestones_contract_line ON milestones (contract_line_id);
        CREATE INDEX milestones_ready ON milestones (project_contract_id) WHERE invoice_status = 'Ready';
        COMMENT ON COLUMN milestones.customer_id IS 'whom it is billed to, where the contract line has several customers';
        """
}
