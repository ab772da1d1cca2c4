import Foundation

/// What somebody is told: the JSON that a command or a webhook is given.
public struct AlertMessage: Sendable, Encodable {
    public let alert: String
    /// `firing`, `reminder`, `recovered`, or `test`.
    public let state: String
    public let watch: String
    public let value: Double?
    public let above: Double
    /// Since when, as RFC 3339.
    public let since: String?
    public let host: String
    /// One sentence for a person.
    public let text: String

    init(_ rule: AlertRule, _ notice: AlertRule.Notice, value: Double?, since: Date?) {
        alert = rule.name
        state = notice.rawValue
        watch = rule.number.rawValue
        self.value = value
        above = rule.above
        self.since = since?.formatted(.iso8601)
        host = ProcessInfo.processInfo.hostName
        let shown = value.map { Self.number($0) } ?? "?"
        text =
            switch notice {
            case .firing: "\(rule.name): \(watch) is \(shown), above \(Self.number(rule.above))"
            case .reminder: "\(rule.name): \(watch) is still \(shown), above \(Self.number(rule.above))"
            case .recovered: "\(rule.name): \(watch) is \(shown) again"
            }
    }

    /// A message that says that it is none.
    public static var test: AlertMessage { AlertMessage() }

    private init() {
        alert = "test"
        state = "test"
        watch = "nothing"
        value = nil
        above = 0
        since = nil
        host = ProcessInfo.processInfo.hostName
        text = "a test of ledgerbus alerts: nothing is wrong"
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }
}
