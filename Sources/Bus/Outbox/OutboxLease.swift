public import Database
import Kafka

/// The right to relay an outbox: one relay at a time, by a lease that it renews.
///
/// Two relays that overlap send twice, which changes nothing for anybody.
public struct OutboxLease {
    let owner: String
    let clusterID: String

    /// How long a relay that went away without a word keeps others waiting.
    static let duration = "15 seconds"

    /// Takes the lease when it is free or expired.
    ///
    /// - returns: the lease's epoch; nil when another relay has it.
    /// - throws: ``OutboxClusterMismatch``; `DatabaseError`.
    func acquire(on connection: Connection) throws -> Int64? {
        try connection.transaction {
            let rows = try connection.query(
                """
                UPDATE outbox_lease SET owner = $1, epoch = epoch + 1, expires_at = now() + interval '\(Self.duration)'
                WHERE expires_at < now() OR owner = $1 RETURNING epoch, cluster_id
                """, owner)
            guard let row = rows.first else { return nil }
            let epoch = try row.int64(0)
            let last = try row.optionalString(1)
            if let last, last != clusterID {
                guard KafkaConfiguration.isEmbedded(clusterID: clusterID) else {
                    throw OutboxClusterMismatch(last: last, current: clusterID)
                }
                try Self.resendAll(on: connection)
            }
            try connection.execute("UPDATE outbox_lease SET cluster_id = $1", clusterID)
            return epoch
        }
    }

    /// Keeps the lease. A renewal that a crash of the database forgets only ends the lease earlier.
    ///
    /// - returns: false when another relay has taken it.
    func renew(epoch: Int64, on connection: Connection) throws -> Bool {
        try !connection.query(
            """
            UPDATE outbox_lease SET expires_at = now() + interval '\(Self.duration)' WHERE epoch = $1 AND owner = $2
            RETURNING set_config('synchronous_commit', 'off', true)
            """, epoch, owner
        ).isEmpty
    }

    /// Gives the lease back, so that the next relay does not wait for it.
    func release(epoch: Int64, on connection: Connection) throws {
        try connection.execute(
            "UPDATE outbox_lease SET expires_at = '-infinity' WHERE epoch = $1 AND owner = $2", epoch, owner)
    }

    /// Makes every row of the outbox pending again.
    ///
    /// - returns: how many were not pending.
    /// - throws: `DatabaseError`.
    @discardableResult
    public static func resendAll(on connection: Connection) throws -> Int {
        try connection.execute("INSERT INTO outbox_pending SELECT id FROM outbox ON CONFLICT DO NOTHING")
    }
}

/// The outbox was relayed to another cluster than this one.
public struct OutboxClusterMismatch: Error, CustomStringConvertible {
    let last: String
    let current: String

    public var description: String {
        """
        the outbox was relayed to the Kafka cluster \(last) until now, and this is \(current); nothing was sent. If this \
        cluster replaces it: ledgerbus outbox resend, which sends everything to the new one
        """
    }
}
