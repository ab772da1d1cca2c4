import Contracts
import Testbed
import Testing

@testable import Database
@testable import Dataverse

/// The first load of a live company, and those after it.
@Suite struct CutoverTests {
    private static let cutover = "2026-10-01"

    private func voucher(_ voucher: String?) -> WebRow {
        ["msdyn_vouchernumber": voucher.map { WebAPI.text($0) } ?? "null"]
    }

    /// The rows of an invoice of one line, whose ids end in the invoice's number: unbilled sale 2xx, billed sale 3xx.
    private func invoice(
        _ number: Int, _ status: WebAPI.Status = .confirmed, dated date: String, unbilled: String? = nil,
        billed: String? = nil
    ) -> [String: [WebRow]] {
        let on: WebRow = ["_msdyn_invoice_value": WebAPI.text("\(WebAPI.id(number))")]
        let posted: WebRow = ["msdyn_billingstatus": "192350002", "msdyn_accountingdate": WebAPI.text(date)]
        return [
            "invoices": [WebAPI.invoice(number, status, amount: "1600.00")],
            "msdyn_invoicelinetransactions": [WebAPI.lineDetail(1_000 + number, invoice: number)],
            "msdyn_actuals": [
                WebAPI.actual(200 + number, .unbilled, on.merging(posted) { $1 }.merging(voucher(unbilled)) { $1 }),
                WebAPI.actual(300 + number, .billed, on.merging(posted) { $1 }.merging(voucher(billed)) { $1 }),
            ],
            "msdyn_transactionconnections": [
                WebAPI.connection(
                    4_000 + number, 1_000 + number, "Billed Sales", 200 + number, "Unbilled Sales",
                    type1: "msdyn_invoicelinetransaction"),
                WebAPI.connection(5_000 + number, 300 + number, "Billed Sales", 200 + number, "Unbilled Sales"),
            ],
        ]
    }

    private func all(_ parts: [String: [WebRow]]...) -> [String: [WebRow]] {
        parts.reduce(WebAPI.lookups) { $0.merging($1) { $0 + $1 } }
    }

    /// `number voucher` of each published actual, the voucher of opening rows only.
    private func published(_ store: DataverseStore) throws -> [String] {
        try store.messages(ActualCreated.self).map {
            "\($0.actualId.low)" + ($0.openingVoucher.map { " \($0)" } ?? "")
        }.sorted()
    }

    private func invoices(_ store: DataverseStore) throws -> [String] {
        try store.messages(InvoiceConfirmed.self).map(\.invoiceNumber)
    }

    /// What a live company has: an invoice that is paid, one with vouchers, one dated before; one dated the cut-over, whose
    /// unbilled sale was posted; sales that are still to be billed, posted (601) and not (602); costs, posted (701) and not
    /// (702).
    private var company: [String: [WebRow]] {
        all(
            invoice(1, .paid, dated: "2026-10-05", unbilled: "OLD-1", billed: "OLD-11"),
            invoice(2, dated: "2026-10-02", unbilled: "OLD-2", billed: "OLD-12"),
            invoice(3, dated: "2026-09-30", unbilled: "OLD-3"), invoice(4, dated: "2026-10-01", unbilled: "OLD-4"),
            [
                "msdyn_actuals": [
                    WebAPI.actual(601, .unbilled, voucher("OLD-601")), WebAPI.actual(602, .unbilled, voucher(nil)),
                    WebAPI.actual(701, .cost, voucher("OLD-701")), WebAPI.actual(702, .cost, voucher(nil)),
                ]
            ])
    }

