public import Bus
public import Contracts
import Database

/// Takes over that Finance posted an invoice: its number, dates, tax and
/// status (`domain.md` §5.1), and how many details belong to it.
public struct InvoicePostedHandler: TopicHandler {
    private let choices: ChoiceTables

    public init(choices: ChoiceTables) { self.choices = choices }

    public var topic: TopicName { .invoicePosted }

    public func makeCollector() -> any MessageCollector { InvoicePostedCollector(choices: choices) }
}

/// One batch of posted invoices.
private final class InvoicePostedCollector: MessageCollector {
    private typealias Entry = (invoice: InvoicePosted, place: MessageRefusal.Place)

    private let decoder: MessageDecoder<InvoicePosted>
    /// The newest of each invoice.
    private var newest: [GUID: Entry] = [:]

    init(choices: ChoiceTables) {
        decoder = MessageDecoder(choices: choices)
    }

    func add(_ value: UnsafeRawBufferPointer, from source: MessageSource) throws(ContractError) {
        let invoice = try decoder.decode(value)
        if let known = newest[invoice.invoiceId], known.invoice.postingVersion >= invoice.postingVersion { return }
        newest[invoice.invoiceId] = (
            invoice, MessageRefusal.Place(partition: source.partition, offset: source.offset)
        )
    }

    func write(to connection: Connection) throws {
        guard !newest.isEmpty else { return }
        let entries = newest.values.sorted { $0.invoice.invoiceId < $1.invoice.invoiceId }
        let unknown = try connection.query(
            """
            SELECT i.place FROM unnest($1::uuid[]) WITH ORDINALITY AS i (invoice_id, place)
            WHERE NOT EXISTS (SELECT FROM invoices v WHERE v.invoice_id = i.invoice_id)
            """, entries.map(\.invoice.invoiceId))
        if !unknown.isEmpty {
            var reasons: [MessageRefusal.Place: String] = [:]
            for row in unknown {
                let entry = entries[try row.int(0) - 1]
                reasons[entry.place] = "invoice \(entry.invoice.invoiceId) is unknown in this Dataverse database"
            }
            throw MessageRefusal(topic: .invoicePosted, reasons: reasons)
        }
        for entry in entries { try write(entry.invoice, to: connection) }
    }

    func removeAll() { newest.removeAll(keepingCapacity: true) }

    private func write(_ invoice: InvoicePosted, to connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO posted_invoices AS p (
                invoice_id, posting_version, company, customer_invoice_number, invoice_date, due_date, voucher, status,
                currency, line_amount, sales_tax_amount, detail_count, accounting_currency, detail_accounting_amount)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            ON CONFLICT (invoice_id) DO UPDATE SET
                posting_version = excluded.posting_version, company = excluded.company,
                customer_invoice_number = excluded.customer_invoice_number, invoice_date = excluded.invoice_date,
                due_date = excluded.due_date, voucher = excluded.voucher, status = excluded.status,
                currency = excluded.currency, line_amount = excluded.line_amount,
                sales_tax_amount = excluded.sales_tax_amount, detail_count = excluded.detail_count,
                accounting_currency = excluded.accounting_currency,
                detail_accounting_amount = excluded.detail_accounting_amount
            WHERE p.posting_version < excluded.posting_version
            """,
            invoice.invoiceId, invoice.postingVersion, invoice.company, invoice.customerInvoiceNumber,
            invoice.invoiceDate, invoice.dueDate, invoice.voucher, invoice.status.rawValue, invoice.currency,
            invoice.lineAmount, invoice.salesTaxAmount, invoice.detailCount, invoice.accountingCurrency,
            invoice.detailAccountingAmount)
    }
}
