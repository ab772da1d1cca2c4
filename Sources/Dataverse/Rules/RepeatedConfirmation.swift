import Contracts

/// What a confirmation that was lost with a backup keeps from being done (`domain.md` §9.27, for Dataverse's side): nothing is
/// billed twice, no number means two invoices, and what is confirmed again is what Finance has.
extension LostConfirmation {
    /// `PI-000007 of USD 5,000.00, with 12 billed sales, accounting date 2026-11-02`.
    var summary: String {
        "\(invoiceNumber) of \(currency) \(lineAmount), with \(billedSales) billed sales, accounting date \(accountingDate)"
    }

    /// Why nothing of its contract is put on drafts; nil when a person has decided.
    var obstacle: String? {
        guard state == .lost else { return nil }
        return
            "invoice \(summary), of their contract \(contractNumber), was confirmed, and this database has lost that: it "
            + "was restored from a backup. Load the export that has it; or, if it was drafted here: "
            + "ledgerbus dataverse lost-invoices repeat \(invoiceNumber)"
    }

    /// Why an invoice is not confirmed that says something else than Finance has.
    var difference: String {
        "it was confirmed before as \(summary), and this database has lost that: it was restored from a backup. It would be "
            + "confirmed otherwise now: edit the draft until it is as it was, and name the day with --date; or "
            + "ledgerbus dataverse lost-invoices give-up \(invoiceNumber), which publishes it as it is now"
    }

    /// Whether it can be drafted again under its number: it was drafted here, since its id follows from that.
    func canBeDrafted(_ ids: DraftIds) -> Bool { ids.invoice(numbered: invoiceNumber) == invoiceId }
}
