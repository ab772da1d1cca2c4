import Foundation
import Glibc

/// A PostgreSQL of one's own, in a folder: no password, reached by a Unix socket in that folder, apart from any other
/// PostgreSQL of the machine. For a first look, and for tests.
///
/// It outlives the process that starts it; starting it again finds it running.
public final class PrivateCluster: Sendable {
    /// How to start the server.
    public struct Options: Sendable {
        /// In megabytes.
        public var sharedBuffers = 512
        /// Also listen on 127.0.0.1, at this port, to whoever is on this machine.
        public var port: Int?
        /// Off loses the cluster if the machine crashes: for tests alone.
        public var isDurable = true
        /// Further settings, by name.
        public var settings: [String: String] = [:]

        public init(
            sharedBuffers: Int = 512, port: Int? = nil, isDurable: Bool = true, settings: [String: String] = [:]
        ) {
            self.sharedBuffers = sharedBuffers
            self.port = port
            self.isDurable = isDurable
            self.settings = settings
        }
    }

    /// How to stop the server.
    public enum StopMode: String, Sendable {
        /// Rolls back what is going on, and writes everything.
        case fast
        /// As if it crashed.
        case immediate
    }

    /// The cluster's folder.
    public let directory: String
    private let options: Options
    private let programs: PostgresInstallation
    private let owner: ClusterOwner
    private let socketDirectory: String

    private init(directory: String, options: Options) throws {
        self.directory = directory
        self.options = options
        programs = try PostgresInstallation()
        owner = try ClusterOwner()
        socketDirectory = try SocketFolder(owner: owner).path(for: directory)
    }

    /// Starts the cluster of a folder, and makes it first if there is none.
    ///
    /// Run as root, the server runs as the user `postgres`, since PostgreSQL refuses to run as root.
    ///
    /// - throws: ``ClusterError``, which says what to install or to do.
    public static func start(directory: String, options: Options = Options()) throws -> PrivateCluster {
        let absolute = URL(fileURLWithPath: directory).standardizedFileURL.path
        SocketFolder(owner: try ClusterOwner()).removeLeftovers()
        try ClusterOwner().makeDirectory(absolute)
        let cluster = try PrivateCluster(directory: absolute, options: options)
        try cluster.withStartLock {
            try cluster.initialize()
            try cluster.startServer()
        }
        return cluster
    }

    /// The cluster of a folder as it is, running or not, so as to stop or remove it; nil when there is none.
    ///
    /// - throws: ``ClusterError``.
    public static func existing(directory: String) throws -> PrivateCluster? {
        let absolute = URL(fileURLWithPath: directory).standardizedFileURL.path
        guard FileManager.default.fileExists(atPath: "\(absolute)/data/PG_VERSION") else { return nil }
        guard try ClusterOwner().owns(absolute) else {
            throw ClusterError("the cluster in \(absolute) is somebody else's, and left alone")
        }
        return try PrivateCluster(directory: absolute, options: Options())
    }

    /// The URL of a database in it, by the socket.
    public func url(database: String) -> String {
        "postgres:///\(database)?host=\(percentEncoded(socketDirectory))&port=\(port)&user=\(Self.user)"
    }

    /// The URL of a database in it by TCP; nil unless it was started with a port.
    public func tcpURL(database: String) -> String? {
        options.port.map { "postgres://\(Self.user)@127.0.0.1:\($0)/\(database)" }
    }

    /// Makes a database, unless it is there.
    ///
    /// - throws: ``DatabaseError``.
    public func createDatabase(_ name: String) throws {
        let connection = try Connection(url: url(database: "postgres"), applicationName: "ledgerbus private cluster")
        guard try connection.query("SELECT 1 FROM pg_database WHERE datname = $1", name).isEmpty else { return }
        do {
            try connection.executeScript("CREATE DATABASE \(connection.quoted(name))")
        } catch let error as DatabaseError where error.sqlState == "42P04" || error.isUniqueViolation {
            // Somebody else was faster.
        }
    }

    public var isRunning: Bool {
        get throws {
            try Subprocess.runUnchecked(owner.command([pgCtl, "-D", data, "status"])).status == 0
        }
    }

