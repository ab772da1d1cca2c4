import Foundation
import Terminal
import Testing

@testable import Dataverse
@testable import dataverse_consumer
@testable import dataverse_producer
@testable import finance_consumer
@testable import ledgerbus
@testable import posting_consumer

struct DocumentationTests {
    @Test(
        "Every command and argument of every program says what it is, and every example parses",
        arguments: [
            Ledgerbus.self, DataverseProducer.self, DataverseConsumer.self, FinanceConsumer.self, PostingConsumer.self,
        ] as [any ParsableCommand.Type])
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

    private static let readme = Result { try String(contentsOfFile: "\(root)/README.md", encoding: .utf8) }

    @Test("Every command line in README parses")
    func commandsOfReadme() throws {
        let text = try Self.readme.get()
        let lines = text.matches(of: /(?:^|`|\$ )(ledgerbus [a-z][^`#\n]*)/.anchorsMatchLineEndings()).map {
            String($0.1)
        }
        #expect(lines.count > 20)
        for line in lines {
            let words = line.split(separator: " ").dropFirst().map(String.init)
            do { _ = try Ledgerbus.parseAsRoot(words) } catch is CleanExit {} catch {
                Issue.record("README has `\(line)`: \(error)")
            }
        }
    }

    @Test("Every file, suite and folder that README names is there")
    func pathsOfReadme() throws {
        let text = try Self.readme.get()
        var seen = 0
        for match in text.matches(of: /`((?:deploy|Topics|[A-Z][A-Za-z]*Tests|Bus|Dataverse|Finance)\/[A-Za-z.\/-]+)`/)
        {
            seen += 1
            let path = String(match.1)
            let places = ["\(path)", "Tests/\(path).swift", "Sources/\(path)", "\(path).swift"]
            #expect(
                places.contains { FileManager.default.fileExists(atPath: "\(Self.root)/\($0)") }, "README names \(path)"
            )
        }
        #expect(seen > 15)
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
}
