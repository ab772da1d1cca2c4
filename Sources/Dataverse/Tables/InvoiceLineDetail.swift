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
    /// The line detail of an earlier invoice that it corrects.
    var originalLineDetailId: GUID?
    /// What that invoice bills for it, on a correction.
    var previousAmount: Money?
    /// What a correction adds to its invoice: its amount less the previous one.
    var invoiceAmount: Money?
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
            originalLineDetailId: try column(
                "original_line_detail_id", row?.originalLineDetailId, .lookup("msdyn_originalinvoicelinedetail")),
            previousAmount: try column("previous_amount", row?.previousAmount, .decimal("msdyn_previousamount")),
            invoiceAmount: try column("invoice_amount", row?.invoiceAmount, .decimal("msdyn_invoiceamount")),
            milestoneId: try column("milestone_id", row?.milestoneId, .id(.configured { $0.milestone })),
            facts: try column.record("", row?.facts))
    }
}
