import CRdKafka

/// Asks and changes the cluster. It belongs to one thread; every method waits for the answer, for up to the timeout.
public final class Admin {
    let client: Client
    let timeout: Duration

    /// - Throws: ``KafkaError`` that names the property when the configuration can't be used.
    public init(
        _ configuration: KafkaConfiguration, clientID: String = "ledgerbus-admin", timeout: Duration = .seconds(30)
    ) throws {
        client = try Client(configuration, .admin, clientID: clientID)
        self.timeout = timeout
    }

    deinit {
        client.destroy(timeout: .seconds(5))
    }

    /// The cluster's own id, which stays when its brokers change.
    ///
    /// - Throws: ``KafkaError`` if the cluster does not answer in time.
    public func clusterID() throws -> String {
        guard let id = rd_kafka_clusterid(client.handle, timeout.milliseconds) else {
            serve(client.handle)
            throw client.failure(RD_KAFKA_RESP_ERR__TIMED_OUT, doing: "ask the cluster for its id")
        }
        defer { rd_kafka_mem_free(client.handle, id) }
        return String(cString: id)
    }

    /// All topics that this client may see, by name.
    public func topics() throws -> [TopicDescription] {
        try client.topics(timeout: timeout, serve: serve).sorted { $0.name < $1.name }
    }

    func serve(_ handle: OpaquePointer) {
        rd_kafka_poll(handle, 0)
    }
}
