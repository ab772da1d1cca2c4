import Testing

@testable import Terminal

struct HelpMessageTests {
    @Test func aCommandsHelpHasItsOptionsValuesDefaultsAndExamples() {
        #expect(
            SampleTool.helpMessage(for: SampleTool.List.self, columns: 80) == """
                OVERVIEW: List the topics.

                Those of the prefix alone.

                USAGE: sample topics list [--json] [--state <state>] [--limit <limit>]
                    [--internal] [--quiet]

                OPTIONS:
                  --json                  Print one JSON document instead of text.
                  -s, --state <state>     Only those in this state. (values: running, paused)
                  --limit <limit>         How many at most. (default: 100)
                  --internal              Show internal topics.
                  -q, --quiet             Say less.
                  -h, --help              Show this help.

                EXAMPLES:
                  sample topics list --state running
                  KAFKA_BOOTSTRAP_SERVERS=b:9092 sample topics list --json | jq .
                """)
    }

    @Test func theRootsHelpHasItsSubcommands() {
        #expect(
            SampleTool.helpMessage(columns: 80) == """
                OVERVIEW: Look after topics.

                USAGE: sample <subcommand>

                OPTIONS:
                  --version               Show the version.
                  -h, --help              Show this help.

                SUBCOMMANDS:
                  topics                  Create and compare topics.
                  copy                    Copy.

                EXAMPLES:
                  sample topics list --json

                  See 'sample help <subcommand>' for the help of a subcommand.
                """)
    }

    @Test(arguments: [
        "topics list --help", "topics list -h", "help topics list", "topics help list", "topics list --limit 3 -h",
    ])
    func helpIsReachedFromAnywhere(line: String) throws {
        let error = #expect(throws: CleanExit.self) {
            try SampleTool.parseAsRoot(line.split(separator: " ").map(String.init))
        }
        #expect(SampleTool.fullMessage(for: try #require(error)).hasPrefix("OVERVIEW: List the topics."))
    }

    @Test func theVersionIsARootOption() throws {
        let error = #expect(throws: CleanExit.self) { try SampleTool.parseAsRoot(["--version"]) }
        #expect(SampleTool.fullMessage(for: try #require(error)) == "1.2.3")
    }

    @Test func theSampleIsFullyDocumented() {
        #expect(SampleTool.documentationProblems().isEmpty)
    }

    @Test func missingDocumentationIsNamed() {
        struct Bare: ParsableCommand {
            static let configuration = CommandConfiguration(abstract: "", examples: ["bare --such"])
            @Flag var plain = false
            @Option(name: .customLong("plain"), help: "The same name.") var other: String?
        }
        #expect(
            Bare.documentationProblems() == [
                "bare: no abstract",
                "bare: the example 'bare --such' does not parse: unknown option '--such'",
                "bare: no help for --plain",
                "bare: --plain is declared twice",
            ])
    }

    @Test(arguments: [
        ("bootstrapServers", "bootstrap-servers"), ("databaseURL", "database-url"), ("URLList", "url-list"),
        ("json", "json"),
    ])
    func swiftNamesBecomeOptionNames(name: String, option: String) {
        #expect(name.dashed == option)
    }
}
