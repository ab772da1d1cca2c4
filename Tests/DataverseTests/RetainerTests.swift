import Bus
import Contracts
import Database
import Testing

@testable import Dataverse

/// Retainers from set-up to refund, the product's own way (`domain.md` §6.3, §6.7).
@Suite struct RetainerTests {
    let store: DataverseStore

    init() throws {
        store = try DataverseStore()
        store.configuration = DataverseConfiguration(
            choices: try ChoiceTables(additional: [TransactionClass.column: [192_350_005: "Retainer"]]))
        try store.load(WebAPI.lookupsOfDrafts)
    }

    private var retainers: Retainers {
        Retainers(connection: store.connection, configuration: store.configuration)
    }

    private let day = CalendarDate("2026-10-14") ?? .first

    private func row(_ name: String, _ amount: String, from date: String = "2026-09-01", more: String = "") -> String {
        """
        {"contract": "ORD-1", "name": "\(name)", "amount": "\(amount)", "invoiceDate": "\(date)", \
        "contractLine": "\(WebAPI.timeAndMaterialLine)"\(more)}
        """
    }

    private func add(_ rows: String...) throws -> RequestReport {
        try retainers.add([store.request("[\(rows.joined(separator: ", "))]")])
    }

    private func apply(_ rows: String) throws -> RequestReport {
        try retainers.apply([store.request(rows)], on: day)
    }

    private func refund(_ rows: String) throws -> DraftReport {
        try retainers.refund([store.request(rows)], on: day)
    }

    /// Eight hours at 200 that are ready, as often as wanted.
    private func work(_ numbers: Int...) throws {
        try store.load(["msdyn_actuals": numbers.map { WebAPI.actual($0, .unbilled, DraftingTests.ready) }])
    }

    /// `name used applied balance status` of each retainer.
    private func list() throws -> [String] {
        try RetainerList(connection: store.connection).retainers().map {
            "\($0.name) \($0.used) \($0.applied) \($0.balance) \($0.refundStatus?.rawValue ?? "-")"
        }
    }

    /// `class amount` of an invoice's details, largest first.
    private func details(_ invoice: String) throws -> [String] {
        try store.texts(
            """
            SELECT transaction_class || ' ' || d.quantity::int || ' ' || d.amount::numeric(19, 2)
            FROM invoice_line_details d JOIN invoices i USING (invoice_id)
            WHERE invoice_number = '\(invoice)' ORDER BY d.amount DESC
            """)
    }

    private func lineAmount(_ invoice: String) throws -> String {
        try store.connection.value(
            String.self, "SELECT line_amount::numeric(19, 2)::text FROM invoices WHERE invoice_number = $1", invoice)
    }

