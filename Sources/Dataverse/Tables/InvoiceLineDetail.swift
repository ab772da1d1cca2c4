import Contracts
import Database

/// An invoice line detail (`domain.md` §2.3).
@dynamicMemberLookup
struct InvoiceLineDetail: CapturedRow {
    static let entitySet = "msdyn_invoicelinetransactions"
    static let table = "invoice_line_details"

    var invoiceLineDetailId: GUID
    var rowVersion = 1
    var invoiceId: GUID
    var invoiceLineId: GUID?
    var isCorrection = false
    /// The milestone that it names, where the environment has a column for it.
    var milestoneId: GUID?
    var facts: TransactionFacts

    var id: GUID { invoiceLineDetailId }

    subscript<Value>(dynamicMember fact: WritableKeyPath<TransactionFacts, Value>) -> Value {
        get { facts[keyPath: fact] }
        set { facts[keyPath: fact] = newValue }
    }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        InvoiceLineDetail(
            invoiceLineDetailId: try column(
                "invoice_line_detail_id", row?.invoiceLineDetailId, .id("msdyn_invoicelinetransactionid")),
            rowVersion: try column("row_version", row?.rowVersion),
            invoiceId: try column("invoice_id", row?.invoiceId, .lookup("msdyn_invoice")),
            invoiceLineId: try column("invoice_line_id", row?.invoiceLineId, .lookup("msdyn_invoicelineid")),
            isCorrection: try column("is_correction", row?.isCorrection, .flag("msdyn_correction")),
            milestoneId: try column("milestone_id", row?.milestoneId, .id(.configured { $0.milestone })),
            facts: try column.record("", row?.facts))
    }
}
