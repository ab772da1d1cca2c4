import Database
import Service

/// Reads pending rows for the sender, while it has the lease, and tells why some stay.
///
/// Used by one thread.
final class OutboxReader: @unchecked Sendable {
    // Safe to hand over: made by the thread that starts the reading one, and used by that alone.
    private let name: String
    private let session: DatabaseSession
    private let binding: ClusterBinding
    private let lease: OutboxLease
    private let flow: RelayFlow
    private let trouble: OutboxTrouble
    private let shutdown: GracefulShutdown
    private let logger: Logger
    private var report: OutboxTroubleReport
    private var inFlight = 0
    private var leaseDue = ContinuousClock.now
    /// When the rows that were not delivered are tried again, and how long they rest after that.
    private var retryAt: ContinuousClock.Instant?
    private var rests = OutboxReader.backoff

    /// A chunk is as many rows or as many bytes, whichever is reached first.
    private static let chunkRows: Int64 = 5_000
    private static let chunkBytes: Int64 = 8 << 20
    /// Chunks that are anywhere between the reading and the deletion.
    private static let mostInFlight = 8
    private static let backoff = Backoff(initial: .seconds(1), maximum: .seconds(60))

    init(
        name: String, databaseURL: String, cluster: LocatedCluster, binding: ClusterBinding, flow: RelayFlow,
        trouble: OutboxTrouble, shutdown: GracefulShutdown, logger: Logger
    ) {
        self.name = name
        self.binding = binding
        self.flow = flow
        self.trouble = trouble
        self.shutdown = shutdown
        self.logger = logger
        session = DatabaseSession(url: databaseURL, applicationName: "\(name) read", logger: logger)
        lease = OutboxLease(owner: OutboxLease.owner(name), clusterID: cluster.id)
        report = OutboxTroubleReport(logger: logger)
    }

    /// Reads until a shutdown is asked for or another thread has ended.
    ///
    /// - throws: ``ForeignEnvironment``, ``OutboxClusterMismatch``; ``ClusterReplaced`` when the outbox was directed to
    ///   another cluster since; `CancellationError` when a shutdown is asked for while the database is away.
    func read() throws {
        var isStandingBy = false
        var hadLease = false
        let outage = Outage(logger: logger)
        let policy = RetryPolicy(maximum: .seconds(5))
        while !isOver {
            try policy.run(until: shutdown, logger: logger, outage: outage, failed: clearUp) {
                let connection = try session.open()
                try connection.planAlways(.lookUpOneByOne)
                let epoch = try acquire(connection, isFirst: !hadLease)
                outage.isOver()
                guard let epoch else {
                    if !isStandingBy { logger.info("standing by: another relay has the outbox") }
                    isStandingBy = true
                    shutdown.wait(upTo: .seconds(2))
                    return
                }
                isStandingBy = false
                hadLease = true
                CrashPoint.pass(.leaseTaken)
                try work(epoch, connection)
            }
        }
    }

    /// Takes the lease when it is free and the outbox goes to this relay's cluster.
    private func acquire(_ connection: Connection, isFirst: Bool) throws -> Int64? {
        do {
            try ClusterBindingStore.join(binding, on: connection)
            return try lease.acquire(on: connection)
        } catch let error where !isFirst && (error is ForeignEnvironment || error is OutboxClusterMismatch) {
            // Somebody has directed the outbox elsewhere since this relay asked who its cluster is: it asks again.
            logger.notice("\(error)")
            throw ClusterReplaced(clusterID: lease.clusterID)
        }
    }

    /// From any thread: a database that does not answer keeps the reading no longer.
    func cut() { session.cut() }

    private var isOver: Bool { shutdown.isRequested || flow.toSend.isFinished }

    /// What was read before the database went away is still sent, and deleted when it is back.
    private func clearUp(_ error: any Error) throws {
        // That is not tried again here, but by the relay, which asks who its cluster is.
        if error is ClusterReplaced { throw error }
        while inFlight > 0, (try flow.settled.pop()) != nil { inFlight -= 1 }
        session.discard()
    }

