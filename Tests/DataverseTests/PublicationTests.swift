import Bus
import Contracts
import Database
import Testbed
import Testing

@testable import Dataverse

@Suite struct PublicationTests {
    @Test("An actual is published with all that Finance cannot look up")
    func actual() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 })
        let billed = try #require(
            try store.messages(ActualCreated.self).first { $0.transactionType == .billedSales })
        #expect(
            billed
                == ActualCreated(
                    actualId: WebAPI.id(203), rowVersion: 100, company: "usmf", projectNumber: "P-1",
                    contractNumber: "ORD-1", contractLine: "Consulting", customerAccount: "US-001",
                    transactionType: .billedSales, transactionClass: .time, billingType: .chargeable,
                    billingStatus: .customerInvoicePosted, billingMethod: .timeAndMaterial, currency: "USD",
                    currencyPrecision: 2, quantity: Quantity(8), price: Money(200), amount: Money(1_600),
                    documentDate: try #require(CalendarDate("2026-09-01")),
                    accountingDate: try #require(CalendarDate("2026-10-15")), category: "Consulting",
                    resource: "Aisha Rahman", description: "Workshop", invoiceId: WebAPI.id(100),
                    unbilledActualId: WebAPI.id(201)))
    }

    @Test("An actual with Skip Sync is never published")
    func skipSync() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 })
        #expect(try Set(store.messages(ActualCreated.self).map(\.actualId)) == [WebAPI.id(201), WebAPI.id(203)])
        #expect(try store.waiting() == [])
    }

    @Test("An actual whose Skip Sync is set after it was published is withdrawn, once, and comes back when it is unset")
    func withdrawn() throws {
        let store = try DataverseStore()
        func load(version: Int, skipSync: Bool) throws {
            let row = WebAPI.actual(
                201, .unbilled, ["versionnumber": "\(version)", "msdyn_skipsync": "\(skipSync)"])
            try store.load(WebAPI.lookups.merging(["msdyn_actuals": [row]]) { $1 })
        }
        try load(version: 100, skipSync: false)
        try load(version: 500, skipSync: true)
        try load(version: 500, skipSync: true)
        let withdrawal = try store.messages(ActualCreated.self).dropFirst()
        #expect(withdrawal.map(\.actualId) == [WebAPI.id(201)] && withdrawal.allSatisfy(\.withdrawn))
        #expect(withdrawal.map(\.rowVersion) == [500])
        try load(version: 501, skipSync: false)
        #expect(try store.messages(ActualCreated.self).last?.withdrawn == false)
    }

    @Test("A connection is published when both its transactions are actuals")
    func connections() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 })
        let connections: [TransactionConnected] = try store.messages()
        #expect(Set(connections.map(\.connectionId)) == [WebAPI.id(402), WebAPI.id(403)])
        #expect(connections.allSatisfy { $0.company == "usmf" })
    }

    @Test("All messages of an invoice are one trace")
    func trace() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 })
        let traces = try store.connection.values(GUID.self, "SELECT DISTINCT trace_id FROM outbox")
        #expect(traces == [WebAPI.id(100)])
    }

    @Test(
        "A row whose lookup is not there yet waits for it by name, and goes on when it comes",
        arguments: [
            ("msdyn_projects", "waiting for project \(WebAPI.project)"),
            ("salesorders", "waiting for project contract \(WebAPI.contract)"),
            ("transactioncurrencies", "waiting for currency \(WebAPI.currency)"),
            ("accounts", "waiting for account \(WebAPI.account)"),
            ("msdyn_transactioncategories", "waiting for transaction category \(WebAPI.category)"),
            ("bookableresources", "waiting for bookable resource \(WebAPI.resource)"),
            ("salesorderdetails", "waiting for project contract line \(WebAPI.timeAndMaterialLine)"),
            ("cdm_companies", "waiting for a company"), ("msdyn_organizationalunits", "waiting for a company"),
        ])
    func waits(_ set: String, _ reason: String) throws {
        let store = try DataverseStore()
        var lookups = WebAPI.lookups
        let late = lookups.take(set)
        try store.load(lookups)
        let invoice = WebAPI.confirmedInvoice()
        try store.load(invoice)
        #expect(try store.messages(ActualCreated.self).isEmpty)
        let waiting = try store.waiting()
        #expect(waiting.contains { $0.hasPrefix(reason) }, "\(waiting)")
        let goesOn = try store.load([set: late])
        #expect(goesOn.published[.actualCreated] == 2)
        #expect(try store.messages(TransactionConnected.self).count == 2)
        #expect(try store.messages(InvoiceConfirmed.self).count == 1)
        #expect(try store.waiting() == [])
    }

    @Test("A row that misses two things waits for one after the other")
    func waitsTwice() throws {
        let store = try DataverseStore()
        var lookups = WebAPI.lookups
        let project = lookups.take("msdyn_projects")
        let currency = lookups.take("transactioncurrencies")
        try store.load(lookups)
        try store.load(["msdyn_actuals": [WebAPI.actual(1, .cost)]])
        try store.load(["msdyn_projects": project])
        #expect(try store.waiting() == ["waiting for currency \(WebAPI.currency)"])
        try store.load(["transactioncurrencies": currency])
        #expect(try store.messages(ActualCreated.self).count == 1)
    }

    @Test("A project without its Finance number is waited for, and named")
    func projectNumber() throws {
        let store = try DataverseStore()
        var lookups = WebAPI.lookups
        lookups["msdyn_projects"]?[0]["msdynce_projectnumber"] = "null"
        try store.load(lookups)
        try store.load(["msdyn_actuals": [WebAPI.actual(1, .cost)]])
        #expect(try store.waiting() == ["waiting for the Finance number of project \(WebAPI.project)"])
        var project = WebAPI.lookups["msdyn_projects"] ?? []
        project[0]["versionnumber"] = "2"
        try store.load(["msdyn_projects": project])
        #expect(try store.messages(ActualCreated.self).map(\.projectNumber) == ["P-1"])
    }

    @Test("A billed time-and-material sale waits for the connection to its unbilled sale")
    func unbilledSale() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        var invoice = WebAPI.confirmedInvoice()
        let connections = invoice.take("msdyn_transactionconnections")
        try store.load(invoice)
        let reason = "waiting for the transaction connection from billed sale \(WebAPI.id(203)) to its unbilled sale"
        #expect(try store.waiting() == [reason, "its billed sale \(WebAPI.id(203)) is \(reason)"])
        #expect(try store.messages(ActualCreated.self).map(\.actualId) == [WebAPI.id(201)])
        try store.load(["msdyn_transactionconnections": connections])
        #expect(try store.messages(ActualCreated.self).last?.unbilledActualId == WebAPI.id(201))
        #expect(try store.waiting() == [])
    }

    @Test("A billed reversal waits for the connection to the sale that it corrects, and names it")
    func correctedSale() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups.merging(WebAPI.confirmedInvoice()) { $1 })
        let credit = WebAPI.actual(
            503, .billed,
            [
                "msdyn_adjustmentstatus": "192350002", "msdyn_quantity": "-8.0", "msdyn_amount": "-1600.0",
                "_msdyn_invoice_value": WebAPI.text("\(WebAPI.id(500))"),
            ])
        try store.load(["msdyn_actuals": [credit]])
        #expect(
            try store.waiting()
                == [
                    "waiting for the transaction connection from reversal \(WebAPI.id(503)) to its original"
                ])
        try store.load([
            "msdyn_transactionconnections": [WebAPI.connection(504, 503, "Reversing", 203, "Original")]
        ])
        #expect(try store.messages(ActualCreated.self).last?.reversedActualId == WebAPI.id(203))
    }

    @Test("A connection that comes after its reversal makes a newer message of it")
    func lateConnection() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        try store.load(["msdyn_actuals": [WebAPI.actual(1, .cost), WebAPI.actual(2, .cost, WebAPI.negative)]])
        try store.load([
            "msdyn_transactionconnections": [
                WebAPI.connection(3, 2, "Reversing", 1, "Original", ["versionnumber": "150"])
            ]
        ])
        let reversal = try store.messages(ActualCreated.self).filter { $0.actualId == WebAPI.id(2) }
        #expect(reversal.map(\.rowVersion) == [100, 150])
        #expect(reversal.map(\.reversedActualId) == [nil, WebAPI.id(1)])
    }

    @Test("Inter-organizational sales go to the lending company, and nowhere when there is only one company")
    func interOrganizational() throws {
        let store = try DataverseStore()
        try store.load(WebAPI.lookups)
        try store.load([
            "cdm_companies": [
                [
                    "cdm_companyid": WebAPI.text("\(WebAPI.id(22))"), "cdm_companycode": WebAPI.text("demf"),
                    "versionnumber": "1",
                ]
            ],
            "msdyn_organizationalunits": [
                [
                    "msdyn_organizationalunitid": WebAPI.text("\(WebAPI.id(21))"), "msdyn_name": WebAPI.text("Germany"),
                    "_msdyn_company_value": WebAPI.text("\(WebAPI.id(22))"), "versionnumber": "1",
                ]
            ],
            "msdyn_actuals": [
                WebAPI.actual(1, .interOrganizational),
                WebAPI.actual(
                    2, .interOrganizational,
                    ["_msdyn_resourceorganizationalunitid_value": WebAPI.text("\(WebAPI.id(21))")]),
            ],
        ])
        let messages: [ActualCreated] = try store.messages()
        #expect(messages.map(\.actualId) == [WebAPI.id(2)])
        #expect(messages.map(\.company) == ["demf"])
        #expect(try store.waiting() == [])
    }

    @Test("A unit's company can be configured, and what waited for it goes on")
    func configuredCompany() throws {
        let store = try DataverseStore()
        var lookups = WebAPI.lookups
        lookups["msdyn_organizationalunits"]?[0]["_msdyn_company_value"] = "null"
        try store.load(lookups)
        try store.load(["msdyn_actuals": [WebAPI.actual(1, .cost)]])
        #expect(try store.waiting().first?.contains("dataverse.companies") == true)
        store.configuration.unitCompanies = ["Contoso USA": "usmf"]
        try store.load(["accounts": WebAPI.lookups["accounts"] ?? []])
        #expect(try store.messages(ActualCreated.self).map(\.company) == ["usmf"])
    }
}
