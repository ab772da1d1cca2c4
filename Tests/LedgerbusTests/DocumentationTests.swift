import Bus
import Foundation
import Processes
import Terminal
import Testing

@testable import Dataverse
@testable import ledgerbus

struct DocumentationTests {
    private static let programs: [any ParsableCommand.Type] = [
        Ledgerbus.self, DataverseProducer.self, DataverseConsumer.self, FinanceConsumer.self, PostingConsumer.self,
    ]

    @Test(
        "Every command and argument of every program says what it is, and every example parses",
        arguments: programs)
    func documented(program: any ParsableCommand.Type) {
        #expect(program.documentationProblems() == [])
    }

    @Test("Every command that does something takes --json")
    func json() {
        func leaves(_ command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
            let subcommands = command.configuration.subcommands
            return subcommands.isEmpty ? [command] : subcommands.flatMap(leaves)
        }
        let commands = leaves(Ledgerbus.self)
        #expect(commands.count > 25)
        for command in commands { #expect(Ledgerbus.helpMessage(for: command).contains("--json"), "\(command)") }
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../..").standardizedFileURL.path

    private static let readme = Result { try document("README.md") }

    /// What people read, with how many command lines and how many paths it names at the least.
    private static let documents = [("README.md", 20, 15), ("deploy/HANDBOOK.md", 15, 3)]

    private static func document(_ path: String) throws -> String {
        try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
    }

    @Test("Every command line in README and in the handbook parses", arguments: documents)
    func commands(document: String, commands: Int, paths: Int) throws {
        let text = try Self.document(document)
        let pattern = /(?:^|`|\$ )(?:sudo )?(ledgerbus [a-z-][^`#&|\n]*|[a-z]+-(?:producer|consumer) --[^`#&|\n]*)/
        let lines = text.matches(of: pattern.anchorsMatchLineEndings()).map { String($0.1) }
        #expect(lines.count > commands)
        for line in lines {
            let words = line.split(separator: " ").map { $0.trimmingCharacters(in: ["'", "\""]) }
            let program = try #require(Self.programs.first { $0.configuration.commandName == words[0] }, "\(line)")
            do { _ = try program.parseAsRoot(Array(words.dropFirst())) } catch is CleanExit {} catch {
                Issue.record("\(document) has `\(line)`: \(error)")
            }
        }
    }

    @Test("Every file, suite and folder that README and the handbook name is there", arguments: documents)
    func paths(document: String, commands: Int, paths: Int) throws {
        let text = try Self.document(document)
        var seen = 0
        for match in text.matches(of: /`((?:deploy|Topics|[A-Z][A-Za-z]*Tests|Bus|Dataverse|Finance)\/[A-Za-z.\/-]+)`/)
        {
            seen += 1
            let path = String(match.1)
            let places = ["\(path)", "Tests/\(path).swift", "Sources/\(path)", "\(path).swift"]
            #expect(
                places.contains { FileManager.default.fileExists(atPath: "\(Self.root)/\($0)") },
                "\(document) names \(path)")
        }
        #expect(seen >= paths)
    }

    @Test("README lists the tables that are captured, and no others")
    func tablesOfReadme() throws {
        let text = try Self.readme.get()
        let start = try #require(text.range(of: "What is captured")).upperBound
        let paragraph = text[start...].prefix(upTo: try #require(text[start...].range(of: "\n\n")).lowerBound)
        let named = paragraph.matches(of: /`([a-z_]+)`/).map { String($0.1) }
        #expect(named.count == 16)
        #expect(Set(named) == Set(CapturedTable.rows.map { $0.entitySet }))
    }

    @Test("Every variable that config check shows has its row in README")
    func variablesOfReadme() throws {
        let text = try Self.readme.get()
        let result = try ProcessBus.run("\(ProcessBus.binaries)/ledgerbus", ["config", "check", "--offline"])
        let keys = result.output.split(separator: "\n").dropFirst(2).compactMap { $0.split(separator: " ").first }
        #expect(keys.count > 10)
        for key in keys where !key.hasPrefix("dataverse.columns.") {
            let variable = key.uppercased().replacing(".", with: "_")
            #expect(text.contains("`\(variable)`"), "README lacks \(variable)")
        }
    }

    @Test("Every unit that the handbook names is shipped, and every unit that is shipped runs a program of ours")
    func units() throws {
        let folder = "\(Self.root)/deploy/systemd"
        let shipped = try FileManager.default.contentsOfDirectory(atPath: folder)
        let named = try Self.document("deploy/HANDBOOK.md").matches(
            of: /ledgerbus-[a-z-]+(?:@[0-9%a-z]*)?\.(?:service|timer)|ledgerbus\.target/
        ).map { String($0.0).replacing(/@[0-9a-z]*/, with: "@") }
        #expect(named.count > 3)
        for unit in named { #expect(shipped.contains(unit), "the handbook names \(unit)") }
        for unit in shipped where unit.hasSuffix(".service") {
            let commands = try Self.document("deploy/systemd/\(unit)").matches(of: /ExecStart=\/usr\/bin\/(.+)/)
            #expect(!commands.isEmpty, "\(unit)")
            for command in commands {
                let words = command.1.split(separator: " ").map(String.init)
                let program = try #require(Self.programs.first { $0.configuration.commandName == words[0] }, "\(unit)")
                #expect(throws: Never.self, "\(unit): \(command.0)") {
                    try program.parseAsRoot(Array(words.dropFirst()))
                }
            }
        }
    }

    @Test(
        "Every variable that the handbook, the units, the container, compose file and manifests name is one that is read"
    )
    func variablesOfDeployment() throws {
        let result = try ProcessBus.run(
            "\(ProcessBus.binaries)/ledgerbus", ["config", "check", "--offline"],
            environment: ["KAFKA_BOOTSTRAP_SERVERS": "localhost:9"])
        let keys = result.output.split(separator: "\n").dropFirst(2).compactMap { $0.split(separator: " ").first }
        let read: Set = ["LEDGERBUS_CONFIG", "LEDGERBUS_ACTOR"]
        let known = Set(keys.map { $0.uppercased().replacing(/[.-]/, with: "_") }).union(read)
        var files = ["HANDBOOK.md"]
        for folder in ["systemd", "compose", "container", "kubernetes"] {
            let paths = try FileManager.default.subpathsOfDirectory(atPath: "\(Self.root)/deploy/\(folder)")
            files += paths.map { "\(folder)/\($0)" }
        }
        var seen: Set<String> = []
        for file in files {
            guard let text = try? Self.document("deploy/\(file)") else { continue }
            let pattern =
                /\b(?:KAFKA|DATAVERSE|FINANCE|POSTING|LOG|HTTP|ALERTS?|TOPICS|RETENTION|LEDGERBUS)_[A-Z_]*[A-Z]\b/
            for match in text.matches(of: pattern) where !match.0.hasPrefix("KAFKA_PROPERTY_") {
                let variable = match.0.hasSuffix("_FILE") ? match.0.dropLast(5) : match.0
                seen.insert(String(variable))
                #expect(known.contains(String(variable)), "deploy/\(file) names \(match.0)")
            }
        }
        #expect(seen.count > 3)
    }

    @Test("The operator's tool is every process by its name, as packages link it", arguments: Program.services)
    func oneFileOfManyNames(program: Program) throws {
        let folder = NSTemporaryDirectory() + "ledgerbus-names-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let link = "\(folder)/\(program.rawValue)"
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: "\(ProcessBus.binaries)/ledgerbus")
        let called = try ProcessBus.run(link, ["--help"])
        let built = try ProcessBus.run("\(ProcessBus.binaries)/\(program.rawValue)", ["--help"])
        #expect(called.status == 0)
        #expect(called.output == built.output)
        #expect(called.output.contains("USAGE: \(program.rawValue)"))
        #expect(try ProcessBus.run(link, ["--version"]).output == Program.version + "\n")
    }
}
