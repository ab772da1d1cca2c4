import Contracts
public import Database

/// What an operator does about dead letters: has them tried again, or settles them for good. Of several, all or none.
public enum DeadLetterSettlement {
    /// Asks the consumer to try dead letters again; it does so within seconds.
    ///
    /// - parameter connection: in a transaction, which is to be rolled back when this throws.
    /// - throws: ``DeadLetterRefusal`` when one of them cannot be tried again; `DatabaseError`.
    public static func retry(_ numbers: [Int64], on connection: Connection) throws {
        let standing = try DeadLetterStore.lock(numbers, on: connection)
        try refuse(numbers, standing) { letter in
            switch letter.state {
            case .resolved, .discarded: .isSettled(letter.state)
            case .parked, .requested:
                letter.keptSize == nil ? .hasNoValue : letter.keptSize != letter.payloadSize ? .isCut : nil
            }
        }
        try DeadLetterStore.request(numbers, on: connection)
    }

    /// Asks the consumer to try all parked dead letters again that have their whole value.
    ///
    /// - returns: how many will be tried.
    /// - throws: `DatabaseError`.
    public static func retryAll(on connection: Connection) throws -> Int {
        try connection.transaction { try DeadLetterStore.requestAll(on: connection) }
    }

    /// Settles dead letters that need not take effect any more, and keeps who did so, and why.
    ///
    /// - parameter connection: in a transaction, which is to be rolled back when this throws.
    /// - throws: ``DeadLetterRefusal`` when one of them is settled already; `DatabaseError`.
    public static func discard(
        _ numbers: [Int64], by person: String, because reason: String, on connection: Connection
    ) throws {
        let standing = try DeadLetterStore.lock(numbers, on: connection)
        try refuse(numbers, standing) { letter in
            DeadLetterState.unsettled.contains(letter.state) ? nil : .isSettled(letter.state)
        }
        try DeadLetterStore.discard(numbers, by: person, because: reason, on: connection)
    }

    private static func refuse(
        _ numbers: [Int64], _ standing: [DeadLetterStore.Standing],
        _ cause: (DeadLetterStore.Standing) -> DeadLetterRefusal.Cause?
    ) throws {
        let known = Dictionary(standing.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let causes = numbers.compactMap { number in
            (known[number].map(cause) ?? .isUnknown).map { (number: number, cause: $0) }
        }
        guard causes.isEmpty else { throw DeadLetterRefusal(causes: causes) }
    }
}

/// Dead letters that cannot be settled so; nothing was done about the others either.
public struct DeadLetterRefusal: Error {
    public enum Cause: Sendable, Hashable, CustomStringConvertible {
        case isUnknown
        case isSettled(DeadLetterState)
        case hasNoValue
        /// Only the beginning of its value was kept.
        case isCut

        public var description: String {
            switch self {
            case .isUnknown: "there is no such dead letter"
            case .isSettled(let state): "it is \(state.rawValue) already"
            case .hasNoValue: "it has no value that could take effect; settle it with errors discard"
            case .isCut:
                "only the beginning of its value was kept; publish the message again, and settle it with errors discard"
            }
        }
    }

    /// In the order in which they were named.
    public let causes: [(number: Int64, cause: Cause)]
}
