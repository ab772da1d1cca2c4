extension LoggingSystem {
    /// Writes to standard error from now on, as `log.level` (info) and `log.format` (text or json) say.
    ///
    /// - Throws: ``ConfigError`` when either is none of the allowed values.
    public static func bootstrap(from config: ConfigReader) throws {
        let level = try config.value(forKey: "log.level", default: Logger.Level.info)
        let format = try config.value(forKey: "log.format", default: StreamLogHandler.Format.text)
        bootstrap { StreamLogHandler(label: $0, level: level, format: format) }
    }
}
