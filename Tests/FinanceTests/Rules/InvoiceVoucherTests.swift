import Contracts
import Testbed
import Testing

@testable import Finance

/// The voucher of one invoice (`domain.md` §9.7).
@Suite("An invoice's voucher")
struct InvoiceVoucherTests {
    private let customer = LedgerAccount(postingType: .customerBalance, mainAccount: "130100")
    private let revenue = LedgerAccount(postingType: .invoicedRevenue, mainAccount: "401100", projectNumber: "P")
    private let penny = LedgerAccount(postingType: .pennyDifference, mainAccount: "618900")

    @Test("What rounding each line leaves over is booked as penny difference, in the accounting currency alone")
    func pennyDifference() throws {
        let conversion = Conversion(
            rate: try ExchangeRate("110.55"), currencyPrecision: 2, accountingPrecision: 2)
        var voucher = InvoiceVoucher()
        for _ in 0..<3 {
            voucher.credit(revenue, try conversion.posted(try Money("10.01")), owedOn: customer, conversion)
        }
        let closed = try voucher.closed(customer: customer, conversion: conversion) { penny }
        // Three times 11.07, and 33.20 in one.
        #expect(closed.total.accounting.description == "33.2000")
        #expect(closed.entries.map(\.account) == [customer, revenue, penny])
        #expect(closed.entries.map(\.amount.accounting.description) == ["33.2000", "-33.2100", "0.0100"])
        #expect(closed.entries.map(\.amount.amount.description) == ["30.0300", "-30.0300", "0.0000"])
    }

    @Test("Without a difference nobody asks for its account, and empty entries are left out")
    func noDifference() throws {
        let conversion = Conversion(rate: .parity, currencyPrecision: 2, accountingPrecision: 2)
        var voucher = InvoiceVoucher()
        voucher.credit(revenue, try conversion.posted(try Money("10")), owedOn: customer, conversion)
        voucher.credit(revenue, try conversion.posted(try Money("-10")), owedOn: customer, conversion)
        let closed = try voucher.closed(customer: customer, conversion: conversion) { () throws(PostingRefusal) in
            throw PostingRefusal(.unbalanced, "asked")
        }
        #expect(closed.entries.isEmpty)
    }

    @Test("What the header is more than its rounded lines is owed by the customer, and a penny difference (§9.28)")
    func headerDifference() throws {
        let conversion = Conversion(rate: .parity, currencyPrecision: 2, accountingPrecision: 2)
        var voucher = InvoiceVoucher()
        for _ in 0..<3 {
            voucher.credit(revenue, try conversion.posted(try Money("33.33")), owedOn: customer, conversion)
        }
        let closed = try voucher.closed(
            customer: customer, headerDifference: try Money("0.01"), conversion: conversion
        ) { penny }
        #expect(closed.total.amount.description == "100.0000")
        #expect(closed.entries.map(\.account) == [customer, revenue, penny])
        #expect(closed.entries.map(\.amount.amount.description) == ["100.0000", "-99.9900", "-0.0100"])
        #expect(closed.entries.map(\.amount.accounting.description) == ["100.0000", "-99.9900", "-0.0100"])
    }

    @Test("What is owed on another account is taken back from there, and the total is of both")
    func twoCustomerAccounts() throws {
        let conversion = Conversion(rate: try ExchangeRate("110.55"), currencyPrecision: 2, accountingPrecision: 2)
        let former = LedgerAccount(postingType: .customerBalance, mainAccount: "130900")
        var voucher = InvoiceVoucher()
        voucher.credit(revenue, try conversion.posted(try Money("-50")), owedOn: former, conversion)
        voucher.credit(revenue, try conversion.posted(try Money("20")), owedOn: customer, conversion)
        let closed = try voucher.closed(customer: customer, conversion: conversion) { penny }
        #expect(closed.total.amount.description == "-30.0000")
        #expect(closed.entries.map(\.account) == [customer, former, revenue])
        #expect(closed.entries.map(\.amount.amount.description) == ["20.0000", "-50.0000", "30.0000"])
        #expect(closed.total.accounting.description == "-33.1700")
    }

    @Test("Sums that are too large are refused, and nothing overflows")
    func tooLarge() throws {
        let conversion = Conversion(rate: .parity, currencyPrecision: 2, accountingPrecision: 2)
        var voucher = InvoiceVoucher()
        let most = try conversion.posted(try Money("999999999999999.99"))
        for _ in 0..<3 { voucher.credit(revenue, most, owedOn: customer, conversion) }
        let refusal = #expect(throws: PostingRefusal.self) {
            try voucher.closed(customer: customer, conversion: conversion) { penny }
        }
        #expect(refusal?.code == .amountTooLarge)
    }
}
