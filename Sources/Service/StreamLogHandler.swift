import Foundation
import Text

/// Writes each log line whole to standard error, as text or as JSON.
///
///     2026-11-21T12:00:00.123Z info finance-consumer: caught up lag=0 topic=actual-created
public struct StreamLogHandler: LogHandler {
    public enum Format: String, Sendable, CaseIterable {
        /// `time level label: message key=value …`, values in quotes where needed.
        case text
        /// One JSON object a line: `time`, `level`, `label`, `message`, and the metadata beside them.
        case json
    }

    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]

    private let label: String
    private let format: Format
    private let now: @Sendable () -> Date
    private let write: @Sendable (String) -> Void

    public init(label: String, level: Logger.Level = .info, format: Format = .text) {
        self.init(label: label, level: level, format: format, now: { Date() }, write: Self.writeToStandardError)
    }

    init(
        label: String, level: Logger.Level, format: Format, now: @escaping @Sendable () -> Date,
        write: @escaping @Sendable (String) -> Void
    ) {
        logLevel = level
        self.label = label
        self.format = format
        self.now = now
        self.write = write
    }

    public func log(level: Logger.Level, message: Logger.Message, metadata: Logger.Metadata?) {
        let all = self.metadata.merging(metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let time = now().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        var line: String
        switch format {
        case .text:
            line = "\(time) \(level.rawValue) \(label): \(message.description.escaped)"
            for (key, value) in all { line += " \(key.escapedValue)=\(value.description.escapedValue)" }
        case .json:
            let fixed = [("time", time), ("level", level.rawValue), ("label", label), ("message", message.description)]
            let fields =
                fixed.map { "\($0.jsonQuoted):\($1.jsonQuoted)" }
                + all.map { key, value in
                    let name = fixed.contains { $0.0 == key } ? "metadata.\(key)" : key
                    return "\(name.jsonQuoted):\(value.json)"
                }
            line = "{\(fields.joined(separator: ","))}"
        }
        write(line + "\n")
    }

    /// In one call, so that lines of several threads don't mix.
    private static func writeToStandardError(_ line: String) {
        var line = line
        line.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = Foundation.write(2, rest.baseAddress, rest.count)
                if count < 0, errno != EINTR { return }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(max(count, 0)))
            }
        }
    }
}

extension Logger.MetadataValue {
    fileprivate var json: String {
        switch self {
        case .string(let text): text.jsonQuoted
        case .array(let values): "[\(values.map(\.json).joined(separator: ","))]"
        }
    }
}

extension String {
    /// As it is when it is one plain word, else in quotes.
    fileprivate var escapedValue: String {
        let isPlain =
            !isEmpty && !unicodeScalars.contains { $0 == " " || $0 == "\"" || $0 == "=" || $0 == "\\" }
            && escaped == self
        return isPlain ? self : "\"\(replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").escaped)\""
    }
}
