import Contracts
public import Database

/// What an operator does about dead letters: has them tried again, or settles them for good. Of several, all or none.
public enum DeadLetterSettlement {
    /// Asks the consumer to try dead letters again; it does so within seconds. Asking again is no mistake.
    ///
    /// - parameter connection: in a transaction, which is to be rolled back when this throws.
    /// - throws: ``DeadLetterRefusal`` when one of them cannot be tried again; `DatabaseError`.
    public static func retry(
        _ numbers: [Int64], by person: String = OperatorAction.currentActor, on connection: Connection
    ) throws {
        let standing = try DeadLetterStore.lock(numbers, on: connection)
        try refuse(numbers, standing) { $0.refusal(of: .requested) ?? $0.unfitness }
        try DeadLetterStore.request(numbers, by: person, on: connection)
    }

    /// Asks the consumer to try dead letters again that have their whole value; those that have not are passed over.
    ///
    /// - parameter filter: which of those that are not settled.
    /// - parameter connection: in a transaction.
    /// - returns: how many will be tried.
    /// - throws: `DatabaseError`.
    public static func retryAll(
        _ filter: DeadLetterFilter = DeadLetterFilter(), by person: String = OperatorAction.currentActor,
        on connection: Connection
    ) throws -> Int {
        let fit = try DeadLetterStore.lockUnsettled(filter, on: connection).filter { $0.unfitness == nil }.map(\.id)
        try DeadLetterStore.request(fit, by: person, on: connection)
        return fit.count
    }

    /// Puts another value in the place of a dead letter's own, which is kept as it came, and has it tried.
    ///
    /// - parameters:
    ///   - person: who does so, and `reason` why.
    ///   - handlers: those of the side's topics, which have to be able to decode it.
    ///   - connection: in a transaction, which is to be rolled back when this throws.
    /// - throws: ``DeadLetterRefusal`` when it is settled; ``EditRefusal``; `DatabaseError`.
    public static func edit(
        _ number: Int64, to payload: [UInt8], by person: String = OperatorAction.currentActor, because reason: String,
        handlers: [any TopicHandler], on connection: Connection
    ) throws {
        let standing = try DeadLetterStore.lock([number], on: connection)
        try refuse([number], standing) { $0.refusal(of: .requested) }
        guard payload.count <= KeptParts.longestValue else {
            throw EditRefusal(reason: Reason(.valueTooLong, "it has \(payload.count) bytes, and is not kept whole"))
        }
        if let topic = standing.first?.topic { try check(payload, of: topic, handlers) }
        try DeadLetterStore.edit(number, to: payload, by: person, because: reason, on: connection)
    }

    /// Refuses what its consumer could not even decode. What it waits for may come.
    private static func check(_ payload: [UInt8], of topic: String, _ handlers: [any TopicHandler]) throws {
        guard let handler = handlers.first(where: { $0.topic.rawValue == topic }) else { return }
        let hash = try SHA256()
        let refused = try payload.withUnsafeBytes { bytes in
            try handler.makeCollector().take(
                bytes, from: MessageSource(partition: 0, offset: 0, eventId: hash.digest(bytes).guid))
        }
        if case .deadLetter(let reason)? = refused { throw EditRefusal(reason: reason) }
    }

    /// The value that would be tried now, to be edited.
    ///
    /// - returns: nil when there is no such letter, or it has no value.
    /// - throws: `DatabaseError`.
    public static func value(of number: Int64, on connection: Connection) throws -> [UInt8]? {
        try DeadLetterStore.find(number, on: connection).flatMap { $0.editedPayload ?? $0.letter.message.payload }
    }

    /// Settles dead letters that need not take effect any more, and keeps who did so, and why.
    ///
    /// - parameter connection: in a transaction, which is to be rolled back when this throws.
    /// - throws: ``DeadLetterRefusal`` when one of them is settled already; `DatabaseError`.
    public static func discard(
        _ numbers: [Int64], by person: String = OperatorAction.currentActor, because reason: String,
        on connection: Connection
    ) throws {
        let standing = try DeadLetterStore.lock(numbers, on: connection)
        try refuse(numbers, standing) { $0.refusal(of: .discarded) }
        try DeadLetterStore.discard(numbers, by: person, because: reason, on: connection)
    }

    /// Settles all dead letters that are meant and not settled.
    ///
    /// - parameter connection: in a transaction.
    /// - returns: how many.
    /// - throws: `DatabaseError`.
    public static func discardAll(
        _ filter: DeadLetterFilter, by person: String = OperatorAction.currentActor, because reason: String,
        on connection: Connection
    ) throws -> Int {
        let numbers = try DeadLetterStore.lockUnsettled(filter, on: connection).map(\.id)
        try DeadLetterStore.discard(numbers, by: person, because: reason, on: connection)
        return numbers.count
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

extension DeadLetterStore.Standing {
    /// Why it may not become something; nil when it may.
    fileprivate func refusal(of next: DeadLetterState) -> DeadLetterRefusal.Cause? {
        state.successors.contains(next) ? nil : .isSettled(state)
    }

    /// Why trying it again would be of no use; nil when it may be.
    fileprivate var unfitness: DeadLetterRefusal.Cause? {
        keptSize == nil ? .hasNoValue : keptSize != payloadSize ? .isCut : nil
    }
}

/// Another value of a dead letter, which its consumer could not even decode; nothing was changed.
public struct EditRefusal: Error, CustomStringConvertible {
    public let reason: Reason

    public var description: String {
        "its consumer would not take this value: \(reason.sentence) (\(reason.code)). Nothing was done"
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
            case .hasNoValue:
                "it has no value that could take effect; give it one with errors edit, or settle it with errors discard"
            case .isCut:
                "only the beginning of its value was kept; publish the message again, and settle it with errors discard"
            }
        }
    }

    /// In the order in which they were named.
    public let causes: [(number: Int64, cause: Cause)]
}
