import Bus
public import Contracts
public import Database
public import Service

/// Asks for journals or proposals to be posted again and again: the periodic *Post invoice proposals* and its sister for
/// journals (`domain.md` §6.11, §6.13).
///
/// What it asks for is selected anew each time (*late selection*): what came after it was started is among it. One that
/// cannot be posted stops no other.
public struct PeriodicPosting: Service {
    private let pool: ConnectionPool
    private let interval: Duration
    private let requests: PostingRequests
    private let selection: PostingSelection
    private let filter: JournalFilter
    private let invoiceDate: CalendarDate?
    private let company: Company?
    private let requestedBy: String
    private let logger: Logger
    private let prepare: @Sendable (GracefulShutdown) throws -> Void

    /// - parameter pool: of one connection.
    /// - parameter interval: the rest between two selections.
    /// - parameter prepare: called once before the first selection; it may wait for the database.
    public init(
        pool: ConnectionPool, every interval: Duration, _ requests: PostingRequests, _ selection: PostingSelection,
        filter: JournalFilter = JournalFilter(), invoiceDate: CalendarDate? = nil, company: Company? = nil,
        requestedBy: String, logger: Logger, prepare: @escaping @Sendable (GracefulShutdown) throws -> Void = { _ in }
    ) {
        self.pool = pool
        self.interval = interval
        self.requests = requests
        self.selection = selection
        self.filter = filter
        self.invoiceDate = invoiceDate
        self.company = company
        self.requestedBy = requestedBy
        self.logger = logger
        self.prepare = prepare
    }

    /// Asks until a shutdown is asked for.
    ///
    /// - throws: `DatabaseError` when a person has to look at the database.
    public func run() async throws {
        let shutdown = GracefulShutdown.current
        try await runOnThread(name: "periodic posting") {
            do {
                try prepare(shutdown)
                repeat {
                    try RetryPolicy().run(until: shutdown, logger: logger) { _ = try askOnce() }
                } while !shutdown.wait(upTo: interval)
            } catch is CancellationError {
                // A shutdown was asked for while the database was away.
            }
        }
    }

    /// Asks for what is there now.
    ///
    /// - returns: what was asked for.
    /// - throws: `DatabaseError`.
    @discardableResult
    func askOnce() throws -> [PostingRequest] {
        let asked = try pool.withConnection {
            try requests.publish(
                selection, filter: filter, invoiceDate: invoiceDate, requestedBy: requestedBy, company: company, on: $0)
        }
        if !asked.isEmpty { logger.info("asked for postings", metadata: ["documents": "\(asked.count)"]) }
        return asked
    }
}
