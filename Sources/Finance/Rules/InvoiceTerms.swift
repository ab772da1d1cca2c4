import Contracts

/// The dates and the conversion of a customer's invoice (`domain.md` §6.13, §9.5, §9.20).
struct InvoiceTerms {
    /// The date of the invoice, in an open period.
    var invoiceDate: CalendarDate
    /// The date that was asked for, when its period is closed and the invoice's is another.
    var movedFrom: CalendarDate?
    var dueDate: CalendarDate
    /// A due date that a person set and that does not hold, since the invoice has another date than the proposal.
    var droppedDueDate: CalendarDate?
    /// By the rates of the invoice's own date, or the contract's fixed one.
    var conversion: Conversion
    /// Which rates credits have.
    var creditExchangeRate: ProjectParameters.CreditExchangeRate

    /// - parameters:
    ///   - requestedDate: the date of the invoice that was asked for; the proposal's own when nil.
    ///   - today: the day of posting.
    /// - throws: ``PostingRefusal`` when no period is open, there is no rate, or the payment terms are not known.
    init(
        _ proposal: ProposalToPost, customer: CustomerToInvoice, requestedDate: CalendarDate?, today: CalendarDate,
        setup: FinanceSetup
    ) throws(PostingRefusal) {
        do throws(SetupGap) {
            let wanted = proposal.lost?.posted.invoiceDate ?? requestedDate ?? proposal.accountingDate
            invoiceDate = try setup.invoiceDate(wanted)
            movedFrom = invoiceDate == wanted ? nil : wanted
            if proposal.lost != nil, movedFrom != nil {
                throw SetupGap(
                    .noOpenPeriod,
                    "it was posted on \(wanted), and is posted again as it was; open that period for it")
            }
            let days = try setup.days(ofTerms: proposal.paymentTerms ?? customer.paymentTerms)
            let due = DueDate.of(
                invoiceDate: invoiceDate, termDays: days, today: today, setByHand: proposal.dueDate,
                ownDate: proposal.accountingDate)
            dueDate = proposal.lost?.posted.dueDate ?? due.date
            droppedDueDate = proposal.lost == nil ? due.dropped : nil
            conversion = Conversion(
                of: proposal.currency, precision: proposal.currencyPrecision,
                at: try setup.postingRates(
                    of: .billedSales, currency: proposal.currency, contract: proposal.contractNumber,
                    on: invoiceDate), setup: setup)
            creditExchangeRate = setup.parameters.creditExchangeRate
        } catch {
            throw PostingRefusal(error)
        }
    }

    /// By what a credit is converted: by the rates of its own invoice, or by those at which its original was invoiced
    /// (`domain.md` §9.5).
    func conversion(ofCreditAt original: PostingRates) -> Conversion {
        guard creditExchangeRate == .original else { return conversion }
        var credit = conversion
        credit.rate = original.accounting
        if let rate = original.reporting { credit.reporting?.rate = rate }
        return credit
    }

    /// That the date was moved, and that a due date does not hold, as it is said in the outcome and before; nil when neither
    /// is so.
    var note: String? {
        let notes = [
            movedFrom.map { "dated \(invoiceDate) instead of \($0), whose period is closed" },
            droppedDueDate.map { "due on \(dueDate): the due date \($0) was set for another invoice date" },
        ].compactMap(\.self)
        return notes.isEmpty ? nil : notes.joined(separator: "; ")
    }
}
