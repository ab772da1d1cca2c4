import Bus
import Contracts
import Database

/// The number sequences: `number_sequences` and `number_sequence_gaps`. A number that was given out is in use, or a
/// recorded gap.
struct NumberSequenceStore {
    let connection: Connection

    /// A number sequence as set-up has it.
    struct Row: Record, Hashable {
        var company: Company
        var sequence: NumberSequence
        var prefix: String
        var next: Int
        var digits: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Row(
                company: try column("data_area_id", row?.company),
                sequence: try column("sequence", row?.sequence),
                prefix: try column("prefix", row?.prefix),
                next: try column("next", row?.next),
                digits: try column("digits", row?.digits, as: Int32.self))
        }
    }

    /// The first of the numbers that were taken, and how they are printed.
    private struct Taken: Record {
        var first: Int
        var prefix: String
        var digits: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Taken(
                first: try column("first", row?.first),
                prefix: try column("prefix", row?.prefix),
                digits: try column("digits", row?.digits, as: Int32.self))
        }
    }

    /// The sequences that a company has.
    func sequences(of company: Company) throws -> [NumberSequence] {
        try connection.values(
            NumberSequence.self, "SELECT sequence FROM number_sequences WHERE data_area_id = $1", company)
    }

    /// The same with their numbers, in their order by name. Nobody takes a number until the transaction ends.
    func locked(of company: Company) throws -> [Row] {
        try connection.records(
            Row.self,
            """
            SELECT \(Row.columnList) FROM number_sequences WHERE data_area_id = $1 ORDER BY sequence
            FOR NO KEY UPDATE
            """, company)
    }

    /// The same, for who only looks.
    func rows(of company: Company) throws -> [Row] {
        try connection.records(
            Row.self, "SELECT \(Row.columnList) FROM number_sequences WHERE data_area_id = $1 ORDER BY sequence",
            company)
    }

    /// Makes a sequence, or changes one that is locked.
    func write(_ row: Row) throws {
        try connection.insert(
            row, into: "number_sequences",
            """
            ON CONFLICT (data_area_id, sequence) DO UPDATE
                SET \(Row.assignments(from: "excluded", except: ["data_area_id", "sequence"]))
            """)
    }

    func takeBlock(
        _ sequence: NumberSequence, company: Company, count: Int, purpose: String
    ) throws -> NumberBlock {
        let taken = try connection.record(
            Taken.self,
            """
            WITH taken AS (
                UPDATE number_sequences SET next = next + $3
                WHERE data_area_id = $1 AND sequence = $2 AND (seen IS NULL OR seen < next)
                RETURNING next - $3 AS first, prefix, digits
            ), gap AS (
                INSERT INTO number_sequence_gaps (data_area_id, sequence, first, last, reason)
                SELECT $1, $2, first, first + $3 - 1, $4 FROM taken
            )
            SELECT first, prefix, digits FROM taken
            """, company, sequence, count, "taken for \(purpose), and not used")
        return try block(taken, sequence, company: company, count: count)
    }

    func takeNext(_ sequence: NumberSequence, company: Company) throws -> String {
        let taken = try connection.record(
            Taken.self,
            """
            UPDATE number_sequences SET next = next + 1
            WHERE data_area_id = $1 AND sequence = $2 AND (seen IS NULL OR seen < next)
            RETURNING next - 1 AS first, prefix, digits
            """, company, sequence)
        return try block(taken, sequence, company: company, count: 1).number(0)
    }

    private func block(
        _ taken: Taken?, _ sequence: NumberSequence, company: Company, count: Int
    ) throws -> NumberBlock {
        guard let taken else {
            if let behind = try progress(of: company).first(where: { $0.sequence == sequence && $0.isBehind }) {
                throw NumberSequenceError.behind(
                    company: company, sequence: sequence, next: behind.nextText, seen: behind.seenText ?? "")
            }
            throw NumberSequenceError.missing(company: company, sequence: sequence)
        }
        let block = NumberBlock(
            company: company, sequence: sequence,
            format: NumberFormat(prefix: taken.prefix, digits: taken.digits), first: taken.first, count: count)
        guard block.number(count - 1).utf8.count <= NumberFormat.mostCharacters else {
            throw NumberSequenceError.usedUp(company: company, sequence: sequence)
        }
        return block
    }

    /// Whether a sequence would give out a number.
    ///
    /// - throws: ``NumberSequenceError`` when it would not; `DatabaseError`.
    func check(_ sequence: NumberSequence, company: Company) throws {
        guard let known = try progress(of: company).first(where: { $0.sequence == sequence }) else {
            throw NumberSequenceError.missing(company: company, sequence: sequence)
        }
        guard !known.isBehind else {
            throw NumberSequenceError.behind(
                company: company, sequence: sequence, next: known.nextText, seen: known.seenText ?? "")
        }
        guard known.nextText.utf8.count <= NumberFormat.mostCharacters else {
            throw NumberSequenceError.usedUp(company: company, sequence: sequence)
        }
    }

    func settle(_ block: NumberBlock, used: Int) throws {
        if used >= block.count {
            try connection.execute(
                "DELETE FROM number_sequence_gaps WHERE data_area_id = $1 AND sequence = $2 AND first = $3",
                block.company, block.sequence, block.first)
        } else if used > 0 {
            try connection.execute(
                """
                UPDATE number_sequence_gaps SET first = first + $4
                WHERE data_area_id = $1 AND sequence = $2 AND first = $3
                """, block.company, block.sequence, block.first, used)
        }
    }

    /// Gives numbers back that nobody has seen, unless others have been taken since.
    func giveBack(_ block: NumberBlock) throws {
        try connection.execute(
            """
            WITH given AS (
                UPDATE number_sequences SET next = $3
                WHERE data_area_id = $1 AND sequence = $2 AND next = $3 + $4
                RETURNING data_area_id
            )
            DELETE FROM number_sequence_gaps
            WHERE data_area_id = $1 AND sequence = $2 AND first = $3 AND EXISTS (SELECT FROM given)
            """, block.company, block.sequence, block.first, block.count)
    }

    /// Records that numbers which were in use are no longer: they are not given out again. Those that are not of the
    /// sequence's format are left out.
    func recordGaps(_ numbers: [String], of sequence: NumberSequence, company: Company, reason: String) throws {
        let row = try connection.record(
            Row.self,
            "SELECT \(Row.columnList) FROM number_sequences WHERE data_area_id = $1 AND sequence = $2", company,
            sequence)
        guard let row else { return }
        let format = NumberFormat(prefix: row.prefix, digits: row.digits)
        let islands = numbers.compactMap(format.number).sorted().islands
        guard !islands.isEmpty else { return }
        try connection.execute(
            """
            INSERT INTO number_sequence_gaps (data_area_id, sequence, first, last, reason)
            SELECT $1, $2, first, last, $5 FROM unnest($3::bigint[], $4::bigint[]) AS island (first, last)
            ON CONFLICT DO NOTHING
            """, company, sequence, islands.map(\.lowerBound), islands.map(\.upperBound), reason)
    }
}

