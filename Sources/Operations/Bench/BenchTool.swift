import Foundation
import Service

/// A command of the operator's tool, run to its end, and watched meanwhile.
struct BenchTool {
    let bus: PrivateBus
    let binaries: String
    let shutdown: GracefulShutdown

    /// Runs `ledgerbus` with these arguments.
    ///
    /// - returns: the most memory that it had at once, in bytes.
    /// - throws: ``FleetError`` with the end of what it said, when it failed; `CancellationError` on a shutdown.
    func run(_ arguments: [String]) throws -> Int {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "\(binaries)/ledgerbus")
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(bus.environment) { $1 }
        let log = "\(bus.directory)/tool.log"
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        var most = 0
        while process.isRunning {
            most = max(most, ProcessFleet.peakMemory(of: process.processIdentifier) ?? 0)
            if shutdown.wait(upTo: .milliseconds(20)) { process.terminate() }
        }
        if shutdown.isRequested { throw CancellationError() }
        guard process.terminationStatus == 0 else {
            let end = ((try? String(contentsOfFile: log, encoding: .utf8)) ?? "").suffix(2_000)
            throw FleetError(description: "ledgerbus \(arguments.joined(separator: " ")) failed:\n\(end)")
        }
        return most
    }
}
