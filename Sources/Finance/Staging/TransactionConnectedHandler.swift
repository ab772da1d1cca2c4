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
    /// The reversals among them.
    private var reversals: [(reversing: GUID, original: GUID)] = []

    init(choices: ChoiceTables) { decoder = MessageDecoder(choices: choices) }

    func add(_ value: UnsafeRawBufferPointer, from source: MessageSource) throws {
        let connected = try decoder.decode(value)
        try batch.append(
            ConnectedTransactions(connected: connected),
            key: ConnectionStore.Key(connectionId: connected.connectionId, company: connected.company),
            version: connected.rowVersion)
        if connected.isReversal { reversals.append((connected.transaction1Id, connected.transaction2Id)) }
    }

    func removeAll() {
        batch.removeAll()
        reversals.removeAll(keepingCapacity: true)
    }

    /// Rows that are here and did not know what they take back are looked at again, also when they have a line.
    func write(to connection: Connection) throws {
        try ConnectionStore(connection: connection).write(batch)
        guard !reversals.isEmpty else { return }
        try connection.plan(.lookUpByKey)
        try ImportQueueStore(connection: connection).appendAgain(
            those: StagedActualStore.unlikeTheirConnection, [reversals.map(\.reversing), reversals.map(\.original)])
    }
}
