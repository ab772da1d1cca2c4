import Bus
import Contracts
import Database

// What lists and a printed invoice ask of posted invoices.
extension InvoiceStore {
    /// Invoices, newest first.
    ///
    /// - parameter number: of this customer invoice number or proposal number only; of every one when nil.
    func invoices(company: Company?, number: String?, limit: Int) throws -> [CustomerInvoice] {
        try connection.records(
            CustomerInvoice.self,
            """
            SELECT invoice.*, company.accounting_currency, proposal.currency_precision, proposal.bill_to_address,
                coalesce(proposal.bill_to_name, proposal.customer_name, customer.name, invoice.customer_account)
                    AS bill_to_customer
            FROM project_invoices invoice
            JOIN invoice_proposals proposal USING (data_area_id, proposal_number)
            JOIN companies company USING (data_area_id)
            LEFT JOIN customers customer
                ON customer.data_area_id = invoice.data_area_id
                AND customer.customer_account = invoice.customer_account
            WHERE ($1::text IS NULL OR invoice.data_area_id = $1)
                AND ($2::text IS NULL OR invoice.customer_invoice_number = $2 OR invoice.proposal_number = $2)
            ORDER BY invoice.posted_at DESC, invoice.data_area_id, invoice.customer_invoice_number DESC
            LIMIT $3
            """, company, number, limit)
    }

    /// The lines of an invoice in their order, one at a time.
    func forEachLine(company: Company, proposal: String, _ body: (CustomerInvoiceLine) throws -> Void) throws {
        try connection.forEachRecord(
            CustomerInvoiceLine.self,
            """
            SELECT line.line_number, line.transaction_class, line.project_number, line.transaction_date,
                line.category_id, line.description, line.resource, line.billing_type, line.quantity, line.price,
                line.amount, posted.sales_tax_amount, line.reversed_actual_id IS NOT NULL AS is_credit
            FROM \(Self.printedLines)
            ORDER BY line.line_number
            """, company, proposal, record: body)
    }

    /// The lines of an invoice added up by project, class and category.
    func lineGroups(company: Company, proposal: String) throws -> [CustomerInvoiceLineGroup] {
        try connection.records(
            CustomerInvoiceLineGroup.self,
            """
            SELECT line.project_number, line.transaction_class, line.category_id, count(*) AS line_count,
                sum(line.quantity) AS quantity, sum(line.amount) AS amount,
                sum(posted.sales_tax_amount) AS sales_tax_amount
            FROM \(Self.printedLines)
            GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """, company, proposal)
    }

    private static let printedLines = """
        invoice_proposal_lines line
        JOIN project_invoice_lines posted USING (data_area_id, proposal_number, line_number)
        WHERE line.data_area_id = $1 AND line.proposal_number = $2
        """

    /// The sales tax of an invoice, by code and rate, as it was posted.
    func taxes(company: Company, voucher: String) throws -> [CustomerInvoiceTax] {
        try connection.records(
            CustomerInvoiceTax.self,
            """
            SELECT tax.sales_tax_code, coalesce(code.name, tax.sales_tax_code) AS name, tax.percentage, tax.base_amount,
                tax.tax_amount
            FROM sales_tax_transactions tax LEFT JOIN sales_tax_codes code USING (data_area_id, sales_tax_code)
            WHERE tax.data_area_id = $1 AND tax.voucher = $2
            ORDER BY tax.sales_tax_code, tax.percentage, tax.included
            """, company, voucher)
    }
}
