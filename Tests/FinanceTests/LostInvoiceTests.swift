import Bus
import Contracts
import Service
import Testbed
import Testing

@testable import Database
@testable import Finance

/// What Finance does when its topics have more than it knows: its database was restored from a backup (`domain.md` §9.27).
@Suite("A database that was restored from a backup")
struct LostInvoiceTests {
    let world: FinanceWorld

    init() throws { world = try FinanceWorld(setup: FinanceWorld.postingSetup) }

    /// Carries what was published back to the consumer that reads it.
    private func readBack(_ handler: any TopicHandler) throws {
        let collector = try handler.makeCollector()
        let rows = try world.connection.query(
            "SELECT id, event_id, payload FROM outbox WHERE topic = $1 ORDER BY id", handler.topic.rawValue)
        for row in rows {
            let eventId = try row[1, as: GUID.self]
            try collector.add(
                try row.bytes(2), from: MessageSource(partition: 0, offset: try row.int64(0), eventId: eventId))
        }
        try world.connection.transaction { try collector.write(to: world.connection) }
    }

    private func readInvoicesBack() throws { try readBack(PublishedInvoiceHandler(choices: world.choices)) }

    /// Makes the database forget what was posted, but not the topics, for which the outbox stands here.
    private func restore() throws {
        try world.connection.executeScript(
            """
            TRUNCATE project_invoices, project_invoice_lines, project_invoice_bookings, ledger_entries,
                sales_tax_transactions, on_account_transactions CASCADE;
            UPDATE invoice_proposals SET status = 'Ready';
            UPDATE number_sequences SET next = 1 WHERE sequence <> 'integration-journal';
            """)
    }

    private func invoices() throws -> [String] {
        try world.texts(
            """
            SELECT concat_ws(' ', proposal_number, customer_invoice_number, voucher, invoice_date, due_date)
            FROM project_invoices ORDER BY 1
            """)
    }

    @Test("In all other cases what was published is what is known, and nothing is written")
    func nothingLost() throws {
        try world.journal("J", [.unbilled("1"), .cost("2")])
        try world.post(.journal, "J")
        try world.proposal("P", [.typed("10")])
        try world.post(.proposal, "P")
        try readInvoicesBack()
        try readBack(PublishedDetailHandler(choices: world.choices))
        #expect(try world.count("lost_invoices") == 0)
        #expect(try world.count("number_sequences", "seen IS NOT NULL") == 0)
        #expect(try world.count("execution_log") == 0)
    }

