import Contracts
import Database
import Testbed
import Testing

@testable import Dataverse

/// Rows that Dataverse deleted.
@Suite struct DeletionTests {
    static let sets: [String] =
        (try? CapturedTable.all(DataverseConfiguration(choices: ChoiceTables())).map(\.entitySet))
        ?? []

    /// Everything of a draft that is ours, and the rows that it refers to.
    private func draft(_ store: DataverseStore) throws {
        var rows = WebAPI.confirmedInvoice()
        rows["invoices"] = [WebAPI.invoice(100, .draft, amount: "1600.0")]
        rows["msdyn_actuals"] = [WebAPI.actual(201, .unbilled)]
        rows["msdyn_transactionconnections"]?.removeLast(2)
        rows["invoicedetails"] = [
            [
                "invoicedetailid": WebAPI.text("\(WebAPI.id(501))"), "versionnumber": "1",
                "_invoiceid_value": WebAPI.text("\(WebAPI.id(100))"),
                "_msdyn_project_value": WebAPI.text("\(WebAPI.project)"),
            ]
        ]
        rows["msdyn_invoicelinetransactions"]?[0]["_msdyn_invoicelineid_value"] = WebAPI.text("\(WebAPI.id(501))")
        rows["msdyn_contractlinescheduleofvalues"] = [
            [
                "msdyn_contractlinescheduleofvalueid": WebAPI.text("\(WebAPI.id(601))"), "msdyn_amount": "5000.0",
                "msdyn_invoicestatus": "null", "versionnumber": "1",
            ]
        ]
        rows["products"] = [
            [
                "productid": WebAPI.text("\(WebAPI.id(701))"), "productnumber": WebAPI.text("D-100"),
                "name": WebAPI.text("Disk"),
                "versionnumber": "1",
            ]
        ]
        try store.load(WebAPI.lookups.merging(rows) { $1 }, asOurs: true)
    }

    private func delta(_ set: String, _ entry: String) -> String {
        WebAPI.page(set, []).replacing("(columns)", with: "/$delta").replacing("[\n\n]", with: "[\(entry)]")
    }

    private func entry(_ set: String, _ id: GUID) -> String {
        #"{"@odata.context": "https://x/$metadata#\#(set)/$deletedEntity", "id": "\#(id)", "reason": "deleted"}"#
    }

    @Test("A deleted row of any table is gone, stays away when an older page comes, and is not used", arguments: sets)
    func everyTable(set: String) throws {
        let store = try DataverseStore()
        try draft(store)
        let table = try #require(try CapturedTable.all(store.configuration).first { $0.entitySet == set })
        let id = try #require(
            try store.connection.values(GUID.self, "SELECT \(table.key.name) FROM \(table.name) ORDER BY 1").first)
        let before = try store.count(table.name)
        let report = try store.load([delta(set, entry(set, id))])
        #expect(report.tables.map(\.deleted) == [1])
        #expect(try store.count(table.name) == before - 1)

