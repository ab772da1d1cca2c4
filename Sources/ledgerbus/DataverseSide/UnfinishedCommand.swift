import Bus
import Contracts
import Dataverse
import Service
import Terminal

extension DataverseCommand {
    struct Unfinished: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the tables of which a page says that there is more than has been loaded.",
            discussion: """
                Load the pages that follow, or the whole table again. When you know that nothing is missing, --close takes a \
                table for complete.
                """,
            examples: ["ledgerbus dataverse unfinished", "ledgerbus dataverse unfinished --close msdyn_actuals"])

        @Option(help: "Take this table for complete, by its name in the Web API.") var close: String?
        @OptionGroup var configuration: ConfigurationOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let reader = try configuration.reader()
            let connection =
                if let close {
                    try Side.dataverse.connect(
                        reader, for: OperatorRun(command: "dataverse unfinished --close", of: close))
                } else { try Side.dataverse.connect(reader) }
            if let close {
                let settings = try DataverseConfiguration(reader: reader, choices: ChoiceTables(reader: reader))
                guard try CloseTables(connection: connection, configuration: settings).close(close) != nil else {
                    throw ValidationError(
                        "\(close) is not unfinished; ledgerbus dataverse unfinished lists the tables that are.")
                }
            }
            let tables = try UnfinishedTables(connection: connection).tables()
            if output.json { return try JSONOutput.print(tables) }
            guard !tables.isEmpty else { return StandardStream.output.print("No table is unfinished.") }
            var table = Table(columns: ["table", "goes on after", .number("rows"), .number("of")])
            for row in tables { table.append(row.table, row.file, row.rows.grouped, row.count?.grouped ?? "") }
            table.print()
        }
    }
}
