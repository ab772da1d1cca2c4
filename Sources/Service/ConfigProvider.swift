/// Where a configured value comes from.
public enum ConfigSource: Sendable, Hashable, CustomStringConvertible {
    /// An environment variable.
    case environment(name: String)
    /// The file that an environment variable names, as Docker and Kubernetes hand out secrets.
    case secretFile(path: String, variable: String)
    /// A line of the configuration file.
    case file(path: String, line: Int)
    /// Values given by the program.
    case memory(name: String)
    /// The program's default.
    case `default`
    /// Nowhere: there is no value.
    case notSet

    public var description: String {
        switch self {
        case .environment(let name): "environment \(name)"
        case .secretFile(let path, let variable): "\(path) (environment \(variable))"
        case .file(let path, let line): "\(path):\(line)"
        case .memory(let name): name
        case .default: "default"
        case .notSet: "not set"
        }
    }
}

/// A value with its key and where it comes from.
public struct ConfigSetting: Sendable, Hashable {
    public enum Content: Sendable, Hashable {
        case string(String)
        case strings([String])
    }

    /// The key as written there, with dots: `finance.database.url`.
    public var key: String
    public var content: Content
    public var source: ConfigSource

    public init(key: String, content: Content, source: ConfigSource) {
        self.key = key
        self.content = content
        self.source = source
    }
}

/// Something that holds configured values: the environment, a file.
public protocol ConfigProvider: Sendable {
    /// The value of a key, or nil when there is none here.
    ///
    /// - Throws: ``ConfigError`` when there is one that can't be read.
    func setting(forKey key: String, isSecret: Bool) throws -> ConfigSetting?

    /// All values below a key, each with the rest of its key.
    ///
    /// - Parameter environmentPrefix: how the names of the environment variables for them begin, if there may be any.
    /// - Throws: ``ConfigError`` when there is one that can't be read.
    func settings(underKey key: String, environmentPrefix: String?) throws -> [ConfigSetting]

    /// All values here that are meant for this program; none when that can't be told, as of the environment.
    var settings: [ConfigSetting] { get }

    /// Of all that is set here and meant for this program, what is not known.
    func unknownKeys(_ known: KnownConfigKeys) -> [UnknownConfigKey]

    /// How a person sets a key here, such as "set FINANCE_DATABASE_URL"; nil when they can't.
    func instruction(forKey key: String) -> String?
}

/// The spelling of keys. Two keys are one when their environment variables are.
enum ConfigKey {
    /// `finance.database.url` and `finance.database-url` are `FINANCE_DATABASE_URL`; `batchSize` is `BATCH_SIZE`.
    static func environmentName(_ key: String) -> String {
        var name = ""
        var previous: Character = "_"
        for character in key {
            if character.isLetter || character.isNumber {
                if character.isUppercase, previous.isLowercase || previous.isNumber { name += "_" }
                name += character.uppercased()
            } else {
                name += "_"
            }
            previous = character
        }
        return name
    }
}
