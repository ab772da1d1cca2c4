import Contracts
import Database
import Foundation
import Kafka
public import Service

/// Publishes what has committed into an outbox (promise 1).
///
/// Three threads work on one stream: one reads pending rows, one sends them,
/// one deletes those that the broker has acknowledged. What is sent and not
/// deleted, because anything stopped in between, is sent again with the same
/// ids, which changes nothing.
public final class OutboxRelay: Service {
    private let name: String
    private let configuration: BusConfiguration
    private let databaseURL: String
    private let shutdown: GracefulShutdown
    private let logger: Logger

    /// Rows a chunk; chunks on their way at once.
    private static let chunkRows: Int64 = 5_000
    private static let chunksInFlight = 3
    /// How long a shutdown waits for acknowledgements.
    private static let patience = Duration.seconds(5)

    public init(
        name: String, configuration: BusConfiguration, databaseURL: String, shutdown: GracefulShutdown,
        logger: Logger
    ) {
        self.name = name
        self.configuration = configuration
        self.databaseURL = databaseURL
        self.shutdown = shutdown
        self.logger = logger
    }

    public func run() async throws {
        try await runOnThread(name: name) { try self.relay() }
    }

    private func relay() throws {
        var configuration = configuration
        configuration.kafka = try configuration.kafka.detectingEmbedded()
        let clusterID = try Admin(configuration.kafka, clientID: name).clusterID()
        if configuration.kafka.isEmbedded {
            configuration.kafka.properties.merge(EmbeddedHoldback.producerProperties) { own, _ in own }
        }
        let holdback =
            configuration.kafka.isEmbedded
            ? try EmbeddedHoldback(configuration, shutdown: shutdown, logger: logger) : nil
        let sender = try OutboxSender(
            configuration, clientID: name, holdback: holdback, shutdown: shutdown, logger: logger)
        defer { sender.close() }

        let toSend = BoundedQueue<OutboxChunk>(capacity: 1)
        let toDelete = BoundedQueue<OutboxChunk>(capacity: 8)
        let deleted = BoundedQueue<Int>(capacity: 64)
        let reader = WorkerThread(name: "\(name) read") {
            try self.failing([toSend, toDelete]) {
                // What is on its way then still arrives.
                do { try self.read(clusterID, into: toSend, deleted) } catch is CancellationError {}
            }
            toSend.close()
        }
        let deleter = WorkerThread(name: "\(name) delete") {
            try self.failing([toSend, toDelete]) { try self.delete(toDelete, deleted) }
        }
        logger.info("started", metadata: ["cluster": "\(clusterID)"])
        do {
            try failing([toSend, toDelete]) { try send(toSend, sender, toDelete) }
        } catch is CancellationError {}
        toDelete.close()
        deleted.close()
        do {
            _ = try reader.join()
            _ = try deleter.join()
        } catch is CancellationError {}
        logger.info("stopped")
    }

    /// Lets the other threads end with the error that one of them meets.
    private func failing(_ queues: [BoundedQueue<OutboxChunk>], _ body: () throws -> Void) throws {
        do { try body() } catch {
            for queue in queues { queue.fail(error) }
            throw error
        }
    }

    private func send(
        _ chunks: BoundedQueue<OutboxChunk>, _ sender: OutboxSender, _ toDelete: BoundedQueue<OutboxChunk>
    ) throws {
        let finished: (OutboxChunk) throws -> Void = { _ = try toDelete.push($0) }
        var leaveAt: ContinuousClock.Instant?
        while !chunks.isFinished || sender.chunksInFlight > 0 {
            if shutdown.isRequested {
                let deadline = leaveAt ?? .now + Self.patience
                leaveAt = deadline
                if .now > deadline { try sender.abandon(finished: finished) }
            }
            do {
                let mayTakeMore = sender.chunksInFlight < Self.chunksInFlight
                let wait: Duration = sender.chunksInFlight == 0 ? .milliseconds(100) : .zero
                if mayTakeMore, !chunks.isFinished, let chunk = try chunks.pop(timeout: wait) {
                    try sender.send(chunk, finished: finished)
                } else if sender.chunksInFlight > 0 {
                    try sender.serve(timeout: .milliseconds(5), finished: finished)
                }
            } catch let error as KafkaError where error.isFatal {
                try sender.rebuild(finished: finished)
            }
        }
    }

