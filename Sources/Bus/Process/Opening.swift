import Database
import Service

/// Waits at the start of a process until its database and its cluster are there, and makes sure that they are the right
/// ones.
///
/// It says once what it waits for, then seldom, and a shutdown ends the wait at once.
struct Opening: Service {
    let program: Program
    let side: Side
    let migrations: [Migration]
    let configuration: BusConfiguration
    let databaseURL: String
    let shutdown: GracefulShutdown
    let logger: Logger

    /// - throws: what waiting does not cure, with what to do.
    func run() async throws {
        try await runOnThread(name: "opening") {
            do {
                try self.wait()
            } catch is CancellationError {
                logger.info("stopped while waiting for what it needs")
            }
        }
    }

    private func wait() throws {
        let policy = RetryPolicy(maximum: .seconds(5))
        try policy.run(until: shutdown, logger: logger) { try openDatabase { _ in } }
        let cluster = try LocatedCluster.waiting(
            for: configuration, clientID: program.rawValue, until: shutdown, logger: logger)
        try policy.run(until: shutdown, logger: logger) {
            try openDatabase { try ClusterBindingStore.join(cluster.binding(configuration), on: $0) }
        }
    }

    /// On a thread that is left to itself when a shutdown is asked for: a server that does not answer takes its time.
    private func openDatabase(_ body: @escaping @Sendable (Connection) throws -> Void) throws {
        let work = WorkerThread(name: "opening") {
            let connection = try SideDatabase.open(
                side, url: databaseURL, migrations, applicationName: program.rawValue)
            try connection.requireWrites()
            try body(connection)
            return true
        }
        while try work.join(upTo: .milliseconds(100)) == nil {
            if shutdown.isRequested { throw CancellationError() }
        }
    }
}
