public import Contracts
public import Database
import Service

/// What a load did.
public struct LoadReport: Hashable, Sendable {
    /// What it did to one table.
    public struct Table: Hashable, Sendable, Encodable {
        /// Our table's name.
        public let name: String
        public internal(set) var new = 0
        public internal(set) var changed = 0
        public internal(set) var unchanged = 0
        /// Rows that Dataverse deleted, and so are deleted here.
        public internal(set) var deleted = 0
        /// Rows that are no project's (another order type), and those of which the load says nothing that counts.
        public internal(set) var skipped = 0
        /// Rows that are not newer than what is here, and say something else.
        public internal(set) var overruled = 0
        /// What a person should know of it.
        public internal(set) var notes: [LoadNote] = []

        var hasRows: Bool { new + changed + unchanged + deleted + skipped + overruled > 0 }
    }

    /// The tables of which pages were read.
    public let tables: [Table]
    /// What cannot be read, and was left out.
    public let refused: RefusedRows
    /// The tables of which a page says that there is more than has come, by this load and those before it.
    public let unfinished: [UnfinishedTable]
    /// How many draft invoices were marked as ours.
    public let markedAsOurs: Int
    /// How many messages were written to the outbox, by topic.
    public let published: [TopicName: Int]
    /// What the cut-over has decided, by this load and those before it; nil in a database without one.
    public let cutover: CutoverReport?
}

extension LoadReport {
    /// The report of a load of which nothing was left out.
    ///
    /// - throws: the first ``CaptureError`` when something was.
    public func whole() throws(CaptureError) -> LoadReport {
        if let error = refused.first.first { throw error }
        return self
    }
}

/// Something that a load says of rows which it did not take.
public struct LoadNote: Hashable, Sendable, Encodable {
    /// Our table's name.
    public let table: String
    /// How many rows.
    public let rows: Int
    /// Where the first of them is.
    public var file: String?
    public var row: Int?
    /// What of them, and what to do.
    public let text: String

    /// One sentence.
    public var sentence: String {
        let place = file.map { " (the first in \($0)\(row.map { ", row \($0)" } ?? ""))" } ?? ""
        return "\(table): \(rows) \(rows == 1 ? "row is" : "rows are") \(text)\(place)"
    }
}

/// Loads pages of the Dataverse Web API, and publishes what is complete by
/// it, in one transaction.
///
/// A row that cannot be read costs itself alone, and so does a page; the report has them. Its table is unfinished until the
/// page comes again: what such a row belongs to is not known. A load whose rows contradict each other, or lack a column
/// that was not selected, is refused whole: its pages are the wrong ones.
public struct LoadPages {
    private let connection: Connection
    private let configuration: DataverseConfiguration

    public init(connection: Connection, configuration: DataverseConfiguration) {
        self.connection = connection
        self.configuration = configuration
    }

    /// Loads all pages of some sources.
    ///
    /// - parameter asOurs: marks the draft invoices of the load as ours:
    ///   this database confirms them, not Dataverse.
    /// - parameter cutover: the first day that is ours to post, of a live company that is loaded for the first time; the
    ///   database's own when nil (see ``CutoverError``).
    /// - parameter isDryRun: whether the load is rolled back when all is counted.
    /// - parameter progress: is told what is done, and how many of it: rows read, messages written.
    /// - throws: ``CaptureError``; ``CutoverError``; `DatabaseError`; `ContractError` when a
    ///   label's code is not configured.
    public func load(
        _ sources: [any PageSource], asOurs: Bool = false, cutover: CalendarDate? = nil, isDryRun: Bool = false,
        progress: @escaping (String, Int) -> Void = { _, _ in }
    ) throws -> LoadReport {
        let store = CutoverStore(connection: connection)
        let readsVouchers = try cutover != nil || store.date() != nil
        let capture = try Capture(
            connection: connection, configuration: configuration, readsVouchers: readsVouchers)
        defer { capture.close() }
        try capture.read(sources) { progress("rows read", $0) }
        return try connection.transaction(isDryRun: isDryRun) {
            let changes = try ChangeSet(on: connection)
            let recorded = try store.date()
            // Of another load that came in between, vouchers were not read.
            guard readsVouchers || recorded == nil else { throw CutoverError.recordedMeanwhile }
            let date = try CutoverRequest.decide(
                requested: cutover, recorded: recorded, hasInvoicing: try store.hasInvoicing())
            if let date, recorded == nil { try store.record(date) }
            let tables = try capture.merge(changes)
            let marked = asOurs ? try capture.markOurs() : 0
            if let date { try CutoverDecision(connection: connection, date: date, changes: changes).run() }
            CrashPoint.pass(.pagesMerged)
            let published = try changes.publish(configuration: configuration, progress: progress)
            return LoadReport(
                tables: tables, refused: capture.refused,
                unfinished: try UnfinishedTables(connection: connection).tables(),
                markedAsOurs: marked, published: published.byTopic,
                cutover: try date.map { try CutoverReport(date: $0, on: connection) })
        }
    }
}

extension Connection {
    /// Runs a transaction, which is rolled back when it is only to be seen what it would do.
    fileprivate func transaction<T>(isDryRun: Bool, _ body: () throws -> T) throws -> T {
        var outcome: T?
        do {
            return try transaction(.readCommitted) {
                guard isDryRun else { return try body() }
                outcome = try body()
                throw RolledBack()
            }
        } catch is RolledBack {
            if let outcome { return outcome }
        }
        throw RolledBack()
    }
}

private struct RolledBack: Error {}
