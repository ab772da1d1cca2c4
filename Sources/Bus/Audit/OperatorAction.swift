import Foundation

/// One thing that an operator did, as `ledgerbus audit` tells it.
public struct OperatorAction: Sendable {
    /// Who did it.
    public let actor: String
    /// The command, without the program's name: `errors discard`.
    public let action: String
    /// What it was done to, as the operator named it: `F12`, `finance-consumer/actual-created/3`.
    public let subject: String
    /// Why, where the command asks for it.
    public let reason: String?
    /// What stood before and what stands now, each as JSON; nil when there is nothing to tell.
    public let before: String?
    public let after: String?

    public init(
        _ action: String, of subject: String, by actor: String = Self.currentActor, because reason: String? = nil,
        before: String? = nil, after: String? = nil
    ) {
        self.actor = actor
        self.action = action
        self.subject = subject
        self.reason = reason
        self.before = before
        self.after = after
    }

    /// The person behind this process: `LEDGERBUS_ACTOR`, or else the system's user.
    public static var currentActor: String {
        let named = ProcessInfo.processInfo.environment["LEDGERBUS_ACTOR"] ?? ""
        return named.isEmpty ? NSUserName() : named
    }
}
