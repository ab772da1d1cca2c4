import Bus
public import Database

/// The schema of Finance's database. Every table, key and number sequence
/// starts with the company (design §3).
public enum FinanceSchema {
    public static let migrations = [
        Migration(
            version: 1, name: "\(Side.finance.schemaName)bus, set-up, staging, journals, documents",
            sql: [BusSchema.version1, setup, staging, journals, documents, accruedRevenue].joined(separator: "\n")),
        Migration(
            version: 2, name: "\(Side.finance.schemaName)what an operator needs", oldestProgram: 1,
            sql: BusSchema.version2),
    ]
}
