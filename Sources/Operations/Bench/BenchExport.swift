import Contracts
import Foundation

/// What the Web API of a Dataverse would answer: a time-and-material contract with many unbilled sales, and a draft
/// invoice with a line detail for each of them.
///
/// Pages of 10,000 rows, one page in memory at a time.
struct BenchExport {
    let lines: Int
    let folder: String

    static let invoiceNumber = "BENCH-0001"
    private static let pageRows = 10_000

    private enum Kind: UInt64 {
        case company = 10
        case unit, currency, account, category, resource, contract, contractLine, project, invoice, invoiceLine, actual
        case lineDetail, connection
    }

    private func id(_ kind: Kind, _ number: Int = 0) -> String { BenchActuals.guid(kind.rawValue, number).description }

    /// Hours of 1 to 8 at a price of 180.
    private func hours(_ number: Int) -> Int { 1 + number % 8 }

    private func day(_ number: Int) -> String { "2026-11-\(10 + number % 20)" }

    /// Writes the pages into `pages/`, and those of the draft into `draft/`.
    func write() throws {
        for name in ["pages", "draft"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        }
        try writeLookups()
        try writeActuals()
        try writeDraft()
    }

    private func writeLookups() throws {
        func page(_ set: String, _ rows: [String]) throws {
            try write("pages/\(set)", set, count: rows.count) { rows[$0] }
        }
        try page(
            "cdm_companies", [#""cdm_companyid":"\#(id(.company))","cdm_companycode":"usmf","cdm_name":"Contoso""#])
        try page(
            "msdyn_organizationalunits",
            [
                #""msdyn_organizationalunitid":"\#(id(.unit))","msdyn_name":"Contoso","_msdyn_company_value":"\#(id(.company))""#
            ])
        try page(
            "transactioncurrencies",
            [#""transactioncurrencyid":"\#(id(.currency))","isocurrencycode":"USD","currencyprecision":2"#])
        try page("accounts", [#""accountid":"\#(id(.account))","accountnumber":"US-001","name":"Adventure Works""#])
        try page(
            "msdyn_transactioncategories",
            [#""msdyn_transactioncategoryid":"\#(id(.category))","msdyn_name":"Consulting""#])
        try page(
            "bookableresources",
            (0..<40).map { #""bookableresourceid":"\#(id(.resource, $0))","name":"Anna Berg \#($0)""# })
        try page(
            "salesorders",
            [
                #""salesorderid":"\#(id(.contract))","ordernumber":"CON-0012-2026","name":"Implementation","_customerid_value":"\#(id(.account))","_transactioncurrencyid_value":"\#(id(.currency))","_msdyn_contractorganizationalunitid_value":"\#(id(.unit))","_msdyn_company_value":"\#(id(.company))","msdyn_ordertype":192350001"#
            ])
        try page(
            "salesorderdetails",
            [
                #""salesorderdetailid":"\#(id(.contractLine))","salesorderdetailname":"Implementation, time and material","msdyn_billingmethod":192350000,"_salesorderid_value":"\#(id(.contract))","_msdyn_project_value":"\#(id(.project))""#
            ])
        try page(
            "msdyn_projects",
            [
                #""msdyn_projectid":"\#(id(.project))","msdyn_subject":"Implementation","msdynce_projectnumber":"PRJ-000417","_msdyn_salesorderid_value":"\#(id(.contract))","_transactioncurrencyid_value":"\#(id(.currency))","_msdyn_contractorganizationalunitid_value":"\#(id(.unit))","_msdyn_company_value":"\#(id(.company))""#
            ])
    }

    /// What actuals and line details have in common.
    private func facts(_ number: Int) -> String {
        let quantity = hours(number)
        return #"""
            "msdyn_transactionclassification":192350000,"msdyn_billingtype":192350001,"msdyn_quantity":\#(quantity).0000,\#
            "msdyn_price":180.0000,"msdyn_amount":\#(quantity * 180).0000,"_transactioncurrencyid_value":"\#(id(.currency))",\#
            "msdyn_documentdate":"\#(day(number))","_msdyn_salescontract_value":"\#(id(.contract))",\#
            "_msdyn_salescontractlineid_value":"\#(id(.contractLine))","_msdyn_project_value":"\#(id(.project))",\#
            "_msdyn_contractorganizationalunitid_value":"\#(id(.unit))",\#
            "_msdyn_resourceorganizationalunitid_value":"\#(id(.unit))","_msdyn_accountcustomer_value":"\#(id(.account))",\#
            "_msdyn_transactioncategory_value":"\#(id(.category))",\#
            "_msdyn_bookableresource_value":"\#(id(.resource, number % 40))",\#
            "msdyn_description":"Design review and follow-up, work package \#(number % 500)"
            """#
    }

    private func writeActuals() throws {
        try write("pages/msdyn_actuals", "msdyn_actuals", count: lines) { number in
            #"""
            "msdyn_actualid":"\#(id(.actual, number))","msdyn_transactiontypecode":192350005,\#
            "msdyn_billingstatus":192350004,"msdyn_adjustmentstatus":null,"msdyn_skipsync":false,\#
            "msdyn_accountingdate":"\#(day(number))","_msdyn_invoice_value":null,\#(facts(number))
            """#
        }
    }

    private func writeDraft() throws {
        let amount = (0..<lines).reduce(0) { $0 + hours($1) * 180 }
        try write("draft/invoices", "invoices", count: 1) { _ in
            #"""
            "invoiceid":"\#(id(.invoice))","invoicenumber":"\#(Self.invoiceNumber)","name":"Implementation",\#
            "_customerid_value":"\#(id(.account))","_salesorderid_value":"\#(id(.contract))",\#
            "_transactioncurrencyid_value":"\#(id(.currency))","msdyn_ordertype":192350001,\#
            "msdyn_projectinvoicestatus":192350000,"msdyn_hascorrections":false,"totallineitemamount":\#(amount).0000,\#
            "totaltax":0.0000,"totalamount":\#(amount).0000,"msdyn_accountingdate":null,"paymenttermscode":1,\#
            "billto_name":"Adventure Works","billto_city":"Seattle","billto_country":"US"
            """#
        }
        try write("draft/invoicedetails", "invoicedetails", count: 1) { _ in
            #"""
            "invoicedetailid":"\#(id(.invoiceLine))","_invoiceid_value":"\#(id(.invoice))",\#
            "_salesorderdetailid_value":"\#(id(.contractLine))","_msdyn_project_value":"\#(id(.project))",\#
            "msdyn_billingmethod":192350000,"extendedamount":\#(amount).0000
            """#
        }
        try write("draft/msdyn_invoicelinetransactions", "msdyn_invoicelinetransactions", count: lines) { number in
            #"""
            "msdyn_invoicelinetransactionid":"\#(id(.lineDetail, number))","_msdyn_invoice_value":"\#(id(.invoice))",\#
            "_msdyn_invoicelineid_value":"\#(id(.invoiceLine))","msdyn_correction":false,\#
            "_msdyn_contractlinescheduleofvalue_value":null,\#(facts(number))
            """#
        }
        try write("draft/msdyn_transactionconnections", "msdyn_transactionconnections", count: lines) { number in
            #"""
            "msdyn_transactionconnectionid":"\#(id(.connection, number))",\#
            "msdyn_transaction1":"\#(id(.lineDetail, number))","msdyn_transaction1role":"Billed Sales",\#
            "msdyn_transaction1type":"msdyn_invoicelinetransaction","msdyn_transaction2":"\#(id(.actual, number))",\#
            "msdyn_transaction2role":"Unbilled Sales","msdyn_transaction2type":"msdyn_actual"
            """#
        }
    }

    /// Writes the pages of a table; the version is the row's place.
    private func write(_ name: String, _ entitySet: String, count: Int, _ members: (Int) -> String) throws {
        for start in stride(from: 0, to: count, by: Self.pageRows) {
            var page =
                #"{"@odata.context":"https://contoso.crm.dynamics.com/api/data/v9.2/$metadata#\#(entitySet)","value":["#
            for number in start..<min(count, start + Self.pageRows) {
                page += number == start ? "\n{" : ",\n{"
                page += members(number)
                page += #","versionnumber":\#(4_100_000 + number)}"#
            }
            page += "\n]}\n"
            try Data(page.utf8).write(
                to: URL(fileURLWithPath: "\(folder)/\(name)-\(100_000 + start / Self.pageRows).json"))
        }
    }

    /// Finance's set-up for the company of the export.
    static let finance = """
        companies:
          usmf:
            name: Contoso
            accounting-currency: USD
            accounting-currency-precision: 2
            parameters:
              journal-period-unit: months
              journal-line-limit: 200
              set-accounting-date-to-open-period: true
              exchange-rate-date: accounting
              sales-tax-group-method: search
              milestone-item-sales-tax-group: SERVICE
            number-sequences:
              integration-journal: {prefix: USPM-, next: 1, digits: 6}
              voucher: {prefix: USV-, next: 1, digits: 9}
              customer-invoice: {prefix: CIV-, next: 1, digits: 6}
            fiscal-periods:
              - {from: 2026-01-01, to: 2099-12-31, status: open}
            sales-tax-codes:
              STATE: {name: State sales tax, percentage: 6.5}
            sales-tax-groups:
              STATE: [STATE]
            item-sales-tax-groups:
              SERVICE: [STATE]
            sales-tax-group-defaults:
              customers: {US-001: STATE}
            line-properties:
              Chargeable: {id: Charge, name: Chargeable, chargeable: true, accrue-revenue: true}
            project-categories:
              Consulting: {class: Time, item-sales-tax-group: SERVICE, default: true}
            accounting-profiles:
              company: {accrue-revenue: true, on-account: balance}
            posting-accounts:
              cost: {company: 610100}
              payroll-allocation: {company: 610900}
              wip-sales-value: {company: 150100}
              accrued-revenue-sales-value: {company: 410900}
              invoiced-revenue: {company: 410100}
              customer-balance: {company: 130100}
              sales-tax: {company: 220100}
              penny-difference: {company: 618900}
            payment-terms:
              Net 30: 30
            customers:
              US-001: {name: Adventure Works, payment-terms: Net 30}
        """
}
