public import Bus
import Foundation
import Glibc

/// Processes of the bus, started as children, each with a log file of its own.
///
/// They are listed in a file, so that another process can stop them later.
public final class ProcessFleet {
    /// A started process.
    public struct Member: Sendable {
        public let name: String
        public let processIdentifier: Int32
        public let log: String
    }

    private let directory: String
    private let binaries: String
    private let environment: [String: String]
    private let environments: [Program: [String: String]]
    private var processes: [(member: Member, process: Process)] = []

    /// - parameter directory: where logs and the list of processes go.
    /// - parameter binaries: the folder of the executables.
    /// - parameter environment: what the processes have besides this one's environment.
    /// - parameter environments: what a program has besides, or instead.
    /// - parameter other: a fleet of the same folder whose processes this one takes over.
    public init(
        directory: String, binaries: String, environment: [String: String],
        environments: [Program: [String: String]] = [:], joining other: ProcessFleet? = nil
    ) {
        self.directory = directory
        self.binaries = binaries
        self.environment = environment
        self.environments = environments
        processes = other?.processes ?? []
    }

    public var members: [Member] { processes.map(\.member) }

    /// Starts a program.
    ///
    /// - parameter label: names the process and its log; several instances need different ones.
    /// - throws: ``FleetError`` when the program is not there or cannot be started.
    @discardableResult
    public func start(_ program: Program, label: String? = nil, arguments: [String] = []) throws -> Member {
        let path = "\(binaries)/\(program.rawValue)"
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw FleetError(description: "\(path) is not there; build it with: swift build -c release")
        }
        let name = label ?? program.rawValue
        let log = "\(directory)/\(name).log"
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
            .merging(environments[program] ?? [:]) { $1 }
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let member = Member(name: name, processIdentifier: process.processIdentifier, log: log)
        processes.append((member, process))
        try writeList()
        return member
    }

    /// The first process that has ended by itself, with the end of its log.
    public func firstFailure() -> FleetError? {
        for (member, process) in processes where !process.isRunning {
            return FleetError(
                description:
                    "\(member.name) ended with code \(process.terminationStatus); \(Self.lastWords(of: member))")
        }
        return nil
    }

    /// What each process logged last.
    public var lastWords: String {
        processes.map { "\($0.member.name): \(Self.lastWords(of: $0.member))" }.joined(separator: "\n")
    }

    private static func lastWords(of member: Member) -> String {
        let log = (try? String(contentsOfFile: member.log, encoding: .utf8)) ?? ""
        return "its log \(member.log) ends:\n" + log.split(separator: "\n").suffix(5).joined(separator: "\n")
    }

    /// The most memory that each process has had at once, in bytes.
    public func peakMemory() -> [(name: String, bytes: Int)] {
        processes.compactMap { member, _ in
            Self.peakMemory(of: member.processIdentifier).map { (member.name, $0) }
        }
    }

    /// The most memory that a running process has had at once, in bytes; nil when it has ended.
    static func peakMemory(of process: Int32) -> Int? {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kilobytes = Int(line.filter(\.isNumber))
        else { return nil }
        return kilobytes << 10
    }

    /// Asks a process to end, and waits for it; after the timeout it is killed.
    public func stop(_ name: String, timeout: Duration = .seconds(20)) throws {
        for (member, process) in processes where member.name == name {
            kill(member.processIdentifier, SIGTERM)
            Self.wait(for: [process], timeout: timeout)
        }
        processes.removeAll { $0.member.name == name }
        try writeList()
    }

    /// Ends all processes, last started first.
    public func stopAll(timeout: Duration = .seconds(20)) {
        let running = processes.reversed().map(\.process)
        for process in running where process.isRunning { kill(process.processIdentifier, SIGTERM) }
        Self.wait(for: running, timeout: timeout)
        processes = []
        try? FileManager.default.removeItem(atPath: Self.list(directory))
    }

    /// Ends the processes that another fleet of the same folder has left running, and none that only has their numbers.
    ///
    /// - parameter directory: a ``PrivateFolder``: its list is believed.
    /// - returns: the names of those that were running.
    public static func stopLeftovers(in directory: String) -> [String] {
        guard let list = try? String(contentsOfFile: list(directory), encoding: .utf8) else { return [] }
        var stopped: [String] = []
        for line in list.split(separator: "\n").reversed() {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let process = ProcessIdentity(parts[1]), process.isRunning else { continue }
            process.send(SIGTERM)
            let deadline = ContinuousClock.now + .seconds(20)
            while process.isRunning, ContinuousClock.now < deadline { Thread.sleep(forTimeInterval: 0.05) }
            process.send(SIGKILL)
            stopped.append(String(parts[0]))
        }
        try? FileManager.default.removeItem(atPath: Self.list(directory))
        return stopped
    }

    private static func list(_ directory: String) -> String { "\(directory)/processes" }

    private func writeList() throws {
        let lines = processes.compactMap { member, _ in
            ProcessIdentity(running: member.processIdentifier).map { "\(member.name) \($0)\n" }
        }
        try lines.joined().write(toFile: Self.list(directory), atomically: true, encoding: .utf8)
    }

    private static func wait(for processes: [Process], timeout: Duration) {
        let deadline = ContinuousClock.now + timeout
        while processes.contains(where: \.isRunning), ContinuousClock.now < deadline {
            Thread.sleep(forTimeInterval: 0.02)
        }
        for process in processes where process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }
}

/// A process of the bus that could not be started, or ended too early.
public struct FleetError: Error, CustomStringConvertible {
    public let description: String
}
