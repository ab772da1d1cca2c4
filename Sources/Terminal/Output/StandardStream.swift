import Foundation

/// The process's standard output or standard error.
public enum StandardStream: Int32, Sendable {
    case output = 1
    case error = 2

    /// Whether a person is looking at it.
    public var isTerminal: Bool { isatty(rawValue) == 1 }

    /// The terminal's width in characters; nil when it is no terminal.
    public var columns: Int? {
        guard isTerminal else { return nil }
        var size = winsize()
        guard ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Whether colours and bold are wanted: a terminal, and `NO_COLOR` not set (no-color.org).
    public var isStyled: Bool {
        isTerminal && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
    }

    /// Writes a line.
    public func print(_ line: PrintedText = "") {
        write(line.text + "\n")
    }

    /// Empties a terminal, for what is shown again and again.
    public func clear() {
        write("\u{1B}[H\u{1B}[2J" as String)
    }

    /// Writes text without ending the line.
    public func write(_ text: PrintedText) {
        write(text.text)
    }

    /// Writes text, in order with what Swift's `print` has written.
    ///
    /// When the reader of standard output has gone (`| head`), there is nothing left to do: the process leaves with code 0.
    func write(_ text: String) {
        if self == .output { fflush(nil) }
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = Foundation.write(rawValue, rest.baseAddress, rest.count)
                if count >= 0 {
                    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
                } else if errno == EPIPE, self == .output {
                    _exit(0)
                } else if errno != EINTR {
                    return
                }
            }
        }
    }
}
