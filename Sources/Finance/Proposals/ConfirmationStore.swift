import Bus
import Contracts
import Database

/// The events that made or renewed a proposal: `invoice_confirmations`.
struct ConfirmationStore {
    let connection: Connection

    private struct Confirmation: Record {
        var eventId: GUID
        var company: Company
        var invoiceId: GUID
        var totalsVersion: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Confirmation(
                eventId: try column("event_id", row?.eventId),
                company: try column("data_area_id", row?.company),
                invoiceId: try column("invoice_id", row?.invoiceId),
                totalsVersion: try column("totals_version", row?.totalsVersion))
        }
    }

    /// Whether an event took effect.
    func has(_ eventId: GUID) throws -> Bool {
        try connection.value(
            Bool.self, "SELECT EXISTS (SELECT FROM invoice_confirmations WHERE event_id = $1)", eventId)
    }

    /// Records an event that takes effect.
    ///
    /// - returns: false when it took effect before.
    @discardableResult
    func append(_ eventId: GUID, _ confirmed: InvoiceConfirmed) throws -> Bool {
        try connection.insert(
            Confirmation(
                eventId: eventId, company: confirmed.company, invoiceId: confirmed.invoiceId,
                totalsVersion: confirmed.totalsVersion),
            into: "invoice_confirmations", "ON CONFLICT (event_id) DO NOTHING") == 1
    }
}
