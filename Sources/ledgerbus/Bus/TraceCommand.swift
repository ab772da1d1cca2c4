import Bus
import Operations
import Service
import Terminal

struct TraceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Show every hop of an invoice, actual, journal or message, where it is now, and why.",
        discussion: """
            Over both sides and the bus: captured, published (with topic, partition and offset of the last message), staged, \
            imported, asked for, posted, given back, written back; each with its table, time, and the seconds since the hop \
            before. An invoice of a million lines is summed up. What a source knows that is away is missing: it says so, and \
            exits with 1. The trace id is that of the header traceparent of all messages of an invoice.
            """,
        examples: [
            "ledgerbus trace INV-01103", "ledgerbus trace USV-000002561 --json",
            "ledgerbus trace abdb0985-461b-f011-8406-6995078986dc", "ledgerbus trace F12",
        ])

    @Argument(
        help: """
            An invoice's, actual's or event's id; a proforma's, proposal's, customer invoice's or journal's number; a voucher; or \
            an error's id, as errors list shows it.
            """)
    var id: String
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reader = try configuration.reader()
        let sources = Side.allCases.map { side in
            TraceSource(side) { (try side.connect(reader), try side.configuration(reader)) }
        }
        let finder = try? MessageFinder(Side.dataverse.configuration(reader))
        var subjects = try Trace.subjects(of: id, sources)
        if subjects.isEmpty, let error = ErrorID(argument: id) {
            subjects = try Trace.subjects(
                ofError: error.number, error.kind, prefix: error.side.letter, error.side, sources)
        }
        let traces = try subjects.map { try Trace($0, sources, finder: finder) }
        guard !traces.isEmpty else {
            let away = sources.compactMap(\.failure)
            throw CommandFailure(
                "Nothing has the id or number \(id)"
                    + (away.isEmpty ? "." : ", as far as can be asked: \(away.joined(separator: "; "))"))
        }
        if output.json { try JSONOutput.print(traces) } else { for trace in traces { show(trace) } }
        let missing = traces.flatMap(\.missing)
        guard missing.isEmpty else {
            throw CommandFailure("Not all could be asked: \(Set(missing).sorted().joined(separator: "; "))")
        }
    }

    private func show(_ trace: Trace) {
        let out = StandardStream.output
        let title = trace.title.isEmpty ? "" : ": \(trace.title)"
        let traceId = trace.traceId.map { ", trace \($0)" } ?? ""
        out.print("\(trace.kind) \(trace.id)\(title)\(traceId)")
        var table = Table(
            columns: [
                "side", "step", "table or topic", .number("rows"), "at", .number("after"), .number("partition"),
                .number("offset"), "state",
            ])
        for hop in trace.hops {
            table.append(
                hop.side, hop.step, hop.topic ?? hop.table, hop.rows.grouped, hop.last ?? "",
                hop.seconds.map { Duration.milliseconds(Int64($0 * 1_000)).readable } ?? "",
                hop.partition.map { "\($0)" } ?? "", hop.offset.map { "\($0)" } ?? "", hop.state ?? "")
        }
        table.print()
        if let now = trace.now { out.print("Now: \(now).") }
        for obstacle in trace.obstacles {
            out.print("\(obstacle.place.rawValue): \(obstacle.reason). Do: \(obstacle.cure)")
        }
    }
}
