import Bus
public import Contracts
public import Database

/// An invoice as Dataverse's side has it, for a comparison with Finance's.
public struct DataverseInvoice: Hashable, Sendable {
    /// What was published of it.
    public enum Publication: Hashable, Sendable {
        /// It is not confirmed.
        case draft
        /// Another system has invoiced it before the cut-over.
        case settled
        /// It waits, for the reason.
        case waiting(String)
        case published
    }

    public let invoiceId: GUID
    public let number: String
    public let currency: CurrencyCode?
    /// Without tax.
    public let lineAmount: Money
    /// The sum of its chargeable billed sales.
    public let chargeableAmount: Money
    public let publication: Publication
    /// Whether a message about it is still in the outbox.
    public let isInOutbox: Bool
    /// What Finance said of it.
    public let posted: InvoicePosted?
}

/// The invoices of Dataverse's side.
public enum DataverseInvoices {
    /// In the order of their ids.
    ///
    /// - parameter id: only this one; all when nil.
    /// - throws: `DatabaseError`.
    public static func list(_ connection: Connection, id: GUID? = nil) throws -> [DataverseInvoice] {
        try connection.records(
            InvoiceRow.self,
            """
            SELECT i.invoice_id, i.invoice_number, i.status, i.line_amount, y.iso_code,
                coalesce(g.chargeable_amount, 0)::numeric(38, 4) AS chargeable_amount, c.settlement,
                q.invoice_id IS NOT NULL AS is_published, o.id IS NOT NULL AS is_in_outbox,
                \(WaitingReason.columnList(of: "w")), \(PostedInvoiceRow.columnList(of: "p", prefix: "posted_"))
            FROM invoices i
            LEFT JOIN currencies y ON y.currency_id = i.currency_id
            LEFT JOIN invoice_progress g ON g.invoice_id = i.invoice_id
            LEFT JOIN invoices_waiting w ON w.id = i.invoice_id
            LEFT JOIN published_invoices q ON q.invoice_id = i.invoice_id
            LEFT JOIN cutover_invoices c ON c.invoice_id = i.invoice_id
            LEFT JOIN posted_invoices p ON p.invoice_id = i.invoice_id
            LEFT JOIN (\(OutboxStore.pendingIds(of: .invoiceConfirmed))) o ON o.id = i.invoice_id
            WHERE $1::uuid IS NULL OR i.invoice_id = $1
            ORDER BY i.invoice_id
            """, id
        ).map(\.invoice)
    }

    /// The ids of the invoices with a number, or of the one with an id.
    ///
    /// - throws: `DatabaseError`.
    public static func ids(_ invoice: String, _ connection: Connection) throws -> [GUID] {
        try connection.values(
            GUID.self, "SELECT invoice_id FROM invoices WHERE invoice_number = $1 OR invoice_id = $2", invoice,
            GUID(invoice))
    }
}

private struct InvoiceRow: Record {
    var invoiceId: GUID
    var number: String
    var status: ProjectInvoiceStatus
    var lineAmount: Money
    var currency: CurrencyCode?
    var chargeableAmount: Money
    var settlement: Settlement?
    var isPublished: Bool
    var isInOutbox: Bool
    var waitingReason: WaitingReason?
    var posted: PostedInvoiceRow?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        InvoiceRow(
            invoiceId: try column("invoice_id", row?.invoiceId), number: try column("invoice_number", row?.number),
            status: try column("status", row?.status), lineAmount: try column("line_amount", row?.lineAmount),
            currency: try column("iso_code", row?.currency),
            chargeableAmount: try column("chargeable_amount", row?.chargeableAmount),
            settlement: try column("settlement", row?.settlement),
            isPublished: try column("is_published", row?.isPublished),
            isInOutbox: try column("is_in_outbox", row?.isInOutbox),
            waitingReason: try column.optionalRecord("", presentIf: "waiting_for", row?.waitingReason),
            posted: try column.optionalRecord("posted_", presentIf: "invoice_id", row?.posted))
    }

    var invoice: DataverseInvoice {
        let publication: DataverseInvoice.Publication =
            if settlement?.isSettled == true { .settled } else if let waitingReason {
                .waiting(waitingReason.sentence)
            } else if isPublished { .published } else { .draft }
        return DataverseInvoice(
            invoiceId: invoiceId, number: number, currency: currency, lineAmount: lineAmount,
            chargeableAmount: chargeableAmount, publication: publication, isInOutbox: isInOutbox,
            posted: posted?.invoice)
    }
}
