public import Contracts
public import Database
import Kafka
public import Service
import Synchronization

/// Whether a consumer has taken all that its topics held when a session with the database began.
///
/// What must not be done before the topics have been read to their end asks it: after a database was restored from a
/// backup, they hold more than it knows. That may happen under a running process, whose sessions then all end: so a session
/// that is new is asked for anew.
public final class CatchUp: Sendable {
    private struct State: Sendable {
        var sessions: [ObjectIdentifier: Session] = [:]
        var nextLog = ContinuousClock.now
    }

    private struct Session: Sendable {
        /// The server's, as another connection may come to stand where one was.
        let process: Int32
        /// Where the topics ended when it was first asked for.
        let ends: [TopicPartition: Int64]
        var isReached = false
    }

    private let program: Program
    private let topics: [TopicName]
    private let configuration: BusConfiguration
    private let logger: Logger
    private let state = Mutex(State())

    /// - parameter program: whose positions count.
    public init(program: Program, topics: [TopicName], configuration: BusConfiguration, logger: Logger) {
        self.program = program
        self.topics = topics
        self.configuration = configuration
        self.logger = logger
    }

    /// Asks the cluster where the topics ended, once a session, and the database whether the consumer has come there.
    ///
    /// - throws: `KafkaError`; `DatabaseError`.
    public func isReached(on connection: Connection) throws -> Bool {
        let session = try session(of: connection)
        if session.isReached { return true }
        let positions = try ConsumerPositionStore.all(on: connection).filter { $0.consumer == program }
        let next = Dictionary(
            positions.map { (TopicPartition(topic: $0.topic, partition: $0.partition), $0.next) }
        ) { first, _ in first }
        let behind = session.ends.filter { $0.value > next[$0.key] ?? 0 }
            .sorted { $0.key.description < $1.key.description }
        return state.withLock { state in
            if behind.isEmpty { state.sessions[ObjectIdentifier(connection)]?.isReached = true }
            if let first = behind.first, ContinuousClock.now >= state.nextLog {
                state.nextLog = .now + .seconds(10)
                logger.info(
                    "waits until what was published is read back",
                    metadata: [
                        "topic": "\(first.key.topic)", "partition": "\(first.key.partition)",
                        "next": "\(next[first.key] ?? 0)", "end": "\(first.value)",
                    ])
            }
            return behind.isEmpty
        }
    }

    private func session(of connection: Connection) throws -> Session {
        let id = ObjectIdentifier(connection)
        let process = connection.backendProcess
        if let known = state.withLock({ $0.sessions[id] }), known.process == process { return known }
        let new = Session(process: process, ends: try ends())
        state.withLock { $0.sessions[id] = new }
        return new
    }

    private func ends() throws -> [TopicPartition: Int64] {
        let admin = try Admin(configuration.kafka, clientID: program.rawValue, timeout: Admin.serviceTimeout)
        let names = Set(topics.map { configuration.clusterName($0.rawValue) })
        let partitions = try admin.topics().filter { names.contains($0.name) }.flatMap { topic in
            topic.partitions.indices.map { TopicPartition(topic: topic.name, partition: Int32($0)) }
        }
        return try admin.watermarks(partitions).mapValues(\.high)
    }
}
