import Contracts

/// An invoice's header, as confirming it needs to know it.
struct DraftInvoice: Hashable, Sendable {
    var invoiceId: GUID
    var invoiceNumber: String
    var status: ProjectInvoiceStatus
    var lineAmount: Money
    var accountingDate: CalendarDate?
    /// Whether this database confirms it, not Dataverse.
    var isOurs: Bool
    /// The day on which this database confirmed it.
    var confirmedHereOn: CalendarDate?

    /// Why it cannot be confirmed; nil when it can (`domain.md` §6.3).
    var refusal: String? {
        guard status == .draft || status == .inReview else {
            return "it is \(status.rawValue); only a draft or an invoice in review can be confirmed"
        }
        return isOurs ? nil : "Dataverse confirms it; if this database is to do it, load it with --ours"
    }
}

/// What the line details of a draft come to, and what is wrong with them.
struct ConfirmationTally: Hashable, Sendable {
    private(set) var lineDetails = 0
    /// What corrections take off and no row says any more (`domain.md` §9.12).
    private(set) var uncredited = Money.zero
    private var chargeable = Money.zero
    /// What the billed sales of retainers come to, and what is deducted of retainers, and not refunded.
    private var retainers = Money.zero
    private var deducted = Money.zero
    private var refused: [String] = []
    private var refusedCount = 0

    /// How many refused line details are named.
    private static let mostNamed = 10

    mutating func count(_ rows: ConfirmedRows) {
        lineDetails += 1
        chargeable += rows.chargeableAmount
        if let retainer = rows.retainer {
            retainers += rows.chargeableAmount
            if !retainer.isRefund { deducted += retainer.used }
        }
        uncredited += rows.uncredited
    }

    mutating func refuse(_ detail: InvoiceLineDetail, _ refusal: ConfirmationRefusal) {
        lineDetails += 1
        refusedCount += 1
        guard refused.count < Self.mostNamed else { return }
        refused.append("line detail \(detail.invoiceLineDetailId): \(refusal.problem)")
    }

    var isRefused: Bool { refusedCount > 0 }

    /// Why the invoice cannot be confirmed; empty when it can.
    func problems(lineAmount: Money) -> [String] {
        var problems = refused
        if refusedCount > refused.count { problems.append("and \(refusedCount - refused.count) more line details") }
        if lineDetails == 0 { problems.append("it has no line details; load msdyn_invoicelinetransactions") }
        if problems.isEmpty, chargeable != lineAmount {
            problems.append(
                "its chargeable line details come to \(chargeable), and its header says \(lineAmount); "
                    + "load all of its line details")
        }
        let room = RetainerApplications.chargeableAmount(of: chargeable, retainers: retainers)
        if problems.isEmpty, let problem = RetainerApplications.problem(deducting: deducted, from: room) {
            problems.append(problem)
        }
        return problems
    }
}
