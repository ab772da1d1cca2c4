public import Foundation
public import Service

/// What is watched, and who is told: the keys below `alerts`.
///
///     alerts:
///       command: [/usr/local/bin/page, --team, billing]
///       rules:
///         lag: {watch: lag, above: 5000, for: 10m}
public struct AlertSettings: Sendable {
    public let rules: [AlertRule]
    /// A program and its arguments; empty when none is called.
    public let command: [String]
    public let webhook: String?
    let token: String?
    /// The file that keeps what was told.
    public let state: String
    /// The rest between two reminders, in seconds.
    public let rest: TimeInterval

    /// - throws: `ConfigError`, which names the key.
    public init(reader: ConfigReader) throws {
        command = try reader.strings(forKey: "alerts.command")
        webhook = try reader.string(forKey: "alerts.webhook", isSecret: true)
        token = try reader.string(forKey: "alerts.webhook.token", isSecret: true)
        state = try reader.string(forKey: "alerts.state", default: Self.standingState)
        rest = try reader.duration(forKey: "alerts.repeat", default: .seconds(14_400)).inSeconds
        if let webhook, !webhook.hasPrefix("https://"), !webhook.hasPrefix("http://") {
            throw ConfigError("alerts.webhook is not an address: expected https://…")
        }
        if let token, !token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
            throw ConfigError("alerts.webhook.token is not usable: it has a space, or what no header can have.")
        }
        var parts: [String: [String: String]] = [:]
        for (key, value) in try reader.properties(underKey: "alerts.rules") {
            let words = key.split(separator: ".", maxSplits: 1).map(String.init)
            guard words.count == 2, ["watch", "above", "for"].contains(words[1]) else {
                throw ConfigError("alerts.rules.\(key) is not known: a rule has watch, above and for.")
            }
            parts[words[0], default: [:]][words[1]] = value
        }
        let configured = try parts.sorted { $0.key < $1.key }.map { try Self.rule($0.key, $0.value) }
        rules = configured.isEmpty ? AlertRule.standing : configured
    }

    /// Where a supervisor lets the program keep what it has to, or else in its user's home.
    private static var standingState: String {
        let environment = ProcessInfo.processInfo.environment
        let folder = environment["STATE_DIRECTORY"] ?? "\(NSHomeDirectory())/.local/state/ledgerbus"
        return "\(folder)/alerts.json"
    }

    private static func rule(_ name: String, _ parts: [String: String]) throws -> AlertRule {
        let key = "alerts.rules.\(name)"
        guard let number = AlertNumber(rawValue: parts["watch"] ?? name) else {
            let known = AlertNumber.allCases.map(\.rawValue).joined(separator: ", ")
            throw ConfigError("\(key).watch is '\(parts["watch"] ?? name)': expected one of \(known).")
        }
        let above = parts["above"] ?? "0"
        guard let threshold = Double(above), threshold.isFinite, threshold >= 0 else {
            throw ConfigError("\(key).above is '\(above)': expected a number, 0 or more.")
        }
        let lasting = parts["for"] ?? "0s"
        guard let duration = Duration(configurationText: lasting) else {
            throw ConfigError("\(key).for is '\(lasting)': expected a duration, such as 30s, 5m or 2h.")
        }
        return AlertRule(name, number, above: threshold, lasting: duration.inSeconds)
    }
}
