import Foundation
import Testing

@testable import Terminal

struct CommandParserTests {
    private func parse<Command>(_ type: Command.Type, _ line: String) throws -> Command {
        try #require(try SampleTool.parseAsRoot(line.split(separator: " ").map(String.init)) as? Command)
    }

    private func message(_ line: String) -> String {
        do {
            _ = try SampleTool.parseAsRoot(line.split(separator: " ").map(String.init))
            return ""
        } catch let error as CommandError {
            #expect(SampleTool.exitCode(for: error) == .usage)
            return error.message
        } catch {
            return "\(error)"
        }
    }

    @Test func optionsTakeTheirValuesInAnyForm() throws {
        let list = try parse(SampleTool.List.self, "topics list --limit=5 -s paused --json --internal")
        #expect(list.limit == 5)
        #expect(list.state == .paused)
        #expect(list.output.json)
        #expect(list.internal)
        #expect(try parse(SampleTool.List.self, "topics list -qs running").isQuiet)
        #expect(try parse(SampleTool.List.self, "topics list -qsrunning").state == .running)
    }

    @Test func whatIsNotGivenHasItsDefault() throws {
        let list = try parse(SampleTool.List.self, "topics list")
        #expect(list.limit == 100)
        #expect(list.state == nil)
        #expect(!list.output.json && !list.internal && !list.isQuiet)
    }

    @Test func arraysCollectAndOptionsMayFollowArguments() throws {
        let apply = try parse(
            SampleTool.Apply.self, "topics apply a.yaml --property x=1 b.yaml --bootstrap-servers b:9092 --property y=2"
        )
        #expect(apply.files.map(\.lastPathComponent) == ["a.yaml", "b.yaml"])
        #expect(apply.property == ["x=1", "y=2"])
        #expect(apply.bootstrapServers == "b:9092")
    }

    @Test func afterADoubleDashEverythingIsAnArgument() throws {
        let copy = try parse(SampleTool.Copy.self, "copy -- --source --target")
        #expect(copy.source == "--source")
        #expect(copy.target == "--target")
    }

    @Test func aNegativeNumberIsAValue() throws {
        #expect(try parse(SampleTool.Copy.self, "copy a --offset -1").offset == -1)
    }

    @Test(
        "Arguments that don't fit are refused with what to do",
        arguments: [
            ("topics list --jsn", "unknown option '--jsn'; did you mean '--json'?"),
            ("topics list --everything-else", "unknown option '--everything-else'"),
            ("topic list", "unknown command 'topic'; did you mean 'topics'?"),
            ("--json topics", "unknown option '--json': options follow the name of a subcommand"),
            (
                "topics list --state stopped",
                "the value 'stopped' is invalid for '--state <state>': allowed are 'running', 'paused'"
            ),
            ("topics list --limit many", "the value 'many' is invalid for '--limit <limit>': expected a whole number"),
            ("topics list --limit", "missing value for '--limit <limit>'"),
            (
                "topics list --limit --json",
                "missing value for '--limit <limit>'; if it begins with a dash, write '--limit=--json'"
            ),
            ("topics list --json=yes", "'--json' takes no value"),
            ("topics list extra", "unexpected argument 'extra'"),
            ("topics apply a.yaml", "missing expected option '--bootstrap-servers <bootstrap-servers>'"),
            ("topics apply --bootstrap-servers b", "missing expected argument '<files>'"),
            ("copy a a", "the source and the target are the same"),
        ])
    func refusal(line: String, expected: String) {
        #expect(message(line) == expected)
    }

    @Test func aRefusalShowsTheUsageAndWhereToReadMore() {
        let error = #expect(throws: CommandError.self) { try SampleTool.parseAsRoot(["copy"]) }
        #expect(
            error?.description == """
                Error: missing expected argument '<source>'
                Usage: sample copy [--offset <offset>] <source> [<target>]
                  See 'sample copy --help' for more information.
                """)
    }

    @Test func errorsOfARunAreOneLineAndExitCodesAreKept() {
        struct Unwell: LocalizedError { var errorDescription: String? { "the database is unwell" } }
        #expect(SampleTool.fullMessage(for: Unwell()) == "Error: the database is unwell")
        #expect(SampleTool.exitCode(for: Unwell()) == .failure)
        #expect(SampleTool.exitCode(for: CommandFailure("x")) == .failure)
        #expect(SampleTool.exitCode(for: Interruption("x")) == .interrupted)
        #expect(SampleTool.exitCode(for: CancellationError()) == .interrupted)
        #expect(SampleTool.exitCode(for: ValidationError("x")) == .usage)
        #expect(SampleTool.exitCode(for: ExitCode(3)) == ExitCode(3))
        #expect(SampleTool.fullMessage(for: ExitCode(3)).isEmpty)
    }

    @Test func aCommandThatOnlyGroupsOthersShowsItsHelp() throws {
        var topics = try SampleTool.parseAsRoot(["topics"])
        let error = #expect(throws: CleanExit.self) { try topics.run() }
        #expect(SampleTool.fullMessage(for: try #require(error)).contains("USAGE: sample topics <subcommand>"))
    }

    @Test func anErrorCannotPassForAnotherLineOfTheProgram() {
        #expect(
            SampleTool.fullMessage(for: CommandFailure("no file a\u{1B}[2J\r\nDone."))
                == "Error: no file a\\u{1b}[2J\n  Done.")
        #expect(SampleTool.fullMessage(for: Interruption("Interrupted.\nDone.")) == "Interrupted.\n  Done.")
    }

    @Test func anErrorOfFoundationSaysWhichFileAndWhy() {
        do {
            _ = try Data(contentsOf: URL(fileURLWithPath: "/nowhere/at-all"))
            Issue.record("There is such a file.")
        } catch {
            #expect(SampleTool.fullMessage(for: error) == "Error: /nowhere/at-all: No such file or directory")
        }
        do {
            try Data().write(to: URL(fileURLWithPath: "/nowhere/at-all"))
            Issue.record("It could be written.")
        } catch {
            let message = SampleTool.fullMessage(for: error)
            #expect(message.contains("/nowhere/at-all") && message.hasSuffix("No such file or directory"), "\(message)")
        }
    }

    @Test func aFailureHasTheSameKeysForProgramsWhateverItIs() throws {
        #expect(
            SampleTool.failureReport(for: CommandFailure("no \"x\"\u{9B}"))
                == #"{"error":"no \"x\"\u009b","exitCode":1,"usage":null}"#)
        #expect(
            SampleTool.failureReport(for: Interruption("Interrupted."))
                == #"{"error":"Interrupted.","exitCode":130,"usage":null}"#)
        let error = try #require(
            #expect(throws: CommandError.self) { try SampleTool.parseAsRoot(["nonsense"]) })
        let report = try #require(SampleTool.failureReport(for: error))
        #expect(report.contains(#""exitCode":64,"usage":"sample "#), "\(report)")
        #expect(SampleTool.failureReport(for: ExitCode(2)) == nil)
        #expect(SampleTool.failureReport(for: CleanExit.message("1.2.3")) == nil)
    }
}
