public import Contracts
public import Database

/// What is to be done about a failure (promise 3).
public enum Disposition: Hashable, Sendable {
    /// The outside world is unwell: back off, hold the partition, drop nothing.
    case retry
    /// The message is good, but something it needs is not there yet: keep it, go on.
    case wait(waitingFor: String)
    /// The message can never succeed: keep it with its reason, go on.
    case deadLetter(code: String, reason: String)
    /// Stop, and say what to do.
    case fatal
}

extension ContractError {
    /// An unknown choice waits for its line of configuration; bytes that are
    /// no message never will be one.
    public var disposition: Disposition {
        switch self {
        case .unknownChoice: .wait(waitingFor: description)
        case .notJSON: .deadLetter(code: "not-json", reason: description)
        case .missing: .deadLetter(code: "field-missing", reason: description)
        case .malformed: .deadLetter(code: "field-malformed", reason: description)
        case .contradiction: .deadLetter(code: "contradiction", reason: description)
        case .unconfiguredChoice: .wait(waitingFor: description)
        }
    }
}

extension DatabaseError {
    /// A database that is away, full or busy is waited for; a value that it
    /// refuses is the message's fault; everything else wants a person.
    public var disposition: Disposition {
        if isTransient || isConnectionLost || isDiskFull { return .retry }
        guard let sqlState, sqlState.hasPrefix("22") || sqlState.hasPrefix("23") else { return .fatal }
        return .deadLetter(code: "refused-by-database", reason: description)
    }
}
