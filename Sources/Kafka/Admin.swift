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
    /// - Parameter isOver: Asked every moment; when it says yes, the wait is given up.
    /// - Throws: ``KafkaError`` if the cluster does not answer in time; `CancellationError` when the wait was given up.
    public func clusterID(unless isOver: () -> Bool = { false }) throws -> String {
        let deadline = ContinuousClock.now + timeout
        while true {
            if let id = client.clusterID(timeout: min(.milliseconds(100), deadline - .now)) { return id }
            serve(client.handle)
            if isOver() { throw CancellationError() }
            guard ContinuousClock.now < deadline else {
                throw client.failure(RD_KAFKA_RESP_ERR__TIMED_OUT, doing: "ask the cluster for its id")
            }
        }
    }

    /// All topics that this client may see, by name.
    public func topics() throws -> [TopicDescription] {
        try client.topics(timeout: timeout, serve: serve).sorted { $0.name < $1.name }
    }

    /// How many brokers the cluster has at the moment.
    public func brokerCount() throws -> Int {
        try client.brokerCount(timeout: timeout, serve: serve)
    }

    func serve(_ handle: OpaquePointer) {
        rd_kafka_poll(handle, 0)
    }
}
