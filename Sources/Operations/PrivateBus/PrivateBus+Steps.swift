public import Bus
public import Contracts
public import Database
public import Kafka
public import Service

/// A step that did not come to its end in time.
public struct StepTimeout: Error, CustomStringConvertible {
    let what: String
    let state: String

    public var description: String { "\(what) did not end in time: \(state)" }
}

extension PrivateBus {
    /// The configuration that the processes of this bus have.
    ///
    /// - throws: `ConfigError`.
    public func configuration(side: Side) throws -> BusConfiguration {
        try BusConfiguration(
            reader: ConfigReader(providers: [EnvironmentVariablesProvider(environment: environment)]), side: side)
    }

    /// Waits until a number comes to zero, which it does by the work of the processes.
    ///
    /// - parameter pause: between two looks.
    /// - parameter progress: called with what is left.
    /// - throws: ``FleetError`` when a process has ended; ``StepTimeout``; `CancellationError` on a shutdown.
    public func waitForNone(
        of what: String, timeout: Duration, pause: Duration = .milliseconds(20), shutdown: GracefulShutdown,
        progress: (Int) -> Void = { _ in }, _ remaining: () throws -> Int
    ) throws {
        let deadline = ContinuousClock.now + timeout
        while true {
            let left = try remaining()
            progress(left)
            if left == 0 { return }
            if let failure = fleet.firstFailure() { throw failure }
            guard ContinuousClock.now < deadline else {
                throw StepTimeout(what: what, state: "\(left) left\n\(fleet.lastWords)")
            }
            if shutdown.wait(upTo: pause) { throw CancellationError() }
        }
    }

    /// Rows that an outbox still has to send.
    public func pendingRows(_ connection: Connection) throws -> Int {
        try OutboxStore.countPending(on: connection)
    }

    /// Messages of topics that a consumer has not taken over yet, by its own positions.
    public func unconsumed(
        _ topics: [TopicName], by connection: Connection, of consumer: Program, admin: Admin
    ) throws -> Int {
        let catalogue = try TopicCatalogue()
        let partitions = topics.flatMap { topic in
            (0..<(catalogue.declaration(topic.rawValue)?.partitions ?? 0)).map {
                TopicPartition(topic: topicPrefix + topic.rawValue, partition: Int32($0))
            }
        }
        let ends = try admin.watermarks(partitions).values.reduce(0) { $0 + $1.high }
        let consumed = try ConsumerPositionStore.consumed(
            topics.map { topicPrefix + $0.rawValue }, by: consumer, on: connection)
        return Int(ends) - consumed
    }
}
