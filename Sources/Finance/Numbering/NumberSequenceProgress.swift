import Bus
public import Contracts
public import Database

/// How far a number sequence is, and how far the topics say that it was.
public struct NumberSequenceProgress: Record, Hashable {
    public var company: Company
    public var sequence: NumberSequence
    var prefix: String
    var digits: Int
    /// The next number.
    public var next: Int
    /// A number that the topics have and this database has not given out; nil when there is none.
    public var seen: Int?

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        NumberSequenceProgress(
            company: try column("data_area_id", row?.company),
            sequence: try column("sequence", row?.sequence),
            prefix: try column("prefix", row?.prefix),
            digits: try column("digits", row?.digits, as: Int32.self),
            next: try column("next", row?.next),
            seen: try column("seen", row?.seen))
    }

    private var format: NumberFormat { NumberFormat(prefix: prefix, digits: digits) }
    /// The next number as it is printed: `PSV-000042`.
    public var nextText: String { format.text(next) }
    public var seenText: String? { seen.map(format.text) }
    /// Whether it would give out what was given out before; it gives out nothing then.
    public var isBehind: Bool { seen.map { $0 >= next } ?? false }

    /// The sequences of all companies, or of one.
    ///
    /// - throws: `DatabaseError`.
    public static func list(_ connection: Connection, company: Company? = nil) throws -> [NumberSequenceProgress] {
        try NumberSequenceStore(connection: connection).progress(of: company)
    }

    /// Moves each sequence that is behind on to what follows what was seen; the numbers between are a recorded gap.
    ///
    /// - parameter company: the only company; nil for all.
    /// - returns: how they were before.
    /// - throws: `DatabaseError`.
    public static func advance(_ connection: Connection, company: Company? = nil) throws -> [NumberSequenceProgress] {
        try connection.transaction {
            let store = NumberSequenceStore(connection: connection)
            let behind = try store.progress(of: company).filter(\.isBehind)
            for sequence in behind { try store.advance(sequence) }
            return behind
        }
    }
}

extension NumberSequenceStore {
    func progress(of company: Company?) throws -> [NumberSequenceProgress] {
        try connection.records(
            NumberSequenceProgress.self,
            """
            SELECT \(NumberSequenceProgress.columnList) FROM number_sequences
            WHERE $1::text IS NULL OR data_area_id = $1 ORDER BY data_area_id, sequence
            """, company)
    }

    /// Remembers numbers that were given out and that this database has not: nothing is written when it has them all.
    func see(_ numbers: SeenNumbers) throws {
        guard !numbers.isEmpty else { return }
        var behind: [(company: Company, sequence: NumberSequence, seen: Int)] = []
        for company in numbers.companies {
            for row in try rows(of: company) {
                let format = NumberFormat(prefix: row.prefix, digits: row.digits)
                let highest = numbers.highest(of: row.sequence, company: company, format: format)
                if let highest, highest >= row.next { behind.append((company, row.sequence, highest)) }
            }
        }
        guard !behind.isEmpty else { return }
        try connection.execute(
            """
            UPDATE number_sequences known SET seen = greatest(known.seen, numbers.seen)
            FROM unnest($1::text[], $2::text[], $3::bigint[]) AS numbers (company, sequence, seen)
            WHERE known.data_area_id = numbers.company AND known.sequence = numbers.sequence
                AND known.next <= numbers.seen
            """, behind.map(\.company), behind.map(\.sequence.rawValue), behind.map(\.seen))
    }

    /// "gaps" as a number: nobody else's lock.
    private static let gapLock: Int64 = 0x67_61_70_73

    /// Takes a number out of the recorded gaps, since it is in use again. Others who do so wait until the transaction ends.
    func use(_ number: String, of sequence: NumberSequence, company: Company) throws {
        guard let row = try rows(of: company).first(where: { $0.sequence == sequence }),
            let number = NumberFormat(prefix: row.prefix, digits: row.digits).number(number)
        else { return }
        // Two that take neighbours out of one gap would both make what remains of it.
        try connection.lockUntilTransactionEnds(Self.gapLock)
        try connection.execute(
            """
            INSERT INTO number_sequence_gaps (data_area_id, sequence, first, last, reason)
            SELECT data_area_id, sequence, $3 + 1, last, reason FROM number_sequence_gaps
            WHERE data_area_id = $1 AND sequence = $2 AND $3 BETWEEN first AND last AND last > $3
            """, company, sequence, number)
        try connection.execute(
            """
            UPDATE number_sequence_gaps SET last = $3 - 1
            WHERE data_area_id = $1 AND sequence = $2 AND first < $3 AND $3 <= last
            """, company, sequence, number)
        try connection.execute(
            "DELETE FROM number_sequence_gaps WHERE data_area_id = $1 AND sequence = $2 AND first = $3", company,
            sequence, number)
    }

    func advance(_ sequence: NumberSequenceProgress) throws {
        try connection.execute(
            """
            WITH moved AS (
                UPDATE number_sequences known SET next = known.seen + 1
                FROM number_sequences before
                WHERE known.data_area_id = $1 AND known.sequence = $2 AND known.seen >= known.next
                    AND before.data_area_id = known.data_area_id AND before.sequence = known.sequence
                RETURNING before.next AS first, known.seen AS last
            )
            INSERT INTO number_sequence_gaps (data_area_id, sequence, first, last, reason)
            SELECT $1, $2, first, last, $3 FROM moved ON CONFLICT DO NOTHING
            """, sequence.company, sequence.sequence, "given out before this database was restored from a backup")
    }
}
