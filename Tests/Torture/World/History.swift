import Foundation
import Service
import Synchronization

/// All that was done and seen in a run, a line of JSON each, in a file that is kept.
final class History: Sendable {
    /// What a line tells of.
    enum Kind: String, Sendable {
        /// A command that was given to the bus.
        case action
        case fault, heal, recovery
        /// A process that ended.
        case exit
        /// What a process says of whether it is ready, when that changes.
        case readiness
        case observation
        case contradiction
    }

    private struct State {
        var contradictions: [String] = []
    }

    let path: String
    private let file: FileHandle
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    /// - throws: when the file cannot be made.
    init(path: String) throws {
        self.path = path
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else { throw TortureError("\(path) cannot be written") }
        self.file = file
    }

    /// Seconds since the run began.
    var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }

    func record(_ kind: Kind, _ what: String, _ facts: [String: String] = [:]) {
        var line = facts
        line["kind"] = kind.rawValue
        line["what"] = what
        line["seconds"] = String(format: "%.3f", seconds)
        guard var bytes = try? JSONSerialization.data(withJSONObject: line, options: [.sortedKeys]) else { return }
        bytes.append(0x0A)
        state.withLock { state in
            if kind == .contradiction { state.contradictions.append(what) }
            try? file.write(contentsOf: bytes)
        }
    }

    /// Something that must not be.
    func contradict(_ what: String) { record(.contradiction, what) }

    var contradictions: [String] { state.withLock { $0.contradictions } }
}

/// Why a run could not be made.
struct TortureError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
