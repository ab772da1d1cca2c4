import Database
import Foundation
import Operations
import Service
import Terminal

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Show the whole way of an invoice, on an embedded broker and a private PostgreSQL.",
        discussion: """
            Loads a sample export, confirms a draft, relays, stages, imports, posts and writes back, with the processes that \
            a real installation runs, and prints what happened. --keep leaves it running to look into; --stop ends that.
            """,
        examples: ["ledgerbus demo", "ledgerbus demo --keep", "ledgerbus demo --stop"])

    @Option(help: "The folder of the sample export.") var export = "deploy/export"
    @Option(help: "The folder of the demo's databases and logs.") var directory: String?
    @Flag(help: "Leave broker, databases and processes running.") var keep = false
    @Flag(help: "End what an earlier demo left running, and remove its folder.") var stop = false
    @OptionGroup var output: OutputOptions

    private var folder: String { directory ?? "/tmp/ledgerbus-demo-\(getuid())" }

    func run() throws {
        if stop { return try end() }
        guard FileManager.default.fileExists(atPath: "\(export)/finance.yaml") else {
            throw CommandFailure(
                "\(export) is no sample export: it has no finance.yaml. Name its folder with --export.")
        }
        _ = try PrivateBus.stopLeftovers(in: folder)
        try removeFolder()
        let shutdown = GracefulShutdown()
        let trap = SignalTrap(requesting: shutdown)
        defer { trap.cancel() }
        let binaries = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
        let bus = try PrivateBus(directory: folder, options: PrivateBus.Options(binaries: binaries))
        do {
            let report = try Demo(bus: bus, export: export, shutdown: shutdown, progress: show).run(isKept: keep)
            if !keep { try finish(bus) }
            if output.json { try JSONOutput.print(report) } else { DemoPrint(report: report).print() }
            if report.invoices.contains(where: { $0.customerInvoice == nil }) { throw ExitCode.failure }
        } catch {
            bus.stop()
            if error is CancellationError {
                try? removeFolder()
                throw Interruption("Interrupted; nothing is left running.")
            }
            StandardStream.error.print("The logs are in \(folder).")
            throw error
        }
    }

    private func show(_ step: String, _ left: Int?) {
        guard !output.json, left == nil else { return }
        StandardStream.error.print("… \(step)")
    }

    private func finish(_ bus: PrivateBus) throws {
        bus.stop()
        try removeFolder()
    }

    private func end() throws {
        let stopped = try PrivateBus.stopLeftovers(in: folder)
        try removeFolder()
        StandardStream.output.print(
            stopped.isEmpty ? "Nothing was running." : "Stopped \(stopped.joined(separator: ", ")).")
    }

    private func removeFolder() throws {
        guard try PrivateFolder.existing(folder) != nil else { return }
        try FileManager.default.removeItem(atPath: folder)
    }
}

/// The demo's report for people.
struct DemoPrint {
    let report: DemoReport

    func print() {
        let out = StandardStream.output
        var invoices = Table(
            columns: [
                "company", "proforma", "customer", .number("lines"), .number("amount"), .number("tax"),
                .number("total"),
                "currency", "customer invoice", "voucher", "actuals updated",
            ])
        for invoice in report.invoices {
            invoices.append(
                invoice.company, invoice.proforma, invoice.customer, invoice.lines.grouped,
                invoice.amount.groupedDecimal,
                invoice.salesTax.groupedDecimal, invoice.total.groupedDecimal, invoice.currency,
                invoice.customerInvoice ?? invoice.waitingFor ?? "", invoice.voucher ?? "", invoice.actualsUpdated)
        }
        invoices.print()
        out.print()
        var topics = Table(columns: ["topic", .number("messages")])
        for topic in report.topics { topics.append(topic.name, Int(topic.messages).grouped) }
        topics.print()
        out.print()
        var steps = Table(columns: ["step", "what it does", .number("seconds")])
        for step in report.steps {
            steps.append(step.name, step.what, String(format: "%.2f", step.seconds))
        }
        steps.print()
        out.print()
        if report.isKept {
            out.print(
                """
                Everything is left running. Look into it, for example:
                  kcat -b \(report.bootstrapServers) -L
                  kcat -b \(report.bootstrapServers) -t invoice-posted -C -o beginning -e -f '%k %h\\n%s\\n'
                  psql '\(report.financeURL)' -c 'SELECT * FROM ledger_entries LIMIT 10'
                  psql '\(report.dataverseURL)' -c 'SELECT * FROM accounting_details LIMIT 10'
                The processes' logs are in \(report.directory). End it with: deploy/demo --stop
                """)
        } else {
            out.print("To look into the databases and topics, run it with --keep: deploy/demo --keep")
        }
    }
}
