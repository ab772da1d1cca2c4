import Contracts
import Testing

@testable import Finance

@Suite("How an invoice writes its numbers")
struct InvoiceFormatTests {
    @Test(
        "A sales tax is printed with its rate once, and with the one that was charged",
        arguments: [
            ("Umsatzsteuer 19 %", "19", "Umsatzsteuer 19 %"), ("Umsatzsteuer 19%", "19", "Umsatzsteuer 19%"),
            ("USt 7,50 %", "7.5", "USt 7,50 %"), ("State sales tax", "6.5", "State sales tax 6.5 %"),
            ("Umsatzsteuer 19 %", "16", "Umsatzsteuer 16 %"), ("Tax 119 %", "19", "Tax 19 %"),
            ("10 % of 20 %", "2", "10 % of 20 % 2 %"), ("10 % of 20 %", "20", "10 % of 20 %"),
            ("Reverse charge", "0", "Reverse charge 0 %"), ("Route 19", "19", "Route 19 19 %"),
        ])
    func salesTax(name: String, percentage: String, label: String) throws {
        #expect(InvoiceFormat.salesTax(name, try Percentage(percentage)) == label)
    }

    @Test(
        "Amounts have the places of their currency, or all that they need",
        arguments: [
            ("1234567.5", 2, "1,234,567.50"), ("-1000", 0, "-1,000"), ("-999", 2, "-999.00"),
            ("11.1111", 2, "11.1111"), ("0", 2, "0.00"), ("-100000.125", 3, "-100,000.125"),
        ])
    func amounts(amount: String, precision: Int, text: String) throws {
        #expect(InvoiceFormat.amount(try Money(amount), precision: precision) == text)
    }

    @Test("Quantities and rates have no zeros that say nothing")
    func numbers() throws {
        #expect(InvoiceFormat.number(try Quantity("7.5")) == "7.5")
        #expect(InvoiceFormat.number(try Quantity("1200")) == "1,200")
        #expect(InvoiceFormat.number(try ExchangeRate("109.7200000001")) == "109.7200000001")
    }
}
