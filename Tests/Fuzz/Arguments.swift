import Foundation
import Terminal

/// Command lines of any kind: words are parted by line feeds.
func fuzzArguments(_ bytes: UnsafeRawBufferPointer) {
    let words = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
    do {
        _ = try Tool.parseAsRoot(words)
    } catch {
        precondition(!Tool.fullMessage(for: error).isEmpty)
    }
}

/// A tool with arguments of every kind.
private struct Tool: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tool", abstract: "Do.", examples: ["tool list --json"], version: "1.0",
        subcommands: [List.self, Copy.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List.", examples: ["tool list --json"])

        enum State: String, CaseIterable, ExpressibleByArgument {
            case running
            case paused
        }

        @OptionGroup var output: OutputOptions
        @Option(name: .shortAndLong, help: "A state.") var state: State?
        @Option(help: "A number.") var limit = 100
        @Flag(name: .custom(short: "q", long: "quiet"), help: "Say less.") var isQuiet = false
        @Argument(help: "Files.") var files: [URL] = []
    }

    struct Copy: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Copy.", examples: ["tool copy a b"])

        @Option(help: "Properties.") var property: [String] = []
        @Argument(help: "From where.") var source: String
        @Argument(help: "To where.") var target: String?
    }
}