    @Test("What another system posted is not published, and what invoices are made of is published as posted")
    func firstLoad() throws {
        let store = try DataverseStore()
        let report = try store.load(company, cutover: Self.cutover)
        #expect(try invoices(store) == ["INV-4"])
        #expect(try published(store) == ["204 OLD-4", "304", "601 OLD-601", "602", "702"])
        #expect(try store.waiting().isEmpty)
        let decided = try #require(report.cutover)
        #expect(
            decided.invoices.map { "\($0.decision) \($0.invoices)" } == [
                "dated before the cut-over 1", "not settled 1", "paid 1", "posted 1",
            ])
        #expect(
            decided.actuals.map { "\($0.decision) \($0.transactionType.rawValue) \($0.actuals)" } == [
                "opening Unbilled Sales 2", "settled Billed Sales 3", "settled Cost 1", "settled Unbilled Sales 3",
                "to be posted Billed Sales 1", "to be posted Cost 1", "to be posted Unbilled Sales 1",
            ])
        let listed = try InvoiceList(connection: store.connection).invoices()
        #expect(listed.map { $0.settlement != nil } == [true, true, true, false])
        // Of settled rows no connection is told.
        #expect(try store.messages(TransactionConnected.self).map(\.transaction1Id) == [WebAPI.id(304)])
    }

    @Test("A dry run counts the same, and loads nothing")
    func dryRun() throws {
        let store = try DataverseStore()
        let report = try store.load(company, cutover: Self.cutover, isDryRun: true)
        #expect(report.cutover?.invoices.reduce(0) { $0 + $1.invoices } == 4)
        #expect(report.published[.actualCreated] == 5 && report.published[.invoiceConfirmed] == 1)
        for table in ["actuals", "invoices", "accounts", "outbox", "cutover", "opening_vouchers", "settled_actuals"] {
            #expect(try store.count(table) == 0)
        }
        #expect(try store.load(company, cutover: Self.cutover).cutover == report.cutover)
    }

    @Test("Loading again, with the same cut-over or without, changes nothing; another one is refused")
    func secondLoad() throws {
        let store = try DataverseStore()
        try store.load(company, cutover: Self.cutover)
        let (rows, published) = (try store.count("outbox"), try published(store))
        for cutover in [Self.cutover, nil] {
            let report = try store.load(company, cutover: cutover)
            #expect(report.cutover?.date == CalendarDate(Self.cutover))
            #expect(try store.count("outbox") == rows)
        }
        #expect(throws: CutoverError.self) { try store.load(company, cutover: "2026-11-01") }
        #expect(try self.published(store) == published)
    }

    @Test("A cut-over after a load without one is refused, and nothing of that load stays")
    func cutoverAfterwards() throws {
        let store = try DataverseStore()
        try store.load(all(["msdyn_actuals": [WebAPI.actual(602, .unbilled)]]))
        #expect(throws: CutoverError.self) { try store.load(company, cutover: Self.cutover) }
        #expect(try store.count("actuals") == 1 && store.count("cutover") == 0)
    }

    @Test("Without the column of vouchers the load is refused, with the setting that names it")
    func missingVoucherColumn() throws {
        let store = try DataverseStore()
        let error = try #require(throws: CaptureError.self) {
            try store.load(all(["msdyn_actuals": [WebAPI.actual(602, .unbilled)]]), cutover: Self.cutover)
        }
        #expect("\(error)".contains("dataverse.columns.voucher"))
        #expect(try store.count("cutover") == 0)
    }

    @Test("Pages that come one by one, in any order, come to the same", arguments: 1...3)
    func pageByPage(_ time: Int) throws {
        let whole = try DataverseStore()
        try whole.load(company, cutover: Self.cutover)
        let store = try DataverseStore()
        var random = SeededRandom()
        for (set, rows) in company.sorted(by: { $0.key < $1.key }).shuffled(using: &random) {
            try store.load([set: rows], cutover: Self.cutover)
        }
        #expect(try Set(published(store)) == Set(published(whole)), "\(random)")
        #expect(try invoices(store) == invoices(whole))
        #expect(try store.count("settled_actuals") == whole.count("settled_actuals"))
    }

    @Test("What was a draft at the cut-over is ours, whatever its date and status later")
    func draftAtCutover() throws {
        let store = try DataverseStore()
        var rows = invoice(5, .draft, dated: "2026-09-30")
        rows["msdyn_actuals"] = []
        rows["msdyn_transactionconnections"] = []
        try store.load(all(rows), cutover: Self.cutover)
        var later = invoice(5, .confirmed, dated: "2026-09-30")
        later["invoices"] = [WebAPI.invoice(5, .confirmed, amount: "1600.00", ["versionnumber": "101"])]
        try store.load(later)
        #expect(try invoices(store) == ["INV-5"])
        later["invoices"] = [WebAPI.invoice(5, .paid, amount: "1600.00", ["versionnumber": "102"])]
        try store.load(later)
        #expect(try store.count("cutover_invoices WHERE settlement <> 'not settled'") == 0)
    }

    @Test("Of an invoice that is ours, and paid later, nothing is settled")
    func paidLater() throws {
        let store = try DataverseStore()
        try store.load(company, cutover: Self.cutover)
        try store.load(["invoices": [WebAPI.invoice(4, .paid, amount: "1600.00", ["versionnumber": "101"])]])
        #expect(try InvoiceList(connection: store.connection).invoices(number: "INV-4").first?.settlement == nil)
    }

    @Test("An actual of after the cut-over that Finance posted is not settled by the voucher that it gave")
    func ownVoucher() throws {
        let store = try DataverseStore()
        try store.load(company, cutover: Self.cutover)
        let count = try store.count("outbox")
        try store.load([
            "msdyn_actuals": [
                WebAPI.actual(602, .unbilled, voucher("USV-1").merging(["versionnumber": "101"]) { $1 })
            ]
        ])
        #expect(try store.count("outbox") == count)
        #expect(try store.count("settled_actuals WHERE actual_id = '\(WebAPI.id(602))'") == 0)
        #expect(try store.count("opening_vouchers WHERE actual_id = '\(WebAPI.id(602))'") == 0)
    }

    /// A row of ours that takes back another, and says so by a connection.
    private func reversal(_ number: Int, _ kind: WebAPI.Kind, of original: Int, _ changes: WebRow = [:]) -> [String:
        [WebRow]]
    {
        [
            "msdyn_actuals": [
                WebAPI.actual(
                    number, kind,
                    WebAPI.negative.merging(voucher(nil)) { $1 }
                        .merging(["msdyn_adjustmentstatus": "192350002"]) { $1 }.merging(changes) { $1 })
            ],
            "msdyn_transactionconnections": [
                WebAPI.connection(6_000 + number, number, "Reversing", original, "Original")
            ],
        ]
    }

    @Test(
        "What is settled and has a voucher is published as posted when a row of ours takes it back, in one load or later",
        arguments: [true, false])
    func reversalOfSettled(_ inOneLoad: Bool) throws {
        let store = try DataverseStore()
        let reversal = reversal(703, .cost, of: 701)
        if inOneLoad {
            try store.load(company.merging(reversal) { $0 + $1 }, cutover: Self.cutover)
        } else {
            try store.load(company, cutover: Self.cutover)
            try store.load(reversal)
        }
        #expect(try published(store).filter { $0.hasPrefix("70") } == ["701 OLD-701", "702", "703"])
        // It stays so when it changes in Dataverse.
        try store.load([
            "msdyn_actuals": [
                WebAPI.actual(
                    701, .cost,
                    voucher("OLD-701").merging(["msdyn_adjustmentstatus": "192350001", "versionnumber": "101"]) { $1 })
            ]
        ])
        #expect(try published(store).filter { $0.hasPrefix("701") } == ["701 OLD-701", "701 OLD-701"])
    }

    /// The correction of invoice 2, 3 or … on invoice 9, which is ours.
    private func correction(of invoice: Int) -> [String: [WebRow]] {
        let on: WebRow = [
            "_msdyn_invoice_value": WebAPI.text("\(WebAPI.id(9))"), "msdyn_billingstatus": "192350002",
            "msdyn_accountingdate": WebAPI.text("2026-10-20"),
        ]
        var rows = reversal(900, .billed, of: 300 + invoice, on)
        rows["invoices"] = [
            WebAPI.invoice(9, .confirmed, amount: "-1600.00", ["msdyn_hascorrections": "true"])
        ]
        rows["msdyn_invoicelinetransactions"] = [
            WebAPI.lineDetail(
                1_009, invoice: 9,
                ["msdyn_correction": "true", "msdyn_quantity": "0", "msdyn_amount": "0"])
        ]
        rows["msdyn_transactionconnections"]?.append(
            WebAPI.connection(
                4_009, 1_009, "Replacing", 300 + invoice, "Original", type1: "msdyn_invoicelinetransaction"))
        return rows
    }

    @Test("A correction of an invoice of before the cut-over is published, and what it takes back as posted before")
    func correctionOfSettled() throws {
        let store = try DataverseStore()
        try store.load(company, cutover: Self.cutover)
        try store.load(correction(of: 2))
        #expect(try store.waiting().isEmpty)
        #expect(try invoices(store) == ["INV-4", "INV-9"])
        #expect(try published(store).filter { $0.hasPrefix("302") || $0 == "900" } == ["302 OLD-12", "900"])
    }

    @Test("A correction of an invoice of before the cut-over that has no voucher is held until its voucher comes")
    func correctionWithoutVoucher() throws {
        let store = try DataverseStore()
        try store.load(company, cutover: Self.cutover)
        try store.load(correction(of: 3))
        #expect(try store.waiting().contains { $0.contains("was settled before the cut-over and has no voucher") })
        #expect(try invoices(store) == ["INV-4"])
        var rows = invoice(3, dated: "2026-09-30", unbilled: "OLD-3", billed: "OLD-13")["msdyn_actuals"] ?? []
        for index in rows.indices { rows[index]["versionnumber"] = "101" }
        try store.load(["msdyn_actuals": rows])
        #expect(try store.waiting().isEmpty)
        #expect(try invoices(store) == ["INV-4", "INV-9"])
        #expect(try published(store).filter { $0.hasPrefix("303") } == ["303 OLD-13"])
    }
}
