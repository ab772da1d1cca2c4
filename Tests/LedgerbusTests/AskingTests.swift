import Operations
import Service
import Testbed
import Testing

/// Every command that only asks, on databases that have gone the whole way.
@Suite(.tags(.broker, .processes, .long))
struct AskingTests {
    private static let commands = [
        "status", "reconcile", "reconcile --by-invoice", "why INV-01103", "errors", "errors list", "errors log",
        "audit", "retention apply --dry-run",
        "errors out-of-sync", "outbox list", "positions list", "topics list", "dataverse invoices",
        "dataverse invoices INV-01103", "dataverse actuals INV-01103", "dataverse lines INV-01103", "dataverse waiting",
        "dataverse unfinished", "dataverse out-of-sync", "dataverse retainers list", "dataverse recount --dry-run",
        "finance journals list", "finance journals show USPM-000044", "finance proposals list",
        "finance proposals show INV-01103", "finance invoices list", "finance blocked", "finance posted --all",
        "finance trial-balance", "finance trial-balance --per fiscal", "finance subledger USP-000101",
        "finance voucher USV-000001001", "finance work-in-progress", "finance work-in-progress --to 2026-10-31",
        "finance on-account", "finance sales-tax", "finance sequences list", "finance sequences gaps",
        "finance accrued-revenue detect", "finance accrued-revenue list", "finance lost-invoices list",
        "finance recount --dry-run", "finance export",
    ]

    @Test("Every command that only asks answers, as text and as JSON")
    func everyQuestionIsAnswered() throws {
        let test = try ProcessBus(on: .embedded)
        defer { test.remove() }
        let demo = Demo(bus: test.bus, export: ProcessBus.export, shutdown: GracefulShutdown(), progress: { _, _ in })
        _ = try demo.run(isKept: true)
        for command in Self.commands {
            let words = command.split(separator: " ").map(String.init)
            for form in [[], ["--json"]] where !(command == "finance export" && form == ["--json"]) {
                let answer = try ProcessBus.run(
                    "\(ProcessBus.binaries)/ledgerbus", words + form, environment: test.bus.environment)
                #expect(answer.status == 0, "\(command) \(form): \(answer.errors.prefix(500))")
                #expect(!answer.output.isEmpty, "\(command) \(form)")
            }
        }
    }
}
