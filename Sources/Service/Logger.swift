import Synchronization

/// Writes log lines with a label and standing metadata. The names are swift-log's.
///
///     var logger = Logger(label: "finance-consumer")
///     logger[metadataKey: "partition"] = "\(partition)"
///     logger.info("caught up", metadata: ["lag": "0"])
public struct Logger: Sendable {
    /// How much a line matters.
    public enum Level: String, Sendable, CaseIterable, Comparable {
        case trace
        case debug
        case info
        case notice
        case warning
        case error
        case critical

        public static func < (first: Level, second: Level) -> Bool {
            first.rank < second.rank
        }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// What a line says, without the values that vary: those are metadata.
    public struct Message: Sendable, ExpressibleByStringInterpolation, CustomStringConvertible {
        public let description: String

        public init(stringLiteral value: String) {
            description = value
        }
    }

    /// One value of a line's metadata; a string literal will do.
    public enum MetadataValue: Sendable, Hashable, ExpressibleByStringInterpolation, CustomStringConvertible {
        case string(String)
        /// Several values, shown in brackets.
        case array([MetadataValue])

        public init(stringLiteral value: String) {
            self = .string(value)
        }

        public var description: String {
            switch self {
            case .string(let text): text
            case .array(let values): "[\(values.map(\.description).joined(separator: ", "))]"
            }
        }
    }

    public typealias Metadata = [String: MetadataValue]

    /// Who logs, such as `finance-consumer`.
    public let label: String

    /// Where the lines go.
    public var handler: any LogHandler

    /// - Parameter label: who logs. Lines go where ``LoggingSystem`` says.
    public init(label: String) {
        self.init(label: label, factory: LoggingSystem.handler)
    }

    /// - Parameters:
    ///   - label: who logs.
    ///   - factory: makes the handler for the label.
    public init(label: String, factory: (String) -> any LogHandler) {
        self.label = label
        handler = factory(label)
    }

    /// Lines below this level are dropped.
    public var logLevel: Level {
        get { handler.logLevel }
        set { handler.logLevel = newValue }
    }

    /// Metadata of every line of this logger.
    public subscript(metadataKey key: String) -> MetadataValue? {
        get { handler.metadata[key] }
        set { handler.metadata[key] = newValue }
    }

    /// Logs a line. The message and metadata are only made when the level is wanted.
    public func log(level: Level, _ message: @autoclosure () -> Message, metadata: @autoclosure () -> Metadata? = nil) {
        guard level >= logLevel else { return }
        handler.log(level: level, message: message(), metadata: metadata())
    }
}

extension Logger {
    /// What helps only while writing the program.
    public func trace(_ message: @autoclosure () -> Message, metadata: @autoclosure () -> Metadata? = nil) {
        log(level: .trace, message(), metadata: metadata())
    }

    /// What helps to find out why.
    public func debug(_ message: @autoclosure () -> Message, metadata: @autoclosure () -> Metadata? = nil) {
        log(level: .debug, message(), metadata: metadata())
    }

    /// What happened.
    public func info(_ message: @autoclosure () -> Message, metadata: @autoclosure () -> Metadata? = nil) {
        log(level: .info, message(), metadata: metadata())
    }

    /// What happened and is worth noticing, such as starting and stopping.
    public func notice(_ message: @autoclosure () -> Message, metadata: @autoclosure () -> Metadata? = nil) {
        log(level: .notice, message(), metadata: metadata())
    }

    /// What may need somebody's attention.
    public func warning(_ message: @autoclosure () -> Message, metadata: @autoclosure () -> Metadata? = nil) {
        log(level: .warning, message(), metadata: metadata())
    }

    /// What failed.
    public func error(_ message: @autoclosure () -> Message, metadata: @autoclosure () -> Metadata? = nil) {
        log(level: .error, message(), metadata: metadata())
    }

    /// What stops the program.
    public func critical(_ message: @autoclosure () -> Message, metadata: @autoclosure () -> Metadata? = nil) {
        log(level: .critical, message(), metadata: metadata())
    }
}

extension Logger.MetadataValue: ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: Logger.MetadataValue...) {
        self = .array(elements)
    }
}

/// Where log lines go.
public protocol LogHandler: Sendable {
    var logLevel: Logger.Level { get set }
    var metadata: Logger.Metadata { get set }

    /// Writes a line whose level is wanted; `metadata` is the line's own, and wins over the standing one.
    func log(level: Logger.Level, message: Logger.Message, metadata: Logger.Metadata?)
}

/// What ``Logger/init(label:)`` writes to: standard error unless told otherwise.
public enum LoggingSystem {
    private static let factory = Mutex<@Sendable (String) -> any LogHandler>({ StreamLogHandler(label: $0) })

    /// Decides where the lines of loggers made from now on go; the last call counts.
    public static func bootstrap(_ factory: @escaping @Sendable (String) -> any LogHandler) {
        self.factory.withLock { $0 = factory }
    }

    static func handler(label: String) -> any LogHandler {
        factory.withLock { $0 }(label)
    }
}

/// The metadata keys of this module's log lines.
public enum LogKey {
    public static let service = "service"
    public static let signal = "signal"
    public static let error = "error"
}
