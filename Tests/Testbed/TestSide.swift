public import Bus
public import Contracts
public import Database

/// A side of the bus that keeps which messages came, and how often.
public enum TestSide {
    public static let migrations = [
        Migration(
            version: 1, name: "test side",
            sql: BusSchema.version1 + """
                CREATE TABLE received (
                    topic text NOT NULL,
                    number bigint NOT NULL,
                    note text NOT NULL CHECK (note <> 'refused by the table'),
                    partition int NOT NULL,
                    "offset" bigint NOT NULL,
                    event_id uuid NOT NULL
                );
                """),
        Migration(version: 2, name: "test side, second", sql: BusSchema.version2),
    ]
}

/// A message that carries a number, by which a test knows it again.
public protocol NumberedMessage: Contracts.Message {
    var number: Int { get }
    var note: String { get }
}

extension TransactionConnected: NumberedMessage {
    public var number: Int { rowVersion }
    public var note: String { transaction1Role }

    public init(number: Int, note: String = "fine") {
        self.init(
            connectionId: GUID(high: 1, low: UInt64(number)), rowVersion: number, company: "test",
            transaction1Id: GUID(high: 2, low: UInt64(number)), transaction1Role: note,
            transaction1Type: "msdyn_actual",
            transaction2Id: GUID(high: 3, low: UInt64(number)), transaction2Role: "Unbilled Sales",
            transaction2Type: "msdyn_actual")
    }
}

extension ActualCreated: NumberedMessage {
    public var number: Int { rowVersion }
    public var note: String { description ?? "fine" }

    public init(number: Int, type: TransactionClass = .time, note: String? = nil) {
        self.init(
            actualId: GUID(high: 4, low: UInt64(number)), rowVersion: number, company: "test", projectNumber: "PRJ-1",
            transactionType: .cost, transactionClass: type, currency: "USD", currencyPrecision: 2,
            quantity: Quantity(1), price: Money(1), amount: Money(1), documentDate: CalendarDate(day: 20_000),
            accountingDate: CalendarDate(day: 20_000), description: note)
    }
}

/// Writes what comes into `received`.
///
/// A note decides what else happens: the table refuses `refused by the table`, and the collector `no effect`.
public struct NumberHandler<M: NumberedMessage>: TopicHandler {
    private let choices: ChoiceTables
    private let onWrite: @Sendable (Int) throws -> Void

    /// - Parameter onWrite: called in the transaction of each batch, with its number of messages.
    public init(choices: ChoiceTables, onWrite: @escaping @Sendable (Int) throws -> Void = { _ in }) {
        self.choices = choices
        self.onWrite = onWrite
    }

    public var topic: TopicName { M.topic }

    public func makeCollector() throws -> any MessageCollector {
        NumberCollector<M>(choices: choices, onWrite: onWrite)
    }
}

private final class NumberCollector<M: NumberedMessage>: MessageCollector {
    private let decoder: MessageDecoder<M>
    private let onWrite: @Sendable (Int) throws -> Void
    private var rows = CopyRows()
    private var refused: [MessageRefusal.Place: String] = [:]

    init(choices: ChoiceTables, onWrite: @escaping @Sendable (Int) throws -> Void) {
        decoder = MessageDecoder(choices: choices)
        self.onWrite = onWrite
    }

    func add(_ value: UnsafeRawBufferPointer, from source: MessageSource) throws(ContractError) {
        let message = try decoder.decode(value)
        if message.note == "no effect" {
            refused[.init(partition: source.partition, offset: source.offset)] = "there is no such thing"
        }
        rows.beginRow(columns: 6)
        rows.append(M.topic.rawValue)
        rows.append(message.number)
        rows.append(message.note)
        rows.append(source.partition)
        rows.append(source.offset)
        source.eventId.append(to: &rows)
    }

    func write(to connection: Connection) throws {
        try onWrite(rows.rowCount)
        guard refused.isEmpty else { throw MessageRefusal(topic: M.topic, reasons: refused) }
        guard rows.rowCount > 0 else { return }
        try connection.copyIn(
            #"COPY received (topic, number, note, partition, "offset", event_id) FROM STDIN (FORMAT binary)"#
        ) { try $0.write(rows) }
    }
}