extension [Int] {
    /// The runs of consecutive numbers of a sorted array.
    fileprivate var islands: [ClosedRange<Int>] {
        var islands: [ClosedRange<Int>] = []
        for number in self {
            if let last = islands.last, number <= last.upperBound + 1 {
                islands[islands.count - 1] = last.lowerBound...Swift.max(last.upperBound, number)
            } else {
                islands.append(number...number)
            }
        }
        return islands
    }
}

extension NumberSequence {
    /// Takes numbers in a short transaction of their own, so that nobody waits for the numbers of a long one.
    ///
    /// Until ``NumberBlock/settle(used:on:)`` says otherwise they are recorded as a gap: a process that dies leaves no
    /// number unexplained.
    ///
    /// - parameter connection: not in a transaction.
    /// - parameter purpose: what the numbers are for; the gap's reason if they are never used.
    /// - throws: ``NumberSequenceError`` when the company has no such sequence or it is used up; `DatabaseError`.
    func takeBlock(
        _ connection: Connection, company: Company, count: Int, purpose: String
    ) throws -> NumberBlock {
        try NumberSequenceStore(connection: connection)
            .takeBlock(self, company: company, count: count, purpose: purpose)
    }

    /// Takes numbers in a short transaction of their own, on a connection of the pool.
    ///
    /// - throws: as ``takeBlock(_:company:count:purpose:)``.
    func takeBlock(
        _ pool: ConnectionPool, company: Company, count: Int, purpose: String
    ) throws -> NumberBlock {
        try pool.withConnection { try takeBlock($0, company: company, count: count, purpose: purpose) }
    }

    /// Takes the next number in the caller's transaction, which holds the sequence until it ends: no gap can appear, and
    /// nobody else gets a number meanwhile. To be called just before the commit.
    ///
    /// - throws: as ``takeBlock(_:company:count:purpose:)``.
    func takeNext(in transaction: Connection, company: Company) throws -> String {
        try NumberSequenceStore(connection: transaction).takeNext(self, company: company)
    }
}

extension NumberBlock {
    /// Records, in the caller's transaction, that the first numbers of the block are used by it; the rest remain as a
    /// gap.
    ///
    /// - throws: `DatabaseError`.
    func settle(used: Int, on connection: Connection) throws {
        try NumberSequenceStore(connection: connection).settle(self, used: used)
    }

    /// Gives the block back in a short transaction of its own, because what it was taken for was not done; if others have
    /// taken numbers since, it remains as a gap.
    ///
    /// - throws: `DatabaseError`.
    func giveBack(_ pool: ConnectionPool) throws {
        try pool.withConnection { try NumberSequenceStore(connection: $0).giveBack(self) }
    }
}
