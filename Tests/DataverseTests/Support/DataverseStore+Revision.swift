import Bus
import Contracts
import Database

@testable import Dataverse

extension DataverseStore {
    @discardableResult
    func revise(_ request: RevisionRequest) throws -> RevisionReport {
        try ReviseInvoices(connection: connection, configuration: configuration).revise(request)
    }

    @discardableResult
    func revise(_ rows: String) throws -> RevisionReport {
        try ReviseInvoices(connection: connection, configuration: configuration).revise([request(rows)])
    }

    /// Lets so many hours of each correction of a draft remain billed.
    func say(_ hours: Int, onCorrectionsOf invoice: String) throws {
        let id = try connection.value(GUID.self, "SELECT invoice_id FROM invoices WHERE invoice_number = $1", invoice)
        try connection.execute(
            """
            UPDATE invoice_line_details SET quantity = $2, amount = $2 * price WHERE invoice_id = $1 AND is_correction
            """, id, Quantity(hours))
        try DraftStore(connection: connection).sumLineDetails(
            ofInvoices: "SELECT '\(id)'::uuid")
    }

    /// What confirmed invoices lack by the evidence of their rows, as if Dataverse had confirmed them (`domain.md` §9.25).
    func gaps() throws -> [GUID: String] {
        try connection.transaction {
            let confirmed = try connection.values(
                GUID.self, "SELECT invoice_id FROM invoices WHERE status = 'Confirmed'")
            return try InvoiceEvidenceStore(connection: connection).gaps(of: confirmed).mapValues(\.sentence)
        }
    }
}

extension WebAPI {
    /// A draft of eight hours that were approved, of which so many are to be billed at 200.
    static func draftOfHours(_ hours: Int) -> [String: [WebRow]] {
        [
            "invoices": [invoice(100, .draft, amount: "\(200 * hours).0")],
            "msdyn_invoicelinetransactions": [
                lineDetail(
                    301, invoice: 100, ["msdyn_quantity": "\(hours).0", "msdyn_amount": "\(200 * hours).0"])
            ],
            "msdyn_actuals": [
                actual(
                    201, .unbilled,
                    ["msdyn_billingstatus": "192350001", "_msdyn_invoice_value": text("\(id(100))")])
            ],
            "msdyn_transactionconnections": [
                connection(401, 301, "Billed Sales", 201, "Unbilled Sales", type1: "msdyn_invoicelinetransaction")
            ],
        ]
    }

    /// A confirmed invoice of a milestone of 5,000 (E11), which no line detail names.
    static var milestoneInvoice: [String: [WebRow]] {
        let milestone: WebRow = [
            "msdyn_transactionclassification": "192350003", "msdyn_quantity": "1.0", "msdyn_price": "5000.0",
            "msdyn_amount": "5000.0", "_msdyn_salescontractlineid_value": text("\(fixedPriceLine)"),
        ]
        let on = ["_msdyn_invoice_value": text("\(id(100))"), "msdyn_billingstatus": "192350002"]
        return [
            "invoices": [invoice(100, .confirmed, amount: "5000.0")],
            "msdyn_invoicelinetransactions": [lineDetail(301, invoice: 100, milestone)],
            "msdyn_actuals": [actual(203, .billed, milestone.merging(on) { $1 })],
            "msdyn_contractlinescheduleofvalues": [
                [
                    "msdyn_contractlinescheduleofvalueid": text("\(id(601))"), "msdyn_amount": "5000.0",
                    "_msdyn_contractlineid_value": text("\(fixedPriceLine)"), "msdyn_invoicestatus": "192350003",
                    "versionnumber": "200",
                ]
            ],
        ]
    }
}
