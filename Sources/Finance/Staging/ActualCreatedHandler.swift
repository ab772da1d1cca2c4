public import Bus
public import Contracts
import Database

/// Puts actuals into staging: every well-formed row, whatever is configured (design §4).
public struct ActualCreatedHandler: TopicHandler {
    private let choices: ChoiceTables

    public init(choices: ChoiceTables) { self.choices = choices }

    public var topic: TopicName { .actualCreated }

    public func makeCollector() throws -> any MessageCollector {
        ActualCreatedCollector(choices: choices, hash: try SHA256())
    }
}

/// Collects actuals as rows of staging.
final class ActualCreatedCollector: MessageCollector {
    private let decoder: MessageDecoder<ActualCreated>
    private let hash: SHA256
    private var batch = ActualStaging.Batch()

    init(choices: ChoiceTables, hash: SHA256) {
        decoder = MessageDecoder(choices: choices)
        self.hash = hash
    }

    func add(_ value: UnsafeRawBufferPointer, from source: MessageSource) throws {
        let actual = try decoder.decode(value)
        try batch.append(
            StagedActual(actual, hash: hash), key: actual.actualId, version: actual.rowVersion,
            note: ActualStaging.Note(
                company: actual.company, partition: source.partition,
                billedOn: actual.transactionType == .billedSales && !actual.withdrawn && actual.openingVoucher == nil
                    ? actual.invoiceId : nil))
    }

    func removeAll() { batch.removeAll() }

    func write(to connection: Connection) throws { try ActualStaging(connection: connection).write(batch) }
}
