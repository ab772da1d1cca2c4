import Bus
import Contracts
import Database
import Testing

@testable import Dataverse

/// E1–E6 and E23 of `domain.md` §7, and T1–T6, F1–F3 as far as rows of the store go.
@Suite struct ApprovalTests {
    private func store() throws -> DataverseStore {
        let store = try DataverseStore()
        try store.load(WebAPI.lookupsOfDrafts)
        return store
    }

    private static let rows = """
        SELECT concat_ws(' ', transaction_type, transaction_class, quantity, amount, billing_type, billing_status,
            adjustment_status, CASE WHEN skip_sync THEN 'skipped' END)
        FROM actuals ORDER BY transaction_type, amount DESC, adjustment_status
        """

    @Test("E1, T2: eight hours submitted and billable make C 800 and U 1,600, connected and published")
    func e1() throws {
        let store = try store()
        let report = try store.approve(WebAPI.entry(1))
        #expect(report.count(.done) == 1)
        #expect(
            try store.texts(Self.rows) == [
                "Cost Time 8.0000 800.0000 Not Available",
                "Unbilled Sales Time 8.0000 1600.0000 Chargeable Unbilled Sales Created",
            ])
        #expect(
            try store.texts(
                """
                SELECT concat_ws(' ', transaction1_role, u.transaction_type, transaction2_role, c.transaction_type)
                FROM transaction_connections t JOIN actuals u ON u.actual_id = t.transaction1_id
                JOIN actuals c ON c.actual_id = t.transaction2_id
                """) == ["Unbilled Sales Unbilled Sales Cost Cost"])
        let published: [ActualCreated] = try store.messages()
        #expect(published.count == 2 && published.allSatisfy { $0.accountingDate.description == "2026-09-01" })
        #expect(try store.messages(TransactionConnected.self).count == 1)
        #expect(try store.waiting() == [])
    }

    @Test("E2, T3: less billable than submitted leaves the rest non-chargeable")
    func e2() throws {
        let store = try store()
        try store.approve(WebAPI.entry(1, #""quantityBillable": 6"#))
        #expect(
            try store.texts(Self.rows) == [
                "Cost Time 8.0000 800.0000 Not Available",
                "Unbilled Sales Time 6.0000 1200.0000 Chargeable Unbilled Sales Created",
                "Unbilled Sales Time 2.0000 400.0000 Non Chargeable Unbilled Sales Created",
            ])
        #expect(try store.count("transaction_connections") == 2)
    }

    @Test("E3, T4: more billable than submitted costs what was submitted")
    func e3() throws {
        let store = try store()
        try store.approve(WebAPI.entry(1, #""quantityBillable": "10""#))
        #expect(
            try store.texts(Self.rows) == [
                "Cost Time 8.0000 800.0000 Not Available",
                "Unbilled Sales Time 10.0000 2000.0000 Chargeable Unbilled Sales Created",
            ])
    }

    @Test("E4, T5: a canceled approval takes C and U back", arguments: ["Approval Canceled", "Recalled"])
    func e4(_ event: String) throws {
        let store = try store()
        try store.approve(WebAPI.entry(1))
        #expect(try store.approve(WebAPI.event(1, event)).count(.done) == 1)
        #expect(
            try store.texts(Self.rows) == [
                "Cost Time 8.0000 800.0000 Not Available Adjusted",
                "Cost Time -8.0000 -800.0000 Not Available Unadjustable",
                "Unbilled Sales Time 8.0000 1600.0000 Chargeable Canceled Adjusted",
                "Unbilled Sales Time -8.0000 -1600.0000 Chargeable Canceled Unadjustable",
            ])
        let published: [ActualCreated] = try store.messages()
        #expect(published.filter { $0.reversedActualId != nil }.count == 2, "the reversals go to Finance")
        #expect(try store.approve(WebAPI.event(1, event)).count(.unchanged) == 1)
        #expect(try store.count("actuals") == 4)
    }

    @Test("E5, T6: a confirmed contract takes C and U back, and makes them anew with its prices")
    func e5() throws {
        let store = try store()
        try store.approve(WebAPI.entry(1))
        try store.approve(WebAPI.event(1, "Contract Confirmed", #""salesPrice": "210", "costPrice": 110"#))
        #expect(
            try store.texts(Self.rows) == [
                "Cost Time 8.0000 880.0000 Not Available",
                "Cost Time 8.0000 800.0000 Not Available Adjusted",
                "Cost Time -8.0000 -800.0000 Not Available Unadjustable",
                "Unbilled Sales Time 8.0000 1680.0000 Chargeable Unbilled Sales Created",
                "Unbilled Sales Time 8.0000 1600.0000 Chargeable Canceled Adjusted",
                "Unbilled Sales Time -8.0000 -1600.0000 Chargeable Canceled Unadjustable",
            ])
    }

    @Test("4606055: a contract that is confirmed after a cancellation, or before it, leaves nothing twice")
    func evaluatedAndCanceled() throws {
        let store = try store()
        try store.approve(
            [
                WebAPI.entry(1), WebAPI.event(1, "Approval Canceled"), WebAPI.event(1, "Contract Confirmed"),
                WebAPI.entry(2), WebAPI.event(2, "Contract Confirmed", #""salesPrice": 210"#),
                WebAPI.event(2, "Recalled"),
            ].joined(separator: "\n"))
        #expect(try store.texts("SELECT sum(amount)::text FROM actuals") == ["0.0000"])
        #expect(try store.count("actuals WHERE adjustment_status IS NULL") == 0)
        #expect(try store.count("actuals") == 4 + 8)
    }

    @Test("T1: what is recalled before approval changes nothing")
    func t1() throws {
        let store = try store()
        let report = try store.approve(WebAPI.event(1, "Recalled"))
        #expect(report.count(.unchanged) == 1)
        #expect(try store.count("actuals") == 0)
    }

    @Test("Approving again changes nothing; approving after a cancellation makes new rows")
    func again() throws {
        let store = try store()
        try store.approve(WebAPI.entry(1))
        let outbox = try store.count("outbox")
        #expect(try store.approve(WebAPI.entry(1)).count(.unchanged) == 1)
        #expect(try store.count("outbox") == outbox)
        let other = try store.approve(WebAPI.entry(1, #""salesPrice": 300"#))
        #expect(other.rows.first?.message?.contains("approved with other values") == true)
        try store.approve(WebAPI.event(1, "Recalled"))
        #expect(try store.approve(WebAPI.entry(1, #""salesPrice": 300"#)).count(.done) == 1)
        #expect(
            try store.texts("SELECT sum(amount)::text FROM actuals WHERE transaction_type <> 'Cost'") == ["2400.0000"])
    }

    @Test("E23, F1 to F3: a fixed-price line has costs only; so has a project without contract")
    func e23() throws {
        let store = try store()
        try store.load([
            "msdyn_projects": [
                [
                    "msdyn_projectid": WebAPI.text("\(WebAPI.id(12))"), "msdynce_projectnumber": WebAPI.text("P-2"),
                    "_msdyn_salesorderid_value": "null", "versionnumber": "1",
                    "_msdyn_contractorganizationalunitid_value": WebAPI.text("\(WebAPI.unit)"),
                ]
            ]
        ])
        let fixed = WebAPI.entry(
            1, #""class": "Expense", "quantitySubmitted": 1, "costPrice": 2000"#, line: WebAPI.fixedPriceLine)
        let report = try store.approve(
            [fixed, WebAPI.entry(2), WebAPI.entry(3, #""currency": "USD""#, line: nil, project: WebAPI.id(12))]
                .joined(separator: "\n"))
        #expect(report.count(.done) == 3, "\(report.rows)")
        #expect(
            try store.texts(Self.rows) == [
                "Cost Expense 1.0000 2000.0000 Not Available", "Cost Time 8.0000 800.0000 Not Available",
                "Cost Time 8.0000 800.0000 Not Available",
                "Unbilled Sales Time 8.0000 1600.0000 Chargeable Unbilled Sales Created",
            ])
        try store.approve(WebAPI.event(1, "Contract Confirmed", #""costPrice": 1900"#))
        #expect(
            try store.texts(Self.rows).filter { $0.contains("Expense") } == [
                "Cost Expense 1.0000 2000.0000 Not Available Adjusted", "Cost Expense 1.0000 1900.0000 Not Available",
                "Cost Expense -1.0000 -2000.0000 Not Available Unadjustable",
            ], "F3")
        try store.approve(WebAPI.event(1, "Approval Canceled"))
        #expect(
            try store.texts("SELECT sum(amount)::text FROM actuals WHERE transaction_class = 'Expense'") == ["0.0000"],
            "F2")
    }

    @Test(
        "One company's resource for another's contract: the cost is skipped, what units settle goes to the lending company"
    )
    func intercompany() throws {
        let store = try store()
        try store.load(WebAPI.germany)
        let german =
            #""resourcingUnit": "\#(WebAPI.id(21))", "resourcingUnitCostPrice": 60, "interOrganizationalPrice": 90"#
        #expect(try store.approve(WebAPI.entry(1, german)).count(.done) == 1)
        #expect(
            try store.texts(Self.rows) == [
                "Cost Time 8.0000 800.0000 Not Available skipped",
                "Inter-Organizational Sales Time 8.0000 720.0000 Chargeable",
                "Resourcing Unit Cost Time 8.0000 480.0000 Not Available",
                "Unbilled Sales Time 8.0000 1600.0000 Chargeable Unbilled Sales Created",
            ])
        let published: [ActualCreated] = try store.messages()
        #expect(
            Set(published.map { "\($0.transactionType.rawValue) \($0.company)" }) == [
                "Inter-Organizational Sales demf", "Resourcing Unit Cost demf", "Unbilled Sales usmf",
            ])
        try store.approve(WebAPI.event(1, "Approval Canceled"))
        #expect(try store.count("actuals WHERE skip_sync") == 2, "the reversal of what was skipped is skipped")
        let material = try store.approve(WebAPI.entry(2, german + #", "class": "Material""#))
        #expect(material.rows.first?.message?.contains("Time and Expense only") == true)
    }

    @Test("Split billing: one unbilled sale a customer, whose parts add up to the whole")
    func split() throws {
        let store = try store()
        try store.load([
            "accounts": (41...43).map {
                [
                    "accountid": WebAPI.text("\(WebAPI.id($0))"), "accountnumber": WebAPI.text("US-0\($0)"),
                    "versionnumber": "1",
                ]
            }
        ])
        let half = try store.customers(WebAPI.customer(41, "33.3"))
        #expect(half.rows.first?.message == "the percentages add up to 33.300000, and not to 100")
        try store.customers(
            [WebAPI.customer(41, "33.33"), WebAPI.customer(42, "33.33"), WebAPI.customer(43, "33.34")]
                .joined(separator: "\n"))
        try store.approve(WebAPI.entry(1, #""quantitySubmitted": 1, "salesPrice": 100.01"#, customer: nil))
        #expect(
            try store.texts(
                """
                SELECT concat_ws(' ', c.account_number, quantity, amount) FROM actuals a JOIN accounts c
                    ON c.account_id = a.customer_id WHERE transaction_type = 'Unbilled Sales' ORDER BY 1
                """) == ["US-041 0.3333 33.3300", "US-042 0.3333 33.3300", "US-043 0.3334 33.3500"])
        _ = try store.readyAll()
        #expect(try store.draftAll().drafts.map(\.customer) == ["US-041", "US-042", "US-043"])
    }

    struct Refused: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let row: String
        let says: String
    }

    static let refused = [
        Refused(testDescription: "a member that nobody knows", row: #"{"quantityBilable": 1}"#, says: "no member"),
        Refused(testDescription: "no id", row: "{}", says: "id is missing"),
        Refused(
            testDescription: "no price", row: WebAPI.entry(1, #""salesPrice": null"#), says: "salesPrice is missing"),
        Refused(
            testDescription: "no quantity", row: WebAPI.entry(1, #""quantitySubmitted": 0"#), says: "its quantity is 0"),
        Refused(
            testDescription: "quantities of different signs", row: WebAPI.entry(1, #""quantityBillable": -1"#),
            says: "the same sign"),
        Refused(
            testDescription: "an unknown project", row: WebAPI.entry(1, project: WebAPI.id(77)),
            says: "there is no project"),
        Refused(
            testDescription: "no contract line on a project with a contract", row: WebAPI.entry(1, line: nil),
            says: "contractLine is missing"),
        Refused(
            testDescription: "a fee on fixed price",
            row: WebAPI.entry(1, #""class": "Fee""#, line: WebAPI.fixedPriceLine), says: "time-and-material"),
        Refused(
            testDescription: "a milestone", row: WebAPI.entry(1, #""class": "Milestone""#), says: "class is Milestone"),
        Refused(
            testDescription: "an unknown currency", row: WebAPI.entry(1, #""currency": "XXX""#), says: "no currency XXX"
        ),
        Refused(
            testDescription: "an unknown category", row: WebAPI.entry(1, #""category": "\#(WebAPI.id(99))""#),
            says: "there is no category"),
        Refused(
            testDescription: "an amount that is no decimal", row: WebAPI.entry(1, #""costPrice": "1e3x""#),
            says: "costPrice is not a decimal"),
    ]

    @Test("A row that cannot be approved says why, and the others go on", arguments: refused)
    func isRefused(_ row: Refused) throws {
        let store = try store()
        let report = try store.approve([row.row, WebAPI.entry(2)].joined(separator: "\n"))
        #expect(report.rows.map(\.outcome) == [.refused, .done])
        #expect(report.rows[0].row == 1 && report.rows[0].message?.contains(row.says) == true, "\(report.rows[0])")
        #expect(try store.count("actuals") == 2)
    }

    @Test("An entry whose unbilled sale is on a draft, or invoiced, keeps its approval")
    func onInvoice() throws {
        let store = try store()
        try store.approve(WebAPI.entry(1))
        _ = try store.readyAll()
        _ = try store.draftAll()
        let drafted = try store.approve(WebAPI.event(1, "Recalled"))
        #expect(drafted.rows.first?.message?.contains("is on the draft") == true)
        try store.confirm("PI-000001")
        let invoiced = try store.approve(WebAPI.event(1, "Contract Confirmed"))
        #expect(invoiced.rows.first?.message?.contains("has been invoiced") == true)
    }

    @Test("E6: from approval over the draft to the confirmed invoice: U is posted, U −1,600 and B 1,600 are written")
    func e6() throws {
        let store = try store()
        try store.approve(WebAPI.entry(1))
        #expect(try store.readyAll().ready == 1)
        #expect(try store.draftAll().drafts.map(\.lineAmount) == [Money(1_600)])
        try store.confirm("PI-000001")
        #expect(
            try store.texts(Self.rows) == [
                "Billed Sales Time 8.0000 1600.0000 Chargeable Customer Invoice Posted",
                "Cost Time 8.0000 800.0000 Not Available",
                "Unbilled Sales Time 8.0000 1600.0000 Chargeable Customer Invoice Posted",
                "Unbilled Sales Time -8.0000 -1600.0000 Chargeable Canceled Unadjustable skipped",
            ])
        let invoice = try #require(try store.messages(InvoiceConfirmed.self).first)
        #expect(invoice.invoiceNumber == "PI-000001" && invoice.lineAmount == Money(1_600) && invoice.totalCount == 1)
        #expect(try store.waiting() == [])
    }

    @Test("619391: a fee of nothing is approved, drafted and confirmed with the others")
    func zeroFee() throws {
        let store = try store()
        try store.approve(
            [WebAPI.entry(1), WebAPI.entry(2, #""class": "Fee", "quantitySubmitted": 1, "salesPrice": 0"#)]
                .joined(separator: "\n"))
        _ = try store.readyAll()
        #expect(try store.draftAll().drafts.map(\.lineDetails) == [2])
        #expect(try store.confirm("PI-000001").lineAmount == Money(1_600))
        #expect(try store.messages(InvoiceConfirmed.self).map(\.totalCount) == [2])
    }

    @Test("4300829: more than 5,000 entries are approved, drafted and confirmed")
    func many() throws {
        let store = try store()
        let report = try store.approve((1...5_200).map { WebAPI.entry($0) }.joined(separator: "\n"))
        #expect(report.count(.done) == 5_200)
        #expect(try store.readyAll().ready == 5_200)
        #expect(try store.draftAll().drafts.map(\.lineDetails) == [5_200])
        #expect(try store.confirm("PI-000001").lineAmount == Money(5_200 * 1_600))
        #expect(try store.messages(InvoiceConfirmed.self).map(\.totalCount) == [5_200])
    }
}
