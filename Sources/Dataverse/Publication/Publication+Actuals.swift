import Bus
import Contracts
import Database

extension Publication {
    /// Publishes every due actual with Skip Sync = No that has all it needs.
    ///
    /// Inter-organizational rows of one company are no business of Finance's (`domain.md` §6.9).
    func publishActuals() throws {
        try publish(Self.dueActuals, reason: 28, waitingList: "actuals_waiting") { row in
            let message = try ActualCreated(row)
            try outbox.append(message, traceId: try row.optionalGUID(27) ?? message.actualId)
            outcome.actuals += 1
        }
    }

    /// The row version is that of the newest row that the message is made
    /// from: a connection that comes later makes a newer message. Dataverse
    /// counts versions over all tables.
    private static let dueActuals = """
        SELECT a.actual_id,
            greatest(a.row_version, b.row_version, r.row_version),
            CASE WHEN x.is_between_units THEN rc.code ELSE x.contracting END,
            j.project_number, k.contract_number, l.name, c.account_number,
            a.transaction_type, a.transaction_class, a.billing_type, a.billing_status, a.adjustment_status,
            x.billing_method, y.iso_code, y.precision,
            coalesce(a.quantity, 1), coalesce(a.price, a.amount), a.amount,
            a.document_date, coalesce(a.accounting_date, a.document_date),
            g.name, s.name, a.description, a.external_description,
            CASE WHEN x.is_billed THEN a.invoice_id END, b.id, r.id,
            a.invoice_id,
            w.waiting_for, w.waiting_for_id
        FROM due_actuals d
        JOIN actuals a ON a.actual_id = d.actual_id
        LEFT JOIN projects j ON j.project_id = a.project_id
        LEFT JOIN project_contracts k
            ON k.project_contract_id = coalesce(a.project_contract_id, j.project_contract_id)
        LEFT JOIN contract_lines l ON l.contract_line_id = a.contract_line_id
        LEFT JOIN accounts c ON c.account_id = coalesce(a.customer_id, k.customer_id)
        LEFT JOIN currencies y ON y.currency_id = a.currency_id
        LEFT JOIN categories g ON g.category_id = a.category_id
        LEFT JOIN bookable_resources s ON s.bookable_resource_id = a.bookable_resource_id
        LEFT JOIN contract_company_codes kc ON kc.project_contract_id = k.project_contract_id
        LEFT JOIN project_company_codes jc ON jc.project_id = j.project_id
        LEFT JOIN unit_company_codes uc ON uc.organizational_unit_id = a.contracting_unit_id
        LEFT JOIN unit_company_codes rc ON rc.organizational_unit_id = a.resourcing_unit_id
        LEFT JOIN LATERAL (
            SELECT t.transaction2_id AS id, t.row_version FROM transaction_connections t
            WHERE a.transaction_type = 'Billed Sales' AND t.transaction1_id = a.actual_id
                AND t.transaction1_role = 'Billed Sales' AND t.transaction2_role = 'Unbilled Sales'
                AND t.transaction1_type = 'msdyn_actual' AND t.transaction2_type = 'msdyn_actual'
            ORDER BY t.connection_id LIMIT 1
        ) b ON true
        LEFT JOIN LATERAL (
            SELECT t.transaction2_id AS id, t.row_version FROM transaction_connections t
            WHERE t.transaction1_id = a.actual_id
                AND t.transaction1_role = 'Reversing' AND t.transaction2_role = 'Original'
                AND t.transaction1_type = 'msdyn_actual' AND t.transaction2_type = 'msdyn_actual'
            ORDER BY t.connection_id LIMIT 1
        ) r ON true
        LEFT JOIN LATERAL (
            SELECT i.billing_method FROM invoice_lines i
            WHERE a.transaction_type = 'Billed Sales' AND l.billing_method IS NULL AND i.invoice_id = a.invoice_id
                AND i.billing_method IS NOT NULL
                AND (i.contract_line_id = a.contract_line_id
                    OR a.contract_line_id IS NULL AND i.project_id = a.project_id)
            ORDER BY i.invoice_line_id LIMIT 1
        ) i ON true
        CROSS JOIN LATERAL (
            SELECT a.transaction_type = 'Billed Sales' AS is_billed,
                a.transaction_type IN ('Inter-Organizational Sales', 'Resourcing Unit Cost') AS is_between_units,
                coalesce(kc.code, jc.code, uc.code) AS contracting,
                CASE WHEN a.transaction_class = 'Milestone' THEN 'Fixed Price'
                    ELSE coalesce(l.billing_method, i.billing_method) END AS billing_method
        ) x
        CROSS JOIN LATERAL (
            SELECT CASE
                WHEN j.project_id IS NULL THEN 'project'
                WHEN j.project_number IS NULL THEN 'project number'
                WHEN k.project_contract_id IS NULL
                    AND coalesce(a.project_contract_id, j.project_contract_id) IS NOT NULL THEN 'project contract'
                WHEN l.contract_line_id IS NULL AND a.contract_line_id IS NOT NULL THEN 'contract line'
                WHEN y.currency_id IS NULL THEN 'currency'
                WHEN c.account_id IS NULL AND coalesce(a.customer_id, k.customer_id) IS NOT NULL THEN 'account'
                WHEN g.category_id IS NULL AND a.category_id IS NOT NULL THEN 'category'
                WHEN s.bookable_resource_id IS NULL AND a.bookable_resource_id IS NOT NULL THEN 'bookable resource'
                WHEN CASE WHEN x.is_between_units THEN rc.code ELSE x.contracting END IS NULL THEN 'company'
                WHEN NOT x.is_billed THEN NULL
                WHEN a.invoice_id IS NULL THEN 'invoice'
                WHEN x.billing_method IS NULL THEN 'billing method'
                WHEN r.id IS NULL AND a.adjustment_status = 'Unadjustable' THEN 'corrected sale'
                WHEN r.id IS NULL AND b.id IS NULL AND x.billing_method = 'Time and Material'
                    THEN 'unbilled sale'
                END AS waiting_for
        ) why
        CROSS JOIN LATERAL (
            SELECT why.waiting_for, CASE why.waiting_for
                WHEN 'project' THEN a.project_id
                WHEN 'project number' THEN a.project_id
                WHEN 'project contract' THEN coalesce(a.project_contract_id, j.project_contract_id)
                WHEN 'contract line' THEN a.contract_line_id
                WHEN 'currency' THEN a.currency_id
                WHEN 'account' THEN coalesce(a.customer_id, k.customer_id)
                WHEN 'category' THEN a.category_id
                WHEN 'bookable resource' THEN a.bookable_resource_id
                WHEN 'company' THEN CASE WHEN x.is_between_units THEN a.resourcing_unit_id
                    ELSE coalesce(k.contracting_unit_id, j.contracting_unit_id, a.contracting_unit_id) END
                WHEN 'billing method' THEN coalesce(a.contract_line_id, a.invoice_id)
                WHEN 'invoice' THEN a.actual_id
                WHEN 'corrected sale' THEN a.actual_id
                WHEN 'unbilled sale' THEN a.actual_id
                END AS waiting_for_id
        ) w
        WHERE NOT a.skip_sync AND NOT (x.is_between_units AND rc.code IS NOT DISTINCT FROM x.contracting
            AND rc.code IS NOT NULL)
        """
}

extension ActualCreated {
    /// Reads the row of a due actual.
    fileprivate init(_ row: BinaryRow) throws {
        self.init(
            actualId: try row.guid(0), rowVersion: Int(try row.int64(1)), company: try row[2, as: Company.self],
            projectNumber: try row.string(3), contractNumber: try row.optionalString(4),
            contractLine: try row.optionalString(5), customerAccount: try row.optionalString(6),
            transactionType: try row.choice(7), transactionClass: try row.choice(8),
            billingType: try row.optionalChoice(9), billingStatus: try row.optionalChoice(10),
            adjustmentStatus: try row.optionalChoice(11), billingMethod: try row.optionalChoice(12),
            currency: try row[13, as: CurrencyCode.self], currencyPrecision: Int(try row.int16(14)),
            quantity: try row.quantity(15),
            price: try row.money(16), amount: try row.money(17), documentDate: try row.date(18),
            accountingDate: try row.date(19), category: try row.optionalString(20),
            resource: try row.optionalString(21), description: try row.optionalString(22),
            externalDescription: try row.optionalString(23), invoiceId: try row.optionalGUID(24),
            unbilledActualId: try row.optionalGUID(25), reversedActualId: try row.optionalGUID(26))
    }
}
