import Foundation
import Glibc

/// A program that is run to its end.
///
/// Foundation's `Process` waits until every descendant has closed the descriptors that it inherited, which a server
/// that was started never does; so these are spawned without any.
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

    /// Standard output and error together, and the exit status.
    static func runUnchecked(_ command: [String]) throws -> (output: String, status: Int32) {
        // A file, since a pipe would stay open as long as a server that was started lives.
        let output = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { unlink(output) }
        let process = try spawn(command, output: output)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
        let exitStatus = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
        return (text.trimmingCharacters(in: .whitespacesAndNewlines), exitStatus)
    }

    private static func spawn(_ command: [String], output: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            if let descriptor = Int32(name), descriptor > 2 {
                posix_spawn_file_actions_addclose(&actions, descriptor)
            }
        }

        // Signals that a service blocks for itself are not blocked for the server.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        // The user postgres may not be allowed into the folder that this process is in.
        let program = "/usr/bin/env"
        let arguments = ([program, "--chdir=/"] + command).map { strdup($0) } + [nil]
        defer {
            for argument in arguments { free(argument) }
        }
        var process: pid_t = 0
        let error = posix_spawn(&process, program, &actions, &attributes, arguments, environ)
        guard error == 0 else {
            throw ClusterError("`\(command[0])` can't be run: \(String(cString: strerror(error)))")
        }
        return process
    }
}
