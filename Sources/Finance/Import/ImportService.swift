import Bus
import Contracts
public import Database
public import Service

/// Imports from staging again and again.
public struct ImportService: Service {
    private let staging: ImportFromStaging
    private let interval: Duration
    private let logger: Logger
    private let prepare: @Sendable (GracefulShutdown) throws -> Void

    /// - parameter pool: of at least two connections.
    /// - parameter interval: the rest between two imports.
    /// - parameter prepare: called once before the first import; it may wait for the database.
    public init(
        pool: ConnectionPool, every interval: Duration, logger: Logger,
        prepare: @escaping @Sendable (GracefulShutdown) throws -> Void = { _ in }
    ) {
        self.prepare = prepare
        staging = ImportFromStaging(pool: pool)
        self.interval = interval
        self.logger = logger
    }

    /// Imports until a shutdown is asked for; an import that is under way then ends after its chunk.
    ///
    /// - throws: `DatabaseError` when a person has to look at the database.
    public func run() async throws {
        let shutdown = GracefulShutdown.current
        try await runOnThread(name: "import") {
            do {
                try prepare(shutdown)
                repeat {
                    try RetryPolicy().run(until: shutdown, logger: logger) { try importOnce(shutdown) }
                } while !shutdown.wait(upTo: interval)
            } catch is CancellationError {
                // A shutdown was asked for while the database was away.
            }
        }
    }

    private func importOnce(_ shutdown: GracefulShutdown) throws {
        let report = try staging.run(isCancelled: { shutdown.isRequested })
        for proposal in report.proposals {
            logger.info(
                "proposal ready",
                metadata: ["proposal": "\(proposal.company)/\(proposal.number)", "lines": "\(proposal.lines)"])
        }
        if report.journalLines > 0 {
            logger.info(
                "journals filled",
                metadata: ["journals": "\(report.journals.count)", "lines": "\(report.journalLines)"])
        }
        for failure in report.failures {
            logger.error(
                "\(failure.reason)",
                metadata: [
                    "company": "\(failure.company)", "invoice": "\(failure.invoiceId.map(\.description) ?? "none")",
                ])
        }
    }
}
