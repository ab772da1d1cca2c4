import Text

/// What a stream prints: this program's own words, which stand as they are written, and values between them, which are
/// escaped.
///
///     StandardStream.output.print("key      \(message.key)")
///
/// A value is on one line, whatever is in it, and cannot move the cursor. A stream takes nothing else, so nothing that
/// came from outside reaches a terminal unescaped.
public struct PrintedText: Sendable, ExpressibleByStringInterpolation {
    let text: String

    public init(stringLiteral text: String) {
        self.text = text
    }

    public init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
    }

    /// A value of several lines, which are kept; all but the first begin with the indentation.
    public init(lines: String, indentation: String = "") {
        text = lines.escapedLines(indentation: indentation)
    }

    /// What this module has put together, with every value in it escaped.
    init(escaped text: String) {
        self.text = text
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        var text = ""

        public init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 8 * interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            text += value.description.escaped
        }

        public mutating func appendInterpolation(_ part: PrintedText) {
            text += part.text
        }
    }
}
