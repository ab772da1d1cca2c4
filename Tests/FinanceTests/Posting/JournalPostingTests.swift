import Contracts
import Testbed
import Testing

@testable import Database
@testable import Finance

/// The journal rows of `domain.md` §6.12, one test a row and profile.
@Suite("Posting journals")
struct JournalPostingTests {
    let world: FinanceWorld

    init() throws { world = try FinanceWorld(setup: FinanceWorld.postingSetup) }

    private func entries(_ line: JournalLineSample) throws -> [String] {
        try world.journal("J", [line])
        #expect(try world.post(.journal, "J").status == "Posted")
        return try world.entries("J-1")
    }

    @Test(
        "Cost of time: Dr cost, Cr payroll allocation, on every profile", arguments: ["WIP", "PLAIN", "FPPL", "FPBAL"])
    func costOfTime(project: String) throws {
        #expect(
            try entries(.cost("50", project: project))
                == ["cost \(project) 50.00 50.00", "payroll-allocation \(project) -50.00 -50.00"])
    }

    @Test(
        "Cost of an expense: Dr cost, Cr expense offset, on every profile",
        arguments: ["WIP", "PLAIN", "FPPL", "FPBAL"])
    func costOfExpense(project: String) throws {
        #expect(
            try entries(.cost("50", .expense, project: project))
                == ["cost \(project) 50.00 50.00", "expense-offset \(project) -50.00 -50.00"])
    }

    @Test("Cost of material: Dr cost, Cr item offset")
    func costOfMaterial() throws {
        #expect(try entries(.cost("50", .material)) == ["cost WIP 50.00 50.00", "item-offset WIP -50.00 -50.00"])
    }

    @Test(
        "Unbilled sales with WIP: Dr WIP sales value, Cr accrued revenue",
        arguments: [TransactionClass.time, .expense, .material, .fee])
    func unbilledWithWIP(transactionClass: TransactionClass) throws {
        #expect(
            try entries(.unbilled("75", transactionClass))
                == ["wip-sales-value WIP 75.00 75.00", "accrued-revenue-sales-value WIP -75.00 -75.00"])
        #expect(try world.text("SELECT accrued::text FROM project_transactions") == "true")
    }

    @Test("Unbilled sales without WIP: a voucher, no ledger entries")
    func unbilledWithoutWIP() throws {
        #expect(try entries(.unbilled("75", project: "PLAIN")) == [])
        #expect(
            try world.text("SELECT voucher || ' ' || accrued FROM project_transactions")
                == "\(world.voucher("J-1")) false")
        #expect(try world.count("outbox", "topic = 'accounting-detail'") == 1)
    }

    @Test(
        "Non-chargeable and complimentary unbilled sales: a voucher, no ledger entries (§9.9)",
        arguments: [BillingType.nonChargeable, .complimentary])
    func notChargeable(billingType: BillingType) throws {
        #expect(try entries(.unbilled("75", billingType: billingType)) == [])
        #expect(try world.count("project_transactions", "voucher = '\(world.voucher("J-1"))' AND NOT accrued") == 1)
    }

    @Test("A retainer's unbilled row: a voucher, no ledger entries (§9.11)")
    func retainer() throws {
        #expect(try entries(.unbilled("-500", .retainer)) == [])
    }

    @Test("Resourcing unit cost is a cost without a project transaction (§6.9)")
    func resourcingUnitCost() throws {
        #expect(
            try entries(JournalLineSample(type: .resourcingUnitCost, billingType: .notAvailable, amount: "40"))
                == ["cost - 40.00 40.00", "payroll-allocation - -40.00 -40.00"])
        #expect(try world.count("project_transactions") == 0)
    }

    @Test("Inter-organizational sales accrue without a project transaction (§6.9, §9.21)")
    func interOrganizationalSales() throws {
        #expect(
            try entries(JournalLineSample(type: .interOrganizationalSales, project: "PLAIN", amount: "60"))
                == ["wip-sales-value - 60.00 60.00", "accrued-revenue-sales-value - -60.00 -60.00"])
        #expect(try world.count("project_transactions") == 0)
    }

    @Test("E1: 8 h at cost 100 and bill 200 make a cost of 800 and an accrual of 1,600")
    func e1() throws {
        try world.journal("E1", [.cost("800"), .unbilled("1600")])
        #expect(try world.post(.journal, "E1") == .init(status: "Posted"))
        #expect(try world.entries("E1-1") == ["cost WIP 800.00 800.00", "payroll-allocation WIP -800.00 -800.00"])
        #expect(
            try world.entries("E1-2")
                == ["wip-sales-value WIP 1600.00 1600.00", "accrued-revenue-sales-value WIP -1600.00 -1600.00"])
        #expect(try world.text("SELECT status FROM integration_journals") == "Posted")
    }

    @Test("A reversal does what its original did, even when the profile has changed since")
    func reversal() throws {
        let original = try world.journal("J1", [.unbilled("1600")])[0]
        try world.post(.journal, "J1")
        try world.connection.executeScript("UPDATE accounting_profiles SET time_and_material = 'no-wip'")
        try world.journal("J2", [.unbilled("-1600", reversing: original), .unbilled("10")])
        try world.post(.journal, "J2")
        #expect(
            try world.entries("J2-1")
                == ["wip-sales-value WIP -1600.00 -1600.00", "accrued-revenue-sales-value WIP 1600.00 1600.00"])
        #expect(try world.entries("J2-2") == [])
        #expect(try world.balance(.wipSalesValue) == "0.00")
    }

    @Test("A foreign line is booked in both currencies, and its detail carries rate and amount")
    func foreignCurrency() throws {
        #expect(
            try entries(.unbilled("75", currency: "EUR"))
                == ["wip-sales-value WIP 75.00 82.91", "accrued-revenue-sales-value WIP -75.00 -82.91"])
        let detail = try world.text("SELECT convert_from(payload, 'UTF8') FROM outbox")
        #expect(detail.contains(#""exchangeRate":"110.5500000000""#))
        #expect(detail.contains(#""accountingAmount":"82.9100""#))
        #expect(detail.contains(#""salesTaxAmount":"0.0000""#))
        #expect(detail.contains(#""source":"journal""#))
    }

    @Test("The account of the project comes before that of the category and of the company (§9.19)")
    func mostSpecificAccount() throws {
        try world.connection.executeScript(
            """
            INSERT INTO posting_accounts VALUES
                ('usmf', 'cost', 'project', 'WIP', '5001'), ('usmf', 'cost', 'category', 'Work', '5002')
            """)
        try world.journal("J", [.cost("50"), .cost("50", project: "PLAIN")])
        try world.post(.journal, "J")
        #expect(
            try world.connection.query(
                "SELECT main_account FROM ledger_entries WHERE posting_type = 'cost' ORDER BY voucher"
            ).map { try $0.string(0) } == ["5001", "5002"])
    }

    @Test("When no line can be posted the journal is in error, with the reason of each; reset to draft, it is posted")
    func noGoodLine() throws {
        try world.connection.executeScript(
            "DELETE FROM posting_accounts WHERE posting_type IN ('item-offset', 'expense-offset')")
        try world.journal("J", [.cost("2", .material), .cost("3", .expense)])
        let outcome = try world.post(.journal, "J", chunk: 1)
        #expect(outcome.status == "Error")
        #expect(
            outcome.error?.contains(
                "journal \(world.number("J")) was not posted, because of 2 of its lines: line 1:") == true)
        #expect(try world.text("SELECT status || posting_error FROM integration_journals").hasPrefix("Error"))
        #expect(try world.count("integration_journal_lines", "error IS NOT NULL") == 2)
        #expect(try world.rowsPosted() == 0)
        #expect(
            try world.count("execution_log", "level = 'error' AND subject = 'usmf journal \(world.number("J"))'") == 1)

        try world.connection.executeScript(
            """
            INSERT INTO posting_accounts VALUES ('usmf', 'item-offset', 'company', '', '1');
            DELETE FROM integration_journal_lines WHERE line_number = 2;
            """)
        #expect(try world.post(.journal, "J").error?.contains("finance journals reset \(world.number("J"))") == true)
        #expect(try world.text("SELECT posting_error FROM integration_journals").contains("because of 2 of its lines"))
        try world.reset("J")
        #expect(try world.post(.journal, "J", chunk: 1) == .init(status: "Posted"))
        #expect(try world.count("integration_journal_lines", "error IS NOT NULL") == 0)
        #expect(try world.text("SELECT status || coalesce(posting_error, '') FROM integration_journals") == "Posted")
        #expect(try world.count("project_transactions") == 1)
    }

    @Test(
        "Lines that cannot be posted move to a journal of their own, and hold no good line up", arguments: [1, 2, 100])
    func badLines(chunk: Int) throws {
        try world.connection.executeScript(
            "DELETE FROM posting_accounts WHERE posting_type IN ('item-offset', 'expense-offset')")
        try world.journal("J", [.cost("1"), .cost("2", .material), .cost("3", .expense), .cost("4")])
        let outcome = try world.post(.journal, "J", chunk: chunk)
        #expect(outcome.status == "Posted")
        #expect(
            outcome.note?.hasPrefix(
                "posted without 2 lines, now in journal USPM-000002: line 2 of USPM-000001: company usmf has no account"
            )
                == true, "\(outcome.note ?? "")")
        #expect(try world.count("project_transactions") == 2)
        #expect(try world.count("ledger_entries") == 4)
        #expect(
            try world.texts(
                """
                SELECT concat_ws(' ', journal_number, status, line_count, original_journal_number, period_start)
                FROM integration_journals ORDER BY 1
                """) == ["USPM-000001 Posted 2 2026-01-01", "USPM-000002 Error 2 USPM-000001 2026-01-01"])
        #expect(try JournalSummary.list(world.connection).map(\.originalJournalNumber) == [nil, "USPM-000001"])
        #expect(
            try world.texts(
                """
                SELECT concat_ws(' ', journal_number, line_number, error_code) FROM integration_journal_lines
                ORDER BY journal_number, line_number
                """) == [
                    "USPM-000001 1", "USPM-000001 4", "USPM-000002 1 no-posting-account",
                    "USPM-000002 2 no-posting-account",
                ])
        #expect(try world.count("number_sequence_gaps") == 0)
        #expect(try world.count("execution_log", "level = 'error' AND message LIKE '%USPM-000002%'") == 1)
    }

    @Test(
        "What was set apart is posted with its own voucher when its cause is gone and it is reset, or comes back when it is deleted"
    )
    func setApart() throws {
        try world.connection.executeScript(
            "DELETE FROM posting_accounts WHERE posting_type IN ('item-offset', 'expense-offset')")
        try world.journal("J", [.cost("1"), .cost("2", .material), .cost("3", .expense)])
        try world.post(.journal, "J")
        world.journals["Apart"] = ("USPM-000002", world.journals["J"]?.actuals ?? [])
        try world.connection.executeScript(
            "INSERT INTO posting_accounts VALUES ('usmf', 'item-offset', 'company', '', '1')")
        try world.reset("Apart")
        #expect(try world.post(.journal, "Apart").note?.contains("now in journal USPM-000003") == true)
        #expect(try world.entries("J-2") == ["cost WIP 2.00 2.00", "item-offset WIP -2.00 -2.00"])
        #expect(
            try world.text("SELECT original_journal_number FROM integration_journals WHERE status = 'Error'")
                == "USPM-000002")
        #expect(try JournalDeletion.delete("USPM-000003", of: "usmf", on: world.connection) == 1)
        #expect(try world.importAll().journals.map(\.lines) == [1])
    }

    @Test("A line whose period was closed after its import is not posted in it, and the others are")
    func closedPeriod() throws {
        try world.journal("J1", date: "2026-03-31", [.unbilled("1")])
        try world.journal("J2", date: "2026-04-01", [.unbilled("2")])
        try world.closeMarch()
        let outcome = try world.post(.journal, "J1")
        #expect(outcome.status == "Error")
        #expect(
            outcome.error?.contains("its accounting date 2026-03-31 is in a period that is closed; open the period")
                == true)
        #expect(try world.post(.journal, "J2").status == "Posted")
        #expect(try world.rowsPosted() == 5)
    }

    @Test("A period that is closed while a journal is posted in it takes no more entries")
    func overtakenByClosing() throws {
        try world.journal("J", date: "2026-03-31", [.unbilled("1"), .unbilled("2")])
        let command = try world.request(.journal, "J")
        let url = world.database.url
        let worker = world.worker(chunk: 1) { rows in
            guard rows == 2 else { return }
            try Connection(url: url, applicationName: "other").executeScript(FinanceWorld.closingMarch)
        }
        #expect(try worker.workOnce(world.connection))
        #expect(try world.outcome(of: command).error?.contains("2026-03-31 is in a period that is closed") == true)
        #expect(try world.rowsPosted() == 0)
    }

    @Test("Other changes of set-up do not disturb a posting")
    func otherChange() throws {
        try world.journal("J", [.unbilled("1")])
        let command = try world.request(.journal, "J")
        let url = world.database.url
        let worker = world.worker(chunk: 1) { _ in
            try Connection(url: url, applicationName: "other").executeScript("UPDATE line_properties SET name = 'x'")
        }
        #expect(try worker.workOnce(world.connection))
        #expect(try world.outcome(of: command) == .init(status: "Posted"))
        #expect(try world.count("ledger_entries") == 2)
    }

    @Test("A journal that is not there, or has no lines, is an error that says so")
    func nothingToPost() throws {
        #expect(try world.post(.journal, "NONE").error?.contains("no journal NONE") == true)
        try world.journal("EMPTY", [.cost("1")])
        try world.connection.execute("DELETE FROM integration_journal_lines")
        #expect(try world.post(.journal, "EMPTY").error?.contains("has no lines") == true)
    }

    @Test("A journal that was posted before ends as posted, and nothing is posted twice")
    func alreadyPosted() throws {
        try world.journal("J", [.cost("1"), .unbilled("2")])
        try world.post(.journal, "J")
        let rows = try world.rowsPosted()
        #expect(
            try world.post(.journal, "J")
                == .init(status: "Posted", note: "journal \(world.number("J")) was already posted"))
        #expect(try world.rowsPosted() == rows)
    }

    @Test("Open proposals of the journal's contracts are looked at again")
    func invoicesToCheck() throws {
        try world.proposal("P1", arrives: false, [.typed("1")])
        try world.proposal("P2", contract: "C-2", arrives: false, [.typed("1")])
        try world.proposal("P3", [])
        try world.journal("J", [.unbilled("1")])
        try world.post(.journal, "J")
        #expect(
            try world.text(
                "SELECT string_agg(proposal_number, ' ') FROM invoices_to_check JOIN invoice_proposals USING (data_area_id, invoice_id)"
            )
                == "P1")
    }

    @Test("The database itself refuses a voucher that does not balance")
    func unbalancedVoucher() throws {
        #expect(throws: DatabaseError.self) {
            try world.connection.execute(
                """
                INSERT INTO ledger_entries VALUES
                    ('usmf', 'V', 1, '2026-01-01', 'cost', '1', NULL, 'USD', 10, 10),
                    ('usmf', 'V', 2, '2026-01-01', 'payroll-allocation', '2', NULL, 'USD', -10, -9.99)
                """)
        }
    }
}
