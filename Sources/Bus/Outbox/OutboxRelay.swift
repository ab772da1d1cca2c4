import Contracts
import Kafka
public import Service

/// Publishes what has committed into an outbox (promise 1).
///
/// Three threads work on one stream: one reads pending rows, one sends them,
/// one deletes those that the broker has acknowledged. What is sent and not
/// deleted, because anything stopped in between, is sent again with the same
/// ids, which changes nothing.
public final class OutboxRelay: WorkingService {
    private let name: String
    private let configuration: BusConfiguration
    private let databaseURL: String
    private let side: Side?
    private let metrics: MetricsRegistry
    private let meter: RelayMeter
    private let shutdown: GracefulShutdown
    private let logger: Logger

    /// Chunks that are being sent at once.
    private static let chunksInFlight = 3
    /// How long a shutdown waits for acknowledgements.
    private static let patience = Duration.seconds(5)

    /// - parameter side: whose outbox it is; nil when nobody asks for its work.
    public init(
        name: String, configuration: BusConfiguration, databaseURL: String, side: Side? = nil,
        instruments: Instruments = Instruments(), shutdown: GracefulShutdown, logger: Logger
    ) {
        self.side = side
        metrics = instruments.metrics
        meter = RelayMeter(instruments.metrics)
        self.name = name
        self.configuration = configuration
        self.databaseURL = databaseURL
        self.shutdown = shutdown
        self.logger = logger
    }

    public var work: [any WorkSource] {
        guard let side else { return [] }
        return [
            OutboxWork(side, owner: OutboxLease.owner(name), meter, metrics),
            SetAsideMeter(side: side, metrics: metrics),
        ]
    }

    public func run() async throws {
        try await runOnThread(name: name) { try self.relay() }
    }

    /// One session with a cluster after another: a new one begins when the cluster went away, or is another one now.
    private func relay() throws {
        let outage = Outage(logger: logger)
        do {
            try RetryPolicy(maximum: .seconds(5)).run(until: shutdown, logger: logger, outage: outage) {
                let cluster = try LocatedCluster(configuration, clientID: name, until: shutdown)
                try session(cluster, outage)
            }
        } catch is CancellationError {}
        logger.info("stopped")
    }

    private func session(_ cluster: LocatedCluster, _ outage: Outage) throws {
        var configuration = configuration
        configuration.kafka = cluster.kafka
        var holdback: EmbeddedHoldback?
        if cluster.kafka.isEmbedded {
            holdback = try EmbeddedHoldback(configuration, shutdown: shutdown, logger: logger)
            configuration.kafka.properties.merge(EmbeddedHoldback.producerProperties) { own, _ in own }
        }
        let trouble = OutboxTrouble()
        let sender = try OutboxSender(
            configuration, clusterID: cluster.id, clientID: name, holdback: holdback, trouble: trouble,
            shutdown: shutdown, logger: logger)
        let flow = RelayFlow()
        defer { sender.close(dropping: flow.failure is ClusterReplaced) }
        let reader = OutboxReader(
            name: name, databaseURL: databaseURL, cluster: cluster, binding: cluster.binding(configuration), flow: flow,
            trouble: trouble, shutdown: shutdown, logger: logger)
        let reading = WorkerThread(name: "\(name) read") {
            flow.run {
                // What is on its way then still arrives.
                do { try reader.read() } catch is CancellationError {}
                flow.toSend.close()
            }
        }
        let deletions = DatabaseSession(url: databaseURL, applicationName: "\(name) delete", logger: logger)
        let deleting = WorkerThread(name: "\(name) delete") { flow.run { try self.delete(flow, on: deletions) } }
        outage.isOver()
        logger.info("started", metadata: ["cluster": "\(cluster.id)"])
        flow.run { try send(flow, sender) }
        // Whoever deletes still says what has become of the last chunks.
        flow.toDelete.close()
        try join(deleting) { deletions.cut() }
        flow.settled.close()
        try join(reading) { reader.cut() }
        if let failure = flow.failure { throw failure }
    }

    private func send(_ flow: RelayFlow, _ sender: OutboxSender) throws {
        let finished = meter.measuring { _ = try flow.toDelete.push($0) }
        var leaveAt: ContinuousClock.Instant?
        while !flow.toSend.isFinished || sender.chunksInFlight > 0 {
            if shutdown.isRequested {
                let deadline = leaveAt ?? .now + Self.patience
                leaveAt = deadline
                if .now > deadline {
                    // Also when the reading has not noticed: its database may not answer.
                    try sender.abandon(finished: finished)
                    return flow.endReading()
                }
            }
            do {
                let mayTakeMore = sender.chunksInFlight < Self.chunksInFlight
                let wait: Duration = sender.chunksInFlight == 0 ? .milliseconds(100) : .zero
                if mayTakeMore, !flow.toSend.isFinished, let chunk = try flow.toSend.pop(timeout: wait) {
                    try sender.send(chunk, finished: finished)
                } else {
                    // Also when there is nothing to send: so the producer tells when brokers go and come back.
                    let wait: Duration = sender.chunksInFlight > 0 ? .milliseconds(5) : .zero
                    try sender.serve(timeout: wait, finished: finished)
                }
            } catch let error as KafkaError where error.isFatal {
                try sender.rebuild(finished: finished)
            }
        }
    }

    /// Waits for a thread. One that is kept by a database that does not answer is cut off when a shutdown is asked for.
    private func join(_ thread: WorkerThread<Void>, cut: () -> Void) throws {
        while true {
            if try thread.join(upTo: .seconds(1)) != nil { return }
            if shutdown.isRequested { cut() }
        }
    }

    private func delete(_ flow: RelayFlow, on session: DatabaseSession) throws {
        while let chunk = try flow.toDelete.pop() {
            let ids = chunk.acknowledged
            var deleted = 0
            if !ids.isEmpty {
                CrashPoint.pass(.chunkAcknowledged)
                deleted = try session.perform(shutdown: shutdown) { connection in
                    let deleted = try OutboxStore.acknowledge(ids, epoch: chunk.epoch, on: connection)
                    CrashPoint.pass(.pendingDeleted)
                    return deleted
                }
                CrashPoint.pass(.chunkSettled)
            }
            try flow.settled.push(
                RelayFlow.Settled(
                    deleted: deleted, undelivered: chunk.undelivered, isHeldBack: chunk.isHeldBack))
        }
    }
}
