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

/// Collects connections, and writes the newest version of each in the order of their ids.
final class TransactionConnectedCollector: MessageCollector {
    private let decoder: MessageDecoder<TransactionConnected>
    private var rows = CopyRows()
    private var arrivals: [(company: String, id: GUID, rowVersion: Int, row: Int)] = []

    private static let columns = [
        "data_area_id", "connection_id", "row_version", "transaction1_id", "transaction1_role", "transaction1_type",
        "transaction2_id", "transaction2_role", "transaction2_type",
    ]

    private static let columnList = columns.joined(separator: ", ")

    init(choices: ChoiceTables) { decoder = MessageDecoder(choices: choices) }

    func add(_ value: UnsafeRawBufferPointer, from source: MessageSource) throws(ContractError) {
        let connected = try decoder.decode(value)
        arrivals.append((connected.company.rawValue, connected.connectionId, connected.rowVersion, arrivals.count))
        rows.beginRow(columns: Self.columns.count)
        rows.append(connected.company.rawValue)
        rows.append(connected.connectionId)
        rows.append(connected.rowVersion)
        rows.append(connected.transaction1Id)
        rows.append(connected.transaction1Role)
        rows.append(connected.transaction1Type)
        rows.append(connected.transaction2Id)
        rows.append(connected.transaction2Role)
        rows.append(connected.transaction2Type)
    }

    func removeAll() {
        rows.removeAll(keepingCapacity: true)
        arrivals.removeAll(keepingCapacity: true)
    }

    func write(to connection: Connection) throws {
        guard !arrivals.isEmpty else { return }
        let newest = newestRows()
        do {
            // The common case: all of them are new.
            try connection.savepoint { try copy(newest, into: "transaction_connections", on: connection) }
        } catch let error as DatabaseError where error.isUniqueViolation {
            try merge(newest, on: connection)
        }
    }

    /// The newest version of each connection, in the order of their keys.
    private func newestRows() -> CopyRows {
        let sorted = arrivals.sorted { left, right in
            if left.id != right.id { return left.id < right.id }
            if left.company != right.company { return left.company < right.company }
            return left.rowVersion > right.rowVersion
        }
        var newest = CopyRows()
        for (index, arrival) in sorted.enumerated() {
            if index > 0, sorted[index - 1].id == arrival.id, sorted[index - 1].company == arrival.company { continue }
            newest.append(row: arrival.row, of: rows)
        }
        return newest
    }

    private func copy(_ rows: CopyRows, into table: String, on connection: Connection) throws {
        try connection.copyIn("COPY \(table) (\(Self.columnList)) FROM STDIN (FORMAT binary)") { try $0.write(rows) }
    }

    private func merge(_ rows: CopyRows, on connection: Connection) throws {
        try connection.executeScript(
            """
            CREATE TEMPORARY TABLE IF NOT EXISTS arriving_connections (LIKE transaction_connections)
                ON COMMIT DELETE ROWS
            """)
        try copy(rows, into: "arriving_connections", on: connection)
        let updates = Self.columns.dropFirst(2).map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        try connection.execute(
            """
            INSERT INTO transaction_connections AS known (\(Self.columnList))
            SELECT \(Self.columnList) FROM arriving_connections ORDER BY data_area_id, connection_id
            ON CONFLICT (data_area_id, connection_id) DO UPDATE SET \(updates)
            WHERE known.row_version < excluded.row_version
            """)
    }
}