        try draft(store)
        #expect(try store.count(table.name) == before - 1)
        // Legal entities and units are not the draft's own; the milestone and the product are not on it.
        let others = ["cdm_companies", "msdyn_organizationalunits", "msdyn_contractlinescheduleofvalues", "products"]
        guard !others.contains(set) else {
            return
        }
        let error = try #require(throws: ConfirmationError.self) { try store.confirm("INV-100") }
        if !["invoices", "msdyn_invoicelinetransactions", "msdyn_transactionconnections"].contains(set) {
            #expect("\(error)".contains("it refers to \(id) of \(table.name), which Dataverse deleted"))
        }
        #expect(try store.count("actuals WHERE transaction_type = 'Billed Sales'") == 0)
    }

    @Test("4504727: a milestone that is on a confirmed invoice, or revised by a correction, is not deleted")
    func invoicedMilestone() throws {
        for detail in [[:], ["msdyn_correction": "true"]] {
            let store = try DataverseStore()
            try draft(store)
            let named = ["_msdyn_contractlinescheduleofvalue_value": WebAPI.text("\(WebAPI.id(601))")]
            try store.load([
                "msdyn_invoicelinetransactions": [
                    WebAPI.lineDetail(701, invoice: 700, named.merging(detail) { $1 })
                ],
                "invoices": [WebAPI.invoice(700, detail.isEmpty ? .confirmed : .draft, amount: "5000.0")],
            ])
            let set = "msdyn_contractlinescheduleofvalues"
            let report = try store.load([delta(set, entry(set, WebAPI.id(601)))])
            #expect(try store.count("milestones") == 1)
            #expect(
                report.tables.flatMap(\.notes).map(\.text).contains {
                    $0.contains("revised by a correction; they stay")
                })
        }
    }

    @Test("A line detail of a milestone that was deleted is not confirmed")
    func milestone() throws {
        let store = try DataverseStore()
        try draft(store)
        try store.load([
            "msdyn_invoicelinetransactions": [
                WebAPI.lineDetail(
                    301, invoice: 100,
                    [
                        "versionnumber": "101", "msdyn_transactionclassification": "192350004",
                        "_msdyn_contractlinescheduleofvalue_value": WebAPI.text("\(WebAPI.id(601))"),
                    ])
            ]
        ])
        try store.load([
            delta("msdyn_contractlinescheduleofvalues", entry("msdyn_contractlinescheduleofvalues", WebAPI.id(601)))
        ])
        let error = try #require(throws: ConfirmationError.self) { try store.confirm("INV-100") }
        #expect("\(error)".contains("of milestones, which Dataverse deleted"))
    }

    @Test(
        "Every form in which OData tells of a deletion is one",
        arguments: [
            #"{"@odata.context": "https://x/$metadata#accounts/$deletedEntity", "id": "ID", "reason": "deleted"}"#,
            #"{"@odata.context": "x#accounts/$deletedEntity", "id": "https://x/api/data/v9.2/accounts(ID)", "reason": "deleted"}"#,
            #"{"@context": "x#accounts/$deletedEntity", "@id": "accounts(ID)", "reason": "deleted"}"#,
            #"{"id": "ID", "reason": "deleted"}"#, #"{"id": "accounts(accountid=ID)", "reason": "deleted"}"#,
            #"{"reason": "deleted", "accountid": "ID"}"#,
            #"{"@removed": {"reason": "deleted"}, "@id": "accounts(ID)"}"#,
            #"{"@removed": {"reason": "deleted"}, "@odata.id": "https://x/accounts(accountid='ID')"}"#,
            #"{"@removed": {"reason": "deleted"}, "id": "accounts%28ID%29"}"#,
            #"{"@removed": {"reason": "deleted"}, "accountid": "ID", "versionnumber": 9}"#,
            #"{"@odata.removed": {"reason": "deleted"}, "accountid": "ID"}"#,
            #"{"@removed": {"reason": "deleted", "by": "a job"}, "id": "/accounts(ID)"}"#,
        ])
    func forms(form: String) throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        let id = "\(WebAPI.account)"
        let report = try store.load([delta("accounts", form.replacing("ID", with: id))])
        #expect(report.tables.map(\.deleted) == [1])
        #expect(try store.count("accounts") == 0)
    }

    @Test(
        "A row that only left what the request selects is kept, as is one of which a link changed",
        arguments: [
            #"{"id": "ID", "reason": "changed"}"#, #"{"@removed": {"reason": "changed"}, "@id": "accounts(ID)"}"#,
            #"{"@odata.context": "x#accounts/$deletedEntity", "id": "ID", "reason": "changed"}"#,
            #"{"@odata.context": "x#accounts/$deletedLink", "source": "accounts(ID)", "relationship": "r", "target": "t"}"#,
            #"{"@odata.context": "x#accounts/$link", "source": "accounts(ID)", "relationship": "r", "target": "t"}"#,
        ])
    func kept(form: String) throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        let report = try store.load([delta("accounts", form.replacing("ID", with: "\(WebAPI.account)"))])
        #expect(report.tables.map(\.skipped) == [1])
        #expect(try store.count("accounts") == 1)
    }

    @Test(
        "A form of deletion that is not known is refused by its name",
        arguments: [
            (#"{"@removed": {"reason": "archived"}, "@id": "accounts(ID)"}"#, "@removed", "\"archived\" is not known"),
            (#"{"@removed": {}, "@id": "accounts(ID)"}"#, "@removed", "does not say whether"),
            (#"{"@removed": true, "@id": "accounts(ID)"}"#, "@removed", "does not say whether"),
            (#"{"@deleted": true, "accountid": "ID", "versionnumber": 9}"#, "@deleted", "not known"),
            (#"{"@odata.deleted": {}, "accountid": "ID", "versionnumber": 9}"#, "@odata.deleted", "not known"),
            (#"{"@odata.context": "x#accounts/$purgedEntity", "id": "ID"}"#, "@odata.context", "\"$purgedEntity\""),
            (
                #"{"@odata.context": "x#leads/$deletedEntity", "id": "ID", "reason": "deleted"}"#, "@odata.context",
                "\"leads\""
            ),
            (#"{"@removed": {"reason": "deleted"}, "@id": "leads(ID)"}"#, "@id", "\"leads\""),
            (#"{"@removed": {"reason": "deleted"}, "@id": "accounts(accountnumber='US-001')"}"#, "@id", "by its id"),
            (#"{"@removed": {"reason": "deleted"}}"#, "id", "of which row"),
            (#"{"id": "ID", "reason": "merged"}"#, "reason", "\"merged\" is not known"),
            (#"{"@odata.etag": "W/9", "deleted": "ID"}"#, "accountid", "lacks it"),
        ])
    func unknown(form: String, field: String, problem: String) throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        let error = try #require(throws: CaptureError.self) {
            try store.load([delta("accounts", form.replacing("ID", with: "\(WebAPI.account)"))])
        }
        #expect(error.row == 1 && error.field == field && error.problem.contains(problem), "\(error)")
        #expect(try store.count("accounts") == 1)
    }

    @Test("An invoice that was published, and that Dataverse deletes or puts back to draft, is an error in every list")
    func afterPublication() throws {
        for isDeleted in [true, false] {
            let store = try DataverseStore()
            try store.load(WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 })
            #expect(try store.messages(InvoiceConfirmed.self).count == 1)
            let says = isDeleted ? "Dataverse has deleted it" : "Dataverse has put it back to draft"
            if isDeleted {
                try store.load([delta("invoices", entry("invoices", WebAPI.id(100)))])
            } else {
                try store.load(["invoices": [WebAPI.invoice(100, .draft, amount: "1600.0", ["versionnumber": "200"])]])
            }
            #expect(try store.waiting().count { $0.contains("error:") && $0.contains(says) } == 1)
            let listed = try InvoiceList(connection: store.connection).invoices()
            #expect(try #require(listed.first?.waitingReason).contains(says))
            // Nothing more is said of it to Finance, whatever else comes.
            try store.load([
                "msdyn_actuals": [
                    WebAPI.actual(
                        203, .billed,
                        [
                            "versionnumber": "300", "msdyn_amount": "1",
                            "_msdyn_invoice_value": WebAPI.text("\(WebAPI.id(100))"),
                        ])
                ]
            ])
            #expect(try store.messages(InvoiceConfirmed.self).count == 1)
        }
    }

    @Test("An invoice that is confirmed again after it went back to draft is published again, and no error any more")
    func confirmedAgain() throws {
        let store = try DataverseStore()
        let rows = WebAPI.confirmedInvoice()
        try store.load(WebAPI.lookups.merging(rows) { $1 })
        try store.load(["invoices": [WebAPI.invoice(100, .draft, amount: "1600.0", ["versionnumber": "200"])]])
        try store.load([
            "invoices": [
                WebAPI.invoice(
                    100, .confirmed, amount: "1600.0", ["versionnumber": "300", "paymenttermscode": "3"])
            ]
        ])
        #expect(try store.waiting().isEmpty)
        #expect(try store.messages(InvoiceConfirmed.self).map(\.totalsVersion) == [1, 2])
    }

    @Test("What was confirmed here stays when Dataverse deletes its draft, and the load says so")
    func confirmedHere() throws {
        let store = try DataverseStore()
        try draft(store)
        try store.confirm("INV-100")
        let report = try store.load([
            delta("invoices", entry("invoices", WebAPI.id(100))),
            delta("msdyn_invoicelinetransactions", entry("msdyn_invoicelinetransactions", WebAPI.id(301))),
        ])
        #expect(report.tables.map(\.deleted) == [0, 0])
        #expect(report.tables.flatMap(\.notes).allSatisfy { $0.text.contains("was confirmed here") })
        #expect(report.tables.flatMap(\.notes).count == 2)
        #expect(try store.count("invoices") == 1)
    }

    @Test("A billed sale that was deleted counts for nothing in its invoice")
    func billedSale() throws {
        let store = try DataverseStore()
        var rows = WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 }
        let accounts = rows.take("accounts")
        try store.load(rows)
        try store.load([delta("msdyn_actuals", entry("msdyn_actuals", WebAPI.id(203)))])
        try store.load(["accounts": accounts])
        #expect(try store.messages(InvoiceConfirmed.self).isEmpty)
        #expect(try store.waiting().contains { $0.contains("waiting for actuals") })
    }

    @Test("The load says which actuals Dataverse takes away after Finance was told of them, and not of others")
    func afterFinanceWasTold() throws {
        let store = try DataverseStore()
        let waiting = WebAPI.actual(2, .cost, ["_msdyn_project_value": WebAPI.text("\(WebAPI.id(999))")])
        try store.load(
            WebAPI.lookups.merging(["msdyn_actuals": [WebAPI.actual(1, .cost), waiting, WebAPI.actual(3, .cost)]]) {
                $1
            })
        let skip = ["msdyn_skipsync": "true", "versionnumber": "200"]
        let report = try store.load([
            "msdyn_actuals": [WebAPI.actual(1, .cost, skip), waiting.merging(skip) { $1 }]
        ])
        let note = try #require(report.tables.first?.notes.first)
        #expect(note.rows == 1 && note.row == 1 && note.text.contains("Skip Sync after Finance was told"))
        #expect(report.tables.flatMap(\.notes).count == 1)

        let deleted = try store.load([
            delta("msdyn_actuals", entry("msdyn_actuals", WebAPI.id(3))),
            delta("msdyn_actuals", entry("msdyn_actuals", WebAPI.id(1))),
        ])
        #expect(deleted.tables.map(\.deleted) == [2])
        #expect(deleted.tables.flatMap(\.notes).map(\.rows) == [1])
    }

    @Test("An actual that is deleted after it was published is withdrawn, in a newer version, and gone")
    func withdrawn() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 })
        let published = try store.messages(ActualCreated.self).filter { $0.actualId == WebAPI.id(203) }
        #expect(published.map(\.withdrawn) == [false])
        try store.load([delta("msdyn_actuals", entry("msdyn_actuals", WebAPI.id(203)))])
        let all = try store.messages(ActualCreated.self).filter { $0.actualId == WebAPI.id(203) }
        #expect(all.map(\.withdrawn) == [false, true])
        let (before, after) = (try #require(all.first), try #require(all.last))
        #expect(after.rowVersion > before.rowVersion)
        #expect(after.invoiceId == before.invoiceId && after.amount == before.amount)
        #expect(try store.count("actuals WHERE actual_id = '\(WebAPI.id(203))'") == 0)
        // An older page does not bring it back, and nothing is published of it again.
        try store.load(WebAPI.confirmedInvoice())
        #expect(try store.messages(ActualCreated.self).count { $0.actualId == WebAPI.id(203) } == 2)
    }
}
