public import Database

/// Makes a stopped consumer start at the beginning of a topic again.
public enum PositionReset {
    /// Messages that took effect before come again and change nothing.
    ///
    /// - parameter topic: with the environment's prefix; nil is all topics.
    /// - returns: how many positions were reset.
    /// - throws: `DatabaseError`.
    public static func reset(_ consumer: Program, topic: String?, on connection: Connection) throws -> Int {
        try ConsumerPositionStore.remove(of: consumer, topic: topic, on: connection)
    }
}
