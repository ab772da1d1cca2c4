public import Database

/// Makes a stopped consumer start at the beginning of a topic again.
public enum PositionReset {
    /// Messages that took effect before come again and change nothing. A process that still wakes up with the old positions
    /// cannot commit.
    ///
    /// - parameter topic: with the environment's prefix; nil is all topics.
    /// - returns: how many positions were reset.
    /// - throws: ``ConsumerIsRunning``; `DatabaseError`, `KafkaError`.
    public static func reset(
        _ consumer: Program, topic: String?, _ configuration: BusConfiguration, on connection: Connection
    ) throws -> Int {
        let running = try RunningConsumer(consumer, configuration, on: connection)
        guard !running.isRunning else { throw ConsumerIsRunning(consumer: consumer, running: running) }
        return try connection.transaction {
            try ConsumerPositionStore.restart(of: consumer, topic: topic, on: connection)
        }
    }
}

/// A consumer has to be stopped first.
public struct ConsumerIsRunning: Error, CustomStringConvertible {
    let consumer: Program
    let running: RunningConsumer

    public var description: String {
        let members = Set(running.members).sorted().joined(separator: ", ")
        let who =
            running.members.isEmpty
            ? "\(running.sessions) sessions of it are connected to the database"
            : "its group has \(running.members.count) members (\(members))"
        return
            "\(consumer.rawValue) is running: \(who). Stop all of its processes first; one that was killed is a member "
            + "for another ten seconds"
    }
}
