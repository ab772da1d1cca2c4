public import Database

/// The actuals of staging, counted.
public enum StagedActualCount {
    /// - throws: `DatabaseError`.
    public static func count(_ connection: Connection) throws -> Int {
        try connection.value(Int.self, "SELECT count(*) FROM actuals_staging")
    }

    /// How fast the database takes the staged actuals, in the order in which they came, without the bus.
    ///
    /// - parameter batch: how many rows each transaction copies.
    /// - throws: `DatabaseError`.
    public static func plainCopy(url: String, batch: Int) throws -> Duration {
        try PlainCopy(url: url, table: "actuals_staging", order: "batch_id, actual_id", batch: batch).run()
    }
}
