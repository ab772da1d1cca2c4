import Bus
import Contracts
import Operations
import Service
import Testbed
import Testing

@testable import Database

/// Whether `reconcile` finds both sides in agreement after the main job, and names what disagrees when a row is changed by
/// hand.
@Suite(.serialized, .tags(.broker, .processes))
struct ReconcileTests {
    /// A bus on which the sample export was posted; its processes are gone.
    // Tests of the suite run one after the other.
    private nonisolated(unsafe) static let posted = Result<ProcessBus, any Error> {
        let test = try ProcessBus(on: .embedded)
        let demo = Demo(bus: test.bus, export: ProcessBus.export, shutdown: GracefulShutdown(), progress: { _, _ in })
        _ = try demo.run(isKept: false)
        test.remove()
        return test
    }

    private let test: ProcessBus

    init() throws { test = try Self.posted.get() }

    private func reconcile(_ change: (inout ReconciliationScope) -> Void = { _ in }) throws -> Reconciliation {
        var scope = ReconciliationScope()
        change(&scope)
        return try Reconciliation(scope, dataverse: test.dataverse, finance: test.finance, lagging: { [] })
    }

    @Test("Both sides agree after the main job, in number and amount, in total and per invoice")
    func clean() throws {
        let outcome = try reconcile()
        #expect(outcome.isClean, "\(outcome.disagreements)")
        #expect(outcome.underWay.isEmpty)
        #expect(!outcome.totals.isEmpty)
        for total in outcome.totals {
            #expect(total.dataverse == total.finance)
            #expect(total.dataverse.posted == total.dataverse.actuals && total.dataverse.actuals > 0)
        }
        #expect(outcome.invoices.count == 8)
        for line in outcome.invoices { #expect(line.outcome == "agrees" && line.dataverse == line.finance) }
        let skipped = try test.count(test.dataverse, "SELECT count(*) FROM actuals WHERE skip_sync")
        #expect(outcome.agreed.first { $0.what == "Skip Sync" }?.actuals == skipped)
    }

    @Test("Only a company, dates or one invoice are compared when they are named")
    func scope() throws {
        let all = try reconcile()
        let actuals = all.totals.reduce(0) { $0 + $1.dataverse.actuals }
        let companies = Set(all.totals.compactMap(\.company))
        let byCompany = try companies.map { company in
            try reconcile { $0.company = company }.totals.reduce(0) { $0 + $1.dataverse.actuals }
        }
        #expect(byCompany.reduce(0, +) == actuals)
        let day = try #require(CalendarDate("2026-10-15"))
        let before = try reconcile { $0.to = day }.totals.reduce(0) { $0 + $1.dataverse.actuals }
        let after = try reconcile { $0.from = day.adding(days: 1) }.totals.reduce(0) { $0 + $1.dataverse.actuals }
        #expect(before > 0 && after > 0 && before + after == actuals)
        let line = try #require(all.invoices.first)
        let one = try reconcile { $0.invoice = line.invoice }
        #expect(one.isClean && one.invoices.map(\.invoice) == [line.invoice])
        #expect(one.invoices.first?.dataverse == line.dataverse)
        #expect(throws: ReconciliationError.self) { try reconcile { $0.invoice = "NO-SUCH" } }
    }

    /// A row that is changed by hand.
    struct Break: CustomTestStringConvertible, Sendable {
        enum Target: String, Sendable {
            /// Posted by a journal: an unbilled sale that was invoiced.
            case unbilled = """
                SELECT unbilled_actual_id::text FROM project_invoice_lines
                WHERE unbilled_actual_id IS NOT NULL AND accrual_reversed <> 0 ORDER BY 1 LIMIT 1
                """
            /// Posted by an invoice.
            case billed = """
                SELECT actual_id::text FROM project_invoice_lines
                WHERE unbilled_actual_id IS NOT NULL AND accrual_reversed <> 0 ORDER BY unbilled_actual_id LIMIT 1
                """
            case invoice = "SELECT invoice_id::text FROM project_invoices ORDER BY 1 LIMIT 1"
            case voucher = "SELECT voucher FROM ledger_entries ORDER BY 1 LIMIT 1"
        }

        let testDescription: String
        let isInFinance: Bool
        let table: String
        /// With `$ID` for the target.
        let statement: String
        let target: Target
        /// What is said to differ.
        let says: String
        /// Whether rows that hang on the target disagree as well.
        var hasFollowers = false

        init(
            _ says: String, dataverse table: String, _ target: Target, _ statement: String, hasFollowers: Bool = false
        ) {
            self.init(says, false, table, target, statement, hasFollowers)
        }

        init(_ says: String, finance table: String, _ target: Target, _ statement: String, hasFollowers: Bool = false) {
            self.init(says, true, table, target, statement, hasFollowers)
        }

        private init(
            _ says: String, _ isInFinance: Bool, _ table: String, _ target: Target, _ statement: String,
            _ hasFollowers: Bool
        ) {
            self.says = says
            self.isInFinance = isInFinance
            self.table = table
            self.target = target
            self.statement = statement
            self.hasFollowers = hasFollowers
            testDescription = "\(isInFinance ? "Finance" : "Dataverse"): \(statement)"
        }
    }

    static let breaks = [
        Break(
            "amount", dataverse: "actuals", .unbilled, "UPDATE actuals SET amount = amount + 1 WHERE actual_id = '$ID'"),
        Break(
            "currency", dataverse: "actuals", .unbilled,
            """
            UPDATE actuals SET currency_id = (SELECT currency_id FROM currencies c WHERE c.currency_id <> actuals.currency_id
                LIMIT 1) WHERE actual_id = '$ID'
            """),
        Break(
            "type", dataverse: "actuals", .unbilled,
            "UPDATE actuals SET transaction_type = 'Cost' WHERE actual_id = '$ID'"),
        Break("unknown", dataverse: "actuals", .unbilled, "DELETE FROM actuals WHERE actual_id = '$ID'"),
        Break(
            "voucher", dataverse: "actuals", .unbilled, "UPDATE actuals SET skip_sync = true WHERE actual_id = '$ID'"),
        Break("voucher", dataverse: "settled_actuals", .billed, "INSERT INTO settled_actuals VALUES ('$ID')"),
        Break(
            "not written back", dataverse: "accounting_details", .unbilled,
            "DELETE FROM accounting_details WHERE actual_id = '$ID'"),
        Break(
            "voucher", dataverse: "accounting_details", .unbilled,
            "UPDATE accounting_details SET voucher = 'X' WHERE actual_id = '$ID'"),
        Break(
            "accounting date", dataverse: "accounting_details", .unbilled,
            "UPDATE accounting_details SET accounting_date = accounting_date + 1 WHERE actual_id = '$ID'"),
        Break(
            "exchange rate", dataverse: "accounting_details", .unbilled,
            "UPDATE accounting_details SET exchange_rate = exchange_rate + 1 WHERE actual_id = '$ID'"),
        Break(
            "accounting currency", dataverse: "accounting_details", .unbilled,
            "UPDATE accounting_details SET accounting_currency = 'XXX' WHERE actual_id = '$ID'"),
        Break(
            "accounting amount", dataverse: "accounting_details", .billed,
            "UPDATE accounting_details SET accounting_amount = accounting_amount + 0.01 WHERE actual_id = '$ID'"),
        Break(
            "sales tax", dataverse: "accounting_details", .billed,
            "UPDATE accounting_details SET sales_tax_amount = sales_tax_amount + 0.01 WHERE actual_id = '$ID'"),
        Break(
            "source", dataverse: "accounting_details", .unbilled,
            "UPDATE accounting_details SET source_number = 'X' WHERE actual_id = '$ID'"),
        Break(
            "customer invoice", dataverse: "posted_invoices", .invoice,
            "UPDATE posted_invoices SET customer_invoice_number = 'X' WHERE invoice_id = '$ID'"),
        Break(
            "invoice date", dataverse: "posted_invoices", .invoice,
            "UPDATE posted_invoices SET invoice_date = invoice_date + 1 WHERE invoice_id = '$ID'"),
        Break(
            "sales tax", dataverse: "posted_invoices", .invoice,
            "UPDATE posted_invoices SET sales_tax_amount = sales_tax_amount + 1 WHERE invoice_id = '$ID'"),
        Break(
            "not written back", dataverse: "posted_invoices", .invoice,
            "DELETE FROM posted_invoices WHERE invoice_id = '$ID'"),
        Break(
            "line amount", dataverse: "invoices", .invoice,
            "UPDATE invoices SET line_amount = line_amount + 1 WHERE invoice_id = '$ID'"),
        Break("unknown", dataverse: "invoices", .invoice, "DELETE FROM invoices WHERE invoice_id = '$ID'"),
        Break(
            "amount", finance: "actuals_staging", .unbilled,
            "UPDATE actuals_staging SET amount = amount + 1 WHERE actual_id = '$ID'"),
        Break(
            "currency", finance: "actuals_staging", .unbilled,
            "UPDATE actuals_staging SET currency = 'XXX' WHERE actual_id = '$ID'"),
        Break(
            "company", finance: "actuals_staging", .billed,
            "UPDATE actuals_staging SET data_area_id = 'xxxx' WHERE actual_id = '$ID'"),
        Break(
            "withdrawn", finance: "actuals_staging", .unbilled,
            "UPDATE actuals_staging SET withdrawn = true WHERE actual_id = '$ID'"),
        Break("missing", finance: "actuals_staging", .billed, "DELETE FROM actuals_staging WHERE actual_id = '$ID'"),
        Break(
            "invoice", finance: "actuals_staging", .billed,
            "UPDATE actuals_staging SET invoice_id = gen_random_uuid() WHERE actual_id = '$ID'"),
        Break(
            "voucher", finance: "integration_journal_lines", .unbilled,
            "UPDATE integration_journal_lines SET voucher = 'X' WHERE actual_id = '$ID'"),
        Break(
            "exchange rate", finance: "integration_journal_lines", .unbilled,
            "UPDATE integration_journal_lines SET exchange_rate = exchange_rate + 1 WHERE actual_id = '$ID'"),
        Break(
            "accounting amount", finance: "integration_journal_lines", .unbilled,
            "UPDATE integration_journal_lines SET accounting_amount = accounting_amount + 1 WHERE actual_id = '$ID'"),
        Break(
            "not posted", finance: "integration_journal_lines", .unbilled,
            "DELETE FROM integration_journal_lines WHERE actual_id = '$ID'"),
        Break(
            "rows", finance: "integration_journal_lines", .unbilled,
            "UPDATE integration_journal_lines SET amount = amount + 1 WHERE actual_id = '$ID'"),
        Break(
            "rows", finance: "project_transactions", .unbilled,
            "UPDATE project_transactions SET amount = amount + 1 WHERE actual_id = '$ID'"),
        Break(
            "rows", finance: "project_transactions", .unbilled,
            "UPDATE project_transactions SET voucher = 'X' WHERE actual_id = '$ID'"),
        Break(
            "sales tax", finance: "project_invoice_lines", .billed,
            "UPDATE project_invoice_lines SET sales_tax_amount = sales_tax_amount + 1 WHERE actual_id = '$ID'"),
        Break(
            "accounting amount", finance: "project_invoice_lines", .billed,
            "UPDATE project_invoice_lines SET accounting_amount = accounting_amount + 1 WHERE actual_id = '$ID'"),
        Break(
            "rows", finance: "project_invoice_lines", .billed,
            "UPDATE project_invoice_lines SET accrual_reversed = 0 WHERE actual_id = '$ID'"),
        Break(
            "rows", finance: "project_invoice_lines", .billed,
            "DELETE FROM project_invoice_lines WHERE actual_id = '$ID'"),
        Break(
            "lines", finance: "invoice_proposals", .invoice,
            "UPDATE invoice_proposals SET total_count = total_count + 1 WHERE invoice_id = '$ID'"),
        Break(
            "currency", finance: "invoice_proposals", .invoice,
            "UPDATE invoice_proposals SET currency = 'XXX' WHERE invoice_id = '$ID'"),
        Break(
            "line amount", finance: "invoice_proposals", .invoice,
            "UPDATE invoice_proposals SET line_amount = line_amount + 1 WHERE invoice_id = '$ID'"),
        Break(
            "customer invoice", finance: "project_invoices", .invoice,
            "UPDATE project_invoices SET customer_invoice_number = 'X' WHERE invoice_id = '$ID'"),
        Break(
            "voucher", finance: "project_invoices", .invoice,
            "UPDATE project_invoices SET voucher = 'X' WHERE invoice_id = '$ID'", hasFollowers: true),
        Break(
            "not posted", finance: "project_invoices", .invoice,
            "DELETE FROM project_invoices WHERE invoice_id = '$ID'", hasFollowers: true),
        Break(
            "balance", finance: "ledger_entries", .voucher,
            "UPDATE ledger_entries SET accounting_amount = accounting_amount + 1 WHERE voucher = '$ID' AND entry_number = 1"
        ),
    ]

    @Test("A row that is changed by hand is named, and nothing else", arguments: breaks)
    func broken(_ broken: Break) throws {
        let connection = broken.isInFinance ? test.finance : test.dataverse
        let id = try test.finance.value(String.self, broken.target.rawValue)
        try connection.executeScript(
            """
            SET session_replication_role = replica; CREATE TEMP TABLE saved AS TABLE \(broken.table);
            \(broken.statement.replacing("$ID", with: id))
            """)
        defer {
            try? connection.executeScript(
                """
                DELETE FROM \(broken.table); INSERT INTO \(broken.table) TABLE saved; DROP TABLE saved;
                SET session_replication_role = DEFAULT
                """)
        }
        let outcome = try reconcile()
        let named = outcome.disagreements.map { $0.id?.description ?? $0.number ?? "" }
        #expect(named.contains(id))
        if !broken.hasFollowers { #expect(Set(named) == [id], "\(outcome.disagreements)") }
        #expect(
            outcome.disagreements.contains {
                ($0.id?.description ?? $0.number) == id && $0.difference.what == broken.says
            }, "\(outcome.disagreements.map(\.difference))")
        #expect(outcome.disagreements.allSatisfy { !$0.difference.cure.isEmpty && !$0.difference.reason.isEmpty })
    }

    @Test("A surplus row of Finance is named")
    func surplus() throws {
        try test.finance.executeScript(
            """
            CREATE TEMP TABLE one AS SELECT * FROM actuals_staging ORDER BY actual_id LIMIT 1;
            UPDATE one SET actual_id = '00000000-0000-0000-0000-000000000001';
            INSERT INTO actuals_staging TABLE one
            """)
        defer {
            try? test.finance.executeScript(
                """
                DELETE FROM actuals_staging WHERE actual_id = '00000000-0000-0000-0000-000000000001';
                DROP TABLE one
                """)
        }
        let outcome = try reconcile()
        #expect(outcome.disagreements.map(\.difference.what) == ["unknown"])
        #expect(outcome.disagreements.first?.id == GUID(high: 0, low: 1))
    }

    @Test("What is on its way is counted apart, by the outbox or by the brokers")
    func underWay() throws {
        let id = try test.finance.value(String.self, Break.Target.unbilled.rawValue)
        try test.dataverse.executeScript(
            "CREATE TEMP TABLE saved AS SELECT * FROM accounting_details WHERE actual_id = '\(id)';"
                + "DELETE FROM accounting_details WHERE actual_id = '\(id)'")
        defer { try? test.dataverse.executeScript("INSERT INTO accounting_details TABLE saved; DROP TABLE saved") }
        func counts(_ lagging: Set<TopicName>) throws -> (disagreeing: Int, underWay: [String]) {
            let outcome = try Reconciliation(
                ReconciliationScope(), dataverse: test.dataverse, finance: test.finance, lagging: { lagging })
            return (outcome.disagreeing, outcome.underWay.map { "\($0.what) \($0.actuals)" })
        }
        #expect(try counts([]) == (1, []))
        #expect(try counts([.accountingDetail]) == (0, ["posted, on its way to Dataverse 1"]))
        try test.finance.executeScript(
            """
            INSERT INTO outbox_pending SELECT id, 1 FROM outbox
            WHERE topic = 'accounting-detail' AND convert_from(key, 'UTF8') = '\(id)'
            """)
        defer { try? test.finance.executeScript("DELETE FROM outbox_pending") }
        #expect(try counts([]) == (0, ["posted, on its way to Dataverse 1"]))
    }
}
