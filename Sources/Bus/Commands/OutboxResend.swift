public import Database

/// Publishes everything again that was ever published, for a cluster that lost it or replaces another.
public enum OutboxResend {
    /// - returns: how many rows will be sent.
    /// - throws: `DatabaseError`.
    public static func resend(on connection: Connection) throws -> Int {
        try connection.transaction {
            try OutboxLease.forgetCluster(on: connection)
            return try OutboxStore.resendAll(on: connection)
        }
    }
}
