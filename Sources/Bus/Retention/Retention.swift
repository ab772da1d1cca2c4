public import Database
import Foundation

/// Takes what is done with out of a side's database, by a policy, into archives.
///
/// In batches, each a transaction: the rows are in an archive on the disk before they go. One that is interrupted leaves
/// rows in the database, perhaps in an archive as well, never nowhere. An archive of the outbox can be sent again:
/// ``OutboxArchive``.
public struct Retention: Sendable {
    /// What was taken out, or would be.
    public struct Outcome: Sendable, Encodable {
        public let side: String
        public let what: RetainedRows
        public let rows: Int
        public let archives: [String]
    }

    private let side: Side
    private let policy: RetentionPolicy
    /// How many rows go at once.
    private let batch: Int

    public init(_ side: Side, _ policy: RetentionPolicy, batch: Int = 10_000) {
        self.side = side
        self.policy = policy
        self.batch = batch
    }

    /// How many rows are due.
    ///
    /// - throws: `DatabaseError`.
    public func due(on connection: Connection) throws -> [Outcome] {
        try RetainedRows.allCases.compactMap { kind in
            try policy.age(of: kind).map {
                Outcome(
                    side: side.rawValue, what: kind, rows: try kind.count(olderThan: $0, on: connection), archives: [])
            }
        }
    }

    /// Archives what is due, and takes it out.
    ///
    /// - parameter isCancelled: is asked between batches.
    /// - throws: ``ArchiveError``; `DatabaseError`.
    public func apply(on connection: Connection, isCancelled: () -> Bool = { false }) throws -> [Outcome] {
        guard let folder = policy.archive else { return [] }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var outcomes: [Outcome] = []
        for kind in RetainedRows.allCases {
            guard let age = policy.age(of: kind) else { continue }
            var (rows, archives, after) = (0, [String](), Int64(0))
            while !isCancelled() {
                let taken = try connection.transaction { () -> (Int, ArchiveFile?, Int64) in
                    let due = try kind.due(olderThan: age, after: after, limit: batch, on: connection)
                    guard let first = due.first, let last = due.last else { return (0, nil, after) }
                    let archive = ArchiveFile(path(folder, kind, first, last))
                    try archive.write(ArchiveFile.Head(archive: kind.rawValue, side: side.rawValue)) { line in
                        try kind.forEach(due, on: connection, line)
                    }
                    return (try kind.remove(due, on: connection), archive, last)
                }
                guard let archive = taken.1 else { break }
                rows += taken.0
                archives.append(archive.path)
                after = taken.2
            }
            outcomes.append(Outcome(side: side.rawValue, what: kind, rows: rows, archives: archives))
        }
        return outcomes
    }

    /// No name is given twice: a database that was restored has other rows under the same numbers.
    private func path(_ folder: String, _ kind: RetainedRows, _ first: Int64, _ last: Int64) -> String {
        func digits(_ number: Int64) -> String {
            String(repeating: "0", count: max(0, 12 - "\(number)".count)) + "\(number)"
        }
        let time = Int64(Date().timeIntervalSince1970 * 1_000)
        let name = "\(side.rawValue)-\(kind.rawValue)-\(digits(first))-\(digits(last))-\(time).jsonl"
        return (folder as NSString).appendingPathComponent(name)
    }
}

/// Messages that retention took out of an outbox, to be sent again.
public enum OutboxArchive {
    /// Puts the messages of archives back into the outbox, each under its own number and once, to be sent in order.
    ///
    /// - returns: how many were not in the outbox.
    /// - throws: ``ArchiveError`` before anything of that archive is taken; `DatabaseError`.
    public static func restore(_ files: [ArchiveFile], of side: Side, on connection: Connection) throws -> Int {
        let head = ArchiveFile.Head(archive: RetainedRows.outbox.rawValue, side: side.rawValue)
        return try files.reduce(0) { restored, file in
            var rows: [UInt8] = []
            var count = restored
            func put() throws {
                guard !rows.isEmpty else { return }
                let text = "[" + String(decoding: rows, as: UTF8.self) + "]"
                count += try connection.transaction { try RetainedRows.restoreOutbox(text, on: connection) }
                rows.removeAll(keepingCapacity: true)
            }
            try file.read(head) { row in
                if !rows.isEmpty { rows.append(UInt8(ascii: ",")) }
                rows += row
                if rows.count >= 4 << 20 { try put() }
            }
            try put()
            return count
        }
    }
}
