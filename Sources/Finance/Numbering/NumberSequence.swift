public import Database

/// A number sequence of a company (`domain.md` §6.10.5, §6.13).
public enum NumberSequence: String, Hashable, Sendable, CaseIterable {
    case integrationJournal = "integration-journal"
    case voucher
    case customerInvoice = "customer-invoice"
}

/// Consecutive numbers of one sequence, taken together.
public struct NumberBlock: Hashable, Sendable {
    /// The company.
    public let company: String
    public let sequence: NumberSequence
    let prefix: String
    let digits: Int
    /// The first number.
    public let first: Int
    /// How many numbers there are.
    public let count: Int

    /// The number at a position, `0 ..< count`, as it is printed: `PSV-000042`.
    public func number(_ position: Int) -> String {
        let number = String(first + position)
        return prefix + String(repeating: "0", count: max(0, digits - number.utf8.count)) + number
    }
}

extension NumberSequence {
    /// Takes numbers in a short transaction of their own, so that nobody
    /// waits for the numbers of a long one.
    ///
    /// Until ``NumberBlock/settle(used:on:)`` says otherwise they are recorded
    /// as a gap: a process that dies leaves no number unexplained.
    ///
    /// - parameter connection: not in a transaction.
    /// - parameter purpose: what the numbers are for; the gap's reason if they are never used.
    /// - throws: ``NumberSequenceError`` when the company has no such sequence
    ///   or it is used up; `DatabaseError`.
    public func takeBlock(
        _ connection: Connection, company: String, count: Int, purpose: String
    ) throws -> NumberBlock {
        let rows = try connection.query(
            """
            WITH taken AS (
                UPDATE number_sequences SET next = next + $3
                WHERE data_area_id = $1 AND sequence = $2
                RETURNING next - $3 AS first, prefix, digits
            ), gap AS (
                INSERT INTO number_sequence_gaps (data_area_id, sequence, first, last, reason)
                SELECT $1, $2, first, first + $3 - 1, $4 FROM taken
            )
            SELECT first, prefix, digits FROM taken
            """, company, rawValue, Int64(count), "taken for \(purpose), and not used")
        return try block(rows, company: company, count: count)
    }

    /// Takes numbers in a short transaction of their own, on a connection of the pool.
    ///
    /// - throws: as ``takeBlock(_:company:count:purpose:)``.
    public func takeBlock(
        _ pool: ConnectionPool, company: String, count: Int, purpose: String
    ) throws -> NumberBlock {
        try pool.withConnection { try takeBlock($0, company: company, count: count, purpose: purpose) }
    }

    /// Takes the next number in the caller's transaction, which holds the
    /// sequence until it ends: no gap can appear, and nobody else gets a
    /// number meanwhile. To be called just before the commit.
    ///
    /// - throws: as ``takeBlock(_:company:count:purpose:)``.
    public func takeNext(in transaction: Connection, company: String) throws -> String {
        let rows = try transaction.query(
            """
            UPDATE number_sequences SET next = next + 1
            WHERE data_area_id = $1 AND sequence = $2
            RETURNING next - 1 AS first, prefix, digits
            """, company, rawValue)
        return try block(rows, company: company, count: 1).number(0)
    }

    private func block(_ rows: Rows, company: String, count: Int) throws -> NumberBlock {
        guard let row = rows.first else { throw NumberSequenceError.missing(company: company, sequence: self) }
        let block = NumberBlock(
            company: company, sequence: self, prefix: try row["prefix", as: String.self],
            digits: Int(try row["digits", as: Int32.self]), first: Int(try row["first", as: Int64.self]), count: count)
        guard block.number(count - 1).utf8.count <= 20 else {
            throw NumberSequenceError.usedUp(company: company, sequence: self)
        }
        return block
    }
}

extension NumberBlock {
    /// Records, in the caller's transaction, that the first numbers of the
    /// block are used by it; the rest remain as a gap.
    ///
    /// - throws: `DatabaseError`.
    public func settle(used: Int, on connection: Connection) throws {
        if used >= count {
            try connection.execute(
                "DELETE FROM number_sequence_gaps WHERE data_area_id = $1 AND sequence = $2 AND first = $3",
                company, sequence.rawValue, Int64(first))
        } else if used > 0 {
            try connection.execute(
                """
                UPDATE number_sequence_gaps SET first = first + $4
                WHERE data_area_id = $1 AND sequence = $2 AND first = $3
                """, company, sequence.rawValue, Int64(first), Int64(used))
        }
    }
}

/// Why a company's number sequence gives no number.
public enum NumberSequenceError: Error, Hashable, Sendable {
    case missing(company: String, sequence: NumberSequence)
    case usedUp(company: String, sequence: NumberSequence)
}

extension NumberSequenceError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .missing(let company, let sequence):
            "company \(company) has no number sequence \"\(sequence.rawValue)\"; "
                + "add it with \"ledgerbus finance configure\""
        case .usedUp(let company, let sequence):
            "the number sequence \"\(sequence.rawValue)\" of company \(company) is used up: "
                + "its numbers would be longer than 20 characters; give it a shorter prefix"
        }
    }
}
