import Foundation
import Text

/// A set of arguments, options and flags that commands share through ``OptionGroup``.
public protocol ParsableArguments: Sendable {
    init()

    /// Checks what the types cannot; called after parsing and before `run`.
    ///
    /// - Throws: ``ValidationError`` with a sentence for the user.
    mutating func validate() throws
}

extension ParsableArguments {
    public mutating func validate() throws {}
}

/// A command of a command-line tool, declared with ``Argument``, ``Option``, ``Flag`` and ``OptionGroup`` properties.
///
/// For example:
///
///     @main
///     struct Greet: ParsableCommand {
///         static let configuration = CommandConfiguration(
///             abstract: "Greet somebody.", examples: ["greet --times 2 Ann"])
///         @Option(help: "How often.") var times = 1
///         @Argument(help: "Whom to greet.") var name: String
///         func run() { for _ in 0..<times { print("Hello, \(name)!") } }
///     }
///
/// `run` is called on the main thread, where it may block.
public protocol ParsableCommand: ParsableArguments {
    static var configuration: CommandConfiguration { get }

    /// Does the work. The default shows the help: right for a command that only groups others.
    ///
    /// - Throws: any error, printed on stderr with exit code 1, a ``CommandFailure`` if there is no better one;
    ///   ``Interruption``; ``ExitCode`` for another code without a message.
    mutating func run() throws
}

extension ParsableCommand {
    public mutating func run() throws {
        throw CleanExit.helpRequest(Self.self)
    }
}

/// A command whose work is asynchronous, such as one that runs services.
public protocol AsyncParsableCommand: ParsableCommand {
    /// Does the work.
    ///
    /// - Throws: as ``ParsableCommand/run()``.
    mutating func run() async throws
}

extension ParsableCommand {
    static var commandName: String {
        configuration.commandName ?? String(describing: Self.self).dashed
    }

    /// Parses the process's arguments, runs the command that they name, and exits.
    @MainActor
    public static func main() async {
        await main(Array(CommandLine.arguments.dropFirst()))
    }

    /// Parses the arguments (without the program's name), runs the command that they name, and exits.
    @MainActor
    public static func main(_ arguments: [String]) async {
        // A reader that has seen enough (`| head`) shows as EPIPE where we write, and is no error there.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            exit()
        } catch {
            exit(withError: error, asJSON: arguments.prefix { $0 != "--" }.contains("--json"))
        }
    }

    /// Parses the arguments with this type as the root and gives back the command that they name, not yet run.
    ///
    /// - Throws: ``CommandError`` for arguments that don't fit, ``CleanExit`` for `--help` and the like.
    public static func parseAsRoot(_ arguments: [String]) throws -> any ParsableCommand {
        try CommandParser(root: self).parse(arguments)
    }

    /// Parses the arguments of this very command, not of a subcommand.
    ///
    /// - Throws: as ``parseAsRoot(_:)``; also when the arguments name a subcommand.
    public static func parse(_ arguments: [String]) throws -> Self {
        guard let command = try parseAsRoot(arguments) as? Self else {
            throw ValidationError("The arguments name a subcommand of '\(commandName)'.")
        }
        return command
    }

    /// Prints what the error has to say (help on stdout, errors on stderr) and exits with its code.
    ///
    /// - Parameter isJSON: whether programs read it: an error is then one line of JSON, `{"error":…,"exitCode":…,"usage":…}`.
    public static func exit(withError error: (any Error)? = nil, asJSON isJSON: Bool = false) -> Never {
        guard let error else { Foundation.exit(0) }
        let text = isJSON ? failureReport(for: error) ?? fullMessage(for: error) : fullMessage(for: error)
        let code = exitCode(for: error)
        if !text.isEmpty {
            (code == .success ? StandardStream.output : StandardStream.error).write(text + "\n")
        }
        Foundation.exit(code.rawValue)
    }

    /// What ``exit(withError:asJSON:)`` prints for an error. Lines of it that came from elsewhere are indented, so that they
    /// can't pass for the program's own.
    public static func fullMessage(for error: any Error) -> String {
        switch error {
        case let clean as CleanExit: clean.message(root: self)
        case is ExitCode: ""
        case let usage as CommandError: usage.description
        case is CancellationError, is Interruption: describe(error).escapedLines(indentation: "  ")
        default: "Error: \(describe(error).escapedLines(indentation: "  "))"
        }
    }

    /// The error for programs, in one line; nil when it has no message, or is none.
    static func failureReport(for error: any Error) -> String? {
        switch error {
        case is CleanExit, is ExitCode: nil
        case let usage as CommandError:
            FailureReport(error: usage.message, exitCode: exitCode(for: error).rawValue, usage: usage.usage).line
        default: FailureReport(error: describe(error), exitCode: exitCode(for: error).rawValue, usage: nil).line
        }
    }

    /// The code with which ``exit(withError:asJSON:)`` leaves.
    public static func exitCode(for error: any Error) -> ExitCode {
        switch error {
        case is CleanExit: .success
        case let code as ExitCode: code
        case is CommandError, is ValidationError: .usage
        case is CancellationError, is Interruption: .interrupted
        default: .failure
        }
    }

    /// The help of a command at or below this one.
    ///
    /// - Parameters:
    ///   - command: the command; this one when nil.
    ///   - columns: where lines wrap.
    public static func helpMessage(for command: (any ParsableCommand.Type)? = nil, columns: Int = 100) -> String {
        HelpMessage(path: path(to: command ?? self) ?? [command ?? self]).render(columns: columns)
    }

    static func path(to command: any ParsableCommand.Type) -> [any ParsableCommand.Type]? {
        if command == Self.self { return [self] }
        for subcommand in configuration.subcommands {
            if let rest = subcommand.path(to: command) { return [self] + rest }
        }
        return nil
    }
}

/// The error in the words of who made it. Foundation's errors have none that help.
func describe(_ error: any Error) -> String {
    switch error {
    case let error as CocoaError:
        let path = error.filePath ?? error.url?.path
        let reason = (error.underlying as? POSIXError).map { String(cString: strerror($0.code.rawValue)) }
        return [path ?? "a file", reason ?? "it can't be read or written (\(error.code.rawValue))"]
            .joined(separator: ": ")
    case let error as POSIXError: return String(cString: strerror(error.code.rawValue))
    case is CancellationError: return "Interrupted."
    case let error as any LocalizedError: return error.errorDescription ?? String(describing: error)
    default: return String(describing: error)
    }
}
