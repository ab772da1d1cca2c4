public import Bus
public import Contracts
import Database

/// Keeps transaction connections: billed to unbilled, reversing to original, … (`domain.md` §3, §4.2).
public struct TransactionConnectedHandler: TopicHandler {
    private let choices: ChoiceTables

    public init(choices: ChoiceTables) { self.choices = choices }

    public var topic: TopicName { .transactionConnected }

    public func makeCollector() throws -> any MessageCollector { TransactionConnectedCollector(choices: choices) }
}

/// Collects connections as rows of their table.
final class TransactionConnectedCollector: MessageCollector {
    private let decoder: MessageDecoder<TransactionConnected>
    private var batch = ConnectionStore.Batch()

    init(choices: ChoiceTables) { decoder = MessageDecoder(choices: choices) }

    func add(_ value: UnsafeRawBufferPointer, from source: MessageSource) throws {
        let connected = try decoder.decode(value)
        try batch.append(
            ConnectedTransactions(connected: connected),
            key: ConnectionStore.Key(connectionId: connected.connectionId, company: connected.company),
            version: connected.rowVersion)
    }

    func removeAll() { batch.removeAll() }

    func write(to connection: Connection) throws { try ConnectionStore(connection: connection).write(batch) }
}
