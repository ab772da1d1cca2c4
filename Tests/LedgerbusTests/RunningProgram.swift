import Bus
import Foundation
import Glibc

/// A program of the bus as a process of its own, with its log.
final class RunningProgram {
    private let process = Process()
    private let path = NSTemporaryDirectory() + "ledgerbus-service-\(UUID().uuidString)"

    /// - parameter environment: besides that of the tests.
    init(_ program: Program, _ environment: [String: String], arguments: [String] = []) throws {
        process.executableURL = URL(fileURLWithPath: "\(ProcessBus.binaries)/\(program.rawValue)")
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(atPath: path)
    }

    var log: String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
    var isRunning: Bool { process.isRunning }
    var identifier: Int32 { process.processIdentifier }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// - returns: the code with which it ends; below zero is the signal that ended it.
    func end(_ signal: Int32? = nil) -> Int32 {
        if let signal { send(signal) }
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    /// - returns: as ``end(_:)``; nil when it has not ended by then.
    func ended(within bound: Duration) -> Int32? {
        let deadline = ContinuousClock.now + bound
        while process.isRunning {
            guard ContinuousClock.now < deadline else { return nil }
            Thread.sleep(forTimeInterval: 0.05)
        }
        return end()
    }
}
