import Bus
import Contracts
import Database

/// What of a contract is to be put on drafts.
struct DraftScope: Record, Hashable {
    /// The row of the request.
    var place: Int
    var projectContractId: GUID
    /// Only this contract line's, and only this customer's, where they are named.
    var contractLineId: GUID?
    var customerId: GUID?
    /// Transactions up to this day.
    var through: CalendarDate

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        DraftScope(
            place: try column("place", row?.place),
            projectContractId: try column("project_contract_id", row?.projectContractId),
            contractLineId: try column("contract_line_id", row?.contractLineId),
            customerId: try column("customer_id", row?.customerId), through: try column("through", row?.through))
    }
}

/// What a row of the request led to on one invoice.
struct DraftScopeCount: Record, Hashable {
    var place: Int
    var invoiceNumber: String
    var lineDetails: Int

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        DraftScopeCount(
            place: try column("place", row?.place), invoiceNumber: try column("invoice_number", row?.invoiceNumber),
            lineDetails: try column("line_details", row?.lineDetails))
    }
}

/// A contract line for which an invoice has no line.
struct MissingInvoiceLine: Record, Hashable {
    var invoiceId: GUID
    var contractLineId: GUID
    var projectId: GUID?
    var billingMethod: BillingMethod?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        MissingInvoiceLine(
            invoiceId: try column("invoice_id", row?.invoiceId),
            contractLineId: try column("contract_line_id", row?.contractLineId),
            projectId: try column("project_id", row?.projectId),
            billingMethod: try column("billing_method", row?.billingMethod))
    }
}

/// What can be put on a draft.
enum DraftSourceKind: String, DatabaseLabel {
    case unbilledSale = "Unbilled sale"
    case milestone = "Milestone"
    case retainer = "Retainer"
}

/// An unbilled sale, a milestone or a retainer, and where it goes.
struct DraftedSource<Row: Record>: Record {
    var row: Row
    var invoiceId: GUID
    var invoiceLineId: GUID?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        DraftedSource(
            row: try column.record("source_", row?.row), invoiceId: try column("target_id", row?.invoiceId),
            invoiceLineId: try column("line_id", row?.invoiceLineId))
    }
}

extension DraftGroup: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        DraftGroup(
            projectContractId: try column("project_contract_id", row?.projectContractId),
            customerId: try column("customer_id", row?.customerId),
            customerName: try column("customer_name", row?.customerName),
            currencyId: try column("currency_id", row?.currencyId),
            contract: try column.optionalRecord(
                "contract_", presentIf: "project_contract_id", row?.contract),
            sources: try column("sources", row?.sources))
    }
}

extension DraftHeader: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        DraftHeader(
            invoiceId: try column("invoice_id", row?.invoiceId),
            invoiceNumber: try column("invoice_number", row?.invoiceNumber),
            projectContractId: try column("project_contract_id", row?.projectContractId),
            customerId: try column("customer_id", row?.customerId),
            currencyId: try column("currency_id", row?.currencyId),
            draftNumber: try column("draft_number", row?.draftNumber),
            rowVersion: try column("row_version", row?.rowVersion))
    }
}
