import Foundation
import Kafka

@testable public import Database

/// Database servers of a test's own, which may be stopped, copied, brought back to an earlier moment, and promoted.
public enum TestCluster {
    /// Starts a server for the time of a test, and removes it after that.
    ///
    /// - Parameter settings: of the server, besides those of a private cluster.
    public static func with<T>(
        settings: [String: String] = [:], port: Int? = nil, _ body: (PrivateCluster) async throws -> T
    ) async throws -> T {
        let cluster = try PrivateCluster.start(directory: folder(), options: options(settings, port: port))
        do {
            let value = try await body(cluster)
            try cluster.remove()
            return value
        } catch {
            try? cluster.remove()
            throw error
        }
    }

    /// Settings of a server that others may copy.
    public static let replicating = ["wal_level": "replica", "max_wal_senders": "5"]

    /// A copy of a running server as it is now, which follows it as a hot standby.
    ///
    /// - Parameters:
    ///   - port: where the copy listens, on 127.0.0.1.
    ///   - directory: where it is; a new one when it is left out.
    ///   - spaces: folders of tablespaces, and where the copy has its own.
    public static func standby(
        of primary: PrivateCluster, port: Int, in directory: String? = nil, spaces: [String: String] = [:]
    ) throws -> PrivateCluster {
        for space in spaces.values { try ClusterOwner().makeDirectory(space) }
        let arguments = ["-R"] + spaces.flatMap { ["-T", "\($0.key)=\($0.value)"] }
        let copy = try backUp(primary, to: directory, arguments: arguments)
        return try PrivateCluster.start(
            directory: copy, options: options(replicating.merging(["hot_standby": "on"]) { $1 }, port: port))
    }

    /// A copy of a running server as it is now, not started.
    public static func baseBackup(of primary: PrivateCluster) throws -> BaseBackup {
        BaseBackup(directory: try backUp(primary, arguments: []))
    }

    /// A base backup of a server.
    public struct BaseBackup {
        let directory: String

        /// Starts it at the moment of a restore point, from the server's archived log.
        public func restore(archive: String, to point: String, port: Int? = nil) throws -> PrivateCluster {
            try ClusterOwner().write("", to: "\(directory)/data/recovery.signal")
            return try PrivateCluster.start(
                directory: directory,
                options: TestCluster.options(
                    TestCluster.replicating.merging([
                        "restore_command": "cp \(archive)/%f %p", "recovery_target_name": point,
                        "recovery_target_action": "promote",
                    ]) { $1 }, port: port))
        }
    }

    /// A port that nobody listens to.
    public static func freePort() -> Int { Int.random(in: 20_000..<30_000) }

    /// A folder that the server may write.
    public static func folder() throws -> String {
        let folder = NSTemporaryDirectory() + TestBroker.unique("database")
        try ClusterOwner().makeDirectory(folder)
        return folder
    }

    private static func backUp(
        _ primary: PrivateCluster, to directory: String? = nil, arguments: [String]
    ) throws -> String {
        let directory = try directory ?? folder()
        try ClusterOwner().makeDirectory(directory)
        let program = "\(try PostgresInstallation().folder)/pg_basebackup"
        try Subprocess.run(
            ClusterOwner().command(
                [
                    program, "-d", primary.url(database: "postgres"), "-D", "\(directory)/data", "-X", "stream", "-c",
                    "fast",
                ]
                    + arguments))
        return directory
    }

    private static func options(_ settings: [String: String], port: Int?) -> PrivateCluster.Options {
        PrivateCluster.Options(sharedBuffers: 64, port: port, settings: settings)
    }
}
