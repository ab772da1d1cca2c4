import Bus
import Contracts
public import Database

/// How far a retainer is invoiced, in the words of milestones (`domain.md` §1.4, §6.7).
public enum RetainerInvoiceStatus: String, DatabaseLabel, Encodable {
    case ready = "Ready"
    case customerInvoiceCreated = "Customer invoice created"
    case customerInvoicePosted = "Customer invoice posted"
}

/// How far the refund of a retainer is; what is deducted and not refunded has none (`domain.md` §6.7).
public enum RetainerRefundStatus: String, DatabaseLabel, Encodable {
    case readyToRefund = "Ready to refund"
    case refunded = "Refunded"
}

/// A retainer, or advance, of a project contract: what the customer pays before work is invoiced (`domain.md` §6.7).
///
/// How Dataverse calls its table of retainers is not published [X]: this is a table of our own, and nothing is captured
/// into it.
struct Retainer: Record, Hashable {
    var retainerId: GUID
    /// Unique within its contract.
    var name: String
    var projectContractId: GUID
    var contractLineId: GUID?
    /// By which Finance books it.
    var projectId: GUID
    var contractingUnitId: GUID?
    var customerId: GUID
    var currencyId: GUID
    var amount: Money
    /// The day from which it can be invoiced, and its age: the oldest is applied first.
    var invoiceDate: CalendarDate
    var invoiceStatus = RetainerInvoiceStatus.ready
    /// The line detail that bills it, once it is drafted.
    var invoiceLineDetailId: GUID?
    /// The open negative unbilled sale (§6.3); nil before it is invoiced, and when nothing is left.
    var openBalanceId: GUID?
    /// What confirmed invoices have deducted or refunded, and what drafts do.
    var used = Money.zero
    var applied = Money.zero

    var balance: RetainerBalance {
        RetainerBalance(
            amount: amount, used: used, applied: applied, isInvoiced: invoiceStatus == .customerInvoicePosted)
    }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        Retainer(
            retainerId: try column("retainer_id", row?.retainerId), name: try column("name", row?.name),
            projectContractId: try column("project_contract_id", row?.projectContractId),
            contractLineId: try column("contract_line_id", row?.contractLineId),
            projectId: try column("project_id", row?.projectId),
            contractingUnitId: try column("contracting_unit_id", row?.contractingUnitId),
            customerId: try column("customer_id", row?.customerId),
            currencyId: try column("currency_id", row?.currencyId), amount: try column("amount", row?.amount),
            invoiceDate: try column("invoice_date", row?.invoiceDate),
            invoiceStatus: try column("invoice_status", row?.invoiceStatus),
            invoiceLineDetailId: try column("invoice_line_detail_id", row?.invoiceLineDetailId),
            openBalanceId: try column("open_balance_id", row?.openBalanceId),
            used: try column("used", row?.used), applied: try column("applied", row?.applied))
    }
}

/// What of a retainer an invoice deducts, or refunds.
struct RetainerApplication: Record, Hashable {
    /// The line detail that says so, with the amount negative.
    var invoiceLineDetailId: GUID
    var retainerId: GUID
    var invoiceId: GUID
    /// Positive; nothing when it was lowered to that, and has no line detail then.
    var amount: Money
    /// Nil when it is deducted from what the invoice bills, and not refunded.
    var refundStatus: RetainerRefundStatus?
    /// Whether somebody said how much it shall be: it is not applied anew then.
    var isEdited = false
    var isConfirmed = false

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        RetainerApplication(
            invoiceLineDetailId: try column("invoice_line_detail_id", row?.invoiceLineDetailId),
            retainerId: try column("retainer_id", row?.retainerId),
            invoiceId: try column("invoice_id", row?.invoiceId), amount: try column("amount", row?.amount),
            refundStatus: try column("refund_status", row?.refundStatus),
            isEdited: try column("is_edited", row?.isEdited),
            isConfirmed: try column("is_confirmed", row?.isConfirmed))
    }
}
