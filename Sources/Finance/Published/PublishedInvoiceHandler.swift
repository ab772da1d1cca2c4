public import Bus
public import Contracts
import Database

/// Reads back what this database published of posted invoices: after it was restored from a backup, that is more than it
/// knows (`domain.md` §9.27).
///
/// In all other cases it finds what it has, and writes nothing.
public struct PublishedInvoiceHandler: TopicHandler {
    private let choices: ChoiceTables

    public init(choices: ChoiceTables) { self.choices = choices }

    public var topic: TopicName { .invoicePosted }

    public func makeCollector() -> any MessageCollector { PublishedInvoiceCollector(choices: choices) }
}

private final class PublishedInvoiceCollector: MessageCollector {
    private let decoder: MessageDecoder<InvoicePosted>
    private var invoices: [InvoicePosted] = []

    init(choices: ChoiceTables) { decoder = MessageDecoder(choices: choices) }

    func add(_ value: UnsafeRawBufferPointer, from source: MessageSource) throws {
        invoices.append(try decoder.decode(value))
    }

    func write(to connection: Connection) throws {
        guard !invoices.isEmpty else { return }
        try LostInvoiceStore(connection).compare(invoices)
        var numbers = SeenNumbers()
        for invoice in invoices {
            numbers.see(invoice.customerInvoiceNumber, of: .customerInvoice, company: invoice.company)
            numbers.see(invoice.voucher, of: .voucher, company: invoice.company)
        }
        try NumberSequenceStore(connection: connection).see(numbers)
    }
}
