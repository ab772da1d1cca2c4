import Foundation
import Synchronization

/// Reads configured values: from the environment first, then a file, then defaults. It remembers what was read and from where.
///
///     let config = try ConfigReader.load(file: options.config)
///     let url = try config.requiredString(forKey: "finance.database.url", isSecret: true, example: "postgres://…")
///     let batch = try config.int(forKey: "finance.batch.size", default: 10_000)
///
/// Keys have dots between their words. Dashes and capitals count as dots do: `batchSize`, `batch-size` and `batch.size` are one key.
public final class ConfigReader: Sendable {
    private struct Record {
        var values: [String: ConfigValue] = [:]
        var prefixes: [String] = []
        var environmentPrefixes: [String] = []
    }

    private let providers: [any ConfigProvider]
    private let record = Mutex(Record())

    /// - Parameter providers: where values are looked for, the first that has one wins.
    public init(providers: [any ConfigProvider]) {
        self.providers = providers
    }

    // MARK: Reading

    /// The value of a key; nil when it is not set.
    ///
    /// - Parameter isSecret: whether the value must never be shown.
    /// - Throws: ``ConfigError``
    public func string(forKey key: String, isSecret: Bool = false) throws -> String? {
        try read(key, isSecret, default: nil, expected: "") { $0 }
    }

    /// - Throws: ``ConfigError``
    public func string(forKey key: String, isSecret: Bool = false, default value: String) throws -> String {
        try read(key, isSecret, default: value, expected: "") { $0 } ?? value
    }

    /// - Parameter example: a value to show in the error.
    /// - Throws: ``ConfigError`` when the key is not set, saying how to set it.
    public func requiredString(forKey key: String, isSecret: Bool = false, example: String? = nil) throws -> String {
        if let value = try string(forKey: key, isSecret: isSecret) { return value }
        let instructions = providers.compactMap { $0.instruction(forKey: key) }
        let ways = instructions.isEmpty ? "" : ": \(instructions.joined(separator: " or "))"
        throw ConfigError("\(key) is not set\(ways)\(example.map { " (e.g. \($0))" } ?? "").")
    }

    /// - Throws: ``ConfigError`` when the value is no whole number.
    public func int(forKey key: String) throws -> Int? {
        try read(key, false, default: nil, expected: "a whole number", parse: Self.parseInt)
    }

    /// - Throws: ``ConfigError`` when the value is no whole number, or not in the range.
    public func int(
        forKey key: String, default value: Int, in range: ClosedRange<Int> = .min ... .max
    ) throws -> Int {
        let isAny = range == .min ... .max
        let expected = isAny ? "a whole number" : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        return try read(key, false, default: "\(value)", expected: expected) {
            Self.parseInt($0).flatMap { range.contains($0) ? $0 : nil }
        } ?? value
    }

    /// - Throws: ``ConfigError`` when the value is not true or false.
    public func bool(forKey key: String, default value: Bool) throws -> Bool {
        try read(key, false, default: "\(value)", expected: "true or false") { text in
            switch text.lowercased() {
            case "true", "yes", "on", "1": true
            case "false", "no", "off", "0": false
            default: nil
            }
        } ?? value
    }

    /// A duration, written `500ms`, `30s`, `5m`, `2h`, `1d` or `1h30m`.
    ///
    /// - Throws: ``ConfigError`` when the value is none.
    public func duration(forKey key: String, default value: Duration) throws -> Duration {
        let expected = "a duration, such as 500ms, 30s, 5m, 2h or 1d"
        return try read(key, false, default: value.configurationText, expected: expected) {
            Duration(configurationText: $0)
        } ?? value
    }

    /// One of an enum's values.
    ///
    /// - Throws: ``ConfigError`` when the value is none of them, with all that are.
    public func value<Value: RawRepresentable<String> & CaseIterable>(
        forKey key: String, as type: Value.Type = Value.self, default value: Value
    ) throws -> Value {
        let allowed = Value.allCases.map(\.rawValue).joined(separator: ", ")
        return try read(key, false, default: value.rawValue, expected: "one of \(allowed)") { Value(rawValue: $0) }
            ?? value
    }

