import CRdKafka

/// Where the cluster is, and how to talk to it.
public struct KafkaConfiguration: Sendable {
    /// How grave a line of librdkafka's log is: the levels of syslog.
    public enum LogLevel: Int32, Sendable, Comparable {
        case emergency, alert, critical, error, warning, notice, info, debug

        /// The graver level is the smaller one.
        public static func < (first: LogLevel, second: LogLevel) -> Bool { first.rawValue < second.rawValue }
    }

    /// Takes a line of librdkafka's log. It is called on librdkafka's threads and must not call back into a client.
    public typealias Log = @Sendable (_ level: LogLevel, _ facility: String, _ message: String) -> Void

    /// `host:port`, or several separated by commas.
    public var bootstrapServers: String
    /// librdkafka's properties by their names. They win over the defaults of this module.
    public var properties: [String: String]
    /// The cluster is the ``EmbeddedBroker``, for which the defaults wait less. See ``detectingEmbedded(timeout:)``.
    public var isEmbedded: Bool
    /// Where librdkafka's log goes; nowhere without.
    public var log: Log?

    public init(
        bootstrapServers: String, properties: [String: String] = [:], isEmbedded: Bool = false, log: Log? = nil
    ) {
        self.bootstrapServers = bootstrapServers
        self.properties = properties
        self.isEmbedded = isEmbedded
        self.log = log
    }

    /// The embedded broker's cluster ids begin alike.
    public static func isEmbedded(clusterID: String) -> Bool {
        clusterID.hasPrefix("mockCluster")
    }

    /// This configuration with ``isEmbedded`` set as the cluster says by its id.
    ///
    /// - Throws: ``KafkaError`` if the cluster does not answer within the timeout.
    public func detectingEmbedded(timeout: Duration = .seconds(10)) throws -> KafkaConfiguration {
        var detected = self
        detected.isEmbedded = Self.isEmbedded(clusterID: try Admin(self, timeout: timeout).clusterID())
        return detected
    }
}
