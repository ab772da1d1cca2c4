public import Foundation
import Text
import YAML

extension FileProvider {
    /// Reads a YAML file.
    ///
    /// - Throws: ``ConfigError`` with file and line.
    public init(path: String) throws {
        do { try self.init(bytes: try TextFile.bytes(path), path: path) } catch let error as TextFileError {
            throw ConfigError("The configuration file \(error).")
        }
    }

    /// - Parameter path: what errors and ``ConfigSource`` call the file.
    init(bytes: [UInt8], path: String) throws {
        // A file in which everything is commented out is a good file.
        let text = String(decoding: bytes, as: UTF8.self).drop { $0 == "\u{FEFF}" }
        let isBlank = text.split(whereSeparator: \.isNewline).allSatisfy {
            $0.trimmingCharacters(in: .whitespaces).first.map { $0 == "#" } ?? true
        }
        guard !isBlank else {
            try self.init(path: path, settings: [])
            return
        }
        do {
            let document = try YAML.parse(bytes, file: path)
            try self.init(path: path, settings: Self.settings(try document.asMapping(), "", path))
        } catch let error as YAMLError {
            throw ConfigError("\(error)")
        }
    }

    private static func settings(_ mapping: YAMLNode, _ prefix: String, _ path: String) throws -> [ConfigSetting] {
        guard case .mapping(let members) = mapping.content else { return [] }
        return try members.flatMap { member -> [ConfigSetting] in
            let key = prefix + member.key
            let source = ConfigSource.file(path: path, line: member.line)
            switch member.value.content {
            case .mapping: return try settings(member.value, key + ".", path)
            case .sequence:
                return [ConfigSetting(key: key, content: .strings(try member.value.asStrings()), source: source)]
            case .scalar(let text, _):
                return member.value.isNull ? [] : [ConfigSetting(key: key, content: .string(text), source: source)]
            }
        }
    }
}

extension ConfigReader {
    /// The configuration of a process: the environment, then a YAML file if there is one.
    ///
    /// - Parameters:
    ///   - file: the file's path; nil for the one that the variable `LEDGERBUS_CONFIG` names, if it is set.
    ///   - environment: the environment variables.
    /// - Throws: ``ConfigError`` when the file can't be read, with its line when it isn't well-formed.
    public static func load(
        file: String?, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> ConfigReader {
        var providers: [any ConfigProvider] = [EnvironmentVariablesProvider(environment: environment)]
        let named = environment["LEDGERBUS_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
        if let path = file ?? named { providers.append(try FileProvider(path: path)) }
        return ConfigReader(providers: providers)
    }
}
