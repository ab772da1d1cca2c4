import Foundation
import Glibc

/// A process that is known by more than its number, which the system gives out again: by its program and when it started.
struct ProcessIdentity: Hashable {
    let number: Int32
    /// In clock ticks since the machine started.
    let startTime: UInt64
    let program: String

    /// The process of a number that runs now, if it is this user's.
    init?(running number: Int32) {
        var status = stat()
        guard number > 0, stat("/proc/\(number)", &status) == 0, status.st_uid == geteuid(),
            let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(number)/exe"),
            let line = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8),
            // The program's name stands in brackets, with whatever it holds; the start time is the 20th word behind it.
            let words = line.lastIndex(of: ")").map({ line[$0...].split(separator: " ") }), words.count > 20,
            let startTime = UInt64(words[20])
        else { return nil }
        self.init(number: number, startTime: startTime, program: link)
    }

    /// Reads what ``description`` has written.
    init?(_ text: Substring) {
        let words = text.split(separator: " ", maxSplits: 2)
        guard words.count == 3, let number = Int32(words[0]), let startTime = UInt64(words[1]) else { return nil }
        self.init(number: number, startTime: startTime, program: String(words[2]))
    }

    private init(number: Int32, startTime: UInt64, program: String) {
        self.number = number
        self.startTime = startTime
        // As it is called when it has been built anew meanwhile.
        let suffix = " (deleted)"
        self.program = program.hasSuffix(suffix) ? String(program.dropLast(suffix.count)) : program
    }

    var isRunning: Bool { ProcessIdentity(running: number) == self }

    /// Sends a signal, if the number still means this process.
    func send(_ signal: Int32) {
        if isRunning { kill(number, signal) }
    }
}

extension ProcessIdentity: CustomStringConvertible {
    var description: String { "\(number) \(startTime) \(program)" }
}
