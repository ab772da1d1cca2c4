import Foundation

/// PostgreSQL's server programs, as they are installed here.
struct PostgresInstallation {
    /// The folder of `initdb`, `pg_ctl` and `postgres`.
    let folder: String

    /// Finds the newest of Debian's, else the one of `pg_config`, else of `PATH`.
    ///
    /// - throws: ``ClusterError`` that names the package to install.
    init() throws {
        let debian = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        let newestFirst = debian.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "/usr/lib/postgresql/\($0)/bin" }
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let configured = path.filter { FileManager.default.isExecutableFile(atPath: "\($0)/pg_config") }.prefix(1)
            .compactMap { try? Subprocess.run(["\($0)/pg_config", "--bindir"]).output }
        let candidates = newestFirst + configured + path
        guard
            let found = candidates.first(where: { folder in
                ["initdb", "pg_ctl", "postgres"].allSatisfy {
                    FileManager.default.isExecutableFile(atPath: "\(folder)/\($0)")
                }
            })
        else {
            throw ClusterError(
                "PostgreSQL's server programs are not installed here; install them (Debian: apt install postgresql), "
                    + "or give the URL of a database that runs elsewhere")
        }
        folder = found
    }

    /// The major version, such as `15`.
    func version() throws -> String {
        let text = try Subprocess.run(["\(folder)/postgres", "--version"]).output
        let number = text.split(separator: " ").first { $0.first?.isNumber == true } ?? ""
        return String(number.prefix { $0.isNumber })
    }
}

/// A private cluster that could not be made, started or stopped.
public struct ClusterError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
