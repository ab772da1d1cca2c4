public import Bus
public import Contracts
import Database

/// Makes an invoice proposal of each confirmed invoice, and of nothing else (`domain.md` §5.1, §5.3).
public struct InvoiceConfirmedHandler: TopicHandler {
    private let choices: ChoiceTables

    public init(choices: ChoiceTables) { self.choices = choices }

    public var topic: TopicName { .invoiceConfirmed }

    public func makeCollector() throws -> any MessageCollector { InvoiceConfirmedCollector(choices: choices) }
}

final class InvoiceConfirmedCollector: MessageCollector {
    private let decoder: MessageDecoder<InvoiceConfirmed>
    private var messages: [(confirmed: InvoiceConfirmed, eventId: GUID, place: MessageRefusal.Place)] = []

    init(choices: ChoiceTables) { decoder = MessageDecoder(choices: choices) }

    func add(_ value: UnsafeRawBufferPointer, from source: MessageSource) throws {
        let confirmed = try decoder.decode(value)
        messages.append(
            (confirmed, source.eventId, MessageRefusal.Place(partition: source.partition, offset: source.offset)))
    }

    func removeAll() { messages.removeAll(keepingCapacity: true) }

    func write(to connection: Connection) throws {
        var refusals: [MessageRefusal.Place: String] = [:]
        // In the order of the invoices, so that consumers that meet don't deadlock; of one invoice as they came.
        let ordered = messages.enumerated().sorted { left, right in
            let (one, other) = (left.element.confirmed.invoiceId, right.element.confirmed.invoiceId)
            return one != other ? one < other : left.offset < right.offset
        }
        for (_, message) in ordered {
            let proposal = ProposalConfirmation(
                confirmed: message.confirmed, eventId: message.eventId, connection: connection)
            if let refusal = try proposal.write() { refusals[message.place] = refusal }
        }
        guard refusals.isEmpty else { throw MessageRefusal(topic: .invoiceConfirmed, reasons: refusals) }
    }
}
