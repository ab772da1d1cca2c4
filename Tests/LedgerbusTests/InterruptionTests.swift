import Foundation
import Glibc
import Testbed
import Testing

/// Ctrl-C, while processes and databases are running.
@Suite(.tags(.broker, .processes, .chaos))
struct InterruptionTests {
    @Test(
        "Ctrl-C in the middle of the demo ends all that it started, and says so, even when the signal came blocked",
        .tags(.long))
    func demo() throws {
        let directory = NSTemporaryDirectory() + "ledgerbus-demo-\(UUID().uuidString.prefix(8))"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "--block-signal=INT", "\(ProcessBus.binaries)/ledgerbus", "demo", "--export", ProcessBus.export,
            "--directory",
            directory,
        ]
        let errors = Pipe()
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        var said = ""
        while !said.contains("relay and stage") {
            let more = errors.fileHandleForReading.availableData
            try #require(!more.isEmpty, "the demo ended early: \(said)")
            said += String(decoding: more, as: UTF8.self)
        }
        kill(process.processIdentifier, SIGINT)
        said += String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus != 0)
        #expect(said.contains("Interrupted; nothing is left running"), "\(said)")
        #expect(!FileManager.default.fileExists(atPath: directory))
        #expect(processes(with: directory) == [])
    }

    /// The running processes in whose environment or arguments a text stands.
    private func processes(with text: String) -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.filter { Int($0) != nil }.filter { identifier in
            ["environ", "cmdline"].contains { file in
                guard let data = FileManager.default.contents(atPath: "/proc/\(identifier)/\(file)") else {
                    return false
                }
                return String(decoding: data, as: UTF8.self).contains(text)
            }
        }
    }
}