    /// Reads as long as it has the lease, in passes.
    ///
    /// A pass begins at the lowest id, because a long transaction commits low ids late. While rows stay that could not be
    /// delivered, they rest longer and longer, and the passes between read what is new alone. When rows were taken back
    /// because brokers went away, a pass ends, and begins again before anything newer is sent: a message of a key is never
    /// overtaken by a later one.
    private func work(_ epoch: Int64, _ connection: Connection) throws {
        try connection.listen(OutboxStore.channel)
        leaseDue = .now
        retryAt = nil
        rests = Self.backoff
        var highest: Int64 = 0
        while !isOver, try keepLease(epoch, connection) {
            let isWhole = retryAt.map { .now >= $0 } ?? true
            var pass = try pass(after: isWhole ? 0 : highest, epoch, connection)
            highest = max(highest, pass.last)
            if pass.isHeldBack {
                try tell(&pass, epoch, connection)
                retryAt = nil
                shutdown.wait(upTo: .seconds(1))
                continue
            }
            try settle(pass, isWhole: isWhole, epoch, connection)
            if pass.deleted == 0 { _ = try connection.waitForNotification(timeout: .milliseconds(500)) }
        }
        try lease.release(epoch: epoch, on: connection)
    }

    private struct Pass {
        var last: Int64 = 0
        var deleted = 0
        var undelivered = 0
        /// What stood in the way of the undelivered goes by itself.
        var passes = false
        /// It ended early: rows were taken back, and have to be sent before what comes after them.
        var isHeldBack = false
    }

    private func pass(after start: Int64, _ epoch: Int64, _ connection: Connection) throws -> Pass {
        var pass = Pass(last: start)
        while !isOver {
            let chunk = try OutboxStore.pending(
                after: pass.last, rows: Self.chunkRows, bytes: Self.chunkBytes, epoch: epoch, on: connection)
            guard let last = chunk.events.last else { break }
            let isFull = chunk.events.count >= Int(Self.chunkRows) || chunk.bytes >= Int(Self.chunkBytes)
            pass.last = last.id
            guard try handOver(chunk, &pass, epoch, connection) else { break }
            inFlight += 1
            try wait(untilFewerThan: Self.mostInFlight + 1, &pass, epoch, connection)
            guard isFull, !pass.isHeldBack, try keepLease(epoch, connection) else { break }
        }
        try wait(untilFewerThan: 1, &pass, epoch, connection)
        return pass
    }

    /// Waits for the sender, and keeps the lease meanwhile: it takes no chunk as long as no broker answers.
    ///
    /// - returns: false when the lease is another's now.
    private func handOver(
        _ chunk: OutboxChunk, _ pass: inout Pass, _ epoch: Int64, _ connection: Connection
    ) throws -> Bool {
        while !(try flow.toSend.push(chunk, timeout: .seconds(1))) {
            guard try keepLease(epoch, connection) else { return false }
            try tell(&pass, waiting: chunk.events.count, epoch, connection)
        }
        return true
    }

    /// Waits until fewer chunks than that are on their way, and keeps the lease meanwhile.
    private func wait(untilFewerThan most: Int, _ pass: inout Pass, _ epoch: Int64, _ connection: Connection) throws {
        while inFlight >= most {
            if let settled = try flow.settled.pop(timeout: .seconds(1)) {
                inFlight -= 1
                pass.deleted += settled.deleted
                pass.undelivered += settled.undelivered
                pass.isHeldBack = pass.isHeldBack || settled.isHeldBack
            } else if flow.settled.isFinished {
                inFlight = 0
            } else if try keepLease(epoch, connection) {
                try tell(&pass, epoch, connection)
            }
        }
    }

    /// Draws the consequences of a pass.
    private func settle(_ pass: Pass, isWhole: Bool, _ epoch: Int64, _ connection: Connection) throws {
        var pass = pass
        try tell(&pass, epoch, connection)
        if pass.undelivered > 0, !shutdown.isRequested {
            if isWhole || retryAt == nil { retryAt = .now + rests.next() }
            if pass.passes, pass.deleted > 0 { retryAt = .now + .seconds(1) }
        } else if isWhole {
            retryAt = nil
            rests = Self.backoff
            guard report.kept != nil else { return }
            report.isOver()
            report.keep(nil)
            try lease.note(failure: nil, epoch: epoch, on: connection)
        }
    }

    /// Says what stands in the way, in the log and in the lease's row.
    ///
    /// - parameter waiting: how many messages the sender does not take.
    private func tell(_ pass: inout Pass, waiting: Int = 0, _ epoch: Int64, _ connection: Connection) throws {
        let (causes, passes) = trouble.take(waiting: waiting)
        pass.passes = pass.passes || passes
        guard !causes.isEmpty else { return }
        let text = report.add(causes)
        report.keep(text)
        try lease.note(failure: text, epoch: epoch, on: connection)
    }

    /// Renews the lease every few seconds.
    ///
    /// - returns: false when it is another's now.
    private func keepLease(_ epoch: Int64, _ connection: Connection) throws -> Bool {
        guard ContinuousClock.now >= leaseDue else { return true }
        leaseDue = .now + .seconds(3)
        return try lease.renew(epoch: epoch, on: connection)
    }
}
