import Contracts
import Database
import Kafka
import Service

/// Sends chunks of the outbox to Kafka, several at a time. Owned by one thread.
final class OutboxSender {
    private let configuration: BusConfiguration
    private let catalogue: TopicCatalogue
    /// Where the outbox goes, and nowhere else.
    private let clusterID: String
    private let clientID: String
    private let shutdown: GracefulShutdown
    private let logger: Logger
    private var producer: Producer
    private var routes: [String: Route] = [:]
    private var chunks: [Int: OutboxChunk] = [:]
    private var nextChunk = 0
    private var deliveries: [Delivery] = []
    private let holdback: EmbeddedHoldback?
    private let trouble: OutboxTrouble
    private var acknowledgedAt = ContinuousClock.now
    private var outagesSeen = 0
    /// No broker was reached, and it is not known yet who those are that will be.
    private var isCutOff = false
    private var held = Held()

    /// A topic's name on the cluster, and the headers that its events share.
    private struct Route {
        let topic: String
        let template: HeaderTemplate
    }

    /// What is not sent before a pass over all that is pending begins: it would overtake what was not delivered.
    private struct Held {
        var isAll = false
        var topics: Set<String> = []

        func holds(_ topic: String) -> Bool { isAll || topics.contains(topic) }
    }

    /// A token is the chunk's number and the row's place in it.
    private static let rowBits = 20
    /// How long nothing may be acknowledged until that is said.
    private static let stall = Duration.seconds(5)

    init(
        _ configuration: BusConfiguration, clusterID: String, clientID: String, holdback: EmbeddedHoldback?,
        trouble: OutboxTrouble, shutdown: GracefulShutdown, logger: Logger
    ) throws {
        self.configuration = configuration
        self.clusterID = clusterID
        self.trouble = trouble
        self.clientID = clientID
        self.holdback = holdback
        self.shutdown = shutdown
        self.logger = logger
        catalogue = configuration.catalogue
        producer = try Producer(configuration.kafka, clientID: clientID)
    }

    /// How many chunks are on their way.
    var chunksInFlight: Int { chunks.count }

    /// Hands a chunk's messages over to the producer, serving reports meanwhile.
    ///
    /// - throws: `KafkaError` that is fatal: ``rebuild()`` then, and read the pending rows again; ``ClusterReplaced``.
    func send(_ chunk: OutboxChunk, finished: (OutboxChunk) throws -> Void) throws {
        let number = nextChunk
        nextChunk += 1
        if chunks.isEmpty { acknowledgedAt = .now }
        chunks[number] = chunk
        try meetClusterAgain()
        if chunk.beginsPass { held = Held() }
        try holdback?.begin()
        var text = HeaderText()
        var isStopping = false
        for index in chunk.events.indices {
            if index & 511 == 0 || holdback != nil { isStopping = isStopping || shutdown.isRequested }
            if isStopping || held.holds(chunk.events[index].event.topic) {
                // What was not sent stays pending.
                if held.isAll { chunk.holdBack() }
                try settleUnsent(number << Self.rowBits | index, finished: finished)
                continue
            }
            try send(chunk.events[index], token: number << Self.rowBits | index, text: &text, finished: finished)
            if index & 511 == 511 { try serve(timeout: .zero, finished: finished) }
        }
        CrashPoint.pass(.chunkProduced)
    }

    /// Takes the delivery reports there are, and passes on the chunks that are through.
    func serve(timeout: Duration, finished: (OutboxChunk) throws -> Void) throws {
        deliveries.removeAll(keepingCapacity: true)
        producer.deliveries(into: &deliveries, timeout: timeout)
        // Before anything counts as sent: what another cluster has acknowledged stays pending.
        try meetClusterAgain()
        if deliveries.isEmpty { noteStall() } else { acknowledgedAt = .now }
        for delivery in deliveries {
            let number = delivery.token >> Self.rowBits
            guard let chunk = chunks[number] else { continue }
            let index = delivery.token & (1 << Self.rowBits - 1)
            chunk.settle(index, delivered: delivery.error == nil)
            if let error = delivery.error {
                note(error, chunk.events[index])
            } else {
                try holdback?.sent(chunk.events[index], to: delivery)
            }
            if chunk.outstanding == 0 {
                chunks[number] = nil
                try finished(chunk)
            }
        }
        if let fatal = producer.fatalError { throw fatal }
    }

