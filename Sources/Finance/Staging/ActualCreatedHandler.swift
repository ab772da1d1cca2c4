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

/// Collects actuals in the order in which they come, and writes the newest version of each in the order of their ids.
final class ActualCreatedCollector: MessageCollector {
    /// A row as it came.
    private struct Arrival {
        var actualId: GUID
        var rowVersion: Int
        var row: Int
        var partition: Int32
        var company: Int
        /// Of a billed sale.
        var invoiceId: GUID?
    }

    private let decoder: MessageDecoder<ActualCreated>
    private let hash: SHA256
    private var actuals = ActualRows()
    private var arrivals: [Arrival] = []
    /// A batch has few; arrivals name them by their place.
    private var companies: [String] = []

    init(choices: ChoiceTables, hash: SHA256) {
        decoder = MessageDecoder(choices: choices)
        self.hash = hash
    }

    func add(_ value: UnsafeRawBufferPointer, from source: MessageSource) throws(ContractError) {
        let actual = try decoder.decode(value)
        arrivals.append(
            Arrival(
                actualId: actual.actualId, rowVersion: actual.rowVersion, row: arrivals.count,
                partition: source.partition, company: place(of: actual.company.rawValue),
                invoiceId: actual.transactionType == .billedSales ? actual.invoiceId : nil))
        actuals.append(actual, hash: hash)
    }

    func removeAll() {
        actuals.removeAll()
        arrivals.removeAll(keepingCapacity: true)
        companies.removeAll()
    }

    func write(to connection: Connection) throws {
        guard !arrivals.isEmpty else { return }
        let newest = newestArrivals()
        let batch = try connection.query(
            "INSERT INTO staging_batches (row_count) VALUES ($1) RETURNING batch_id", Int32(newest.count)
        ).single().int64(0)
        var rows = CopyRows()
        for arrival in newest { rows.append(row: arrival.row, of: actuals.rows, first: batch) }
        do {
            // The common case: all of them are new.
            try connection.savepoint {
                _ = try connection.copyIn("COPY actuals_staging (\(ActualRows.columnList)) FROM STDIN (FORMAT binary)")
                {
                    try $0.write(rows)
                }
            }
            try countRows(of: newest, batch: batch, on: connection)
            try countArrivals(newest, on: connection)
        } catch let error as DatabaseError where error.isUniqueViolation {
            let merge = ActualMerge(batch: batch, connection: connection)
            try merge.write(rows, partition: newest[0].partition)
        }
    }

    private func place(of company: String) -> Int {
        if let place = companies.lastIndex(of: company) { return place }
        companies.append(company)
        return companies.count - 1
    }

    /// The newest version of each actual, in the order of their ids; of equal versions the one that came first.
    private func newestArrivals() -> [Arrival] {
        var sorted = arrivals
        sorted.sort { left, right in
            if left.actualId != right.actualId { return left.actualId < right.actualId }
            return left.rowVersion != right.rowVersion ? left.rowVersion > right.rowVersion : left.row < right.row
        }
        var kept = 0
        for index in sorted.indices where index == 0 || sorted[index].actualId != sorted[kept - 1].actualId {
            sorted[kept] = sorted[index]
            kept += 1
        }
        sorted.removeLast(sorted.count - kept)
        return sorted
    }

    /// Leaves the batch to import from staging, company by company.
    private func countRows(of newest: [Arrival], batch: Int64, on connection: Connection) throws {
        var counts = [Int32](repeating: 0, count: companies.count)
        for arrival in newest { counts[arrival.company] += 1 }
        try connection.execute(
            """
            INSERT INTO staging_batches_pending (data_area_id, batch_id, row_count)
            SELECT company, $1, count FROM unnest($2::text[], $3::int[]) AS new (company, count) WHERE count > 0
            """, batch, companies, counts)
    }

    private func countArrivals(_ newest: [Arrival], on connection: Connection) throws {
        var counts = InvoiceArrivals()
        for arrival in newest {
            guard let invoiceId = arrival.invoiceId else { continue }
            counts.add(invoiceId, company: arrival.company, partition: arrival.partition)
        }
        try counts.write(companies: companies, to: connection)
    }
}
