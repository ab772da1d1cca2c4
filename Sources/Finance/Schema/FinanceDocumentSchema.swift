extension FinanceSchema {
    /// What a posted invoice is printed with.
    static let documents = """
        -- Seller, customer and terms as they were when the invoice was posted: it is printed from these for ever.
        CREATE TABLE invoice_documents (
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
            currency_precision smallint NOT NULL CHECK (currency_precision BETWEEN 0 AND 4),
            accounting_currency text NOT NULL,
            accounting_currency_precision smallint NOT NULL CHECK (accounting_currency_precision BETWEEN 0 AND 4),
            PRIMARY KEY (data_area_id, customer_invoice_number),
            FOREIGN KEY (data_area_id, customer_invoice_number) REFERENCES project_invoices
        );
        COMMENT ON COLUMN invoice_documents.currency_precision IS
            'decimal places to which its amounts were rounded (§9.28)';
        """
}