    /// Makes the producer anew after a fatal error. What was not acknowledged
    /// is still pending, and is read again.
    func rebuild(finished: (OutboxChunk) throws -> Void) throws {
        logger.warning("the producer is made anew", metadata: ["cause": "\(producer.fatalError?.message ?? "")"])
        try meetClusterAgain()
        producer.close(timeout: .seconds(1))
        try abandon(finished: finished)
        routes = [:]
        producer = try Producer(configuration.kafka, clientID: clientID)
        outagesSeen = 0
    }

    /// Waits no longer for the chunks that are on their way.
    func abandon(finished: (OutboxChunk) throws -> Void) throws {
        holdBack()
        for chunk in chunks.values {
            chunk.abandon()
            try finished(chunk)
        }
        chunks = [:]
    }

    /// - parameter dropping: what has not been sent is not sent any more: it would reach the wrong cluster.
    func close(dropping: Bool) {
        if dropping || isCutOff { producer.drop() }
        producer.close(timeout: .seconds(5))
    }

    private func send(
        _ row: PendingEvent, token: Int, text: inout HeaderText, finished: (OutboxChunk) throws -> Void
    ) throws {
        let route = try self.route(row.event.topic)
        let key = row.event.key?.bytes
        let value = row.event.payload?.bytes
        while true {
            do {
                if let headers = row.event.headers {
                    try OriginalHeaders(headers).withPointers { headers in
                        try producer.send(
                            topic: route.topic, key: key, value: value, template: nil, headers: headers, token: token)
                    }
                } else {
                    try text.withHeaders(of: row) { headers in
                        try producer.send(
                            topic: route.topic, key: key, value: value, template: route.template, headers: headers,
                            token: token)
                    }
                }
                return
            } catch let error as KafkaError where error.code == .queueFull && shutdown.isRequested {
                try settleUnsent(token, finished: finished)
                return
            } catch let error as KafkaError where error.code == .queueFull {
                try serve(timeout: .milliseconds(100), finished: finished)
            } catch let error as KafkaError where !error.isFatal {
                note(error, row)
                try settleUnsent(token, finished: finished)
                return
            }
        }
    }

    /// What is on its way will not arrive.
    private func holdBack() { held.isAll = held.isAll || !chunks.isEmpty }

    private func note(_ error: KafkaError, _ row: PendingEvent) {
        trouble.note(error, row: row)
        if error.disposition == .retry { held.topics.insert(row.event.topic) }
    }

    private func settleUnsent(_ token: Int, finished: (OutboxChunk) throws -> Void) throws {
        let number = token >> Self.rowBits
        guard let chunk = chunks[number] else { return }
        chunk.settle(token & (1 << Self.rowBits - 1), delivered: false)
        guard chunk.outstanding == 0 else { return }
        chunks[number] = nil
        try finished(chunk)
    }

    private func route(_ name: String) throws -> Route {
        if let route = routes[name] { return route }
        let constant = catalogue.declaration(name)?.constantHeaders(source: configuration.source) ?? []
        let route = Route(topic: configuration.clusterName(name), template: producer.headerTemplate(constant))
        routes[name] = route
        return route
    }

    /// Sends nothing more once no broker was reached, until the cluster has said again who it is: it may have been replaced
    /// under a producer that goes on by the brokers' addresses.
    ///
    /// - throws: ``ClusterReplaced``; `CancellationError` when a shutdown is asked for meanwhile.
    private func meetClusterAgain() throws {
        guard producer.outages != outagesSeen else { return }
        isCutOff = true
        holdBack()
        // What has been handed over would be sent as soon as there is a broker, whichever it is.
        producer.drop()
        while true {
            do {
                let admin = try Admin(configuration.kafka, clientID: clientID, timeout: Self.stall)
                let id = try admin.clusterID { shutdown.isRequested }
                guard id == clusterID else { throw ClusterReplaced(clusterID: clusterID) }
                // What the producer has to tell of the time before is not news.
                producer.poll()
                outagesSeen = producer.outages
                isCutOff = false
                return
            } catch let error as KafkaError where error.disposition == .retry {
                trouble.note(stalled: chunks.values.reduce(0) { $0 + $1.outstanding }, error)
            }
        }
    }

    private func noteStall() {
        guard !chunks.isEmpty, .now - acknowledgedAt > Self.stall else { return }
        acknowledgedAt = .now
        trouble.note(stalled: chunks.values.reduce(0) { $0 + $1.outstanding }, producer.connectionError)
    }
}
