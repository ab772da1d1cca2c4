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
    let health: Health
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
        health.report(Self.part, "it waits for its database")
        try SideDatabase.waiting(
            for: side, url: databaseURL, migrations, applicationName: program.rawValue, until: shutdown, logger: logger)
        health.report(Self.part, "it waits for the brokers")
        let cluster = try LocatedCluster.waiting(
            for: configuration, clientID: program.rawValue, until: shutdown, logger: logger)
        let binding = cluster.binding(configuration)
        try SideDatabase.waiting(
            for: side, url: databaseURL, migrations, applicationName: program.rawValue, until: shutdown, logger: logger
        ) { try ClusterBindingStore.join(binding, on: $0) }
        health.report(Self.part, nil)
    }

    private static let part = "start"
}
