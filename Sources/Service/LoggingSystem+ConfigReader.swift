/// How lines are logged.
public struct LogSettings: Sendable, Hashable {
    public let level: Logger.Level
    public let format: StreamLogHandler.Format

    /// Reads `log.level` (info) and `log.format` (text or json).
    ///
    /// - Throws: ``ConfigError`` when either is none of the allowed values.
    public init(reader: ConfigReader) throws {
        level = try reader.value(forKey: "log.level", default: Logger.Level.info)
        format = try reader.value(forKey: "log.format", default: StreamLogHandler.Format.text)
    }

    /// What can be told before the configuration is read, or when it cannot be: the environment's format, if it is one.
    public init(environment: [String: String]) {
        level = .info
        format = environment["LOG_FORMAT"].flatMap(StreamLogHandler.Format.init) ?? .text
    }
}

extension LoggingSystem {
    /// Writes to standard error from now on.
    public static func bootstrap(_ settings: LogSettings) {
        bootstrap { StreamLogHandler(label: $0, level: settings.level, format: settings.format) }
    }

    /// Writes to standard error from now on, as the configuration says.
    ///
    /// - Throws: ``ConfigError`` when it says what is not allowed.
    public static func bootstrap(from config: ConfigReader) throws {
        bootstrap(try LogSettings(reader: config))
    }
}
