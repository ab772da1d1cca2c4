import Bus
import Contracts
import Database

/// The line details of drafts, as they are edited: the table `invoice_line_details`, and what they bill.
struct LineDetailStore {
    let connection: Connection

    /// Some line details, by their ids.
    ///
    /// - throws: `DatabaseError`.
    func edited(_ ids: [GUID]) throws -> [GUID: EditedLineDetail] {
        guard !ids.isEmpty else { return [:] }
        let rows = try connection.records(
            EditedLineDetail.self,
            """
            SELECT \(InvoiceLineDetail.columnList(of: "d")), \(DraftInvoice.columnList(of: "i", prefix: "header_")),
                coalesce(y.precision, \(Int16(Money.scale)))::smallint AS precision, c.transaction2_id AS unbilled_sale_id
            FROM invoice_line_details d JOIN invoices i ON i.invoice_id = d.invoice_id
            LEFT JOIN currencies y ON y.currency_id = d.currency_id
            LEFT JOIN LATERAL (
                SELECT c.transaction2_id FROM transaction_connections c
                WHERE c.transaction1_id = d.invoice_line_detail_id
                    AND c.transaction1_role = \(ConnectionRole.billedSales.sql)
                    AND c.transaction2_type = \(ConnectedTable.actual.sql)
                ORDER BY c.connection_id LIMIT 1
            ) c ON true
            WHERE d.invoice_line_detail_id = ANY ($1)
            """, ids)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.detail.invoiceLineDetailId, $0) })
    }

    /// The headers of some invoices by number or id: by number, all that have it.
    ///
    /// - throws: `DatabaseError`.
    func headers(named names: [String]) throws -> [TypedLineHeader] {
        guard !names.isEmpty else { return [] }
        return try connection.records(
            TypedLineHeader.self,
            """
            SELECT \(DraftInvoice.columnList(of: "i")), i.project_contract_id, i.customer_id, i.currency_id,
                coalesce(y.precision, \(Int16(Money.scale)))::smallint AS precision
            FROM invoices i LEFT JOIN currencies y ON y.currency_id = i.currency_id
            WHERE i.invoice_number = ANY ($1) OR i.invoice_id = ANY ($2)
            """, names, names.compactMap { GUID($0) })
    }

    /// Writes what line details say from now on.
    ///
    /// - throws: `DatabaseError`.
    func update(_ details: [InvoiceLineDetail]) throws {
        guard !details.isEmpty else { return }
        try connection.execute(
            """
            UPDATE invoice_line_details d SET row_version = n.row_version, quantity = n.quantity, price = n.price,
                amount = n.amount, invoice_amount = n.invoice_amount, billing_type = n.billing_type,
                description = n.description, external_description = n.external_description
            FROM unnest($1::uuid[], $2::bigint[], $3::numeric[], $4::numeric[], $5::numeric[], $6::numeric[], $7::text[],
                $8::text[], $9::text[]) AS n (invoice_line_detail_id, row_version, quantity, price, amount, invoice_amount,
                billing_type, description, external_description)
            WHERE d.invoice_line_detail_id = n.invoice_line_detail_id
            """, details.map(\.invoiceLineDetailId), details.map(\.rowVersion),
            details.map { $0.quantity.map { Money(units: $0.units) } }, details.map(\.price), details.map(\.amount),
            details.map(\.invoiceAmount), details.map { $0.billingType?.rawValue }, details.map(\.facts.description),
            details.map(\.facts.externalDescription))
    }

    /// Takes line details off their drafts: what they bill is ready again, and their connections go.
    ///
    /// - throws: `DatabaseError`.
    func remove(_ details: [EditedLineDetail], noting changes: ChangeSet) throws {
        guard !details.isEmpty else { return }
        let ids = details.map(\.detail.invoiceLineDetailId)
        try changes.note(
            invoiceChanges: """
                DELETE FROM invoice_line_details WHERE invoice_line_detail_id = ANY ($1)
                RETURNING invoice_id, -1::bigint AS line_details, 0::bigint AS billed_sales, 0::numeric AS chargeable_amount
                """, ids)
        try connection.execute("DELETE FROM transaction_connections WHERE transaction1_id = ANY ($1)", ids)
        try changes.note(
            Actual.table, key: Actual.key,
            changedBy: """
                UPDATE actuals a SET billing_status = \(BillingStatus.readyToInvoice.sql), invoice_id = NULL,
                    row_version = a.row_version + 1
                WHERE a.actual_id = ANY ($1) AND a.billing_status = \(BillingStatus.customerInvoiceCreated.sql)
                RETURNING a.actual_id
                """, details.compactMap(\.unbilledSale))
        let milestones = details.filter { !$0.detail.isCorrection }.compactMap(\.detail.milestoneId)
        try connection.execute(
            """
            UPDATE milestones SET invoice_status = \(MilestoneInvoiceStatus.ready.sql), row_version = row_version + 1
            WHERE milestone_id = ANY ($1) AND invoice_status = \(MilestoneInvoiceStatus.customerInvoiceCreated.sql)
            """, milestones)
    }

    /// Sets the accounting dates of headers.
    ///
    /// - throws: `DatabaseError`.
    func set(accountingDates: [GUID: CalendarDate]) throws {
        for (date, invoices) in Dictionary(grouping: accountingDates.keys, by: { accountingDates[$0] }) {
            try connection.execute(
                "UPDATE invoices SET accounting_date = $1, row_version = row_version + 1 WHERE invoice_id = ANY ($2)",
                date,
                invoices)
        }
    }
}

extension EditedLineDetail: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        EditedLineDetail(
            detail: try column.record("", row?.detail), header: try column.record("header_", row?.header),
            precision: try column("precision", row?.precision, as: Int16.self),
            unbilledSale: try column("unbilled_sale_id", row?.unbilledSale))
    }
}

extension TypedLineHeader: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        TypedLineHeader(
            draft: try column.record("", row?.draft),
            projectContractId: try column("project_contract_id", row?.projectContractId),
            customerId: try column("customer_id", row?.customerId),
            currencyId: try column("currency_id", row?.currencyId),
            precision: try column("precision", row?.precision, as: Int16.self))
    }
}
