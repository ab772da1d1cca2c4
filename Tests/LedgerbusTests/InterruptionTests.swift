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
        let program = try InterruptedProgram(
            "/usr/bin/env",
            [
                "--block-signal=INT", "\(ProcessBus.binaries)/ledgerbus", "demo", "--export", ProcessBus.export,
                "--directory", directory,
            ], until: "relay and stage")
        let said = program.before + program.after
        #expect(program.status != 0)
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
