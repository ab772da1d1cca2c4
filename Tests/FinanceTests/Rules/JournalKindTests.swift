import Contracts
import Testing

@testable import Finance

@Suite struct JournalKindTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var voucher: String?
        var date: CalendarDate?
        let kind: JournalKind
    }

    static let rows = [
        Row(testDescription: "posted by another system", voucher: "OLD-1", date: CalendarDate(day: 1), kind: .opening),
        Row(testDescription: "dated on the date", date: CalendarDate(day: 20_710), kind: .beginningBalance),
        Row(testDescription: "dated before the date", date: CalendarDate(day: 20_711), kind: .beginningBalance),
        Row(testDescription: "dated after the date", date: CalendarDate(day: 20_709), kind: .integration),
        Row(testDescription: "without such a date", kind: .integration),
    ]

    @Test("Each row of the table of journals", arguments: rows)
    func row(_ row: Row) {
        let actual = actual(1, .cost) { $0.openingVoucher = row.voucher }
        #expect(JournalKind(of: actual, beginningBalanceDate: row.date) == row.kind)
        #expect(row.kind.hasLedgerEntries == (row.kind == .integration))
    }
}
