import Contracts
import Testbed
import Testing

@testable import Finance

/// Sales tax, conversion and penny difference, without a database (`domain.md` §9.4–9.8).
@Suite("Amounts of an invoice line")
struct ProposalLinePostingTests {
    private let dollars = InvoiceConversion(rate: .parity, currencyPrecision: 2, accountingPrecision: 2)
    private let kind = ProposalLineKind(
        transactionClass: .time, billingMethod: .timeAndMaterial, chargeable: true, isCredit: false, isNegative: false,
        onAccountToBalance: true)

    private func code(_ name: String, _ percentage: String, included: Bool = false) throws -> LineTaxCode {
        LineTaxCode(code: name, percentage: try Percentage(percentage), included: included)
    }

    private func post(_ amount: String, _ codes: [LineTaxCode]) throws -> ProposalLinePosting {
        ProposalLinePosting(kind, amount: try Money(amount), codes: codes, accrual: nil, conversion: dollars)
    }

    @Test("A tax is rounded by line and code, halves away from zero")
    func twoCodesRounded() throws {
        let codes = [try code("CITY", "2.125"), try code("STATE", "7.5")]
        let posting = try post("33.34", codes)
        // 0.708475 and 2.5005.
        #expect(posting.taxes.map(\.tax.amount.description) == ["0.7100", "2.5000"])
        #expect(posting.taxes.map(\.base.description) == ["33.3400", "33.3400"])
        #expect(posting.revenue.amount.description == "33.3400")
        #expect(posting.salesTax.description == "3.2100")
        // 0.2 × 7.5 % = 0.015.
        #expect(try post("0.2", [codes[1]]).salesTax.description == "0.0200")
        #expect(try post("-0.2", [codes[1]]).salesTax.description == "-0.0200")
    }

    @Test("A tax that is included comes out of the amount: amount × r ÷ (100 + Σr)")
    func included() throws {
        let one = try post("119", [try code("INC", "19", included: true)])
        #expect(one.salesTax.description == "19.0000")
        #expect(one.revenue.amount.description == "100.0000")
        #expect(one.taxes[0].base.description == "100.0000")
        let two = try post("100", [try code("INC", "19", included: true), try code("INC2", "5", included: true)])
        // 19 ÷ 124 and 5 ÷ 124 of 100.
        #expect(two.taxes.map(\.tax.amount.description) == ["15.3200", "4.0300"])
        #expect(two.revenue.amount.description == "80.6500")
    }

    @Test("A credit's tax is the mirror of the original's, and its accrual is left alone")
    func credit() throws {
        var credit = kind
        credit.isCredit = true
        let accrual = PostedAmount(amount: try Money("33.34"), accounting: try Money("33.34"))
        let posting = ProposalLinePosting(
            credit, amount: try Money("-33.34"), codes: [try code("CITY", "2.125")], accrual: accrual,
            conversion: dollars)
        #expect(posting.salesTax.description == "-0.7100")
        #expect(posting.accrualReversed == nil)
        let original = ProposalLinePosting(
            kind, amount: try Money("33.34"), codes: [], accrual: accrual, conversion: dollars)
        #expect(original.accrualReversed == accrual)
    }

    @Test("What is not chargeable adds neither revenue nor tax")
    func notChargeable() throws {
        var free = kind
        free.chargeable = false
        let posting = ProposalLinePosting(
            free, amount: try Money("400"), codes: [try code("CITY", "2.125")], accrual: nil, conversion: dollars)
        #expect(posting == ProposalLinePosting(free, amount: .zero, codes: [], accrual: nil, conversion: dollars))
    }

    @Test("A yen has no decimals, in the line as in the tax")
    func currencyWithoutDecimals() throws {
        let yen = InvoiceConversion(rate: try ExchangeRate("0.66"), currencyPrecision: 0, accountingPrecision: 2)
        let posting = ProposalLinePosting(
            kind, amount: try Money("1005"), codes: [try code("T", "10")], accrual: nil, conversion: yen)
        #expect(posting.salesTax.description == "101.0000")
        #expect(posting.taxes[0].tax.accounting.description == "0.6700")
        #expect(posting.revenue.accounting.description == "6.6300")
    }

    @Test("Without terms an invoice is due on the day of posting, with terms so many days after its date (§9.20)")
    func dueDate() throws {
        let date = try #require(CalendarDate("2026-01-31"))
        let today = try #require(CalendarDate("2026-02-11"))
        #expect(DueDate.of(invoiceDate: date, termDays: nil, today: today) == today)
        #expect(DueDate.of(invoiceDate: date, termDays: 30, today: today).description == "2026-03-02")
    }
}

/// The voucher of one invoice (`domain.md` §9.7).
@Suite("An invoice's voucher")
struct InvoiceVoucherTests {
    private let customer = InvoiceVoucher.Key(postingType: .customerBalance, mainAccount: "130100")
    private let revenue = InvoiceVoucher.Key(postingType: .invoicedRevenue, mainAccount: "401100", projectNumber: "P")
    private let penny = InvoiceVoucher.Key(postingType: .pennyDifference, mainAccount: "618900")

    @Test("What rounding each line leaves over is booked as penny difference, in the accounting currency alone")
    func pennyDifference() throws {
        let conversion = InvoiceConversion(
            rate: try ExchangeRate("110.55"), currencyPrecision: 2, accountingPrecision: 2)
        var voucher = InvoiceVoucher()
        for _ in 0..<3 { voucher.credit(revenue, conversion.posted(try Money("10.01"))) }
        let closed = try voucher.closed(customer: customer, conversion: conversion) { penny }
        // Three times 11.07, and 33.20 in one.
        #expect(closed.total.accounting.description == "33.2000")
        #expect(closed.entries.map(\.key) == [customer, revenue, penny])
        #expect(closed.entries.map(\.amount.accounting.description) == ["33.2000", "-33.2100", "0.0100"])
        #expect(closed.entries.map(\.amount.amount.description) == ["30.0300", "-30.0300", "0.0000"])
    }

    @Test("Without a difference nobody asks for its account, and empty entries are left out")
    func noDifference() throws {
        let conversion = InvoiceConversion(rate: .parity, currencyPrecision: 2, accountingPrecision: 2)
        var voucher = InvoiceVoucher()
        voucher.credit(revenue, conversion.posted(try Money("10")))
        voucher.credit(revenue, conversion.posted(try Money("-10")))
        let closed = try voucher.closed(customer: customer, conversion: conversion) { () throws(PostingRefusal) in
            throw PostingRefusal("asked")
        }
        #expect(closed.entries.isEmpty)
    }
}

/// Who can be on a journal and on a proposal (`domain.md` §6.4).
@Suite("Which lines there are")
struct PostingMatrixTests {
    @Test("A journal has no line outside of the matrix of §6.4")
    func journal() {
        var allowed: Set<String> = []
        for type in TransactionType.allCases {
            for transactionClass in TransactionClass.allCases
            where (try? JournalLinePosting(type, transactionClass, accruesRevenue: true)) != nil {
                allowed.insert("\(type.rawValue)/\(transactionClass.rawValue)")
            }
        }
        #expect(
            allowed == [
                "Cost/Time", "Cost/Expense", "Cost/Material", "Unbilled Sales/Time", "Unbilled Sales/Expense",
                "Unbilled Sales/Material", "Unbilled Sales/Fee", "Unbilled Sales/Retainer", "Resourcing Unit Cost/Time",
                "Resourcing Unit Cost/Expense", "Inter-Organizational Sales/Time",
                "Inter-Organizational Sales/Expense",
            ])
    }
}
