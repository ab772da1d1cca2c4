public import Bus
public import Contracts
public import Database
public import Service
import Synchronization

/// Carries out the requests to post, several at a time (design §5, Posting).
///
/// Each worker has a thread and connections of its own, and posts one journal
/// or proposal after another, each in one transaction. More processes mean
/// more workers; a request is carried out by one worker at a time, and by
/// none twice.
public final class PostingWorkers: WorkingService {
    private let databaseURL: String
    private let workers: Int
    private let lease: Duration
    private let zone: DayZone
    private let choices: ChoiceTables
    private let setups = SetupCache()
    private let name: String
    private let chunk: Int
    private let meter: PostingMeter
    private let active = ActivePostings()
    private let shutdown: GracefulShutdown
    private let logger: Logger
    private let mayPost: @Sendable (Connection) throws -> Bool
    private let atCheckpoint: @Sendable (Int) throws -> Void

    /// - parameter workers: how many postings at a time.
    /// - parameter lease: how long a worker that is not heard of keeps its request.
    /// - parameter zone: whose day the day of posting is.
    /// - parameter mayPost: asked until it says yes: nothing is posted before.
    /// - parameter name: who works, unique among processes: `posting-consumer@host/4711`.
    public convenience init(
        databaseURL: String, workers: Int = 2, lease: Duration = .seconds(30), zone: DayZone, choices: ChoiceTables,
        name: String, instruments: Instruments = Instruments(), shutdown: GracefulShutdown, logger: Logger,
        mayPost: @escaping @Sendable (Connection) throws -> Bool = { _ in true }
    ) {
        self.init(
            databaseURL: databaseURL, workers: workers, lease: lease, zone: zone, choices: choices, name: name,
            chunk: PostedDocument.chunk, instruments: instruments, shutdown: shutdown, logger: logger, mayPost: mayPost,
            atCheckpoint: { _ in })
    }

    /// - parameter chunk: how many lines are read and written at once.
    /// - parameter atCheckpoint: called between two chunks, with the rows done.
    init(
        databaseURL: String, workers: Int, lease: Duration, zone: DayZone, choices: ChoiceTables, name: String,
        chunk: Int, instruments: Instruments = Instruments(), shutdown: GracefulShutdown, logger: Logger,
        mayPost: @escaping @Sendable (Connection) throws -> Bool = { _ in true },
        atCheckpoint: @escaping @Sendable (Int) throws -> Void
    ) {
        meter = PostingMeter(instruments.metrics)
        self.databaseURL = databaseURL
        self.workers = workers
        self.lease = lease
        self.zone = zone
        self.choices = choices
        self.name = name
        self.chunk = chunk
        self.shutdown = shutdown
        self.logger = logger
        self.mayPost = mayPost
        self.atCheckpoint = atCheckpoint
    }

    public var work: [any WorkSource] { [PostingWork(active: active, meter: meter, mayPost: mayPost)] }

    /// - throws: what wants a person; a database that is away is waited for.
    public func run() async throws {
        let ended = GracefulShutdown()
        let keeper = LeaseKeeper(
            claims: PostingClaims(worker: name, lease: lease), active: active,
            session: DatabaseSession(url: databaseURL, applicationName: "\(name) leases", logger: logger),
            interval: min(lease / 3, .seconds(2)), ended: ended, logger: logger)
        async let keeping: Void = runOnThread(name: "leases") { keeper.run() }
        defer { ended.request() }
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...max(1, workers) {
                    group.addTask { try await runOnThread(name: "posting \(number)") { try self.work(number) } }
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

    private func work(_ number: Int) throws {
        let worker = PostingWorker(
            claims: PostingClaims(worker: workers == 1 ? name : "\(name) \(number)", lease: lease),
            active: active, databaseURL: databaseURL, setups: setups, zone: zone, choices: choices, chunk: chunk,
            shutdown: shutdown,
            logger: logger, mayPost: mayPost, measured: meter.measuring, atCheckpoint: atCheckpoint)
        try worker.run()
    }
}
