public import Foundation
import Text

/// The environment: `finance.database.url` is `FINANCE_DATABASE_URL`.
///
/// A secret may be in a file instead, which `FINANCE_DATABASE_URL_FILE` names. A variable that is empty counts as not set.
public struct EnvironmentVariablesProvider: ConfigProvider {
    let variables: [String: String]

    public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        variables = environment.filter { !$0.value.isEmpty }
    }

    public var settings: [ConfigSetting] { [] }

    public func instruction(forKey key: String) -> String? {
        "set \(ConfigKey.environmentName(key))"
    }

    public func setting(forKey key: String, isSecret: Bool) throws -> ConfigSetting? {
        let name = ConfigKey.environmentName(key)
        if isSecret, let path = variables[name + "_FILE"] {
            guard variables[name] == nil else {
                throw ConfigError("\(key) is set twice: unset either \(name) or \(name)_FILE.")
            }
            return try secret(key: key, path: path, variable: name + "_FILE")
        }
        return variables[name].map {
            ConfigSetting(key: key, content: .string($0), source: .environment(name: name))
        }
    }

    public func settings(underKey key: String, environmentPrefix: String?) throws -> [ConfigSetting] {
        guard let environmentPrefix else { return [] }
        return try variables.filter { $0.key.hasPrefix(environmentPrefix) }.sorted { $0.key < $1.key }
            .compactMap { name, value in
                let isFile = name.hasSuffix("_FILE") && variables[String(name.dropLast(5))] == nil
                let rest = name.dropFirst(environmentPrefix.count).dropLast(isFile ? 5 : 0)
                guard !rest.isEmpty else { return nil }
                let property = rest.lowercased().replacing("_", with: ".")
                return isFile
                    ? try secret(key: property, path: value, variable: name)
                    : ConfigSetting(key: property, content: .string(value), source: .environment(name: name))
            }
    }

    private func secret(key: String, path: String, variable: String) throws -> ConfigSetting {
        do {
            // Editors and echo end a line, of Windows too.
            var value = try TextFile.text(path)
            while value.last?.isNewline == true { value.removeLast() }
            guard !value.isEmpty else { throw ConfigError("\(variable) names \(path), which is empty.") }
            return ConfigSetting(
                key: key, content: .string(value), source: .secretFile(path: path, variable: variable))
        } catch let error as TextFileError {
            throw ConfigError("\(variable) names a file that is of no use: \(error).")
        }
    }
}
