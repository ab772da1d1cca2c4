import Contracts

/// When an invoice has to be paid (`domain.md` §6.13, §9.20): never before its date.
enum DueDate {
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
