import Contracts
import Dataverse
import Finance

/// What the two sides say of one invoice (`domain.md` §7, invariants 2 and 6).
///
/// | Dataverse | Finance | |
/// |---|---|---|
/// | a draft, or settled | not there | agrees |
/// | settled | there | disagrees: surplus |
/// | waits | | under way |
/// | published | not there | under way in the outbox or on the bus, else disagrees: missing |
/// | not there, or a draft | there | disagrees: unknown |
/// | published | another number, currency or amount | under way in the outbox or on the bus, else disagrees |
/// | published | some of its lines, and not all | disagrees |
/// | not posted | not posted | under way |
/// | posted | not posted | disagrees: not posted |
/// | not posted | posted | under way in the outbox or on the bus, else disagrees: not written back |
/// | posted | posted | disagrees where number, date, due date, voucher, currency, amount, tax or lines differ |
enum InvoiceComparison: Hashable, Sendable {
    enum Stage: String, Hashable, Sendable {
        case waiting = "waiting in Dataverse"
        case toFinance = "on its way to Finance"
        case notPosted = "confirmed, and not posted"
        case toDataverse = "posted, on its way to Dataverse"
    }

    /// Nil for one of which Finance need not know.
    case agrees(isPosted: Bool)
    case underWay(Stage)
    case disagrees([Difference])

    /// - parameters:
    ///   - dataverse, finance: nil where the side does not have it; one of them has.
    ///   - transit: what is on its way.
    init(_ dataverse: DataverseInvoice?, _ finance: FinanceInvoice?, _ transit: Transit) {
        guard let dataverse else {
            self = Self.unknown(
                "Finance has proposal \(finance?.number ?? ""), and Dataverse's side has no such invoice")
            return
        }
        switch (dataverse.publication, finance) {
        case (.waiting, _): self = .underWay(.waiting)
        case (.draft, nil), (.settled, nil): self = .agrees(isPosted: false)
        case (.draft, let finance?):
            self = Self.unknown("Finance has proposal \(finance.number), and the invoice is not confirmed in Dataverse")
        case (.settled, let finance?):
            self = .disagrees([
                Difference(
                    .finance, "surplus", "settled", finance.number,
                    "Finance has proposal \(finance.number), and the invoice was settled before the cut-over",
                    cure: "do not post the proposal; if it is posted, correct the invoice in Dataverse")
            ])
        case (.published, nil):
            let isOnItsWay = dataverse.isInOutbox || transit.lagging.contains(.invoiceConfirmed)
            self =
                isOnItsWay
                ? .underWay(.toFinance)
                : .disagrees([
                    Difference(
                        .finance, "missing", dataverse.number, nil,
                        "it was published, and Finance has no proposal of it",
                        cure: "ledgerbus outbox resend --side dataverse, which publishes again all that was")
                ])
        case (.published, let finance?): self = Self.published(dataverse, finance, transit)
        }
    }

    private static func unknown(_ reason: String) -> InvoiceComparison {
        .disagrees([
            Difference(
                .dataverse, "unknown", nil, nil, reason,
                cure: "load the invoice (ledgerbus dataverse load), or take back what Finance made of it")
        ])
    }

    private static func published(
        _ dataverse: DataverseInvoice, _ finance: FinanceInvoice, _ transit: Transit
    ) -> InvoiceComparison {
        var differences = [
            Difference("number", dataverse.number, finance.number, cure: sent),
            Difference("currency", dataverse.currency?.rawValue ?? "none", finance.currency, cure: sent),
            Difference("line amount", dataverse.lineAmount, finance.lineAmount, cure: sent),
        ].compactMap(\.self)
        let isOnItsWay = dataverse.isInOutbox || transit.lagging.contains(.invoiceConfirmed)
        if !differences.isEmpty, isOnItsWay { return .underWay(.toFinance) }
        if dataverse.chargeableAmount != dataverse.lineAmount {
            differences.append(
                Difference(
                    .dataverse, "chargeable amount", "\(dataverse.chargeableAmount)", "\(dataverse.lineAmount)",
                    "its chargeable billed sales add up to \(dataverse.chargeableAmount), and it says \(dataverse.lineAmount)",
                    cure: "ledgerbus dataverse recount --dry-run; load the invoice and its actuals again"))
        }
        if finance.lines != 0 || finance.status == .invoiced, finance.lines != finance.announcedLines {
            differences.append(
                Difference(
                    .finance, "lines", "\(finance.announcedLines)", "\(finance.lines)",
                    "proposal \(finance.number) has \(finance.lines) of \(finance.announcedLines) lines: it has all or none",
                    cure: "import from staging again; if it is posted, restore its lines from a backup"))
        }
        let stage: Stage?
        switch (dataverse.posted, finance.posted) {
        case (nil, nil):
            stage = .notPosted
            if finance.status == .invoiced {
                differences.append(
                    Difference(
                        .finance, "rows", nil, finance.number,
                        "proposal \(finance.number) is invoiced, and there is no customer invoice of it",
                        cure: "restore Finance's rows from a backup"))
            }
        case (nil, let posted?):
            if finance.isInOutbox || transit.lagging.contains(.invoicePosted) {
                stage = .toDataverse
            } else {
                stage = nil
                differences.append(
                    Difference(
                        .dataverse, "not written back", nil, posted.customerInvoiceNumber,
                        "Finance posted it as \(posted.customerInvoiceNumber), and Dataverse's side does not know",
                        cure: "ledgerbus outbox resend --side finance, which publishes again what Finance posted"))
            }
        case (let posted?, nil):
            stage = nil
            differences.append(
                Difference(
                    .finance, "not posted", posted.customerInvoiceNumber, nil,
                    "Dataverse's side has it as posted with number \(posted.customerInvoiceNumber), and Finance has not "
                        + "posted it",
                    cure: "ledgerbus finance lost-invoices list: was Finance restored from a backup?"))
        case (let written?, let posted?):
            stage = nil
            differences += Self.differences(written, posted)
        }
        guard differences.isEmpty else { return .disagrees(differences) }
        return stage.map { .underWay($0) } ?? .agrees(isPosted: true)
    }

    private static let sent =
        "load the invoice again (ledgerbus dataverse load); if it is posted, correct it in Dataverse"

    private static func differences(_ written: InvoicePosted, _ posted: InvoicePosted) -> [Difference] {
        let cure =
            "find out which side is right: ledgerbus finance lost-invoices list, ledgerbus errors list; ledgerbus outbox resend "
            + "--side finance publishes again what Finance posted"
        return [
            Difference("customer invoice", written.customerInvoiceNumber, posted.customerInvoiceNumber, cure: cure),
            Difference("invoice date", written.invoiceDate, posted.invoiceDate, cure: cure),
            Difference("due date", written.dueDate, posted.dueDate, cure: cure),
            Difference("voucher", written.voucher, posted.voucher, cure: cure),
            Difference("currency", written.currency, posted.currency, cure: cure),
            Difference("line amount", written.lineAmount, posted.lineAmount, cure: cure),
            Difference("sales tax", written.salesTaxAmount, posted.salesTaxAmount, cure: cure),
            Difference("lines", written.detailCount, posted.detailCount, cure: cure),
        ].compactMap(\.self)
    }
}
