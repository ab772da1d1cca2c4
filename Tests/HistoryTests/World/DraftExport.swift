import Contracts
import Dataverse
import Foundation

/// Drafts on the contracts of the sample export: its lookups, and rows of one's own that are like its first hours.
struct DraftExport {
    typealias Row = [String: Any]

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("deploy/export")
    /// What belongs to invoices; all else are lookups.
    private static let invoicing = [
        "invoices", "invoicedetails", "msdyn_invoicelinetransactions", "msdyn_actuals", "msdyn_transactionconnections",
        "msdyn_contractlinescheduleofvalues",
    ]

    private let hours: Row
    private let header: Row
    private let milestone: Row
    private(set) var rows: [String: [Row]] = [:]

    /// - throws: when the sample export cannot be read.
    init() throws {
        func first(_ set: String, _ file: String, _ condition: (Row) -> Bool) throws -> Row {
            let page = try JSONSerialization.jsonObject(
                with: Data(contentsOf: Self.folder.appendingPathComponent("pages/\(file).json")))
            guard let row = ((page as? Row)?["value"] as? [Row])?.first(where: condition) else {
                throw CocoaError(.fileReadCorruptFile)
            }
            return row
        }
        hours = try first("msdyn_actuals", "msdyn_actuals-1") {
            ($0["msdyn_description"] as? String)?.hasPrefix("E1:") == true
                && $0["msdyn_transactiontypecode"] as? Int == 192_350_005
        }
        header = try first("invoices", "invoices") { $0["invoicenumber"] as? String == "INV-01101" }
        milestone = try first("msdyn_contractlinescheduleofvalues", "msdyn_contractlinescheduleofvalues") { _ in true }
    }

    static func id(_ number: Int) -> String { GUID(high: 0x99, low: UInt64(number)).description }

    /// A draft of an amount, of the contract of the hours or of the milestone.
    mutating func draft(_ number: Int, amount: Decimal, ofMilestone: Bool = false) {
        var row = header
        (row["invoiceid"], row["invoicenumber"]) = (Self.id(number), "T-\(number)")
        (row["msdyn_projectinvoicestatus"], row["msdyn_accountingdate"]) = (192_350_000, NSNull())
        (row["totallineitemamount"], row["totalamount"], row["versionnumber"]) = (amount, amount, 9_000_000)
        if ofMilestone {
            row["_salesorderid_value"] = milestone["_msdyn_contract_value"]
            row["_customerid_value"] = NSNull()
        }
        rows["invoices", default: []].append(row)
    }

    /// An unbilled sale of hours at 200 that were approved, with its line detail on a draft, which may say something else.
    mutating func line(_ number: Int, on invoice: Int, approved: Decimal = 8, billed: Decimal = 8, price: Decimal = 200)
    {
        var sale = hours
        (sale["msdyn_actualid"], sale["_msdyn_invoice_value"]) = (Self.id(number), Self.id(invoice))
        (sale["msdyn_quantity"], sale["msdyn_amount"]) = (approved, approved * 200)
        (sale["msdyn_billingstatus"], sale["versionnumber"]) = (192_350_001, 9_000_000 + number)
        rows["msdyn_actuals", default: []].append(sale)
        var detail = sale.filter {
            !["msdyn_actualid", "msdyn_transactiontypecode", "msdyn_skipsync"].contains($0.key)
        }
        detail["msdyn_invoicelinetransactionid"] = Self.id(number + 1)
        detail["_msdyn_invoicelineid_value"] = NSNull()
        (detail["msdyn_quantity"], detail["msdyn_price"], detail["msdyn_amount"]) = (billed, price, billed * price)
        detail["msdyn_correction"] = false
        rows["msdyn_invoicelinetransactions", default: []].append(detail)
        rows["msdyn_transactionconnections", default: []].append([
            "msdyn_transactionconnectionid": Self.id(number + 2), "msdyn_transaction1": Self.id(number + 1),
            "msdyn_transaction1role": "Billed Sales", "msdyn_transaction1type": "msdyn_invoicelinetransaction",
            "msdyn_transaction2": Self.id(number), "msdyn_transaction2role": "Unbilled Sales",
            "msdyn_transaction2type": "msdyn_actual", "versionnumber": 9_000_000,
        ])
    }

    /// A milestone of 5,000 that is ready, and its line detail on a draft.
    mutating func milestone(_ number: Int, on invoice: Int) {
        var ready = milestone
        (ready["msdyn_contractlinescheduleofvalueid"], ready["msdyn_invoicestatus"]) = (Self.id(number), 192_350_001)
        (ready["msdyn_amount"], ready["versionnumber"]) = (5_000, 9_000_000)
        rows["msdyn_contractlinescheduleofvalues", default: []].append(ready)
        var detail = hours.filter {
            !["msdyn_actualid", "msdyn_transactiontypecode", "msdyn_skipsync"].contains($0.key)
        }
        detail["msdyn_invoicelinetransactionid"] = Self.id(number + 1)
        (detail["_msdyn_invoice_value"], detail["_msdyn_invoicelineid_value"]) = (Self.id(invoice), NSNull())
        (detail["msdyn_transactionclassification"], detail["msdyn_correction"]) = (192_350_003, false)
        (detail["msdyn_quantity"], detail["msdyn_price"], detail["msdyn_amount"]) = (1, 5_000, 5_000)
        detail["_msdyn_salescontract_value"] = milestone["_msdyn_contract_value"]
        detail["_msdyn_salescontractlineid_value"] = milestone["_msdyn_contractlineid_value"]
        detail["_msdyn_project_value"] = milestone["_msdyn_project_value"]
        for name in ["_msdyn_accountcustomer_value", "_msdyn_bookableresource_value"] { detail[name] = NSNull() }
        detail["_msdyn_contractlinescheduleofvalue_value"] = Self.id(number)
        detail["versionnumber"] = 9_000_000
        rows["msdyn_invoicelinetransactions", default: []].append(detail)
    }

    /// Loads the lookups, and the drafts as ours.
    func load(into sides: TwoSides) throws {
        let load = LoadPages(connection: sides.dataverse, configuration: sides.configuration)
        let pages = Self.folder.appendingPathComponent("pages")
        let lookups = try FileManager.default.contentsOfDirectory(atPath: pages.path).filter { name in
            !Self.invoicing.contains { name.hasPrefix($0) }
        }
        _ = try load.load(lookups.sorted().map { PageFile(pages.appendingPathComponent($0).path) }).whole()
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("drafts-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var files: [PageFile] = []
        for (set, rows) in rows.sorted(by: { $0.key < $1.key }) {
            let page: Row = ["@odata.context": "https://contoso/$metadata#\(set)", "value": rows]
            let file = folder.appendingPathComponent("\(set).json")
            try JSONSerialization.data(withJSONObject: page).write(to: file)
            files.append(PageFile(file.path))
        }
        _ = try load.load(files, asOurs: true)
    }
}
