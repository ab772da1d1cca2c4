import Text

/// The code with which a process leaves; throw it from `run` to leave without a message.
public struct ExitCode: Error, RawRepresentable, Hashable, Sendable {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    public init(_ code: Int32) {
        rawValue = code
    }

    /// 0.
    public static let success = ExitCode(0)

    /// 1: the command ran and failed.
    public static let failure = ExitCode(1)

    /// 2: the command ran, and what it compared differs.
    public static let difference = ExitCode(2)

    /// 64 (`EX_USAGE`): the arguments don't fit the command.
    public static let usage = ExitCode(64)

    /// 130: Ctrl-C or SIGTERM ended it.
    public static let interrupted = ExitCode(130)
}

/// A sentence for the user about arguments that don't fit together, for `validate`. Exit code 64.
public struct ValidationError: Error, CustomStringConvertible, Sendable {
    public let message: String

    public init(_ message: String) {
        self.message = message
    }

    public var description: String { message }
}

/// Arguments that don't fit the command, with its usage and where to read more. Exit code 64.
public struct CommandError: Error, CustomStringConvertible, Sendable {
    /// What is wrong, in one sentence.
    public let message: String

    /// The command's usage line, without the `Usage:`.
    public let usage: String

    /// The command as typed, such as `ledgerbus topics apply`.
    public let command: String

    public var description: String {
        """
        Error: \(message.escapedLines(indentation: "  "))
        Usage: \(usage)
          See '\(command) --help' for more information.
        """
    }
}

/// An early end that is no failure: prints to stdout with exit code 0.
public enum CleanExit: Error, Sendable {
    /// The help of a command.
    case helpRequest(any ParsableCommand.Type)

    /// Any text, such as the version.
    case message(String)

    func message(root: any ParsableCommand.Type) -> String {
        switch self {
        case .helpRequest(let command): root.helpMessage(for: command, columns: StandardStream.output.columns ?? 100)
        case .message(let text): text
        }
    }
}
