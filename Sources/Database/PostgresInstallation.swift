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

/// A program that is run to its end.
enum Subprocess {
    /// - throws: ``ClusterError`` with what the program said, when it fails.
    @discardableResult
    static func run(_ command: [String]) throws -> (output: String, status: Int32) {
        let result = try runUnchecked(command)
        guard result.status == 0 else {
            throw ClusterError("`\(command.joined(separator: " "))` failed: \(result.output)")
        }
        return result
    }

    /// Standard output and error together.
    static func runUnchecked(_ command: [String]) throws -> (output: String, status: Int32) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        // A pipe would stay open as long as a server that was started lives.
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try Data().write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let output = try FileHandle(forWritingTo: file)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        do {
            try process.run()
        } catch {
            throw ClusterError("`\(command[0])` can't be run: \(error)")
        }
        process.waitUntilExit()
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return (text.trimmingCharacters(in: .whitespacesAndNewlines), process.terminationStatus)
    }
}
