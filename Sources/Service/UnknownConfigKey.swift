import Text

/// A key that is set and nobody knows.
public struct UnknownConfigKey: Sendable, Hashable, CustomStringConvertible {
    public let key: String
    public let source: ConfigSource
    /// The known key that is most like it, if one is.
    public let closest: String?

    public var description: String {
        let suggestion = closest.map { "; did you mean '\($0)'?" } ?? ""
        if case .environment(let name) = source { return "environment: unknown variable \(name)\(suggestion)" }
        return "\(source): unknown key '\(key)'\(suggestion)"
    }
}

/// The keys that a program reads.
public struct KnownConfigKeys: Sendable {
    /// With dots.
    let keys: [String]
    /// Keys below which any key is known.
    let prefixes: [String]
    /// How the variables for keys below a known one begin.
    let environmentPrefixes: [String]

    /// The variables of the keys.
    var variables: [String] { keys.map(ConfigKey.environmentName) }
}

extension ConfigProvider {
    /// Of all that is set here and meant for this program, what is not known.
    public func unknownKeys(_ known: KnownConfigKeys) -> [UnknownConfigKey] {
        let names = Set(known.variables)
        let prefixes = known.prefixes.map { ConfigKey.environmentName($0) + "_" }
        return settings.compactMap { setting in
            let name = ConfigKey.environmentName(setting.key)
            guard !names.contains(name), !prefixes.contains(where: name.hasPrefix) else { return nil }
            return UnknownConfigKey(
                key: setting.key, source: setting.source, closest: closestWord(to: setting.key, among: known.keys))
        }
    }
}

extension EnvironmentVariablesProvider {
    /// How variables begin that are nobody else's.
    private static let own = ["DATAVERSE_", "FINANCE_", "POSTING_", "LEDGERBUS_", "CHOICES_", "KAFKA_PROPERT"]
    /// Variables that are read elsewhere.
    private static let others = ["LEDGERBUS_CONFIG", "LEDGERBUS_TEST_"]

    /// Variables that are named as ours are and not known, and those of any name that is almost one of ours.
    public func unknownKeys(_ known: KnownConfigKeys) -> [UnknownConfigKey] {
        let names = Set(known.variables)
        return variables.keys.sorted().compactMap { name in
            let isFile = name.hasSuffix("_FILE") && names.contains(String(name.dropLast(5)))
            guard !names.contains(name), !isFile, !Self.others.contains(where: name.hasPrefix),
                !known.environmentPrefixes.contains(where: name.hasPrefix)
            else { return nil }
            let closest = closestWord(to: name, among: known.variables)
            guard closest != nil || Self.own.contains(where: name.hasPrefix) else { return nil }
            return UnknownConfigKey(key: name, source: .environment(name: name), closest: closest)
        }
    }
}
