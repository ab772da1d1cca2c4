/// One step of a schema. Once it has been applied anywhere it is never changed: a later step corrects it. So its text is
/// written out: it takes no label from an enumeration, which would change it along with the enumeration.
public struct Migration: Sendable {
    /// Counted from 1, without gaps.
    public let version: Int
    public let name: String
    /// The oldest program that may run, and may be started, on a database that has this migration, by the version of the
    /// schema that it knows.
    public let oldestProgram: Int
    /// Statements separated by semicolons, run in one transaction.
    public let sql: String

    /// - parameter oldestProgram: nil when no older program may: all have to be stopped before it is applied. A migration
    ///   that only adds tables, indexes, and columns that may be null or have a default lets older programs run on.
    public init(version: Int, name: String, oldestProgram: Int? = nil, sql: String) {
        self.version = version
        self.name = name
        self.oldestProgram = oldestProgram ?? version
        self.sql = sql
    }

    /// Tells whether the SQL is the one that was applied (FNV-1a, 64 bits).
    public var checksum: String {
        let hash = sql.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(hash, radix: 16)
    }
}
