public import Bus
public import Database
import Dataverse
import Finance

/// Everything on both sides that does not go on by itself, or not yet, by cause, each with what to do.
public struct ErrorOverview: Sendable, Encodable {
    /// A side that could not be asked.
    public struct Unavailable: Sendable, Encodable {
        public let side: String
        public let reason: String
    }

    /// The most first, a side after the other.
    public private(set) var groups: [ErrorGroup] = []
    /// What is missing here.
    public private(set) var unavailable: [Unavailable] = []

    public init() {}

    /// Adds what one side says; a side that is away is said to be, and the other is shown.
    ///
    /// - parameters:
    ///   - prefix: the side's letter.
    ///   - connect: to the side's database.
    public mutating func add(_ side: Side, prefix: String, _ connect: () throws -> Connection) {
        do {
            let connection = try connect()
            let found = try connection.transaction(.repeatableRead) {
                let messages = try ErrorGroup.messages(
                    of: side, prefix: prefix, cures: FailureCode.cures, on: connection)
                switch side {
                case .dataverse: return try messages + ErrorGroup.waiting(on: connection)
                case .finance: return try messages + ErrorGroup.blocked(cures: FailureCode.cures, on: connection)
                }
            }
            groups += found
        } catch {
            unavailable.append(Unavailable(side: side.rawValue, reason: "\(error)"))
        }
    }
}

extension FailureCode {
    /// What to do about each failure of both sides.
    public static let cures = busCures.merging(financeCures) { $1 }.merging(dataverseCures) { $1 }
}
