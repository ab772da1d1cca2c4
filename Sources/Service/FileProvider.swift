/// A configuration file: mappings in mappings, whose names make the key, and values or lists of values.
///
///     finance:
///       database:
///         url: postgres://…
///     kafka.bootstrap.servers: [broker1:9092, broker2:9092]
public struct FileProvider: ConfigProvider {
    private let path: String
    private let contents: InMemoryProvider

    /// - Throws: ``ConfigError`` when two of the settings have one key.
    init(path: String, settings: [ConfigSetting]) throws {
        self.path = path
        var seen: [String: ConfigSetting] = [:]
        for setting in settings {
            if let first = seen.updateValue(setting, forKey: ConfigKey.environmentName(setting.key)) {
                throw ConfigError("\(setting.source): \(setting.key) is already set at \(first.source).")
            }
        }
        contents = InMemoryProvider(settings: settings)
    }

    public var settings: [ConfigSetting] { contents.settings }

    public func instruction(forKey key: String) -> String? {
        "\(key) in \(path)"
    }

    public func setting(forKey key: String, isSecret: Bool) -> ConfigSetting? {
        contents.setting(forKey: key, isSecret: isSecret)
    }

    public func settings(underKey key: String, environmentPrefix: String?) -> [ConfigSetting] {
        contents.settings(underKey: key, environmentPrefix: environmentPrefix)
    }
}
