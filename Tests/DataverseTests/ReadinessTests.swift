import Bus
import Contracts
import Database
import Testing

@testable import Dataverse

/// `domain.md` §6.6.
@Suite struct ReadinessTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let changes: WebRow
        let says: String
    }

    static let rows = [
        Row(testDescription: "adjusted", changes: ["msdyn_adjustmentstatus": "192350001"], says: "Adjusted"),
        Row(testDescription: "unadjustable", changes: ["msdyn_adjustmentstatus": "192350002"], says: "Unadjustable"),
        Row(
            testDescription: "of the future", changes: ["msdyn_documentdate": WebAPI.text("2026-12-01")], says: "future"
        ),
        Row(
            testDescription: "without a contract-line customer", changes: ["_msdyn_accountcustomer_value": "null"],
            says: "contract-line customer"),
        Row(testDescription: "not-to-exceed failed", changes: ["msdyn_ntestatus": "3"], says: "status is Failed"),
        Row(testDescription: "canceled", changes: ["msdyn_billingstatus": "192350003"], says: "Canceled"),
        Row(
            testDescription: "invoiced", changes: ["msdyn_billingstatus": "192350002"], says: "Customer Invoice Posted"),
        Row(testDescription: "a cost", changes: ["msdyn_transactiontypecode": "192350000"], says: "of the type Cost"),
    ]

    @Test("What never becomes ready is refused by name, and left by all", arguments: rows)
    func refused(_ row: Row) throws {
        let store = try DataverseStore()
        store.configuration.choices = try ChoiceTables(additional: ["msdyn_ntestatus": [3: "Failed"]])
        try store.load(WebAPI.lookupsOfDrafts)
        try store.load(["msdyn_actuals": [WebAPI.actual(201, .unbilled, row.changes)]])
        #expect(try store.readyAll().ready == 0)
        let report = try store.ready(#"{"unbilledSale": "\#(WebAPI.id(201))"}"#)
        #expect(report.request.rows.first?.outcome == .refused)
        #expect(report.request.rows.first?.message?.contains(row.says) == true, "\(report.request.rows)")
        #expect(try store.draftAll().drafts.isEmpty)
    }

    @Test("Ready is set by sale, by contract up to a day and for all, and taken back")
    func ready() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookupsOfDrafts)
        try store.load([
            "msdyn_actuals": (1...4).map {
                WebAPI.actual(200 + $0, .unbilled, ["msdyn_documentdate": WebAPI.text("2026-09-0\($0)")])
            }
        ])
        func status() throws -> [String] { try store.texts("SELECT billing_status FROM actuals ORDER BY actual_id") }
        let (created, ready) = ("Unbilled Sales Created", "Ready to Invoice")
        try store.ready(#"{"unbilledSale": "\#(WebAPI.id(203))"}"#)
        #expect(try status() == [created, created, ready, created])
        let contract = try store.ready(#"{"contract": "ORD-1", "through": "2026-09-01"}"#)
        #expect(contract.request.rows.first?.message == "1 became ready" && contract.ready == 1)
        #expect(try status() == [ready, created, ready, created])
        try store.ready(#"{"unbilledSale": "\#(WebAPI.id(203))", "ready": false}"#)
        #expect(try status() == [ready, created, created, created])
        #expect(try store.readyAll().ready == 3)
        #expect(try status() == [ready, ready, ready, ready])
        let published: [ActualCreated] = try store.messages()
        #expect(published.last?.billingStatus == .readyToInvoice)
    }

    @Test("One matching draft is added to; of several the newest; of none a new one is made")
    func target() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookupsOfDrafts)
        func sale(_ number: Int) throws -> DraftReport {
            try store.load(["msdyn_actuals": [WebAPI.actual(number, .unbilled, DraftingTests.ready)]])
            return try store.draftAll()
        }
        #expect(try sale(201).drafts.map(\.isNew) == [true])
        let second = try sale(202).drafts
        #expect(second.map(\.isNew) == [false] && second.map(\.invoiceNumber) == ["PI-000001"])
        #expect(second.map(\.lineDetails) == [2] && second.map(\.lineAmount) == [Money(3_200)])
        try store.load(["invoices": [WebAPI.invoice(100, .draft, amount: "0")]], asOurs: true)
        #expect(try sale(203).drafts.map(\.invoiceNumber) == ["PI-000001"], "made here after what was loaded")
        try store.load(["invoices": [WebAPI.invoice(101, .draft, amount: "0")]])
        try store.confirm("PI-000001")
        #expect(try sale(204).drafts.map(\.invoiceNumber) == ["INV-100"], "that of Dataverse is not ours to add to")
    }

    @Test("4769472: two schedule records with the same run date put a transaction on one draft, once")
    func sameRunDate() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookupsOfDrafts)
        try store.load(["msdyn_actuals": [WebAPI.actual(201, .unbilled, DraftingTests.ready)]])
        let row = #"{"contract": "ORD-1", "through": "2026-09-30"}"#
        let report = try store.draft([row, row].joined(separator: "\n"))
        #expect(report.request.rows.map(\.outcome) == [.done, .unchanged])
        #expect(try store.count("invoice_line_details") == 1 && store.count("invoices") == 1)
    }

    @Test("A draft of what is asked for takes no more: contract, contract line, customer, day")
    func scope() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookupsOfDrafts)
        try store.load(["msdyn_actuals": [WebAPI.actual(201, .unbilled, DraftingTests.ready)]])
        for row in [
            #"{"contract": "ORD-1", "through": "2026-08-31"}"#,
            #"{"contract": "ORD-1", "contractLine": "\#(WebAPI.fixedPriceLine)"}"#,
            #"{"contract": "ORD-1", "customer": "\#(WebAPI.id(99))"}"#,
        ] { #expect(try store.draft(row).request.rows.map(\.outcome) == [.unchanged], "\(row)") }
        #expect(try store.draft(#"{"contract": "ORD-9"}"#).request.rows.map(\.outcome) == [.refused])
        #expect(try store.draft(#"{"contract": "\#(WebAPI.contract)"}"#).request.rows.map(\.outcome) == [.done])
    }
}

