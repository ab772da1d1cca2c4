import Contracts
import Database

/// An invoice line (`domain.md` §2.2).
struct InvoiceLine: CapturedRow {
    static let entitySet = "invoicedetails"
    static let table = "invoice_lines"

    var invoiceLineId: GUID
    var rowVersion: Int
    var invoiceId: GUID
    var projectId: GUID?
    var contractLineId: GUID?
    var billingMethod: BillingMethod?

    var id: GUID { invoiceLineId }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        InvoiceLine(
            invoiceLineId: try column("invoice_line_id", row?.invoiceLineId, .id("invoicedetailid")),
            rowVersion: try column("row_version", row?.rowVersion),
            invoiceId: try column("invoice_id", row?.invoiceId, .lookup("invoiceid")),
            projectId: try column("project_id", row?.projectId, .lookup("msdyn_project")),
            contractLineId: try column("contract_line_id", row?.contractLineId, .lookup("salesorderdetailid")),
            billingMethod: try column(
                "billing_method", row?.billingMethod, .choice("msdyn_billingmethod") { $0.billingMethod }))
    }
}
