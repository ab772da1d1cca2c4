import Terminal
import Testing

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
}
