import Database
import Foundation

/// The table `outbox_lease`, which has one row: the right to relay an outbox. One relay has it at a time, and renews it.
///
/// Two relays that overlap send twice, which changes nothing for anybody.
struct OutboxLease {
    let owner: String
    let clusterID: String

    /// Who a relay of this process is, among all processes.
    static func owner(_ name: String) -> String {
        let process = ProcessInfo.processInfo
        return "\(name)@\(process.hostName)/\(process.processIdentifier)"
    }

    /// How long a relay that went away without a word keeps others waiting.
    private static let duration = "interval '15 seconds'"
    /// Nobody has it. One that ends later than any can was taken before the server's clock was set back.
    private static let isFree = "(expires_at < now() OR expires_at > now() + 2 * \(duration))"

    /// A lease that was taken.
    private struct Taken: Record {
        let epoch: Int64
        let clusterID: String?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Taken(epoch: try column("epoch", row?.epoch), clusterID: try column("cluster_id", row?.clusterID))
        }
    }

    /// Takes the lease when it is free or expired.
    ///
    /// - returns: the lease's epoch; nil when another relay has it.
    /// - throws: ``OutboxClusterMismatch``; `DatabaseError`.
    func acquire(on connection: Connection) throws -> Int64? {
        try connection.transaction(retries: 0) {
            let taken = try connection.record(
                Taken.self,
                """
                UPDATE outbox_lease SET owner = $1, epoch = epoch + 1, expires_at = now() + \(Self.duration)
                WHERE \(Self.isFree) OR owner = $1 RETURNING \(Taken.columnList)
                """, owner)
            guard let taken else { return nil }
            if let last = taken.clusterID, last != clusterID {
                guard ClusterBinding.isForgetful(last, clusterID) else {
                    throw OutboxClusterMismatch(last: last, current: clusterID)
                }
                try OutboxStore.resendAll(on: connection)
            }
            try connection.execute("UPDATE outbox_lease SET cluster_id = $1", clusterID)
            return taken.epoch
        }
    }

    /// Keeps the lease. A renewal that a crash of the database forgets only ends the lease earlier.
    ///
    /// - returns: false when another relay has taken it, or the outbox has been directed to another cluster.
    func renew(epoch: Int64, on connection: Connection) throws -> Bool {
        try connection.execute(
            """
            UPDATE outbox_lease SET expires_at = now() + \(Self.duration) 
            WHERE epoch = $1 AND owner = $2 AND cluster_id = $3
            RETURNING set_config('synchronous_commit', 'off', true)
            """, epoch, owner, clusterID) == 1
    }

    /// Gives the lease back, so that the next relay does not wait for it.
    func release(epoch: Int64, on connection: Connection) throws {
        try connection.execute(
            "UPDATE outbox_lease SET expires_at = '-infinity' WHERE epoch = $1 AND owner = $2", epoch, owner)
    }

    /// From now on the outbox is relayed to this cluster, and to no other; a relay of another stops. What was sent before, and
    /// is acknowledged only now, counts no more.
    static func direct(to clusterID: String, on connection: Connection) throws {
        try connection.execute("UPDATE outbox_lease SET cluster_id = $1, epoch = epoch + 1", clusterID)
    }

    /// Keeps why messages stay in the outbox, for an operator; nil: nothing is in the way.
    func note(failure: String?, epoch: Int64, on connection: Connection) throws {
        try connection.execute(
            """
            UPDATE outbox_lease SET last_failure = $1, last_failure_at = CASE WHEN $1::text IS NOT NULL THEN now() END
            WHERE epoch = $2 AND owner = $3
            """, failure, epoch, owner)
    }

    /// Who relays, whereto, and what is in the way.
    struct Holder: Record {
        /// Nil when nobody relays now.
        let owner: String?
        /// The cluster that the outbox was relayed to last.
        let clusterID: String?
        /// Why messages stay in the outbox; nil when nothing is in the way.
        let lastFailure: String?
        /// When that was seen last.
        let lastFailureAt: Instant?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Holder(
                owner: try column("owner", row?.owner), clusterID: try column("cluster_id", row?.clusterID),
                lastFailure: try column("last_failure", row?.lastFailure),
                lastFailureAt: try column("last_failure_at", row?.lastFailureAt))
        }
    }

    static func holder(on connection: Connection) throws -> Holder {
        try connection.records(
            Holder.self,
            """
            SELECT CASE WHEN NOT \(Self.isFree) THEN owner END AS owner, cluster_id, last_failure, last_failure_at
            FROM outbox_lease
            """)[0]
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
