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
    private let decoder: MessageDecoder<InvoicePosted>
    private var batch = PostedInvoiceStore.Batch()

    init(choices: ChoiceTables) { decoder = MessageDecoder(choices: choices) }

    func add(_ value: UnsafeRawBufferPointer, from source: MessageSource) throws {
        let invoice = try decoder.decode(value)
        try batch.append(
            PostedInvoiceRow(invoice: invoice), key: invoice.invoiceId, version: invoice.postingVersion,
            note: MessageRefusal.Place(partition: source.partition, offset: source.offset))
    }

    func write(to connection: Connection) throws {
        guard !batch.isEmpty else { return }
        let newest = batch.newest()
        let unknown = try InvoiceStore(connection: connection).unknown(newest.map(\.key))
        guard unknown.isEmpty else {
            // Every message of these ids at once, not the newest alone.
            let keys = Set(unknown.map { newest[$0].key })
            var reasons: [MessageRefusal.Place: String] = [:]
            for arrival in batch.arrivals(where: keys.contains) {
                reasons[arrival.note] = "invoice \(arrival.key) is unknown in this Dataverse database"
            }
            throw MessageRefusal(topic: .invoicePosted, reasons: reasons)
        }
        try PostedInvoiceStore(connection: connection).write(newest, of: batch)
    }

    func removeAll() { batch.removeAll() }
}
