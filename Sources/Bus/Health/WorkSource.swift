public import Database
public import Kafka

/// A part of a process that has work: it tells how much waits and how far it has come, and measures that.
public protocol WorkSource: Sendable {
    /// `finance-consumer`, `outbox`.
    var part: String { get }

    /// - parameter connection: of the process's database.
    /// - parameter admin: asks the brokers.
    /// - throws: `DatabaseError`, `KafkaError` when either does not answer.
    func look(_ connection: Connection, _ admin: Admin) throws -> [Work]
}
