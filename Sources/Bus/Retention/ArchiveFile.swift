import Contracts
import Foundation
import Glibc

/// Rows that a database no longer keeps, in a file of JSON lines: the first says of what, each other is a row. Beside it
/// stands its digest, as `sha256sum --check` takes it.
public struct ArchiveFile: Sendable {
    public let path: String

    public init(_ path: String) { self.path = path }

    /// What an archive is of.
    struct Head: Codable, Hashable {
        let archive: String
        let side: String
    }

    private var digestPath: String { path + ".sha256" }

    /// Writes an archive. It and its digest are on the disk when this returns, and not there at all when it throws.
    ///
    /// - parameter rows: passes the rows on, each a line.
    /// - throws: ``ArchiveError``, or what `rows` throws.
    func write(_ head: Head, _ rows: ((String) throws -> Void) throws -> Void) throws {
        let partial = path + ".part"
        try Self.write(to: partial, from: path) { file in
            try file(String(decoding: JSONEncoder().encode(head), as: UTF8.self))
            try rows(file)
        }
        let digest = try Self.digest(of: partial)
        let name = (path as NSString).lastPathComponent
        try Self.write(to: digestPath, from: path) { try $0("\(digest)  \(name)") }
        guard rename(partial, path) == 0 else { throw ArchiveError(path, "cannot be written: \(Self.lastProblem)") }
        try Self.sync((path as NSString).deletingLastPathComponent)
    }

    /// Reads an archive, after its digest was found to be right.
    ///
    /// - parameter row: is given each row.
    /// - throws: ``ArchiveError``, or what `row` throws.
    func read(_ expected: Head, row: (Substring.UTF8View) throws -> Void) throws {
        guard let note = try? String(contentsOfFile: digestPath, encoding: .utf8) else {
            throw ArchiveError(path, "has no digest beside it: \(digestPath)")
        }
        guard FileManager.default.isReadableFile(atPath: path) else { throw ArchiveError(path, "cannot be read") }
        guard try note.hasPrefix(Self.digest(of: path)) else {
            throw ArchiveError(path, "is not what was archived: its digest is another one than \(digestPath) says")
        }
        let content = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        var isFirst = true
        var start = content.startIndex
        while let end = content[start...].firstIndex(of: UInt8(ascii: "\n")) {
            let line = content[start..<end]
            if isFirst {
                guard let head = try? JSONDecoder().decode(Head.self, from: line), head == expected else {
                    throw ArchiveError(path, "is no archive of the \(expected.archive) of \(expected.side)")
                }
                isFirst = false
            } else {
                try row(Substring(decoding: line, as: UTF8.self).utf8)
            }
            start = content.index(after: end)
        }
        guard start == content.endIndex, !isFirst else { throw ArchiveError(path, "ends within a row") }
    }

    private static func digest(of path: String) throws -> String {
        let content = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        let hash = try SHA256()
        return content.withUnsafeBytes { hash.digest($0).description }
    }

    /// Writes lines, and waits until they are on the disk.
    private static func write(
        to path: String, from archive: String, _ lines: (@escaping (String) throws -> Void) throws -> Void
    ) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw ArchiveError(archive, "cannot be written: \(lastProblem)") }
        defer { close(descriptor) }
        var buffer: [UInt8] = []
        func flush() throws {
            var written = 0
            while written < buffer.count {
                let count = buffer.withUnsafeBytes {
                    Glibc.write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written)
                }
                if count >= 0 {
                    written += count
                } else if errno != EINTR {
                    throw ArchiveError(archive, "cannot be written: \(lastProblem)")
                }
            }
            buffer.removeAll(keepingCapacity: true)
        }
        try lines { line in
            buffer += line.utf8
            buffer.append(UInt8(ascii: "\n"))
            if buffer.count >= 1 << 20 { try flush() }
        }
        try flush()
        guard fsync(descriptor) == 0 else { throw ArchiveError(archive, "cannot be written: \(lastProblem)") }
    }

    private static func sync(_ folder: String) throws {
        let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ArchiveError(folder, "cannot be written: \(lastProblem)") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw ArchiveError(folder, "cannot be written: \(lastProblem)") }
    }

    private static var lastProblem: String { String(cString: strerror(errno)) }
}

/// An archive that cannot be written or taken.
public struct ArchiveError: Error, CustomStringConvertible {
    let path: String
    let problem: String

    init(_ path: String, _ problem: String) {
        self.path = path
        self.problem = problem
    }

    public var description: String { "\(path) \(problem)" }
}
