import Contracts

/// What publishing an invoice needs to know: its header, what it refers to, and what has come of it.
struct InvoiceFacts: Hashable, Sendable {
    var invoice: Invoice
    var contract: ProjectContract?
    /// The invoice's own, or its contract's.
    var customer: Account?
    var currency: Currency?
    /// Of the contract, or else of the first project on its lines that has one.
    var company: Company?
    var progress = InvoiceProgress()
    /// Whether it was published before.
    var wasPublished = false
    /// Whether Dataverse deleted it.
    var isDeleted = false
    /// What the cut-over decided; nil in a database without one.
    var settlement: Settlement?

    var customerId: GUID? { invoice.customerId ?? contract?.customerId }
}

/// What has come of an invoice's rows: what is known without looking at each (design §4).
struct InvoiceProgress: Hashable, Sendable {
    var lineDetails = 0
    var billedSales = 0
    /// The sum of the chargeable billed sales.
    var chargeableAmount = Money.zero

    /// How many line details have no billed sale yet.
    var missing: Int { lineDetails - billedSales }

    /// Whether it can be complete: there are as many billed sales as line details at least, and the chargeable ones add
    /// up to the invoice's line amount. Whether it is, ``LineDetailEvidence`` says.
    func canBeComplete(lineAmount: Money) -> Bool {
        lineDetails > 0 && billedSales > 0 && missing <= 0 && chargeableAmount == lineAmount
    }

    /// Says what an invoice waits for that cannot be complete.
    func waitingSentence(lineAmount: Money) -> String {
        "waiting for actuals: " + (missing > 0 ? "\(missing) line details have no billed sale, " : "")
            + "the chargeable billed sales differ from the line amount by \(lineAmount - chargeableAmount)"
    }
}
