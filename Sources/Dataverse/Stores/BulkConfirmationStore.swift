import Bus
import Contracts
public import Database

/// How far an invoice is in a bulk confirmation (`domain.md` §2.1, §6.3). While it is scheduled or processed, it stays a
/// draft.
public enum BulkConfirmationStatus: String, DatabaseLabel, CaseIterable, Encodable {
    case scheduled = "Scheduled"
    case processing = "Processing"
    case complete = "Complete"
    case failed = "Failed"
}

/// The table `bulk_confirmations`.
struct BulkConfirmationStore {
    let connection: Connection

    /// Schedules invoices, in their order; those that are scheduled already keep their place.
    ///
    /// - throws: `DatabaseError`.
    func schedule(_ invoices: [GUID], on date: CalendarDate) throws {
        try connection.execute(
            """
            INSERT INTO bulk_confirmations AS b (invoice_id, place, status, confirmation_date)
            SELECT i.invoice_id, min(i.place) + (SELECT coalesce(max(place), 0) FROM bulk_confirmations),
                \(BulkConfirmationStatus.scheduled.sql), $2
            FROM unnest($1::uuid[]) WITH ORDINALITY AS i (invoice_id, place) GROUP BY i.invoice_id
            ON CONFLICT (invoice_id) DO UPDATE SET place = excluded.place, status = excluded.status,
                confirmation_date = excluded.confirmation_date, problem = NULL, changed_at = now()
            WHERE b.status IN (\([BulkConfirmationStatus.complete, .failed].sql))
            """, invoices, date)
    }

    /// The invoice whose turn it is; nil when nothing is left. What a run that was killed left in the middle comes again.
    ///
    /// - throws: `DatabaseError`.
    func next() throws -> ScheduledConfirmation? {
        try connection.record(
            ScheduledConfirmation.self,
            """
            SELECT b.invoice_id, i.invoice_number, b.confirmation_date FROM bulk_confirmations b
            LEFT JOIN invoices i ON i.invoice_id = b.invoice_id
            WHERE b.status IN (\([BulkConfirmationStatus.scheduled, .processing].sql))
            ORDER BY b.place, b.invoice_id LIMIT 1
            """)
    }

    /// Says how far an invoice is.
    ///
    /// - throws: `DatabaseError`.
    func set(_ status: BulkConfirmationStatus, of invoice: GUID, problem: String? = nil) throws {
        try connection.execute(
            "UPDATE bulk_confirmations SET status = $2, problem = $3, changed_at = now() WHERE invoice_id = $1",
            invoice,
            status, problem)
    }
}

/// An invoice that is to be confirmed.
struct ScheduledConfirmation: Record, Hashable {
    var invoiceId: GUID
    /// Nil when it is not here any more.
    var invoiceNumber: String?
    var date: CalendarDate

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ScheduledConfirmation(
            invoiceId: try column("invoice_id", row?.invoiceId),
            invoiceNumber: try column("invoice_number", row?.invoiceNumber),
            date: try column("confirmation_date", row?.date))
    }
}
