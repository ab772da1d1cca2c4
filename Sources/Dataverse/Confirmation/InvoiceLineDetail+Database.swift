import Bus
import Contracts
import Database

extension InvoiceLineDetail {
    /// The line details of an invoice, each with the unbilled sale that it is
    /// connected to, and its milestone: the one that its lookup names, or
    /// else the only one of the contract line with its amount that is to be billed.
    static func query(invoice: GUID) -> String {
        """
        SELECT d.invoice_line_detail_id, d.is_correction, coalesce(l.billing_method, k.billing_method),
            d.transaction_class, d.billing_type, d.quantity, d.price, d.amount, d.currency_id, d.document_date,
            d.invoice_id, d.project_contract_id, d.contract_line_id, d.project_id, d.contracting_unit_id,
            d.resourcing_unit_id, d.customer_id, d.category_id, d.bookable_resource_id, d.description,
            d.external_description, m.milestone_id, m.invoice_status,
            \(Actual.columnNames.map { "u.\($0)" }.joined(separator: ", "))
        FROM invoice_line_details d
        LEFT JOIN invoice_lines l ON l.invoice_line_id = d.invoice_line_id
        LEFT JOIN contract_lines k ON k.contract_line_id = d.contract_line_id
        LEFT JOIN LATERAL (
            SELECT c.transaction2_id FROM transaction_connections c
            WHERE c.transaction1_id = d.invoice_line_detail_id AND c.transaction1_role = 'Billed Sales'
                AND c.transaction1_type = 'msdyn_invoicelinetransaction' AND c.transaction2_type = 'msdyn_actual'
            ORDER BY c.connection_id LIMIT 1
        ) c ON true
        LEFT JOIN actuals u ON u.actual_id = c.transaction2_id
        LEFT JOIN LATERAL (
            SELECT min(s.milestone_id::text)::uuid AS milestone_id, min(s.invoice_status) AS invoice_status
            FROM milestones s
            WHERE d.transaction_class = 'Milestone' AND (s.milestone_id = d.milestone_id
                OR d.milestone_id IS NULL AND s.contract_line_id = d.contract_line_id AND s.amount = d.amount
                    AND s.invoice_status IS DISTINCT FROM 'Customer invoice posted')
            HAVING count(*) = 1
        ) m ON true
        WHERE d.invoice_id = '\(invoice)'
        """
    }

    /// Reads a row of the query.
    init(_ row: BinaryRow) throws {
        self.init(
            invoiceLineDetailId: try row.guid(0), isCorrection: try row.bool(1),
            billingMethod: try row.optionalChoice(2), transactionClass: try row.choice(3),
            billingType: try row.optionalChoice(4), quantity: try row[5, as: Quantity?.self],
            price: try row.optionalMoney(6), amount: try row.money(7), currencyId: try row.guid(8),
            documentDate: try row.date(9), invoiceId: try row.guid(10), projectContractId: try row.optionalGUID(11),
            contractLineId: try row.optionalGUID(12), projectId: try row.optionalGUID(13),
            contractingUnitId: try row.optionalGUID(14), resourcingUnitId: try row.optionalGUID(15),
            customerId: try row.optionalGUID(16), categoryId: try row.optionalGUID(17),
            bookableResourceId: try row.optionalGUID(18), description: try row.optionalString(19),
            externalDescription: try row.optionalString(20))
        if let milestone = try row.optionalGUID(21) {
            self.milestone = Milestone(milestoneId: milestone, invoiceStatus: try row.optionalChoice(22))
        }
        if try !row.isNull(23) { unbilled = try Actual(row, from: 23) }
    }
}
