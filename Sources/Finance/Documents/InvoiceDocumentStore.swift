import Bus
import Contracts
import Database

/// What posted invoices are printed with: `invoice_documents`.
struct InvoiceDocumentStore {
    let connection: Connection

    /// Keeps what set-up and the proposal say of seller, customer and terms, for the invoice that was just written.
    ///
    /// - parameter conversion: by which the invoice's amounts were rounded.
    func keep(_ number: String, of company: Company, conversion: Conversion) throws {
        try connection.execute(
            """
            INSERT INTO invoice_documents (data_area_id, customer_invoice_number, seller_name, seller_address,
                seller_country, seller_tax_number, customer_name, customer_address, customer_country,
                customer_tax_number, payment_terms, payment_details, currency_precision, accounting_currency,
                accounting_currency_precision)
            SELECT invoice.data_area_id, invoice.customer_invoice_number, coalesce(seller.name, company.name),
                seller.address, seller.country, seller.tax_number,
                coalesce(proposal.bill_to_name, proposal.customer_name, customer.name, invoice.customer_account),
                coalesce(proposal.bill_to_address, customer.address),
                CASE WHEN proposal.bill_to_address IS NULL THEN customer.country END, customer.tax_number,
                coalesce(proposal.payment_terms, customer.payment_terms), seller.payment_details, $3,
                company.accounting_currency, $4
            FROM project_invoices invoice
            JOIN companies company USING (data_area_id)
            JOIN invoice_proposals proposal USING (data_area_id, proposal_number)
            LEFT JOIN legal_entities seller USING (data_area_id)
            LEFT JOIN customers customer ON customer.data_area_id = invoice.data_area_id
                AND customer.customer_account = invoice.customer_account
            WHERE invoice.data_area_id = $1 AND invoice.customer_invoice_number = $2
            """, company, number, Int16(conversion.currencyPrecision), Int16(conversion.accountingPrecision))
    }
}