/// `domain.md` §1.4, §6.6.
@Suite struct MilestoneScheduleTests {
    private func store() throws -> DataverseStore {
        let store = try DataverseStore()
        try store.load(WebAPI.lookupsOfDrafts)
        return store
    }

    private func milestones(_ store: DataverseStore) throws -> [String] {
        try store.texts("SELECT concat_ws(' ', name, amount, invoice_status, invoice_date) FROM milestones ORDER BY 1")
    }

    @Test("A schedule by percentage adds up to the whole: the last takes what rounding leaves")
    func schedule() throws {
        let store = try store()
        let row = WebAPI.schedule(
            1,
            #""amount": "1000.01", "percentages": [20, 30, 15, 35], "dates": ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]"#
        )
        #expect(try store.milestones(row).count(.done) == 1)
        #expect(
            try milestones(store) == [
                "Delivery 1 of 4 200.0000 Not ready 2026-01-31", "Delivery 2 of 4 300.0000 Not ready 2026-02-28",
                "Delivery 3 of 4 150.0000 Not ready 2026-03-31", "Delivery 4 of 4 350.0100 Not ready 2026-04-30",
            ])
        #expect(try store.milestones(row).count(.unchanged) == 1, "a schedule is made once")
        let wrong = try store.milestones(WebAPI.schedule(2, #""amount": 100, "percentages": [20, 30]"#))
        #expect(wrong.rows.first?.message == "the percentages add up to 50.000000, and not to 100")
    }

    @Test("Progress splits a header into what is ready and what is not, cumulatively")
    func progress() throws {
        let store = try store()
        try store.milestones(WebAPI.schedule(1, #""amount": 1000"#))
        let id = try store.connection.value(String.self, "SELECT milestone_id::text FROM milestones")
        func progress(_ percentage: String) throws -> RowOutcome? {
            try store.milestones(#"{"milestone": "\#(id)", "progress": \#(percentage)}"#).rows.first
        }
        #expect(try progress("33.333")?.outcome == .done)
        #expect(try milestones(store) == ["Delivery 333.3300 Ready", "Delivery 666.6700 Not ready"])
        #expect(try progress("33.333")?.outcome == .unchanged)
        #expect(try progress("50")?.outcome == .done)
        #expect(
            try milestones(store) == [
                "Delivery 166.6700 Ready", "Delivery 333.3300 Ready", "Delivery 500.0000 Not ready",
            ])
        #expect(try progress("20")?.message?.contains("ready or invoiced already") == true)
        #expect(try progress("100")?.outcome == .done)
        #expect(try store.count("milestones WHERE invoice_status = 'Ready'") == 3)
        #expect(try store.draftAll().drafts.map(\.lineAmount) == [Money(1_000)])
    }

    @Test(
        "606083: a milestone on a draft cannot be changed, nor one that is fully invoiced; credited, it is ready again")
    func invoiced() throws {
        let store = try store()
        try store.milestones(WebAPI.schedule(1, #""amount": 1000"#))
        let id = try store.connection.value(String.self, "SELECT milestone_id::text FROM milestones")
        func status(_ status: String) throws -> RowOutcome? {
            try store.milestones(#"{"milestone": "\#(id)", "status": "\#(status)"}"#).rows.first
        }
        #expect(try status("Ready")?.outcome == .done && status("Not ready")?.outcome == .done)
        #expect(try store.draftAll().drafts.isEmpty, "not ready is not invoiced")
        #expect(try status("Ready")?.outcome == .done && status("Ready")?.outcome == .unchanged)
        _ = try store.draftAll()
        #expect(try status("Not ready")?.message?.contains("on the draft PI-000001") == true)
        try store.confirm("PI-000001")
        #expect(try status("Not ready")?.message == "it has been invoiced, and cannot be changed")
        let progress = try store.milestones(#"{"milestone": "\#(id)", "progress": 10}"#)
        #expect(progress.rows.first?.message == "it has been invoiced, and cannot be changed")
    }

    @Test("One milestone a customer, where the contract line has several")
    func customers() throws {
        let store = try store()
        try store.load([
            "accounts": (41...42).map {
                [
                    "accountid": WebAPI.text("\(WebAPI.id($0))"), "accountnumber": WebAPI.text("US-0\($0)"),
                    "versionnumber": "1",
                ]
            }
        ])
        try store.customers(
            [
                WebAPI.customer(41, "40", line: WebAPI.fixedPriceLine),
                WebAPI.customer(42, "60", line: WebAPI.fixedPriceLine),
            ]
            .joined(separator: "\n"))
        try store.milestones(WebAPI.schedule(1, #""amount": 100.01, "status": "Ready""#))
        let drafts = try store.draftAll().drafts
        #expect(drafts.map(\.customer) == ["US-041", "US-042"])
        #expect(drafts.map(\.lineAmount) == [Money(units: 400_000), Money(units: 600_100)])
    }
}
