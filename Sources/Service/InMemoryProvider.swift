/// Values that the program itself gives, such as those of a test.
public struct InMemoryProvider: ConfigProvider {
    public let settings: [ConfigSetting]

    /// - Parameters:
    ///   - values: by key.
    ///   - name: what to call this source.
    public init(values: [String: String], name: String = "memory") {
        self.init(
            settings: values.sorted { $0.key < $1.key }.map {
                ConfigSetting(key: $0.key, content: .string($0.value), source: .memory(name: name))
            })
    }

    init(settings: [ConfigSetting]) {
        self.settings = settings
    }

    public func instruction(forKey key: String) -> String? { nil }

    public func setting(forKey key: String, isSecret: Bool) -> ConfigSetting? {
        let name = ConfigKey.environmentName(key)
        return settings.first { ConfigKey.environmentName($0.key) == name }
    }

    public func settings(underKey key: String, environmentPrefix: String?) -> [ConfigSetting] {
        let prefix = ConfigKey.environmentName(key) + "_"
        let depth = key.split(separator: ".").count
        return settings.filter { ConfigKey.environmentName($0.key).hasPrefix(prefix) }.map { setting in
            var setting = setting
            setting.key = setting.key.split(separator: ".").dropFirst(depth).joined(separator: ".")
            return setting
        }
    }
}
