import Contracts
import Foundation
import Testbed

/// A row of a Web API page: members with their raw JSON values.
typealias WebRow = [String: String]

/// Pages as the Dataverse Web API answers them.
enum WebAPI {
    static let unit = id(1), company = id(2), currency = id(3), account = id(4), contract = id(5)
    static let timeAndMaterialLine = id(6), fixedPriceLine = id(7), project = id(8), category = id(9)
    static let resource = id(10)

    /// An id that is easy to recognise.
    static func id(_ number: Int) -> GUID { GUID(high: 0, low: UInt64(number)) }

    static func text(_ text: String) -> String { "\"\(text)\"" }

    static func page(_ set: String, _ rows: [WebRow]) -> String {
        let context = "https://contoso.crm.dynamics.com/api/data/v9.2/$metadata#\(set)(columns)"
        return "{\"@odata.context\": \"\(context)\", \"value\": [\n\(rows.map(json).joined(separator: ",\n"))\n]}"
    }

    static func json(_ row: WebRow) -> String {
        "{" + row.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ") + "}"
    }

    /// What actuals and invoices refer to: a company, a contract with a line
    /// of either billing method, a project.
    static let lookups: [String: [WebRow]] = [
        "cdm_companies": [["cdm_companyid": text("\(company)"), "cdm_companycode": text("USMF")]],
        "msdyn_organizationalunits": [
            [
                "msdyn_organizationalunitid": text("\(unit)"), "msdyn_name": text("Contoso USA"),
                "_msdyn_company_value": text("\(company)"),
            ]
        ],
        "transactioncurrencies": [
            [
                "transactioncurrencyid": text("\(currency)"), "isocurrencycode": text("USD"), "currencyprecision": "2",
            ]
        ],
        "accounts": [
            ["accountid": text("\(account)"), "accountnumber": text("US-001"), "name": text("Adventure Works")]
        ],
        "salesorders": [
            [
                "salesorderid": text("\(contract)"), "ordernumber": text("ORD-1"), "msdyn_ordertype": "192350001",
                "_customerid_value": text("\(account)"), "_transactioncurrencyid_value": text("\(currency)"),
                "_msdyn_contractorganizationalunitid_value": text("\(unit)"),
            ]
        ],
        "salesorderdetails": [
            [
                "salesorderdetailid": text("\(timeAndMaterialLine)"), "salesorderdetailname": text("Consulting"),
                "msdyn_billingmethod": "192350000",
            ],
            [
                "salesorderdetailid": text("\(fixedPriceLine)"), "salesorderdetailname": text("Delivery"),
                "msdyn_billingmethod": "192350001",
            ],
        ],
        "msdyn_projects": [
            [
                "msdyn_projectid": text("\(project)"), "msdynce_projectnumber": text("P-1"),
                "_msdyn_salesorderid_value": text("\(contract)"),
                "_msdyn_contractorganizationalunitid_value": text("\(unit)"),
            ]
        ],
        "msdyn_transactioncategories": [
            ["msdyn_transactioncategoryid": text("\(category)"), "msdyn_name": text("Consulting")]
        ],
        "bookableresources": [["bookableresourceid": text("\(resource)"), "name": text("Aisha Rahman")]],
    ].mapValues { rows in rows.map { $0.merging(["versionnumber": "1"]) { old, _ in old } } }

    enum Kind: Int {
        case cost = 192_350_000
        case unbilled = 192_350_005
        case billed = 192_350_006
        case interOrganizational = 192_350_008
    }

    /// Eight hours at 200, chargeable.
    static func actual(_ number: Int, _ kind: Kind, _ changes: WebRow = [:]) -> WebRow {
        let row: WebRow = [
            "msdyn_actualid": text("\(id(number))"), "msdyn_transactiontypecode": "\(kind.rawValue)",
            "msdyn_transactionclassification": "192350000", "msdyn_billingtype": "192350001",
            "msdyn_billingstatus": kind == .cost ? "null" : "192350000", "msdyn_adjustmentstatus": "null",
            "msdyn_skipsync": "false", "msdyn_quantity": "8.0", "msdyn_price": "200.0", "msdyn_amount": "1600.0",
            "_transactioncurrencyid_value": text("\(currency)"), "msdyn_documentdate": text("2026-09-01"),
            "msdyn_accountingdate": text("2026-09-02"), "_msdyn_invoice_value": "null",
            "_msdyn_salescontract_value": text("\(contract)"),
            "_msdyn_salescontractlineid_value": text("\(timeAndMaterialLine)"),
            "_msdyn_project_value": text("\(project)"),
            "_msdyn_contractorganizationalunitid_value": text("\(unit)"),
            "_msdyn_resourceorganizationalunitid_value": text("\(unit)"),
            "_msdyn_accountcustomer_value": text("\(account)"),
            "_msdyn_transactioncategory_value": text("\(category)"),
            "_msdyn_bookableresource_value": text("\(resource)"), "msdyn_description": text("Workshop"),
            "versionnumber": "100",
        ]
        return row.merging(changes) { $1 }
    }

    /// What a row that takes back eight hours says, where nothing else tells it from one that is negative.
    static let negative: WebRow = ["msdyn_quantity": "-8.0", "msdyn_amount": "-1600.0"]

    /// A line detail as ``actual(_:_:_:)`` is.
    static func lineDetail(_ number: Int, invoice: Int, _ changes: WebRow = [:]) -> WebRow {
        var row = actual(number, .billed)
        for name in ["msdyn_actualid", "msdyn_transactiontypecode", "msdyn_skipsync", "_msdyn_invoice_value"] {
            row[name] = nil
        }
        row["msdyn_invoicelinetransactionid"] = text("\(id(number))")
        row["_msdyn_invoice_value"] = text("\(id(invoice))")
        row["_msdyn_invoicelineid_value"] = "null"
        row["msdyn_correction"] = "false"
        return row.merging(changes) { $1 }
    }

    enum Status: Int {
        case draft = 192_350_000
        case inReview
        case confirmed
        case paid
    }

    static func invoice(_ number: Int, _ status: Status, amount: String, _ changes: WebRow = [:]) -> WebRow {
        let row: WebRow = [
            "invoiceid": text("\(id(number))"), "invoicenumber": text("INV-\(number)"),
            "msdyn_ordertype": "192350001", "msdyn_projectinvoicestatus": "\(status.rawValue)",
            "_salesorderid_value": text("\(contract)"), "_customerid_value": text("\(account)"),
            "_transactioncurrencyid_value": text("\(currency)"), "msdyn_hascorrections": "false",
            "totallineitemamount": amount, "paymenttermscode": "1", "versionnumber": "100",
        ]
        return row.merging(changes) { $1 }
    }

    static func connection(
        _ number: Int, _ first: Int, _ role1: String, _ second: Int, _ role2: String, type1: String = "msdyn_actual",
        _ changes: WebRow = [:]
    ) -> WebRow {
        let row: WebRow = [
            "msdyn_transactionconnectionid": text("\(id(number))"), "msdyn_transaction1": text("\(id(first))"),
            "msdyn_transaction1role": text(role1), "msdyn_transaction1type": text(type1),
            "msdyn_transaction2": text("\(id(second))"), "msdyn_transaction2role": text(role2),
            "msdyn_transaction2type": text("msdyn_actual"), "versionnumber": "100",
        ]
        return row.merging(changes) { $1 }
    }

    /// A confirmed invoice of one line: cost 1xx is not on it; unbilled sale
    /// 201, its reversal 202 and billed sale 203, line detail 301.
    static func confirmedInvoice(_ number: Int = 100) -> [String: [WebRow]] {
        let on = text("\(id(number))")
        return [
            "invoices": [invoice(number, .confirmed, amount: "1600.00")],
            "msdyn_invoicelinetransactions": [lineDetail(301, invoice: number)],
            "msdyn_actuals": [
                actual(201, .unbilled, ["msdyn_billingstatus": "192350002", "_msdyn_invoice_value": on]),
                actual(
                    202, .unbilled,
                    [
                        "msdyn_billingstatus": "192350003", "msdyn_adjustmentstatus": "192350002",
                        "msdyn_skipsync": "true", "msdyn_quantity": "-8.0", "msdyn_amount": "-1600.0",
                        "_msdyn_invoice_value": on,
                    ]),
                actual(
                    203, .billed,
                    [
                        "msdyn_billingstatus": "192350002", "_msdyn_invoice_value": on,
                        "msdyn_accountingdate": text("2026-10-15"),
                    ]),
            ],
            "msdyn_transactionconnections": [
                connection(401, 301, "Billed Sales", 201, "Unbilled Sales", type1: "msdyn_invoicelinetransaction"),
                connection(402, 203, "Billed Sales", 201, "Unbilled Sales"),
                connection(403, 202, "Reversing", 201, "Original"),
            ],
        ]
    }
}

extension [String: [WebRow]] {
    /// Takes a table's rows away, so that they can come later.
    mutating func take(_ set: String) -> [WebRow] { removeValue(forKey: set) ?? [] }
}
