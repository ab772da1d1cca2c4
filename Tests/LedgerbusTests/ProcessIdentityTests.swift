import Foundation
import Glibc
import Testbed
import Testing

@testable import Operations

/// What is left of an earlier run is ended, and nothing else.
@Suite(.tags(.processes))
struct ProcessIdentityTests {
    private func sleeper() throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sleep")
        process.arguments = ["600"]
        try process.run()
        return process
    }

    /// A folder with a list of processes in it.
    private func stopLeftovers(_ lines: [String]) throws -> [String] {
        let folder = NSTemporaryDirectory() + "ledgerbus-fleet-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try lines.joined(separator: "\n").write(toFile: "\(folder)/processes", atomically: true, encoding: .utf8)
        return try PrivateBus.stopLeftovers(in: folder)
    }

    @Test("A process of the list is ended")
    func known() throws {
        let process = try sleeper()
        let identity = try #require(ProcessIdentity(running: process.processIdentifier))
        #expect(identity.program.hasSuffix("/sleep"))
        #expect(try stopLeftovers(["sleeper \(identity)"]) == ["sleeper"])
        process.waitUntilExit()
        #expect(!identity.isRunning)
    }

    @Test("A process that only has the number of one of the list is left alone")
    func others() throws {
        let process = try sleeper()
        defer {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        let identity = try #require(ProcessIdentity(running: process.processIdentifier))
        let number = identity.number
        let lines = [
            "later \(number) \(identity.startTime + 1) \(identity.program)",
            "other \(number) \(identity.startTime) /usr/bin/finance-consumer",
            "short \(number)", "\(number) short", "all -1 1 /bin/sleep", "init 1 1 /sbin/init", "group 0 0 /bin/sleep",
        ]
        #expect(try stopLeftovers(lines) == [])
        #expect(process.isRunning)
    }

    @Test("A list in a folder that others may write to is not believed")
    func foreignFolder() throws {
        let process = try sleeper()
        defer {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        let identity = try #require(ProcessIdentity(running: process.processIdentifier))
        let folder = NSTemporaryDirectory() + "ledgerbus-fleet-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o777])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        chmod(folder, 0o777)
        try "sleeper \(identity)".write(toFile: "\(folder)/processes", atomically: true, encoding: .utf8)
        #expect(throws: (any Error).self) { try PrivateBus.stopLeftovers(in: folder) }
        #expect(process.isRunning)
    }
}
