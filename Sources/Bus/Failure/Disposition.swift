public import Contracts
public import Database
public import Kafka

/// What is to be done about a failure (promise 3).
public enum Disposition: Hashable, Sendable {
    /// The outside world is unwell: back off, hold the partition, drop nothing. ``RetryPolicy`` does it.
    case retry
    /// It is the message's, and concerns no other: keep it with its reason, go on.
    case setAside(SetAside)
    /// Stop, and say what to do.
    case fatal

    /// What is to be done about any error; one that nobody knows is fatal.
    public init(of error: any Error) {
        self = (error as? any DisposedError)?.disposition ?? .fatal
    }
}

/// How a message is kept that does not take effect.
public enum SetAside: Hashable, Sendable {
    /// It is good, but something it needs is not there yet: it is tried again by itself.
    case wait(Reason)
    /// It can never succeed as it is: it is tried again when an operator wants it.
    case deadLetter(Reason)

    /// Whether it is tried again by itself.
    public var waits: Bool {
        if case .wait = self { true } else { false }
    }

    public var reason: Reason {
        switch self {
        case .wait(let reason), .deadLetter(let reason): reason
        }
    }
}

/// An error that knows what is to be done about it.
public protocol DisposedError: Error {
    var disposition: Disposition { get }
}

extension ContractError {
    /// An unknown choice waits for its line of configuration; bytes that are no message never will be one.
    public var setAside: SetAside {
        switch self {
        case .unknownChoice, .unconfiguredChoice: .wait(Reason(.choiceNotConfigured, description))
        case .notJSON: .deadLetter(Reason(.notJSON, description))
        case .missing: .deadLetter(Reason(.fieldMissing, description))
        case .malformed: .deadLetter(Reason(.fieldMalformed, description))
        case .contradiction: .deadLetter(Reason(.contradiction, description))
        }
    }
}

extension ContractError: DisposedError {
    public var disposition: Disposition { .setAside(setAside) }
}

extension DatabaseError: DisposedError {
    /// A database that is away, full or busy is waited for; a value that it refuses is the message's fault; everything
    /// else wants a person.
    public var disposition: Disposition {
        if isTransient || isConnectionLost || isDiskFull { return .retry }
        return refusedValue.map { .setAside(.deadLetter($0)) } ?? .fatal
    }

    /// Why the database does not take a value: out of range, malformed, or against a constraint; nil when that is not what
    /// is wrong.
    public var refusedValue: Reason? {
        guard let sqlState, sqlState.hasPrefix("22") || sqlState.hasPrefix("23") else { return nil }
        return Reason(.refusedByDatabase, description)
    }
}

extension KafkaError: DisposedError {
    /// Brokers that are away or choose a leader are waited for, and so is a group that has to be joined again; a message
    /// that is larger than the broker takes waits in the outbox until the broker takes it; everything else wants a person.
    ///
    /// A producer that met an error that is ``KafkaError/isFatal`` is made anew by the relay, which has the outbox to send
    /// from again.
    public var disposition: Disposition {
        if isRetriable || code == .maxPollExceeded { return .retry }
        return code == .messageTooLarge ? .setAside(.wait(Reason(.refusedByBroker, message))) : .fatal
    }
}
