import Contracts
import Database
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// The PostgreSQL of the tests of this process.
///
/// It is one of the ``SharedServers``, or a private cluster of this process in a folder of its own, started on first use,
/// stopped and removed when the process exits; one that a killed process left behind is removed by the next that starts
/// one. With `LEDGERBUS_TEST_DATABASE_URL` set, the databases are made on that server instead.
struct TestServer: Sendable {
    /// A database that is always there.
    private let database: String
    let url: @Sendable (String) -> String

    /// A connection to the database that is always there.
    func connect() throws -> Connection {
        try Connection(url: url(database), applicationName: "tests")
    }

    /// The database with a schema of which copies can be made, made by the first process that wants it.
    func template(_ migrations: [Migration]) throws -> String {
        guard !migrations.isEmpty else { return "template0" }
        let sql = migrations.map(\.sql).joined(separator: ";\n")
        let name = "template_" + (try SHA256().digest(sql).guid.description.filter { $0 != "-" })
        try Self.templates.withLock { known in
            guard !known.contains(name) else { return }
            let connection = try connect()
            try connection.execute("SELECT pg_advisory_lock(1)")
            if try connection.value(Int.self, "SELECT count(*) FROM pg_database WHERE datname = $1", name) == 0 {
                let unfinished = name + "_unfinished"
                try connection.executeScript("DROP DATABASE IF EXISTS \(unfinished)")
                try connection.executeScript("CREATE DATABASE \(unfinished)")
                try Migrations.migrate(url: url(unfinished), migrations)
                try connection.executeScript("ALTER DATABASE \(unfinished) RENAME TO \(name)")
            }
            known.insert(name)
        }
        return name
    }

    private static let templates = Mutex<Set<String>>([])

    static let shared = Result { try start() }

    private static func start() throws -> TestServer {
        if let given = ProcessInfo.processInfo.environment["LEDGERBUS_TEST_DATABASE_URL"] {
            guard var components = URLComponents(string: given) else {
                throw DatabaseError(message: "LEDGERBUS_TEST_DATABASE_URL is not a URL")
            }
            let database = String(components.path.dropFirst())
            components.path = ""
            let base = components
            return TestServer(database: database.isEmpty ? "postgres" : database) { name in
                var components = base
                components.path = "/\(name)"
                return components.string ?? given
            }
        }
        let cluster: PrivateCluster
        let options = PrivateCluster.Options(sharedBuffers: 256, isDurable: false)
        if let folder = SharedServers.folder {
            cluster = try PrivateCluster.start(directory: "\(folder)/postgresql", options: options)
        } else {
            removeLeftovers()
            cluster = try PrivateCluster.start(directory: "\(parent)/\(prefix)\(getpid())", options: options)
            running.withLock { $0 = cluster }
            atexit { TestServer.stop() }
        }
        return TestServer(database: "postgres") { cluster.url(database: $0) }
    }

    /// In memory where there is plenty, since every test makes and drops a database.
    private static let parent: String = {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: "/dev/shm")
        let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value ?? 0
        return free > 2 << 30 ? "/dev/shm" : "/tmp"
    }()
    /// What the folder of a process's cluster is called; the process's id follows.
    private static let prefix = "ledgerbus-tests-"
    private static let running = Mutex<PrivateCluster?>(nil)

    private static func stop() {
        _ = try? running.withLock { $0 }?.remove()
    }

    private static func removeLeftovers() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] {
            guard name.hasPrefix(prefix), let process = Int32(name.dropFirst(prefix.count)), kill(process, 0) != 0,
                errno == ESRCH
            else { continue }
            let directory = "\(parent)/\(name)"
            _ = try? PrivateCluster.existing(directory: directory)?.remove()
            // One that was still being made.
            try? FileManager.default.removeItem(atPath: directory)
        }
    }
}
