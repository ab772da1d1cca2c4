import Contracts
import Dataverse
import Terminal

/// Where a request's rows come from.
struct RequestOptions: ParsableArguments {
    @Option(help: "A JSON array of rows, or a row a line; - for standard input.") var file: String?

    init() {}

    /// What the audit calls the request.
    var name: String { file.map { $0 == "-" ? "standard input" : $0 } ?? "all" }

    /// The sources; nil when none is named.
    func sources() throws -> [any PageSource]? { try file.map { try PageSources([$0]).sources } }

    /// - throws: `ValidationError` when none is named.
    func requiredSources() throws -> [any PageSource] {
        guard let sources = try sources() else {
            throw ValidationError("Give --file FILE, or --file - for standard input.")
        }
        return sources
    }
}

extension RequestReport {
    /// Prints what became of the rows: all when they are few, else those that were refused.
    func show(_ done: String) {
        StandardStream.output.print(
            "\(count(.done).grouped) \(done), \(count(.unchanged).grouped) unchanged, \(count(.refused).grouped) refused."
        )
        let shown = rows.count <= 50 ? rows.filter { $0.message != nil } : rows.filter { $0.outcome == .refused }
        guard !shown.isEmpty else { return }
        var table = Table(columns: [.number("row"), "what", "outcome", "message"])
        for row in shown.prefix(1_000) {
            table.append("\(row.row)", row.key ?? "", row.outcome.rawValue, row.message ?? "")
        }
        table.print()
        if shown.count > 1_000 {
            StandardStream.output.print("… and \((shown.count - 1_000).grouped) more; --json has all.")
        }
    }

    /// Prints what is to be published.
    func showPublished() {
        let topics = published.filter { $0.value > 0 }.sorted { $0.key.rawValue < $1.key.rawValue }
        guard !topics.isEmpty else { return }
        StandardStream.output.print(
            "To be published: \(topics.map { "\($0.value.grouped) \($0.key.rawValue)" }.joined(separator: ", ")).")
    }

    /// How many rows came to what.
    var counts: [String: Int] {
        ["done": count(.done), "unchanged": count(.unchanged), "refused": count(.refused)]
    }

    /// What programs read.
    var output: RequestOutput { RequestOutput(self) }
}

/// A request's report as JSON.
struct RequestOutput: Encodable {
    let done: Int
    let unchanged: Int
    let refused: Int
    let rows: [RowOutcome]
    let published: [String: Int]

    init(_ report: RequestReport) {
        (done, unchanged, refused) = (report.count(.done), report.count(.unchanged), report.count(.refused))
        rows = report.rows
        published = Dictionary(uniqueKeysWithValues: report.published.map { ($0.key.rawValue, $0.value) })
    }
}

extension RequestReport {
    /// Prints the report, and fails when a row was refused.
    func finish(_ output: OutputOptions) throws {
        if output.json {
            try JSONOutput.print(self.output)
        } else {
            show("done")
            showPublished()
        }
        if hasRefusals { throw ExitCode.failure }
    }
}
