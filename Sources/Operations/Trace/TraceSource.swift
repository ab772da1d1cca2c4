public import Bus
public import Database
import Kafka

/// A side's database and its configuration, or why it cannot be asked.
public struct TraceSource {
    public let side: Side
    let connection: Connection?
    let configuration: BusConfiguration?
    public let failure: String?

    /// - parameter open: connects; an error of it is kept as the reason.
    public init(_ side: Side, open: () throws -> (Connection, BusConfiguration)) {
        self.side = side
        do {
            let (connection, configuration) = try open()
            self.connection = connection
            self.configuration = configuration
            failure = nil
        } catch {
            connection = nil
            configuration = nil
            failure = "\(error)"
        }
    }
}