    /// Reads pending rows in passes from the lowest id, because a long
    /// transaction commits low ids late. A pass begins when all that the
    /// last one read is settled.
    private func read(
        _ clusterID: String, into toSend: BoundedQueue<OutboxChunk>, _ deleted: BoundedQueue<Int>
    ) throws {
        let session = DatabaseSession(url: databaseURL, applicationName: "\(name) read", logger: logger)
        let owner = "\(name)@\(ProcessInfo.processInfo.hostName)/\(ProcessInfo.processInfo.processIdentifier)"
        let lease = OutboxLease(owner: owner, clusterID: clusterID)
        var isStandingBy = false
        var inFlight = 0
        func clearUp(_ error: any Error) throws {
            try drain(&inFlight, deleted)
            session.discard()
        }
        let policy = RetryPolicy(maximum: .seconds(5))
        while !shutdown.isRequested {
            try policy.run(until: shutdown, logger: logger, failed: clearUp) {
                let connection = try session.open()
                try connection.planAlways(.lookUpOneByOne)
                guard let epoch = try lease.acquire(on: connection) else {
                    if !isStandingBy { logger.info("standing by: another relay has the outbox") }
                    isStandingBy = true
                    shutdown.wait(upTo: .seconds(2))
                    return
                }
                isStandingBy = false
                try connection.listen(OutboxStore.channel)
                while try lease.renew(epoch: epoch, on: connection), !shutdown.isRequested {
                    let sent = try pass(connection, lease, epoch, into: toSend, deleted, &inFlight)
                    if !sent { _ = try connection.waitForNotification(timeout: .milliseconds(500)) }
                }
                try lease.release(epoch: epoch, on: connection)
            }
        }
    }

    /// One pass over all pending rows. Returns whether there were any.
    private func pass(
        _ connection: Connection, _ lease: OutboxLease, _ epoch: Int64, into toSend: BoundedQueue<OutboxChunk>,
        _ deleted: BoundedQueue<Int>, _ inFlight: inout Int
    ) throws -> Bool {
        var after: Int64 = 0
        var renewed = ContinuousClock.now
        var sent = 0
        while !shutdown.isRequested {
            let chunk = try OutboxStore.pending(after: after, limit: Self.chunkRows, on: connection)
            guard let last = chunk.events.last else { break }
            after = last.id
            _ = try toSend.push(chunk)
            inFlight += 1
            while inFlight > 8, let count = try deleted.pop() {
                inFlight -= 1
                sent += count
            }
            if ContinuousClock.now - renewed > .seconds(3) {
                guard try lease.renew(epoch: epoch, on: connection) else { break }
                renewed = .now
            }
            if chunk.events.count < Int(Self.chunkRows) { break }
        }
        return try sent + drain(&inFlight, deleted) > 0
    }

    /// Waits until everything that was read is settled; returns how many rows were deleted.
    @discardableResult
    private func drain(_ inFlight: inout Int, _ deleted: BoundedQueue<Int>) throws -> Int {
        var sent = 0
        while inFlight > 0, let count = try deleted.pop() {
            inFlight -= 1
            sent += count
        }
        return sent
    }

    private func delete(_ chunks: BoundedQueue<OutboxChunk>, _ deleted: BoundedQueue<Int>) throws {
        let session = DatabaseSession(url: databaseURL, applicationName: "\(name) delete", logger: logger)
        while let chunk = try chunks.pop() {
            let ids = chunk.acknowledged
            if !ids.isEmpty {
                try session.perform(shutdown: shutdown) { try OutboxStore.acknowledge(ids, on: $0) }
            }
            _ = try? deleted.push(ids.count)
        }
    }
}
