import Bus
import Contracts
import Database

/// The tables `retainers` and `retainer_applications`.
struct RetainerStore {
    let connection: Connection

    /// Writes new retainers.
    ///
    /// - throws: `DatabaseError`.
    func insert(_ retainers: [Retainer]) throws {
        var rows = CopyRows()
        try rows.append(contentsOf: retainers)
        try connection.copy(rows, of: Retainer.self, into: "retainers")
    }

    /// The retainers of some contracts, the oldest first: by the day from which they can be invoiced, then by name.
    ///
    /// - throws: `DatabaseError`.
    func retainers(ofContracts contracts: [GUID]) throws -> [Retainer] {
        try connection.records(
            Retainer.self,
            """
            SELECT \(Retainer.columnList) FROM retainers WHERE project_contract_id = ANY ($1)
            ORDER BY invoice_date, name, retainer_id
            """, contracts)
    }

    /// What some drafts deduct or refund.
    ///
    /// - throws: `DatabaseError`.
    func applications(onInvoices invoices: [GUID]) throws -> [RetainerApplication] {
        try connection.records(
            RetainerApplication.self,
            """
            SELECT \(RetainerApplication.columnList) FROM retainer_applications
            WHERE invoice_id = ANY ($1) AND NOT is_confirmed ORDER BY invoice_id, retainer_id
            """, invoices)
    }

    /// The numbers of drafts that deduct or refund some retainers, one a retainer.
    ///
    /// - throws: `DatabaseError`.
    func drafts(applying retainers: [GUID]) throws -> [GUID: String] {
        let rows = try connection.records(
            ApplyingDraft.self,
            """
            SELECT a.retainer_id, min(i.invoice_number) AS invoice_number
            FROM retainer_applications a JOIN invoices i USING (invoice_id)
            WHERE a.retainer_id = ANY ($1) AND NOT a.is_confirmed AND a.amount > 0 GROUP BY a.retainer_id
            """, retainers)
        return Dictionary(rows.map { ($0.retainerId, $0.invoiceNumber) }) { first, _ in first }
    }

    private struct ApplyingDraft: Record {
        var retainerId: GUID
        var invoiceNumber: String

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            ApplyingDraft(
                retainerId: try column("retainer_id", row?.retainerId),
                invoiceNumber: try column("invoice_number", row?.invoiceNumber))
        }
    }

    /// What some line details do to their retainers, by the line detail.
    ///
    /// - throws: `DatabaseError`.
    func parts(ofLineDetails details: [GUID]) throws -> [GUID: RetainerPart] {
        guard !details.isEmpty else { return [:] }
        let billed = try connection.records(
            Retainer.self,
            "SELECT \(Retainer.columnList) FROM retainers WHERE invoice_line_detail_id = ANY ($1)", details)
        let applied = try connection.records(
            AppliedRetainer.self,
            """
            SELECT \(RetainerApplication.columnList(of: "a", prefix: "application_")), \(Retainer.columnList(of: "r"))
            FROM retainer_applications a JOIN retainers r USING (retainer_id)
            WHERE a.invoice_line_detail_id = ANY ($1) AND NOT a.is_confirmed
            """, details)
        var parts: [GUID: RetainerPart] = [:]
        for retainer in billed { parts[retainer.invoiceLineDetailId ?? retainer.retainerId] = .invoiced(retainer) }
        for row in applied {
            parts[row.application.invoiceLineDetailId] = .applied(row.retainer, row.application)
        }
        return parts
    }

    /// Replaces what drafts deduct of retainers, and brings up what of each is applied.
    ///
    /// - throws: `DatabaseError`.
    func replace(_ old: [RetainerApplication], by new: [RetainerApplication]) throws {
        try connection.execute(
            "DELETE FROM retainer_applications WHERE invoice_line_detail_id = ANY ($1)",
            old.map(\.invoiceLineDetailId))
        var rows = CopyRows()
        try rows.append(contentsOf: new)
        try connection.copy(rows, of: RetainerApplication.self, into: "retainer_applications")
        let changes = old.map { ($0.retainerId, -$0.amount) } + new.map { ($0.retainerId, $0.amount) }
        try connection.execute(
            """
            UPDATE retainers r SET applied = r.applied + c.amount FROM (
                SELECT retainer_id, sum(amount) AS amount FROM unnest($1::uuid[], $2::numeric[]) AS c (retainer_id, amount)
                GROUP BY retainer_id
            ) c WHERE r.retainer_id = c.retainer_id AND c.amount <> 0
            """, changes.map(\.0), changes.map(\.1))
    }

    /// Brings in what confirming an invoice does to retainers. What other drafts deduct of them is connected to what is open
    /// from now on.
    ///
    /// - throws: `DatabaseError`.
    func confirm(_ changes: [RetainerChange]) throws {
        guard !changes.isEmpty else { return }
        try connection.execute(
            """
            UPDATE retainers r SET open_balance_id = c.open_balance_id, used = r.used + c.used,
                applied = r.applied - c.used,
                invoice_status = \(RetainerInvoiceStatus.customerInvoicePosted.sql)
            FROM unnest($1::uuid[], $2::uuid[], $3::numeric[]) AS c (retainer_id, open_balance_id, used)
            WHERE r.retainer_id = c.retainer_id
            """, changes.map(\.retainerId), changes.map(\.openBalanceId), changes.map(\.used))
        try connection.execute(
            """
            UPDATE retainer_applications SET is_confirmed = true, refund_status =
                CASE WHEN refund_status IS NOT NULL THEN \(RetainerRefundStatus.refunded.sql) END
            WHERE invoice_line_detail_id = ANY ($1)
            """, changes.map(\.lineDetailId))
        try connection.execute(
            """
            UPDATE transaction_connections c SET transaction2_id = r.open_balance_id, row_version = c.row_version + 1
            FROM retainer_applications a JOIN retainers r USING (retainer_id)
            WHERE a.retainer_id = ANY ($1) AND NOT a.is_confirmed AND r.open_balance_id IS NOT NULL
                AND c.transaction1_id = a.invoice_line_detail_id
                AND c.transaction2_role = \(ConnectionRole.unbilledSales.sql)
            """, changes.map(\.retainerId))
    }

    /// Marks retainers as being on a draft.
    ///
    /// - parameter details: a query of `retainer_id` and `invoice_line_detail_id`.
    /// - throws: `DatabaseError`.
    func markDrafted(_ details: [(retainerId: GUID, lineDetailId: GUID)]) throws {
        try connection.execute(
            """
            UPDATE retainers r SET invoice_status = \(RetainerInvoiceStatus.customerInvoiceCreated.sql),
                invoice_line_detail_id = d.invoice_line_detail_id
            FROM unnest($1::uuid[], $2::uuid[]) AS d (retainer_id, invoice_line_detail_id)
            WHERE r.retainer_id = d.retainer_id
            """, details.map(\.retainerId), details.map(\.lineDetailId))
    }

    private struct AppliedRetainer: Record {
        var application: RetainerApplication
        var retainer: Retainer

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            AppliedRetainer(
                application: try column.record("application_", row?.application),
                retainer: try column.record("", row?.retainer))
        }
    }
}