    /// Several values: a list in a file, separated by commas in the environment.
    ///
    /// - Throws: ``ConfigError``
    public func strings(forKey key: String, default values: [String] = []) throws -> [String] {
        guard let setting = try find(key, isSecret: false) else {
            note(key, values.joined(separator: ","), .default)
            return values
        }
        let strings = Self.strings(setting.content)
        note(key, Redaction.display(strings.joined(separator: ","), ofKey: key), setting.source)
        return strings
    }

    /// All values below a key, by the rest of their keys: for what is passed on to a library.
    ///
    ///     let properties = try config.properties(underKey: "kafka.properties", environmentPrefix: "KAFKA_PROPERTY_")
    ///
    /// then `KAFKA_PROPERTY_SECURITY_PROTOCOL` is `security.protocol`, as is `kafka.properties.security.protocol` in a file;
    /// `KAFKA_PROPERTY_SASL_PASSWORD_FILE` names a file with the value of `sasl.password`.
    ///
    /// - Throws: ``ConfigError``
    public func properties(underKey key: String, environmentPrefix: String? = nil) throws -> [String: String] {
        var properties: [String: String] = [:]
        record.withLock { record in
            record.prefixes.append(key)
            if let environmentPrefix { record.environmentPrefixes.append(environmentPrefix) }
        }
        for provider in providers {
            for setting in try provider.settings(underKey: key, environmentPrefix: environmentPrefix)
            where properties[setting.key] == nil {
                let value =
                    switch setting.content {
                    case .string(let text): text
                    case .strings(let texts): texts.joined(separator: ",")
                    }
                properties[setting.key] = value
                note("\(key).\(setting.key)", Redaction.display(value, ofKey: setting.key), setting.source)
            }
        }
        return properties
    }

    // MARK: Reporting

    /// Every value that was read so far, by key, with secrets redacted.
    public func values() -> [ConfigValue] {
        record.withLock { $0.values.values.sorted { $0.key < $1.key } }
    }

    /// The keys that nobody has read and that are meant for this program, which are probably misspelt: those of the file, and
    /// variables of the environment that are named as ours are, or almost.
    ///
    /// - Parameter others: keys that are known though this process has not read them.
    public func unknownKeys(besides others: [String] = []) -> [UnknownConfigKey] {
        let known = record.withLock { record in
            KnownConfigKeys(
                keys: record.values.keys + others, prefixes: record.prefixes,
                environmentPrefixes: record.environmentPrefixes)
        }
        return providers.flatMap { $0.unknownKeys(known) }
    }

    // MARK: -

    private func find(_ key: String, isSecret: Bool) throws -> ConfigSetting? {
        for provider in providers {
            if let setting = try provider.setting(forKey: key, isSecret: isSecret) { return setting }
        }
        return nil
    }

    private func read<Value>(
        _ key: String, _ isSecret: Bool, default standing: String?, expected: String, parse: (String) -> Value?
    ) throws -> Value? {
        // Known also when it cannot be read.
        note(key, standing ?? "", standing == nil ? .notSet : .default)
        guard let setting = try find(key, isSecret: isSecret) else { return nil }
        guard case .string(let text) = setting.content else {
            throw ConfigError("\(key) is a list (\(setting.source)): expected a single value.")
        }
        let displayed = isSecret ? Redaction.secret(text) : Redaction.display(text, ofKey: key)
        note(key, displayed, setting.source)
        guard let value = parse(text) else {
            let shown = displayed == text && !isSecret ? "'\(text)'" : "not usable"
            throw ConfigError("\(key) is \(shown) (\(setting.source)): expected \(expected).")
        }
        return value
    }

    private func note(_ key: String, _ displayed: String, _ source: ConfigSource) {
        record.withLock { $0.values[key] = ConfigValue(key: key, displayedValue: displayed, source: source) }
    }

    private static func parseInt(_ text: String) -> Int? {
        Int(text.replacing("_", with: ""))
    }

    private static func strings(_ content: ConfigSetting.Content) -> [String] {
        switch content {
        case .strings(let values): values
        case .string(let text): text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }
}

/// A value that was read, as `ledgerbus config check` shows it.
public struct ConfigValue: Sendable, Hashable {
    public let key: String
    /// The value, redacted when it is secret.
    public let displayedValue: String
    public let source: ConfigSource
}
