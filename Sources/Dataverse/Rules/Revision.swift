import Contracts

/// What revising a confirmed invoice makes of it: a draft of corrections (`domain.md` §6.5, §9.12).
///
/// A copied line detail starts as a full credit: its quantity is 0, and whoever edits it says what shall remain billed.
enum Revision {
    /// Why an invoice cannot be revised; nil when it can.
    static func refusal(of source: RevisedInvoice) -> String? {
        let invoice = source.invoice
        guard invoice.status == .confirmed || invoice.status == .invoicePaid else {
            return
                "it is \(invoice.status.rawValue); only an invoice that is \(ProjectInvoiceStatus.confirmed.rawValue) "
                + "or \(ProjectInvoiceStatus.invoicePaid.rawValue) can be revised"
        }
        guard let settlement = source.settlement?.sentence else { return nil }
        return "it is \(settlement); correct it in the system that invoiced it"
    }

    /// Why corrections of an invoice cannot be put on a draft; nil when they can: it is ours, and of the same contract,
    /// customer and currency.
    static func refusal(of draft: RevisedInvoice, for source: RevisedInvoice) -> String? {
        let (target, invoice) = (draft.invoice, source.invoice)
        guard target.status == .draft || target.status == .inReview else {
            return "\(target.invoiceNumber) is \(target.status.rawValue), and corrections are put on a draft"
        }
        guard draft.isOurs else {
            return "\(target.invoiceNumber) is a draft that Dataverse confirms; load it with --ours"
        }
        func differs(_ what: String) -> String {
            "\(target.invoiceNumber) is of another \(what) than \(invoice.invoiceNumber)"
        }
        if target.projectContractId != invoice.projectContractId { return differs("project contract") }
        if draft.customerId != source.customerId { return differs("customer") }
        return target.currencyId == invoice.currencyId ? nil : differs("currency")
    }

    /// The header of a new draft for the corrections of an invoice: whom it is for stays.
    static func draft(of source: Invoice, numbered number: String, invoiceId: GUID) -> Invoice {
        var draft = source
        (draft.invoiceId, draft.rowVersion, draft.invoiceNumber) = (invoiceId, 1, number)
        (draft.status, draft.hasCorrections) = (.draft, true)
        (draft.lineAmount, draft.tax, draft.totalAmount, draft.accountingDate) = (.zero, nil, .zero, nil)
        return draft
    }

    /// The line detail that corrects one: quantity and amount nothing, linked to the old one (§2.3).
    ///
    /// - parameters:
    ///   - billed: the billed sale that stands for it.
    ///   - draft: the invoice that it is on, and the invoice line there.
    static func correction(
        of detail: InvoiceLineDetail, billedBy billed: Actual, on draft: GUID, line: GUID?, ids: RevisionIds
    ) -> InvoiceLineDetail {
        // What is not chargeable was never part of an invoice's amount.
        let previous = billed.billingType == .chargeable ? billed.amount : .zero
        var facts = billed.facts
        (facts.quantity, facts.amount) = (.zero, .zero)
        return InvoiceLineDetail(
            invoiceLineDetailId: ids.lineDetail(correcting: billed.actualId, on: draft), invoiceId: draft,
            invoiceLineId: line, isCorrection: true, originalLineDetailId: detail.invoiceLineDetailId,
            previousAmount: previous, invoiceAmount: -previous, milestoneId: detail.milestoneId, facts: facts)
    }
}

/// An invoice, as revising it needs to know it.
struct RevisedInvoice: Hashable, Sendable {
    var invoice: Invoice
    /// The invoice's, or its contract's.
    var customerId: GUID?
    var isOurs: Bool
    /// Whether another system has invoiced it.
    var settlement: Settlement?
}

/// A line detail of a confirmed invoice that is to be revised, with what became of it.
struct RevisedLine: Hashable, Sendable {
    /// The row of the request.
    var place: Int
    var detail: InvoiceLineDetail
    /// The billed sale that stands for it; nil when none does.
    var billed: Actual?
    /// What took that back.
    var reversalId: GUID?
    /// The number of the invoice that took it back, or will: a draft that corrects it.
    var correctedOn: String?
    /// An earlier row of the request that revises it.
    var earlierPlace: Int?

    /// Why it cannot be revised; nil when it can.
    var problem: String? {
        if detail.transactionClass == .retainer {
            return "a retainer is not revised; what is not used of it is refunded"
        }
        if let earlierPlace { return "row \(earlierPlace) of the request revises it" }
        guard let billed else {
            return detail.isCorrection
                ? "it is a full credit, of which nothing is billed"
                : "its billed sale is not here; load msdyn_actuals and msdyn_transactionconnections"
        }
        let on = correctedOn.map { " on invoice \($0)" } ?? ""
        if billed.adjustmentStatus == .adjusted || reversalId != nil { return "it has been corrected\(on)" }
        return correctedOn == nil ? nil : "it is being corrected\(on); confirm that, or edit it there"
    }
}

/// The ids of the rows that revising an invoice makes. They follow from what they correct.
struct RevisionIds {
    private let hash: SHA256

    /// - throws: `SHA256Unavailable`.
    init() throws { hash = try SHA256() }

    func lineDetail(correcting billed: GUID, on draft: GUID) -> GUID {
        hash.digest("\(draft)/correction/\(billed)").guid
    }

    /// A line of the draft, for that of the revised invoice.
    func line(for line: GUID, on draft: GUID) -> GUID { hash.digest("\(draft)/revised-line/\(line)").guid }

    /// The connection of a line detail to the billed sale that it corrects.
    func connection(of detail: GUID) -> GUID { hash.digest("\(detail)/corrected-sale").guid }
}

extension TransactionConnection {
    /// A drafted line detail and the billed sale that it corrects (`domain.md` §3, *correction drafted*).
    init(correcting billed: GUID, by detail: GUID, connectionId: GUID) {
        self.init(
            connectionId: connectionId, transaction1Id: detail, transaction1Role: ConnectionRole.replacing.rawValue,
            transaction1Type: ConnectedTable.invoiceLineDetail.rawValue, transaction2Id: billed,
            transaction2Role: ConnectionRole.original.rawValue, transaction2Type: ConnectedTable.actual.rawValue)
    }
}