    @Test("An invoice that was posted before is not posted anew, and the refusal says as what it was and what to do")
    func notAnew() throws {
        try world.proposal("P", [.typed("10")])
        try world.post(.proposal, "P")
        try restore()
        try readInvoicesBack()
        #expect(
            try world.post(.proposal, "P").error
                == "proposal P was posted as customer invoice CIV-000001 of 2026-04-01, voucher PSV-000001, and this database "
                + "has lost that: it was restored from a backup. To post it as it was: "
                + "ledgerbus finance lost-invoices repeat P")
        #expect(try world.count("project_invoices") == 0)
        #expect(try world.count("execution_log", "subject = 'usmf proposal P' AND level = 'error'") == 2)
        #expect(try LostInvoiceStore(world.connection).list().map(\.state) == [.lost])
    }

    @Test("What a person decides to repeat is posted as it was: number, voucher, dates and message")
    func repeated() throws {
        for number in ["P1", "P2"] {
            try world.proposal(number, customer: "US-NOTERMS", [ProposalLineSample(project: "PLAIN", amount: "10")])
        }
        try world.post(.proposal, "P1", invoiceDate: "2026-05-05")
        try world.post(.proposal, "P2")
        let before = try invoices()
        try restore()
        try readInvoicesBack()
        let lost = LostInvoiceStore(world.connection)
        #expect(try lost.decideToRepeat(["P9"], company: nil) == [])
        #expect(try lost.decideToRepeat(nil, company: "usmf") == ["P1", "P2"])
        _ = try NumberSequenceProgress.advance(world.connection)
        for number in ["P2", "P1"] { #expect(try world.post(.proposal, number) == .init(status: "Posted")) }
        #expect(try invoices() == before)
        // Those of the invoices are in use again; the first two vouchers were their unbilled sales'.
        #expect(
            try world.texts("SELECT concat_ws(' ', sequence, first, last) FROM number_sequence_gaps") == ["voucher 1 2"]
        )
        #expect(try world.count("(SELECT DISTINCT event_id FROM outbox WHERE topic = 'invoice-posted') e") == 2)
        #expect(try world.count("(SELECT DISTINCT event_id FROM outbox WHERE topic = 'accounting-detail') e") == 4)
        #expect(try lost.list().isEmpty)
        try readInvoicesBack()
        #expect(try lost.list().isEmpty)
    }

    @Test(
        "What would not be posted as it was is refused",
        arguments: [
            (
                "UPDATE posting_accounts SET main_account = 'B'; UPDATE sales_tax_rates SET percentage = 8",
                "a sales tax of"
            ),
            (FinanceWorld.closingMarch, "it was posted on 2026-03-31, and is posted again as it was; open that period"),
        ])
    func otherwise(change: String, reason: String) throws {
        try world.proposal(
            "P", date: "2026-03-31", [ProposalLineSample(project: "PLAIN", amount: "10", tax: "ONE")])
        try world.post(.proposal, "P")
        try restore()
        try readInvoicesBack()
        _ = try LostInvoiceStore(world.connection).decideToRepeat(["P"], company: nil)
        try world.connection.executeScript(change)
        let error = try world.post(.proposal, "P").error
        #expect(error?.contains(reason) == true, "\(error ?? "")")
        #expect(try world.count("project_invoices") == 0)
    }

    @Test("An invoice that was posted twice, under two numbers, is an error: the first stands")
    func postedTwice() throws {
        try world.proposal("P", [.typed("10")])
        try world.post(.proposal, "P")
        try restore()
        try world.connection.executeScript("UPDATE number_sequences SET next = 50 WHERE sequence = 'customer-invoice'")
        #expect(try world.post(.proposal, "P").status == "Posted")
        try readInvoicesBack()
        let lost = try #require(try LostInvoiceStore(world.connection).list().first)
        #expect(lost.state == .conflict && lost.posted.customerInvoiceNumber == "CIV-000001")
        #expect(
            try world.text("SELECT message FROM execution_log WHERE level = 'error'").contains(
                "it was posted as customer invoice CIV-000001 of 2026-04-01, voucher PSV-000001, and again here as customer "
                    + "invoice CIV-000050: the first stands"))
        #expect(try LostInvoiceStore(world.connection).decideToRepeat(nil, company: nil) == [])
    }

    @Test("A number sequence that is behind gives out nothing, and says which command moves it on")
    func behind() throws {
        try world.journal("J", [.unbilled("1"), .cost("2")])
        try world.post(.journal, "J")
        for number in ["P1", "P2", "P3"] { try world.proposal(number, [.typed("10")]) }
        try world.post(.proposal, "P1")
        try world.post(.proposal, "P2")
        try restore()
        try readInvoicesBack()
        let error = try world.post(.proposal, "P3").error
        #expect(
            error?.contains(
                "the number sequence \"voucher\" of company usmf would give out PSV-000001, and PSV-000004 was given out "
                    + "before this database was restored from a backup; move it on with: ledgerbus finance sequences advance"
            )
                == true, "\(error ?? "")")
        #expect(try world.count("number_sequence_gaps") == 0)
        let moved = try NumberSequenceProgress.advance(world.connection)
        #expect(moved.map(\.sequence) == [.customerInvoice, .voucher])
        #expect(
            try world.texts(
                "SELECT concat_ws(' ', sequence, first, last, reason) FROM number_sequence_gaps ORDER BY 1") == [
                    "customer-invoice 1 2 given out before this database was restored from a backup",
                    "voucher 1 4 given out before this database was restored from a backup",
                ])
        #expect(try world.post(.proposal, "P3").status == "Posted")
        #expect(
            try invoices().map { $0.split(separator: " ")[1...2].joined(separator: " ") } == ["CIV-000003 PSV-000005"])
        #expect(try NumberSequenceProgress.advance(world.connection).isEmpty)
    }

    @Test("Neighbours that are taken out of one gap at the same time leave what is between and around them")
    func neighbours() throws {
        try world.connection.execute(
            """
            INSERT INTO number_sequence_gaps (data_area_id, sequence, first, last, reason)
            VALUES ('usmf', $1, 1, 5, 'lost')
            """, NumberSequence.customerInvoice)
        let database = world.database
        let other = try world.connection.transaction {
            try NumberSequenceStore(connection: world.connection)
                .use("CIV-000003", of: .customerInvoice, company: "usmf")
            let other = WorkerThread(name: "other") {
                let connection = try Connection(url: database.url, applicationName: "other")
                try connection.transaction {
                    try NumberSequenceStore(connection: connection)
                        .use("CIV-000004", of: .customerInvoice, company: "usmf")
                }
            }
            try database.untilWaiting(for: "other")
            return other
        }
        try other.join()
        #expect(
            try world.texts("SELECT concat_ws(' ', first, last, reason) FROM number_sequence_gaps ORDER BY first")
                == ["1 2 lost", "5 5 lost"])
    }

    @Test("Vouchers of journals that were lost are not given out again either")
    func vouchersOfJournals() throws {
        try world.journal("J", [.unbilled("1"), .cost("2"), .cost("3")])
        try world.post(.journal, "J")
        try world.connection.executeScript("UPDATE number_sequences SET next = 1 WHERE sequence = 'voucher'")
        try readBack(PublishedDetailHandler(choices: world.choices))
        let progress = try NumberSequenceProgress.list(world.connection).first { $0.sequence == .voucher }
        #expect(progress?.seenText == "PSV-000003" && progress?.isBehind == true)
        #expect(throws: NumberSequenceError.self) {
            try NumberSequence.voucher.takeBlock(world.connection, company: "usmf", count: 1, purpose: "a test")
        }
    }

    @Test("Numbers of another format or an unknown company concern no sequence")
    func otherNumbers() throws {
        var numbers = SeenNumbers()
        numbers.see("OLD-999999", of: .voucher, company: "usmf")
        numbers.see("PSV-000001", of: .voucher, company: "zzzz")
        numbers.see("PSV-", of: .voucher, company: "usmf")
        try NumberSequenceStore(connection: world.connection).see(numbers)
        #expect(try world.count("number_sequences", "seen IS NOT NULL") == 0)
        numbers.see("PSV-000009", of: .voucher, company: "usmf")
        numbers.see("PSV-000010", of: .voucher, company: "usmf")
        numbers.see("PSV-000002", of: .voucher, company: "usmf")
        #expect(
            numbers.highest(of: .voucher, company: "usmf", format: NumberFormat(prefix: "PSV-", digits: 6)) == 10)
    }
}
