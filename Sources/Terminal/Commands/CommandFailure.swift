import Text

/// Why a command could not be carried out, in a sentence for the user. Exit code 1.
public struct CommandFailure: Error, CustomStringConvertible, Sendable {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}

/// Ctrl-C or SIGTERM ended the command; a sentence for the user about what is left. Exit code 130.
public struct Interruption: Error, CustomStringConvertible, Sendable {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}

/// A failure as programs read it from standard error, when the command was given `--json`: one line, with the same keys
/// always.
struct FailureReport {
    let error: String
    let exitCode: Int32
    /// The command's usage when the arguments don't fit it.
    let usage: String?

    var line: String {
        #"{"error":\#(error.jsonQuoted),"exitCode":\#(exitCode),"usage":\#(usage?.jsonQuoted ?? "null")}"#
    }
}
