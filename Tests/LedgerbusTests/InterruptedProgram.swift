import Foundation
import Glibc
import Testing

/// A program that got Ctrl-C in the middle of its work.
struct InterruptedProgram {
    /// What it had written to standard error by then.
    let before: String
    /// What it wrote there from then on.
    let after: String
    let status: Int32

    /// Runs a program until it says something, interrupts it, and waits for its end.
    ///
    /// - parameter environment: besides that of the tests.
    init(_ executable: String, _ arguments: [String], environment: [String: String] = [:], until text: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let errors = Pipe()
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        var said = ""
        while !said.contains(text) {
            let more = errors.fileHandleForReading.availableData
            try #require(!more.isEmpty, "it ended early: \(said)")
            said += String(decoding: more, as: UTF8.self)
        }
        kill(process.processIdentifier, SIGINT)
        before = said
        after = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        status = process.terminationStatus
    }
}
