import Database
import Kafka

/// The Kafka cluster and the topic prefix that a database belongs to.
struct ClusterBinding: Record, Hashable {
    let clusterID: String
    /// What stands before every topic and consumer group.
    let topicPrefix: String

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ClusterBinding(
            clusterID: try column("cluster_id", row?.clusterID),
            topicPrefix: try column("topic_prefix", row?.topicPrefix))
    }

    /// What a process that has met an environment may do with a database.
    enum Verdict: Hashable {
        /// It is the database's environment.
        case same
        /// The database belongs to none yet, or to an embedded broker that is gone: it belongs to this one from now on.
        case take
        /// The database belongs to another.
        case refuse
    }

    /// - parameter bound: what the database belongs to; nil for nothing yet.
    func verdict(bound: ClusterBinding?) -> Verdict {
        guard let bound else { return .take }
        if bound == self { return .same }
        return Self.isForgetful(bound.clusterID, clusterID) && bound.topicPrefix == topicPrefix ? .take : .refuse
    }

    /// Whether one cluster replaces another without a word: an embedded broker that is started again is another one.
    static func isForgetful(_ last: String, _ current: String) -> Bool {
        KafkaConfiguration.isEmbedded(clusterID: last) && KafkaConfiguration.isEmbedded(clusterID: current)
    }
}

/// The table `cluster_binding`, which has one row at most: where a database belongs.
enum ClusterBindingStore {
    /// Nil when the database belongs nowhere yet.
    static func current(on connection: Connection) throws -> ClusterBinding? {
        try connection.record(
            ClusterBinding.self, "SELECT \(ClusterBinding.columnList) FROM cluster_binding")
    }

    /// Makes sure that the database belongs to an environment, or to none yet, and then to this one.
    ///
    /// - throws: ``ForeignEnvironment``.
    static func join(_ environment: ClusterBinding, on connection: Connection) throws {
        let bound = try current(on: connection)
        switch environment.verdict(bound: bound) {
        case .same:
            return
        case .take:
            // Another process may take it at the same moment, for another environment.
            let taken = try connection.execute(
                """
                INSERT INTO cluster_binding AS bound (cluster_id, topic_prefix) VALUES ($1, $2)
                ON CONFLICT (only_row) DO UPDATE SET cluster_id = $1, topic_prefix = $2, bound_at = now()
                WHERE bound.cluster_id = $3 OR bound.cluster_id = $1 AND bound.topic_prefix = $2
                """, environment.clusterID, environment.topicPrefix, bound?.clusterID)
            guard taken == 1 else { return try join(environment, on: connection) }
        case .refuse:
            throw ForeignEnvironment(database: connection.database, bound: bound, current: environment)
        }
    }

    /// From now on the database belongs to this environment, whatever it belonged to.
    static func adopt(_ environment: ClusterBinding, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO cluster_binding (cluster_id, topic_prefix) VALUES ($1, $2)
            ON CONFLICT (only_row) DO UPDATE SET cluster_id = $1, topic_prefix = $2, bound_at = now()
            """, environment.clusterID, environment.topicPrefix)
    }
}

/// A database that belongs to another environment than the process.
public struct ForeignEnvironment: Error, Hashable, CustomStringConvertible {
    let database: String
    let bound: ClusterBinding?
    let current: ClusterBinding

    public var description: String {
        """
        the database "\(database)" belongs to \(bound.map(Self.words) ?? "no cluster"), and this process is configured for \
        \(Self.words(current)); nothing was published or consumed. If that is a mistake, correct KAFKA_BOOTSTRAP_SERVERS, \
        KAFKA_TOPIC_PREFIX or the database's URL; if this cluster replaces the other: ledgerbus outbox resend --side SIDE, \
        which sends everything to it, and ledgerbus positions reset for the side's consumers; if it holds the same messages \
        already: ledgerbus database adopt --side SIDE
        """
    }

    private static func words(_ environment: ClusterBinding) -> String {
        let prefix = environment.topicPrefix.isEmpty ? "no topic prefix" : "the topic prefix \(environment.topicPrefix)"
        return "the Kafka cluster \(environment.clusterID) with \(prefix)"
    }
}
