import Contracts
import Database

/// A row of a request for revision whose invoice can be revised.
struct RevisionScope: Record, Hashable {
    var place: Int
    var invoiceId: GUID
    /// The draft that takes the corrections; nil while it is to be made.
    var draftId: GUID?
    /// Whether all line details are revised, and not some that are named.
    var isAll: Bool

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        RevisionScope(
            place: try column("place", row?.place), invoiceId: try column("invoice_id", row?.invoiceId),
            draftId: try column("draft_id", row?.draftId), isAll: try column("is_all", row?.isAll))
    }
}

/// A transaction that is named in a request for revision.
struct NamedTransaction: Record, Hashable {
    var place: Int
    var id: GUID

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        NamedTransaction(
            place: try column("place", row?.place), id: try column("id", row?.id))
    }
}

/// A transaction that is named, and is no line detail of the invoice.
struct UnknownTransaction: Record, Hashable {
    var place: Int
    var id: GUID
    /// Whether it is an invoice line: one without line details is of a product.
    var isProductLine: Bool

    var problem: String {
        isProductLine
            ? "\(id) is an invoice line; the lines of products cannot be revised, and of others name the line details"
            : "\(id) is no line detail of it, nor the billed sale that stands for one; ledgerbus dataverse lines lists them"
    }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        UnknownTransaction(
            place: try column("place", row?.place), id: try column("id", row?.id),
            isProductLine: try column("is_product_line", row?.isProductLine))
    }
}

/// A line of a revised invoice, and the line of the draft that has the same contract line.
struct RevisedInvoiceLine: Record {
    var draftId: GUID
    var line: InvoiceLine
    var targetId: GUID?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        RevisedInvoiceLine(
            draftId: try column("draft_id", row?.draftId), line: try column.record("", row?.line),
            targetId: try column("target_id", row?.targetId))
    }
}

extension RevisedInvoice: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        RevisedInvoice(
            invoice: try column.record("", row?.invoice),
            customerId: try column("for_customer_id", row?.customerId), isOurs: try column("is_ours", row?.isOurs),
            settlement: try column("settlement", row?.settlement))
    }
}

extension RevisedLine: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        RevisedLine(
            place: try column("place", row?.place), detail: try column.record("detail_", row?.detail),
            billed: try column.optionalRecord("billed_", presentIf: "actual_id", row?.billed),
            reversalId: try column("reversal_id", row?.reversalId),
            correctedOn: try column("corrected_on", row?.correctedOn),
            earlierPlace: try column("earlier_place", row?.earlierPlace))
    }
}
