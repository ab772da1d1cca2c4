public import Contracts

extension FinanceSetup {
    /// The day on which an invoice is due: so many days after its date as its payment terms say; nil when it has no
    /// terms, or terms that set-up does not know (`domain.md` §6.13, §9.20).
    public func dueDate(ofInvoiceOn date: CalendarDate, terms: String?) -> CalendarDate? {
        terms.flatMap { paymentTermDays[$0] }.map { date.adding(days: $0) }
    }
}
