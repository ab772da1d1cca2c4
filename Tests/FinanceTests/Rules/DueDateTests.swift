import Contracts
import Testing

@testable import Finance

@Suite("Due date (domain.md §6.13)")
struct DueDateTests {
    @Test("Without terms an invoice is due on the day of posting, with terms so many days after its date (§9.20)")
    func dueDate() throws {
        let date = try #require(CalendarDate("2026-01-31"))
        let today = try #require(CalendarDate("2026-02-11"))
        #expect(DueDate.of(invoiceDate: date, termDays: nil, today: today) == today)
        #expect(DueDate.of(invoiceDate: date, termDays: 30, today: today).description == "2026-03-02")
    }

    @Test("An invoice is never due before its date, which may be later than the day of posting")
    func neverBefore() throws {
        let date = try day("2026-02-28")
        #expect(DueDate.of(invoiceDate: date, termDays: nil, today: try day("2026-02-11")) == date)
        #expect(DueDate.of(invoiceDate: date, termDays: 0, today: try day("2026-02-11")) == date)
    }

    @Test("An invoice is due after the days of its terms; terms that set-up does not know say so")
    func due() throws {
        let setup = sampleSetup { $0.paymentTermDays = ["Net 30": 30] }
        let date = try day("2026-01-31")
        let days = try setup.days(ofTerms: "Net 30")
        #expect(try DueDate.of(invoiceDate: date, termDays: days, today: date) == day("2026-03-02"))
        #expect(try setup.days(ofTerms: nil) == nil)
        let gap = #expect(throws: SetupGap.self) { try setup.days(ofTerms: "Never") }
        #expect(gap?.code == .noPaymentTerms)
    }

    @Test("A due date that was set by hand holds for the proposal's own date, and is dropped by another one")
    func setByHand() throws {
        let (own, hand, today) = (try day("2026-01-31"), try day("2026-04-01"), try day("2026-02-11"))
        let kept = DueDate.of(invoiceDate: own, termDays: 30, today: today, setByHand: hand, ownDate: own)
        #expect(kept.date == hand && kept.dropped == nil)
        let other = DueDate.of(invoiceDate: today, termDays: 30, today: today, setByHand: hand, ownDate: own)
        #expect(try other.date == day("2026-03-13") && other.dropped == hand)
        let none = DueDate.of(invoiceDate: own, termDays: nil, today: today, setByHand: nil, ownDate: own)
        #expect(none.date == today && none.dropped == nil)
    }
}
