import Foundation
import Glibc

/// A program that this process has started, by its number.
struct Child: Sendable {
    let process: pid_t

    /// Starts a program whose output is added to files.
    ///
    /// - throws: ``TortureError``.
    init(_ path: String, _ arguments: [String], environment: [String: String], output: String, errors: String) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        let flags = O_WRONLY | O_CREAT | O_APPEND
        posix_spawn_file_actions_addopen(&actions, 1, output, flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, flags, 0o600)
        let whole = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        let variables = whole.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for copy in words + variables { free(copy) } }
        var process = pid_t()
        let failure = posix_spawn(&process, path, &actions, nil, words, variables)
        guard failure == 0 else { throw TortureError("\(path) cannot be run: \(String(cString: strerror(failure)))") }
        self.process = process
    }

    /// The code it ended with, 128 and the signal's number when a signal ended it; nil while it lives. Ask once more after
    /// it has ended, and it is somebody else.
    func ended() -> Int32? {
        var status: Int32 = 0
        guard waitpid(process, &status, WNOHANG) == process else { return nil }
        return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + status & 0x7f
    }

    /// Waits for its end.
    ///
    /// - returns: its code; nil when the time is up.
    func end(within timeout: Duration) -> Int32? {
        let deadline = ContinuousClock.now + timeout
        repeat {
            if let code = ended() { return code }
            usleep(20_000)
        } while ContinuousClock.now < deadline
        return nil
    }

    func send(_ signal: Int32) { kill(process, signal) }

    /// The memory that it has now, in bytes.
    var memory: Int? {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
            let kilobytes = Int(line.filter(\.isNumber))
        else { return nil }
        return kilobytes << 10
    }

    /// Whether SIGSTOP holds it.
    var isStopped: Bool {
        guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let end = stat.lastIndex(of: ")")
        else { return false }
        return stat[stat.index(after: end)...].split(separator: " ").first == "T"
    }
}
