public import Database

/// What has become of a dead letter.
public enum DeadLetterState: String, CaseIterable, DatabaseLabel, Encodable {
    /// It stays until an operator asks for it.
    case parked
    /// An operator wants it tried again.
    case requested
    /// It took effect, for good.
    case resolved
    /// An operator has settled it otherwise, with a reason, for good.
    case discarded

    /// What it may become. Asking again is no mistake; what is settled stays so: a letter never takes effect twice.
    var successors: [DeadLetterState] {
        switch self {
        case .parked: [.requested, .discarded]
        case .requested: [.requested, .parked, .resolved, .discarded]
        case .resolved, .discarded: []
        }
    }

    /// Those that somebody has to do something about.
    static let unsettled = allCases.filter { !$0.successors.isEmpty }
    /// Those about which nobody has.
    static let settled = allCases.filter(\.successors.isEmpty)
}

/// What happened to a dead letter since it was received.
public enum DeadLetterEvent: String, CaseIterable, DatabaseLabel, Encodable {
    /// An operator wanted it tried again.
    case requested
    /// An operator put another value in the place of its own, to be tried.
    case edited
    /// A consumer tried it, and it failed again.
    case failed
    /// A consumer tried it, and it took effect.
    case resolved
    /// An operator settled it.
    case discarded
}
