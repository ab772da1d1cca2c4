import Contracts

/// When an invoice has to be paid (`domain.md` §6.13, §9.20): never before its date.
///
/// | payment terms | due |
/// |---|---|
/// | none | the day of posting |
/// | some | so many days after the invoice's date |
/// | set by hand | on that day, if the invoice has the proposal's own date; another date drops it, and terms count |
enum DueDate {
    /// - parameter setByHand: a due date that a person set; nil for none.
    /// - parameter ownDate: the date that the proposal has, for which it was set.
    /// - returns: the due date, and that which was set by hand and does not hold.
    static func of(
        invoiceDate: CalendarDate, termDays: Int?, today: CalendarDate, setByHand: CalendarDate?,
        ownDate: CalendarDate
    ) -> (date: CalendarDate, dropped: CalendarDate?) {
        guard let setByHand else { return (of(invoiceDate: invoiceDate, termDays: termDays, today: today), nil) }
        guard invoiceDate == ownDate else {
            return (of(invoiceDate: invoiceDate, termDays: termDays, today: today), setByHand)
        }
        return (max(invoiceDate, setByHand), nil)
    }

    /// - parameter termDays: the days of the payment terms; nil when there are none.
    /// - parameter today: the day of posting.
    static func of(invoiceDate: CalendarDate, termDays: Int?, today: CalendarDate) -> CalendarDate {
        max(invoiceDate, termDays.map { invoiceDate.adding(days: $0) } ?? today)
    }
}

extension FinanceSetup {
    /// The days of payment terms; nil when there are no terms.
    ///
    /// - throws: ``SetupGap`` with the code ``FailureCode/noPaymentTerms`` when the terms are not known.
    func days(ofTerms terms: String?) throws(SetupGap) -> Int? {
        guard let terms else { return nil }
        guard let days = paymentTermDays[terms] else {
            throw SetupGap(
                .noPaymentTerms, "company \(company) has no payment terms \"\(terms)\"; add them to payment-terms")
        }
        return days
    }
}
