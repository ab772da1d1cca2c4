/// One step of a schema. Once it has been applied anywhere it is never changed: a later step corrects it. So its text is
/// written out: it takes no label from an enumeration, which would change it along with the enumeration.
public struct Migration: Sendable {
    /// Counted from 1, without gaps.
    public let version: Int
    public let name: String
    /// Statements separated by semicolons, run in one transaction.
    public let sql: String

    public init(version: Int, name: String, sql: String) {
        self.version = version
        self.name = name
        self.sql = sql
    }

    /// Tells whether the SQL is the one that was applied (FNV-1a, 64 bits).
    var checksum: String {
        let hash = sql.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(hash, radix: 16)
    }
}
