import Bus
import Contracts
import Testbed
import Testing

@testable import Database
@testable import Finance

/// Sales tax groups are editable until posting, and nothing else is (`domain.md` §6.10.9, §6.13).
@Suite("Sales tax that a person sets")
struct SalesTaxEditTests {
    let world: FinanceWorld
    var editing: SalesTaxEditing { SalesTaxEditing(company: "usmf", user: "accountant", connection: world.connection) }

    init() throws { world = try FinanceWorld(setup: FinanceWorld.postingSetup) }

    private func line(_ number: Int, item: String) -> SalesTaxChange {
        SalesTaxChange(line: .number(number), itemSalesTaxGroup: .group(item))
    }

    /// The item group of each line of a table.
    private func itemGroups(_ table: String) throws -> [String] {
        try world.texts(
            "SELECT coalesce(item_sales_tax_group, '-') FROM \(table) ORDER BY line_number")
    }

    /// A change of set-up that makes every line anew.
    private func changeSetup(_ statement: String = "UPDATE exchange_rates SET rate = rate + 1") throws {
        try world.connection.executeScript(statement)
        try world.importAll()
    }

    @Test("On a journal line, it is kept when the line is made anew, and the proposal line of the sale has it")
    func journalLine() throws {
        let sales = try world.journal("J", [.unbilled("100"), .unbilled("200")])
        let number = world.number("J")
        let edited = try editing.setJournalLines([line(2, item: "ONE")], of: number)
        #expect(edited.map(\.lineNumber) == [2])
        #expect(edited.map(\.before.itemSalesTaxGroup) == [nil] && edited.map(\.after?.itemSalesTaxGroup) == ["ONE"])
        #expect(edited[0].after?.salesTaxGroup == "EVERY")
        try changeSetup()
        #expect(try itemGroups("integration_journal_lines") == ["-", "ONE"])
        #expect(try world.post(.journal, "J") == .init(status: "Posted"))
        try world.proposal(
            "P", zip(["100", "200"], sales).map { ProposalLineSample(amount: $0, unbilled: $1) })
        #expect(
            try world.texts("SELECT coalesce(item_sales_tax_group, '-') FROM invoice_proposal_lines ORDER BY amount")
                == ["-", "ONE"])
        #expect(try world.post(.proposal, "P") == .init(status: "Posted"))
        #expect(try world.text("SELECT sales_tax_amount::numeric(9, 2)::text FROM project_invoices") == "15.00")
        #expect(try world.text("SELECT edited_by FROM sales_tax_edits") == "accountant")
    }

    @Test("On a proposal line, posting computes the tax of it, and it is kept when the lines are made anew")
    func proposalLine() throws {
        try world.proposal("P", ["100", "200", "400"].map { ProposalLineSample(amount: $0, tax: "BOTH") })
        let byAmount = try world.texts("SELECT line_number::text FROM invoice_proposal_lines ORDER BY amount")
            .compactMap { Int($0) }
        try editing.setProposalLines(
            [
                line(byAmount[0], item: "CITYONLY"),
                SalesTaxChange(line: .number(byAmount[1]), salesTaxGroup: .none),
            ], of: "P")
        try changeSetup()
        #expect(
            try world.texts(
                "SELECT concat_ws(' ', coalesce(sales_tax_group, '-'), item_sales_tax_group) FROM invoice_proposal_lines ORDER BY amount"
            )
                == ["EVERY CITYONLY", "- BOTH", "EVERY BOTH"])
        #expect(try world.post(.proposal, "P") == .init(status: "Posted"))
        // 2.13 of 100; none of 200; 8.50 and 30 of 400.
        #expect(
            try world.texts(
                "SELECT concat_ws(' ', sales_tax_code, base_amount, tax_amount) FROM sales_tax_transactions ORDER BY 1")
                == ["CITY 500.0000 10.6300", "STATE 400.0000 30.0000"])
    }

    @Test(
        "What is set is forgotten by a reset, and by deleting the journal: the next import gives the groups of set-up")
    func reset() throws {
        try world.journal("J", [.unbilled("100"), .unbilled("200")])
        let number = world.number("J")
        try editing.setJournalLines([line(1, item: "ONE"), line(2, item: "ONE")], of: number)
        let edited = try editing.setJournalLines([SalesTaxChange(line: .number(1), isReset: true)], of: number)
        #expect(edited.map(\.after) == [nil])
        try world.importAll()
        #expect(try itemGroups("integration_journal_lines") == ["-", "ONE"])
        _ = try JournalDeletion.delete(number, of: "usmf", on: world.connection)
        try world.importAll()
        #expect(try itemGroups("integration_journal_lines") == ["-", "-"])
        #expect(try world.count("sales_tax_edits") == 0)

        try world.proposal("P", [ProposalLineSample(amount: "100", tax: "BOTH")])
        try editing.setProposalLines([line(1, item: "ONE")], of: "P")
        try editing.setProposalLines([SalesTaxChange(line: .number(1), isReset: true)], of: "P")
        #expect(try world.post(.proposal, "P").error?.contains("import-from-staging") == true)
        try world.importAll()
        #expect(try itemGroups("invoice_proposal_lines") == ["BOTH"])
        try editing.setProposalLines([line(1, item: "ONE")], of: "P")
        _ = try ProposalChange("P", of: "usmf", on: world.connection).deleteLines(requestedBy: "accountant")
        try world.importAll()
        #expect(try itemGroups("invoice_proposal_lines") == ["BOTH"])
    }

    @Test("A milestone's is set until its proposal has lines, and not after")
    func milestone() throws {
        try world.connection.executeScript("UPDATE project_parameters SET milestone_item_sales_tax_group = 'ONE'")
        var held = ProposalLineSample(amount: "5000")
        (held.transactionClass, held.method, held.project) = (.milestone, .fixedPrice, "FPBAL")
        // It waits for its billed sales to agree.
        let milestone = try world.proposal("P", isReady: true, [held])[0]
        let refusal = #expect(throws: SalesTaxEditRefusal.self) {
            try editing.setProposalLines([line(1, item: "BOTH")], of: "P")
        }
        #expect(
            refusal?.reason.contains("is a milestone, whose sales tax is set before its proposal has lines") == true)
        let change = SalesTaxChange(line: .actual(milestone), itemSalesTaxGroup: .group("BOTH"))
        let late = #expect(throws: SalesTaxEditRefusal.self) { try editing.setMilestones([change]) }
        #expect(late?.reason.contains("is a line of proposal P already") == true)

        try world.connection.executeScript(
            "DELETE FROM invoice_proposal_lines; UPDATE invoice_proposals SET status = 'Open'")
        let edited = try editing.setMilestones([change])
        #expect(edited.map(\.before) == [SalesTaxGroups(salesTaxGroup: "EVERY", itemSalesTaxGroup: "ONE")])
        try InvoiceCheckStore(connection: world.connection).mark(
            .init(
                company: "usmf",
                invoiceId: try world.connection.value(GUID.self, "SELECT invoice_id FROM invoice_proposals")))
        try world.importAll()
        #expect(try itemGroups("invoice_proposal_lines") == ["BOTH"])
    }

    @Test("A group that set-up knows no more is given up for that of set-up, and the log says so")
    func unknownLater() throws {
        try world.journal("J", [.unbilled("100")])
        try editing.setJournalLines([line(1, item: "CITYONLY")], of: world.number("J"))
        try changeSetup(
            """
            DELETE FROM item_sales_tax_groups WHERE item_sales_tax_group = 'CITYONLY';
            UPDATE project_categories SET item_sales_tax_group = 'ONE'
            """)
        #expect(try itemGroups("integration_journal_lines") == ["ONE"])
        #expect(
            try world.count("execution_log", "message LIKE 'the item sales tax group CITYONLY that was set on%'") == 1)
        #expect(try world.count("sales_tax_edits") == 0)
    }

    @Test(
        "What cannot be set is refused with its reason, and nothing is set",
        arguments: [
            ([3], "ONE", "journal USPM-000001 has no line 3"), ([1], "ONE", "line 1 is a cost"),
            ([2, 2], "ONE", "line 2 is given a second time"),
            ([2], "NOSUCH", "company usmf has no item sales tax group NOSUCH"),
            ([2, 3, 1], "ONE", "has no line 3; line 1 is a cost, and costs have no sales tax; nothing was set"),
        ])
    func refused(numbers: [Int], group: String, reason: String) throws {
        try world.journal("J", [.cost("10"), .unbilled("100")])
        let refusal = #expect(throws: SalesTaxEditRefusal.self) {
            try editing.setJournalLines(numbers.map { line($0, item: group) }, of: world.number("J"))
        }
        #expect(refusal?.reason.contains(reason) == true, "\(refusal?.reason ?? "")")
        #expect(try itemGroups("integration_journal_lines") == ["-", "-"])
        #expect(try world.count("sales_tax_edits") == 0)
    }

    @Test("Of what is posted, of a credit, and of a proposal without lines nothing is set")
    func late() throws {
        let billed = try world.proposal("P1", [ProposalLineSample(amount: "100", tax: "ONE")])
        try world.post(.proposal, "P1")
        try world.proposal("P2", [ProposalLineSample(amount: "-100", reversing: billed[0], tax: "ONE")])
        try world.proposal("P3", arrives: false, [.typed("5")])
        for (proposal, reason) in [
            ("P1", "proposal P1 is Invoiced"), ("P2", "takes a line of an earlier invoice back"),
            ("P3", "proposal P3 has no lines yet"), ("P4", "company usmf has no proposal P4"),
        ] {
            let refusal = #expect(throws: SalesTaxEditRefusal.self) {
                try editing.setProposalLines([line(1, item: "BOTH")], of: proposal)
            }
            #expect(refusal?.reason.contains(reason) == true, "\(refusal?.reason ?? "")")
        }
        let journal = try world.text("SELECT journal_number FROM integration_journals WHERE status = 'Posted' LIMIT 1")
        #expect(throws: SalesTaxEditRefusal.self) {
            try editing.setJournalLines([line(1, item: "BOTH")], of: journal)
        }
    }

    @Test("Many lines are set in JSON: a group that is left out stays, null is none")
    func json() throws {
        let text = """
            [{"line": 3, "salesTaxGroup": "DOM", "itemSalesTaxGroup": null}, {"line": 4, "reset": true},
             {"actualId": "\(id(7))", "itemSalesTaxGroup": "FULL"}]
            """
        #expect(
            try SalesTaxChange.list(parsing: Array(text.utf8), name: "edits.json") == [
                SalesTaxChange(
                    line: .number(3), salesTaxGroup: .group("DOM"), itemSalesTaxGroup: SalesTaxChange.Setting.none),
                SalesTaxChange(line: .number(4), isReset: true),
                SalesTaxChange(line: .actual(id(7)), itemSalesTaxGroup: .group("FULL")),
            ])
    }

    @Test(
        "JSON that says something else is refused by item and key",
        arguments: [
            ("{}", "edits.json must be a list of lines"), ("[]", "edits.json must be a list of lines"),
            ("[", "edits.json: "),
            ("[7]", "edits.json: item 1 is no object"),
            (
                #"[{"line": 1, "salesTaxGroup": "A"}, {"line": 2, "price": "5"}]"#,
                #"item 2 has a key "price": only the two"#
            ),
            (#"[{"salesTaxGroup": "A"}]"#, "item 1 needs either line or actualId"),
            (#"[{"line": 0, "salesTaxGroup": "A"}]"#, "line must be a line number"),
            (#"[{"actualId": "x", "salesTaxGroup": "A"}]"#, "actualId must be an id"),
            (#"[{"line": 1, "salesTaxGroup": 5}]"#, "salesTaxGroup must be a group's name, or null for none"),
            (#"[{"line": 1}]"#, "needs groups to set, or a reset"),
            (#"[{"line": 1, "reset": true, "salesTaxGroup": "A"}]"#, "needs groups to set, or a reset, and not both"),
            (#"[{"line": 1, "reset": 1}]"#, "reset must be true or false"),
        ])
    func badJSON(text: String, reason: String) throws {
        let refusal = #expect(throws: SalesTaxEditRefusal.self) {
            try SalesTaxChange.list(parsing: Array(text.utf8), name: "edits.json")
        }
        #expect(refusal?.reason.contains(reason) == true, "\(refusal?.reason ?? "")")
    }
}