    @Test("Retainers are invoiced, applied over two invoices, lowered, and refunded; every invoice is complete")
    func wholeWay() throws {
        #expect(try add(row("First", "2000"), row("Second", "500.50", from: "2026-09-15")).count(.done) == 2)
        #expect(try store.draftAll().drafts.map(\.lineAmount.description) == ["2500.5000"])
        #expect(try list() == ["First 0.0000 0.0000 2000.0000 -", "Second 0.0000 0.0000 500.5000 -"])
        try store.confirm("PI-000001")

        // Applied up to the chargeable amount, the oldest first.
        try work(201)
        #expect(try store.draftAll().drafts.map(\.lineAmount) == [.zero])
        #expect(try details("PI-000002") == ["Time 8 1600.00", "Retainer -1 -1600.00"])
        // Lowered: what is left of the invoice is owed.
        let lowered = try apply(#"[{"invoice": "PI-000002", "retainer": "First", "amount": "1400.00"}]"#)
        #expect(lowered.count(.done) == 1)
        #expect(try lineAmount("PI-000002") == "200.00")
        #expect(try list().first == "First 0.0000 1400.0000 600.0000 -")
        try store.confirm("PI-000002")
        #expect(try list().first == "First 1400.0000 0.0000 600.0000 -")

        // The rest of the first, and some of the second.
        try work(202)
        try store.draftAll()
        #expect(
            try details("PI-000003") == ["Time 8 1600.00", "Retainer -1 -500.50", "Retainer -1 -600.00"])
        #expect(
            try apply(#"{"invoice": "PI-000003", "retainer": "Second", "amount": "100.25"}"#).count(.done) == 1)
        try store.confirm("PI-000003")
        #expect(try lineAmount("PI-000003") == "899.75")

        // What is left of the second is refunded, without other lines.
        let refunded = try refund(#"[{"contract": "ORD-1", "retainer": "Second"}]"#)
        #expect(!refunded.hasFailures && refunded.drafts.map(\.lineAmount.description) == ["-400.2500"])
        #expect(try list().last == "Second 100.2500 400.2500 0.0000 Ready to refund")
        try store.confirm("PI-000004")
        #expect(
            try list() == [
                "First 2000.0000 0.0000 0.0000 -", "Second 500.5000 0.0000 0.0000 Refunded",
            ])
        // All unbilled rows of retainers come to nothing, as nothing is open (§7.1).
        #expect(
            try store.texts(
                """
                SELECT sum(amount)::numeric(19, 2)::text FROM actuals
                WHERE transaction_class = 'Retainer' AND transaction_type = 'Unbilled Sales'
                """) == ["0.00"])
        #expect(try store.count("retainers WHERE open_balance_id IS NOT NULL") == 0)
        #expect(try store.waiting() == [])
        let invoices = try store.messages(InvoiceConfirmed.self)
        #expect(
            invoices.map { "\($0.invoiceNumber) \($0.totalCount) \($0.totalAmount)" } == [
                "PI-000001 2 2500.5000", "PI-000002 2 200.0000", "PI-000003 3 899.7500", "PI-000004 1 -400.2500",
            ])
        // Finance sees every open balance and no row that takes one back.
        let unbilled = try store.messages(ActualCreated.self).filter {
            $0.transactionClass == .retainer && $0.transactionType == .unbilledSales
        }
        #expect(Set(unbilled.map(\.amount.description)) == ["-2000.0000", "-500.5000", "-600.0000", "-400.2500"])
        let billed = try store.messages(ActualCreated.self).filter {
            $0.transactionClass == .retainer && $0.transactionType == .billedSales
        }
        #expect(billed.count == 6 && billed.allSatisfy { $0.unbilledActualId != nil && $0.reversedActualId == nil })
    }

    @Test("Two drafts share what is left of a retainer; the second follows it when the first is confirmed")
    func twoDrafts() throws {
        _ = try add(row("First", "2000"))
        try store.draftAll()
        try store.confirm("PI-000001")
        try work(201)
        try store.draftAll()
        // Of another customer's draft nothing is deducted; a second one of this customer comes about in Dataverse.
        try store.load(
            [
                "invoices": [WebAPI.invoice(700, .draft, amount: "1600.0")],
                "msdyn_invoicelinetransactions": [WebAPI.lineDetail(701, invoice: 700)],
                "msdyn_actuals": [WebAPI.actual(702, .unbilled)],
                "msdyn_transactionconnections": [
                    WebAPI.connection(
                        703, 701, "Billed Sales", 702, "Unbilled Sales", type1: "msdyn_invoicelinetransaction")
                ],
            ], asOurs: true)
        #expect(try apply(#"{"invoice": "INV-700"}"#).count(.done) == 1)
        #expect(try details("INV-700") == ["Time 8 1600.00", "Retainer -1 -400.00"])
        #expect(try list() == ["First 0.0000 2000.0000 0.0000 -"])
        try store.confirm("PI-000002")
        try store.confirm("INV-700")
        #expect(try list() == ["First 2000.0000 0.0000 0.0000 -"])
        #expect(try store.waiting() == [])
        #expect(try store.messages(InvoiceConfirmed.self).count == 3)
    }

    @Test("More on a draft: what nobody edited is applied anew, what was lowered stays as it is")
    func drafting() throws {
        _ = try add(row("First", "2000"), row("Second", "2000", from: "2026-09-02"))
        try store.draftAll()
        try store.confirm("PI-000001")
        try work(201)
        try store.draftAll()
        #expect(try list().first == "First 0.0000 1600.0000 400.0000 -")
        try work(202)
        try store.draftAll()
        #expect(
            try list() == ["First 0.0000 2000.0000 0.0000 -", "Second 0.0000 1200.0000 800.0000 -"])
        _ = try apply(#"{"invoice": "PI-000002", "retainer": "First", "amount": "0"}"#)
        try work(203)
        try store.draftAll()
        #expect(
            try list() == ["First 0.0000 0.0000 2000.0000 -", "Second 0.0000 2000.0000 0.0000 -"])
        // As they are by themselves again.
        _ = try apply(#"{"invoice": "PI-000002"}"#)
        #expect(
            try list() == ["First 0.0000 2000.0000 0.0000 -", "Second 0.0000 2000.0000 0.0000 -"])
        try store.confirm("PI-000002")
        #expect(try store.waiting() == [])
    }

    @Test("4655493: a negative total plus a new retainer on one invoice is confirmed")
    func negativeTotal() throws {
        _ = try add(row("First", "1000"))
        try store.load([
            "msdyn_actuals": [
                WebAPI.actual(201, .unbilled, DraftingTests.ready.merging(WebAPI.negative) { $1 })
            ]
        ])
        #expect(try store.draftAll().drafts.map(\.lineAmount.description) == ["-600.0000"])
        let report = try store.confirm("PI-000001")
        #expect(report.lineAmount.description == "-600.0000")
        #expect(try list() == ["First 0.0000 0.0000 1000.0000 -"])
        #expect(try store.waiting() == [] && store.messages(InvoiceConfirmed.self).count == 1)
    }

    @Test("4319341: nothing is applied to what is not chargeable")
    func notChargeable() throws {
        _ = try add(row("First", "1000"))
        try store.draftAll()
        try store.confirm("PI-000001")
        try store.load([
            "msdyn_actuals": [
                WebAPI.actual(201, .unbilled, DraftingTests.ready.merging(["msdyn_billingtype": "192350000"]) { $1 })
            ]
        ])
        try store.draftAll()
        #expect(try details("PI-000002") == ["Time 8 1600.00"])
        let refused = try apply(#"{"invoice": "PI-000002", "retainer": "First", "amount": "100"}"#)
        #expect(
            refused.rows.first?.message?.contains("more than the 0.0000 of chargeable amount without tax") == true)
    }

    @Test("A row that is refused says why, and costs itself alone")
    func refused() throws {
        let added = try add(
            row("First", "1000"), row("First", "1200"), row("First", "1000"), row("Fraction", "10.005"),
            row("Negative", "-1"), #"{"contract": "ORD-9", "name": "X", "amount": "1", "invoiceDate": "2026-01-01"}"#,
            #"{"contract": "ORD-1", "name": "X", "amount": "1", "invoiceDate": "2026-01-01"}"#,
            row("Late", "1", more: #", "colour": "red""#))
        #expect(
            added.rows.map(\.outcome) == [
                .done, .refused, .unchanged, .refused, .refused, .refused, .refused, .refused,
            ])
        let said = added.rows.map { $0.message ?? "" }
        #expect(said[1].contains("has a retainer of this name, of 1000.0000 from 2026-09-01"))
        #expect(said[3].contains("its currency has 2 decimal places"))
        #expect(said[4].contains("has to be positive"))
        #expect(said[5].contains("there is no project contract ORD-9"))
        #expect(said[6].contains("contractLine is missing; contract ORD-1 has "))
        #expect(said[7].contains("there is no member \"colour\""))
        #expect(
            try refund(#"{"contract": "ORD-1", "retainer": "First"}"#).request.rows.first?.message
                == "it is not invoiced yet, and there is nothing to refund; confirm its invoice first")
        #expect(
            try refund(#"{"contract": "ORD-1", "retainer": "Nobody"}"#).request.rows.first?.message?
                .contains("has no retainer Nobody") == true)
        try store.draftAll()
        try store.confirm("PI-000001")
        try work(201)
        try store.draftAll()
        #expect(
            try refund(#"{"contract": "ORD-1", "retainer": "First", "amount": "1"}"#).request.rows.first?.message?
                .contains("is more than the 0.0000 that is available") == true)
        let changed = try apply(
            """
            [{"invoice": "PI-000002", "retainer": "First", "amount": "1600.00"},
             {"invoice": "PI-000002", "retainer": "First", "amount": "1.005"},
             {"invoice": "PI-000009", "retainer": "First", "amount": "1"},
             {"invoice": "PI-000002", "retainer": "Second", "amount": "1"},
             {"invoice": "PI-000002", "retainer": "First"},
             {"invoice": "PI-000002", "retainer": "First", "amount": "999"}]
            """)
        #expect(changed.rows.map(\.outcome) == [.refused, .refused, .refused, .refused, .refused, .done])
        #expect(changed.rows[0].message?.contains("more than the 1000.0000 that is available of it") == true)
        #expect(changed.rows[1].message?.contains("decimal places") == true)
        #expect(try list() == ["First 0.0000 999.0000 1.0000 -"])
    }

    @Test("Without a code for the class Retainer, it is said which key names it, and nothing is written")
    func noCode() throws {
        store.configuration = DataverseConfiguration(choices: try ChoiceTables())
        let error = try #require(throws: ContractError.self) { try add(row("First", "1000")) }
        #expect(error.description.contains("choices.msdyn_transactionclassification.CODE: Retainer"))
        #expect(try store.count("retainers") == 0)
    }

    @Test("An invoice whose lines were lowered below what it deducts is refused, and its retainer stays as it was")
    func loweredLines() throws {
        _ = try add(row("First", "1000"))
        try store.draftAll()
        try store.confirm("PI-000001")
        try work(201)
        try store.draftAll()
        try store.connection.executeScript(
            """
            UPDATE invoice_line_details SET quantity = 2, amount = 400 WHERE transaction_class = 'Time';
            UPDATE invoices SET line_amount = -600, total_amount = -600 WHERE invoice_number = 'PI-000002';
            """)
        let error = try #require(throws: ConfirmationError.self) { try store.confirm("PI-000002") }
        #expect(
            error.description.contains("it deducts retainers of 1000.0000, and its chargeable lines come to 400.0000"))
        #expect(try list() == ["First 0.0000 1000.0000 0.0000 -"])
        _ = try apply(#"{"invoice": "PI-000002"}"#)
        try store.confirm("PI-000002")
        #expect(try list() == ["First 400.0000 0.0000 600.0000 -"])
    }
}
