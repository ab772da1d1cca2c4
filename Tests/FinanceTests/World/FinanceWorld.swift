import Bus
import Contracts
import JSON
import Service
import Testbed
import Testing

@testable import Database
@testable import Finance

/// A Finance database with a set-up, in which everything comes about as in the product, but for Kafka: messages are
/// staged by the consumer's handlers, import from staging makes journals and proposals of them, and a worker posts.
final class FinanceWorld {
    let database: TestDatabase
    let connection: Connection
    let pool: ConnectionPool
    let choices: ChoiceTables
    let setup: String
    private var offset: Int64 = 0
    /// What the outbox held when posting requests were carried to their consumer last.
    private var delivered = 0
    private var lastId: UInt64 = 0
    /// The journals and their lines' actuals, by the names that tests give them (see ``journal(_:date:_:)``).
    var journals: [String: (number: String, actuals: [GUID])] = [:]

    /// - parameter setup: a set-up file.
    /// - parameter changes: replaced in the set-up file, in pairs.
    init(setup: String = FinanceWorld.importSetup, configured: Bool = true, _ changes: (String, String)...) throws {
        database = try TestDatabase(FinanceSchema.migrations)
        connection = try database.connect()
        pool = ConnectionPool(url: database.url, size: 6, applicationName: "tests")
        choices = try ChoiceTables(additional: [TransactionClass.column: [192_350_009: "Retainer"]])
        self.setup = setup
        if configured { try configure(changes) }
    }

    func configure(_ changes: [(String, String)] = []) throws {
        var text = setup
        for (from, to) in changes { text = text.replacing(from, with: to) }
        _ = try FinanceConfiguration(parsing: Array(text.utf8), file: "finance.yaml").apply(to: connection)
    }

    /// A new id.
    func newId() -> GUID {
        lastId += 1
        return GUID(high: 0xA000_0000_0000_0000, low: lastId)
    }
}

// Staging and import.
extension FinanceWorld {
    /// Stages actuals in one batch.
    func stage(_ actuals: [ActualCreated], partition: Int32 = 0) throws {
        try write(
            actuals, to: try ActualCreatedHandler(choices: choices).makeCollector(), partition: { _ in partition })
    }

    func stage(_ actuals: [(ActualCreated, partition: Int32)]) throws {
        try write(
            actuals.map(\.0), to: try ActualCreatedHandler(choices: choices).makeCollector(),
            partition: { actuals[$0].partition })
    }

    func confirm(_ invoices: [InvoiceConfirmed]) throws {
        try write(invoices, to: try InvoiceConfirmedHandler(choices: choices).makeCollector(), partition: { _ in 0 })
    }

    func connect(_ connections: [TransactionConnected]) throws {
        try write(connections, to: try TransactionConnectedHandler(choices: choices).makeCollector()) { _ in 0 }
    }

    private func write<M: Message>(
        _ messages: [M], to collector: any MessageCollector, partition: (Int) -> Int32
    ) throws {
        try add(messages, to: collector, partition: partition)
        try connection.transaction { try collector.write(to: connection) }
    }

    func add<M: Message>(_ messages: [M], to collector: any MessageCollector, partition: (Int) -> Int32) throws {
        let hash = try SHA256()
        for (index, message) in messages.enumerated() {
            var json = JSONWriter()
            try message.write(to: &json, choices: choices)
            offset += 1
            try json.withBytes { bytes in
                try collector.add(
                    bytes,
                    from: MessageSource(
                        partition: partition(index), offset: offset, eventId: hash.digest(bytes).guid))
            }
        }
    }

    @discardableResult
    func importAll(invoice: GUID? = nil) throws -> ImportReport {
        try ImportFromStaging(pool: pool).run(invoice: invoice)
    }
}

// Posting.
extension FinanceWorld {
    /// Posts every journal that can be posted.
    func postJournals() throws { try post(.journals) }

    /// Posts every proposal that can be posted.
    func postProposals() throws { try post(.proposals) }

    private func post(_ selection: PostingSelection) throws {
        let requests = PostingRequests(choices: choices)
        let requested = try requests.publish(selection, requestedBy: "tests", on: connection)
        try deliverRequests()
        try work()
        let states = try requests.states(of: requested, on: connection)
        #expect(states.allSatisfy { $0.status == .posted }, "\(states.compactMap(\.message))")
    }

    /// Carries the posting requests in the outbox to their consumer, as the bus does.
    ///
    /// - parameter again: also those that were carried before.
    func deliverRequests(again: Bool = false) throws {
        let collector = try PostingRequestedHandler(choices: choices).makeCollector()
        let rows = try connection.query(
            "SELECT id, event_id, payload FROM outbox WHERE topic = $1 AND id > $2 ORDER BY id",
            TopicName.postingRequested.rawValue, again ? 0 : delivered)
        for row in rows {
            let eventId = try row[1, as: GUID.self]
            delivered = max(delivered, try row.int(0))
            try collector.add(
                try row.bytes(2), from: MessageSource(partition: 0, offset: try row.int64(0), eventId: eventId))
        }
        try connection.transaction { try collector.write(to: connection) }
    }

    /// Has a worker carry out every request.
    func work(chunk: Int = 10_000, zone: DayZone = .utc) throws {
        let worker = worker(chunk: chunk, zone: zone)
        while try worker.workOnce(connection) {}
    }

    func worker(
        chunk: Int = 10_000, zone: DayZone = .utc, shutdown: GracefulShutdown = GracefulShutdown(),
        lease: Duration = .seconds(30),
        atCheckpoint: @escaping @Sendable (Int) throws -> Void = { _ in }
    ) -> PostingWorker {
        PostingWorker(
            claims: PostingClaims(worker: "test", lease: lease), active: ActivePostings(), databaseURL: database.url,
            setups: SetupCache(), zone: zone, choices: choices, chunk: chunk, shutdown: shutdown, logger: logger(),
            atCheckpoint: atCheckpoint)
    }

    func logger() -> Logger {
        var logger = Logger(label: "finance-tests")
        logger.logLevel = .critical
        return logger
    }
}

// What is in the database.
extension FinanceWorld {
    func count(_ table: String, _ condition: String = "true") throws -> Int {
        try connection.value(Int.self, "SELECT count(*) FROM \(table) WHERE \(condition)")
    }

    func text(_ query: String) throws -> String { try connection.value(String.self, query) }

    func texts(_ query: String) throws -> [String] { try connection.values(String.self, query) }

    /// Everything that staging and import have written, but for numbers that identify a run.
    func content() throws -> [String] {
        try texts(
            """
            SELECT t FROM (
                SELECT 'staged ' || (to_jsonb(s) - 'batch_id')::text AS t FROM actuals_staging s
                UNION ALL SELECT 'arrivals ' || data_area_id || invoice_id || sum(count)
                    FROM invoice_arrivals GROUP BY data_area_id, invoice_id
                UNION ALL SELECT 'journal ' || to_jsonb(j)::text FROM integration_journals j
                UNION ALL SELECT 'line ' || to_jsonb(l)::text FROM integration_journal_lines l
                UNION ALL SELECT 'proposal ' || to_jsonb(p)::text FROM invoice_proposals p
                UNION ALL SELECT 'proposal line ' || to_jsonb(l)::text FROM invoice_proposal_lines l
                UNION ALL SELECT 'blocked ' || (to_jsonb(b) - 'blocked_at' - 'setup_version')::text FROM blocked_actuals b
                UNION ALL SELECT 'log ' || message FROM execution_log
            ) all_rows ORDER BY 1
            """)
    }
}