    /// Stops the server, if it runs.
    public func stop(_ mode: StopMode = .fast) throws {
        guard try isRunning else { return }
        try Subprocess.run(owner.command([pgCtl, "-D", data, "-w", "-m", mode.rawValue, "stop"]))
    }

    /// Stops the server and starts it again, with what it had committed.
    public func restart(_ mode: StopMode = .fast) throws {
        try stop(mode)
        try startServer()
    }

    /// Stops the server and removes its folder.
    public func remove() throws {
        try stop(.immediate)
        try owner.removeDirectory(directory)
        if socketDirectory != directory { try? owner.removeDirectory(socketDirectory) }
    }
}

extension PrivateCluster {
    private static let user = "ledgerbus"

    private var data: String { "\(directory)/data" }
    private var log: String { "\(directory)/server.log" }
    private var pgCtl: String { "\(programs.folder)/pg_ctl" }
    private var port: Int { options.port ?? 5432 }

    private func initialize() throws {
        let version = try programs.version()
        if let existing = try? String(contentsOfFile: "\(data)/PG_VERSION", encoding: .utf8) {
            guard existing.trimmingCharacters(in: .whitespacesAndNewlines) == version else {
                throw ClusterError(
                    """
                    the cluster in \(directory) was made by PostgreSQL \
                    \(existing.trimmingCharacters(in: .whitespacesAndNewlines)), and \(version) is installed here: \
                    install the other, or use another folder
                    """)
            }
            return
        }
        // Made aside, so that one that was interrupted is not taken for a cluster.
        let unfinished = "\(data).unfinished"
        if access(unfinished, F_OK) == 0 { try owner.removeDirectory(unfinished) }
        try Subprocess.run(
            owner.command([
                "\(programs.folder)/initdb", "-D", unfinished, "-A", "trust", "-U", Self.user, "-E", "UTF8",
                "--locale=C.UTF-8", "--no-sync",
            ]))
        try owner.write(
            "include_if_exists = 'ledgerbus.conf'\n", to: "\(unfinished)/postgresql.conf", appending: true)
        try FileManager.default.moveItem(atPath: unfinished, toPath: data)
    }

    private func startServer() throws {
        guard try !isRunning else { return }
        try owner.write(configuration, to: "\(data)/ledgerbus.conf")
        let start = owner.command([pgCtl, "-D", data, "-w", "-t", "60", "-l", log, "start"])
        guard try Subprocess.runUnchecked(start).status == 0 else {
            let lines = ((try? String(contentsOfFile: log, encoding: .utf8)) ?? "").split(separator: "\n").suffix(5)
            throw ClusterError(
                "PostgreSQL in \(directory) does not start; its log (\(log)) ends with: "
                    + lines.joined(separator: "; "))
        }
    }

    /// Settings for two cores and a lot of loading; nobody replicates from a private cluster.
    private var configuration: String {
        var settings = [
            "listen_addresses": options.port == nil ? "" : "127.0.0.1",
            "port": "\(port)",
            "unix_socket_directories": socketDirectory,
            "max_connections": "200",
            "shared_buffers": "\(options.sharedBuffers)MB",
            "wal_level": "minimal",
            "max_wal_senders": "0",
            "max_wal_size": "4GB",
            "checkpoint_timeout": "15min",
            "wal_compression": "lz4",
            "log_line_prefix": "%m [%p] %q%a ",
        ]
        if !options.isDurable {
            settings.merge(["fsync": "off", "full_page_writes": "off"]) { $1 }
        }
        settings.merge(options.settings) { $1 }
        return settings.sorted { $0.key < $1.key }
            .map { "\($0.key) = '\($0.value.replacingOccurrences(of: "'", with: "''"))'\n" }.joined()
    }

    /// Only one process at a time makes or starts a cluster.
    private func withStartLock(_ body: () throws -> Void) throws {
        let descriptor = open("\(directory)/start.lock", O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw ClusterError("\(directory)/start.lock can't be written: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        flock(descriptor, LOCK_EX)
        try body()
    }

    private func percentEncoded(_ path: String) -> String {
        path.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "/-_.")))
            ?? path
    }
}
