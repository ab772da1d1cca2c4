import Bus
public import Database

/// The schema of Dataverse's side.
///
/// No foreign keys between captured tables: rows come in any order, and what
/// refers to something that is not there yet waits for it.
public enum DataverseSchema {
    public static let migrations = [
        Migration(
            version: 1, name: "\(Side.dataverse.schemaName)bus, captured tables, waiting lists, accounting details",
            sql: [
                BusSchema.version1, lookups, invoicing, entries, bulkConfirmation,
                retainers, waiting, accounting, cutover,
            ].joined(separator: "\n")
        ),
        Migration(
            version: 2, name: "\(Side.dataverse.schemaName)what an operator needs", oldestProgram: 1,
            sql: [BusSchema.version2, lost, writeBackTimes].joined(separator: "\n")),
    ]
}
