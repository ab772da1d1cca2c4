import Bus
public import Contracts
import Database
public import Service
import Synchronization

/// Carries out the requests to post, several at a time (design §5, Posting).
///
/// Each worker has a thread and connections of its own, and posts one journal
/// or proposal after another, each in one transaction. More processes mean
/// more workers; a request is carried out by one worker at a time, and by
/// none twice.
public final class PostingWorkers: Service {
    private let databaseURL: String
    private let workers: Int
    private let lease: Duration
    private let choices: ChoiceTables
    private let name: String
    private let chunk: Int
    private let shutdown: GracefulShutdown
    private let logger: Logger
    private let atCheckpoint: @Sendable (Int) throws -> Void

    /// - parameter workers: how many postings at a time.
    /// - parameter lease: how long a worker that is not heard of keeps its request.
    /// - parameter name: who works, unique among processes: `posting-consumer@host/4711`.
    public convenience init(
        databaseURL: String, workers: Int = 2, lease: Duration = .seconds(30), choices: ChoiceTables, name: String,
        shutdown: GracefulShutdown, logger: Logger
    ) {
        self.init(
            databaseURL: databaseURL, workers: workers, lease: lease, choices: choices, name: name,
            chunk: PostingOutcome.chunk, shutdown: shutdown, logger: logger, atCheckpoint: { _ in })
    }

    /// - parameter chunk: how many lines are read and written at once.
    /// - parameter atCheckpoint: called between two chunks, with the rows done.
    init(
        databaseURL: String, workers: Int, lease: Duration, choices: ChoiceTables, name: String, chunk: Int,
        shutdown: GracefulShutdown, logger: Logger, atCheckpoint: @escaping @Sendable (Int) throws -> Void
    ) {
        self.databaseURL = databaseURL
        self.workers = workers
        self.lease = lease
        self.choices = choices
        self.name = name
        self.chunk = chunk
        self.shutdown = shutdown
        self.logger = logger
        self.atCheckpoint = atCheckpoint
    }

    /// - throws: what wants a person; a database that is away is waited for.
    public func run() async throws {
        let active = ActivePostings()
        let ended = GracefulShutdown()
        let keeper = LeaseKeeper(
            table: PostingRequestTable(worker: name, lease: lease), active: active,
            session: DatabaseSession(url: databaseURL, applicationName: "\(name) leases", logger: logger),
            interval: min(lease / 3, .seconds(2)), ended: ended, logger: logger)
        async let keeping: Void = runOnThread(name: "leases") { keeper.run() }
        defer { ended.request() }
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...max(1, workers) {
                    group.addTask { try await runOnThread(name: "posting \(number)") { try self.work(number, active) } }
                }
                do {
                    try await group.waitForAll()
                } catch {
                    self.shutdown.request()
                    throw error
                }
            }
        } catch {
            ended.request()
            try await keeping
            throw error
        }
        ended.request()
        try await keeping
    }

    private func work(_ number: Int, _ active: ActivePostings) throws {
        let worker = PostingWorker(
            table: PostingRequestTable(worker: workers == 1 ? name : "\(name) \(number)", lease: lease),
            active: active, databaseURL: databaseURL, choices: choices, chunk: chunk, shutdown: shutdown,
            logger: logger, atCheckpoint: atCheckpoint)
        try worker.run()
    }
}

/// The postings that this process works on now.
final class ActivePostings: Sendable {
    private let postings = Mutex<[GUID: (request: PostingRequest, progress: PostingProgress)]>([:])

    func begin(_ request: PostingRequest, _ progress: PostingProgress) {
        postings.withLock { $0[request.commandId] = (request, progress) }
    }

    func end(_ request: PostingRequest) {
        postings.withLock { $0[request.commandId] = nil }
    }

    var all: [(request: PostingRequest, progress: PostingProgress)] {
        postings.withLock { Array($0.values) }
    }
}

/// Prolongs the leases of the postings that this process works on, from a
/// thread of its own, and tells a posting whose lease is lost.
final class LeaseKeeper: Sendable {
    private let table: PostingRequestTable
    private let active: ActivePostings
    private let session: DatabaseSession
    private let interval: Duration
    private let ended: GracefulShutdown
    private let logger: Logger

    init(
        table: PostingRequestTable, active: ActivePostings, session: DatabaseSession, interval: Duration,
        ended: GracefulShutdown, logger: Logger
    ) {
        self.table = table
        self.active = active
        self.session = session
        self.interval = interval
        self.ended = ended
        self.logger = logger
    }

    /// Until the workers have ended.
    func run() {
        while !ended.wait(upTo: interval) {
            do {
                for (request, progress) in active.all {
                    let connection = try session.open()
                    if try !table.renew(request, rowsDone: progress.rowsDone, on: connection) { progress.loseLease() }
                }
            } catch {
                session.discard()
                logger.warning("leases were not renewed: \(error)")
            }
        }
    }
}
