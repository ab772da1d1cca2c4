public import Bus
public import Contracts
import Database

/// Reads back what this database published of confirmed invoices: after it was restored from a backup, that is more than it
/// knows.
///
/// In all other cases it finds what it has, and writes nothing.
public struct PublishedConfirmationHandler: TopicHandler {
    private let choices: ChoiceTables

    public init(choices: ChoiceTables) { self.choices = choices }

    public var topic: TopicName { .invoiceConfirmed }

    public func makeCollector() throws -> any MessageCollector {
        PublishedConfirmationCollector(choices: choices, hash: try SHA256())
    }
}

private final class PublishedConfirmationCollector: MessageCollector {
    private let decoder: MessageDecoder<InvoiceConfirmed>
    private let choices: ChoiceTables
    private let hash: SHA256
    private var confirmations: [LostConfirmation] = []

    init(choices: ChoiceTables, hash: SHA256) {
        decoder = MessageDecoder(choices: choices)
        self.choices = choices
        self.hash = hash
    }

    func add(_ value: UnsafeRawBufferPointer, from source: MessageSource) throws {
        let confirmed = try decoder.decode(value)
        confirmations.append(LostConfirmation(confirmed, content: try confirmed.content(choices, hash)))
    }

    func write(to connection: Connection) throws {
        guard !confirmations.isEmpty else { return }
        try LostConfirmationStore(connection).compare(confirmations)
    }
}
