public import Kafka
import Synchronization

/// Whether a consumer gets on with its work, for whoever asks, such as a readiness check.
public final class ConsumerProgress: Sendable {
    public enum State: Hashable, Sendable {
        /// It joins its group, or what it needs for that is awaited.
        case starting
        case working
        /// It has given its partitions up, and why.
        case stalled(String)
    }

    private let current = Mutex(State.starting)
    private let partitions = Mutex<Set<TopicPartition>>([])

    public var state: State { current.withLock { $0 } }

    func set(_ state: State) { current.withLock { $0 = state } }

    /// The partitions that this process consumes.
    public var owned: Set<TopicPartition> { partitions.withLock { $0 } }

    func owns(_ partitions: Set<TopicPartition>) { self.partitions.withLock { $0 = partitions } }

    /// How long a consumer may be at one transaction while its database does not answer.
    public static let patience = Duration.seconds(20)

    /// Why a consumer cannot get on; nil when it does, or when nothing is to be done.
    ///
    /// A database that is slow is waited for: another process would find it as slow, and begin anew.
    ///
    /// - parameter busyFor: how long it has been at one transaction, tries included.
    /// - parameter silentFor: how long the database has not answered to anything.
    static func stall(busyFor: Duration?, silentFor: Duration, patience: Duration) -> String? {
        guard let busyFor, busyFor >= patience, silentFor >= patience else { return nil }
        return "the database has not answered for \(silentFor.components.seconds) s"
    }
}
