import Bus
import Contracts
import Database

// What lists and a printed invoice ask of posted invoices.
extension InvoiceStore {
    /// Invoices, newest first.
    ///
    /// - parameter scope: by invoice date.
    /// - parameter number: of this customer invoice number or proposal number only; of every one when nil.
    func forEachInvoice(
        _ scope: ReportScope, number: String?, _ body: (CustomerInvoice) throws -> Void
    ) throws {
        try connection.forEachRecord(
            CustomerInvoice.self,
            """
            SELECT *, (
                SELECT proposal.out_of_sync FROM invoice_proposals proposal
                WHERE proposal.data_area_id = invoice.data_area_id
                    AND proposal.proposal_number = invoice.proposal_number
            ) AS out_of_sync
            FROM project_invoices invoice JOIN invoice_documents USING (data_area_id, customer_invoice_number)
            WHERE \(ReportScope.within("invoice", date: "invoice.invoice_date"))
                AND ($4::text IS NULL OR invoice.customer_invoice_number = $4 OR invoice.proposal_number = $4)
            ORDER BY invoice.posted_at DESC, invoice.data_area_id, invoice.customer_invoice_number DESC
            """, scope.company, scope.to, scope.from, number, record: body)
    }

    /// The lines of an invoice in their order, one at a time.
    func forEachLine(of invoice: CustomerInvoice, _ body: (CustomerInvoiceLine) throws -> Void) throws {
        try connection.forEachRecord(
            CustomerInvoiceLine.self,
            """
            SELECT line.*, booking.chargeable, booking.transaction_origin, booking.sales_tax_codes, booking.included,
                posted.sales_taxes, line.reversed_actual_id IS NOT NULL AS is_credit,
                original.customer_invoice_number AS original_invoice_number,
                original.invoice_date AS original_invoice_date
            FROM invoice_proposal_lines line
            JOIN project_invoice_lines posted USING (data_area_id, proposal_number, line_number)
            JOIN project_invoice_bookings booking USING (data_area_id, proposal_number, booking_number)
            LEFT JOIN invoice_proposal_lines reversed
                ON reversed.data_area_id = line.data_area_id AND reversed.actual_id = line.reversed_actual_id
            LEFT JOIN project_invoices original
                ON original.data_area_id = reversed.data_area_id
                AND original.proposal_number = reversed.proposal_number
            WHERE line.data_area_id = $1 AND line.proposal_number = $2
            ORDER BY line.line_number
            """, invoice.company, invoice.proposalNumber, record: body)
    }

    /// The first and the last day of an invoice's lines; nil when it has none.
    func supplyPeriod(_ invoice: CustomerInvoice) throws -> SupplyPeriod? {
        try connection.record(
            SupplyPeriod.self,
            """
            SELECT min(transaction_date) AS supplied_from, max(transaction_date) AS supplied_to
            FROM invoice_proposal_lines WHERE data_area_id = $1 AND proposal_number = $2
            HAVING count(*) > 0
            """, invoice.company, invoice.proposalNumber)
    }

    /// The sales tax of an invoice, by code and rate, as it was posted.
    func taxes(of invoice: CustomerInvoice) throws -> [CustomerInvoiceTax] {
        try connection.records(
            CustomerInvoiceTax.self,
            """
            SELECT * FROM sales_tax_transactions WHERE data_area_id = $1 AND voucher = $2
            ORDER BY sales_tax_code, percentage, included
            """, invoice.company, invoice.voucher)
    }
}
