import Contracts
import Testing

@testable import Finance

@Suite("A line of a printed invoice")
struct InvoiceDocumentLineTests {
    private func line(
        _ amount: String, price: String = "200", quantity: String = "8", isChargeable: Bool = true,
        origin: OnAccountOrigin? = nil, taxes: [(code: String, included: Bool, tax: String)] = [],
        isCredit: Bool = false,
        original: String? = nil
    ) throws -> CustomerInvoiceLine {
        CustomerInvoiceLine(
            lineNumber: 3, transactionClass: .time, projectNumber: "P1", transactionDate: try day("2026-03-31"),
            categoryId: "Consulting", description: "Workshop", resource: "Ada", quantity: try Quantity(quantity),
            price: try Money(price), amount: try Money(amount), isChargeable: isChargeable, origin: origin,
            salesTaxCodes: taxes.map(\.code), included: taxes.map(\.included),
            salesTaxes: try taxes.map { try Money($0.tax) }, isCredit: isCredit, originalInvoiceNumber: original,
            originalInvoiceDate: original == nil ? nil : try day("2026-02-01"))
    }

    @Test("It has description, quantity, unit price, net amount and tax codes")
    func ordinary() throws {
        let printed = try InvoiceDocumentLine(
            line("1600", taxes: [("CITY", false, "34"), ("STATE", false, "120")]), precision: 2)
        #expect(printed.description == "Workshop")
        #expect(printed.notes == ["Project P1, Consulting, Ada"])
        let cells = printed.cells(precision: 2)
        #expect([cells.number, cells.date, cells.quantity] == ["3", "2026-03-31", "8"])
        #expect([cells.price, cells.tax, cells.net] == ["200.00", "CITY STATE", "1,600.00"])
    }

    @Test("What adds nothing is without charge: no price, no amount, no tax")
    func noCharge() throws {
        let printed = try InvoiceDocumentLine(
            line("1600", isChargeable: false, taxes: [("STATE", false, "120")]), precision: 2)
        #expect(printed.netAmount == nil && printed.unitPrice == nil && printed.salesTaxCodes.isEmpty)
        #expect(printed.cells(precision: 2).net == "no charge")
    }

    @Test("An amount that contains tax is printed without it, and so is its price")
    func included() throws {
        let printed = try InvoiceDocumentLine(
            line("119", price: "59.5", quantity: "2", taxes: [("VAT", true, "19")]), precision: 2)
        #expect(printed.netAmount == Money(100))
        #expect(printed.unitPrice == Money(50))
        let odd = try InvoiceDocumentLine(
            line("-119", price: "39.6667", quantity: "-3", taxes: [("VAT", true, "-19")]), precision: 2)
        #expect(odd.unitPrice?.description == "33.3333")
        let nothing = try InvoiceDocumentLine(line("0", quantity: "0", taxes: [("VAT", true, "0")]), precision: 2)
        #expect(nothing.unitPrice == nil)
    }

    @Test("An amount of more places than its currency is printed as it was booked")
    func rounded() throws {
        let printed = try InvoiceDocumentLine(line("33.3333", price: "11.1111", quantity: "3"), precision: 2)
        #expect(printed.cells(precision: 2).net == "33.33")
        #expect(printed.cells(precision: 2).price == "11.1111")
    }

    @Test("A correction names the invoice that it corrects")
    func correction() throws {
        #expect(
            try InvoiceDocumentLine(line("-1600", isCredit: true, original: "CIV-7"), precision: 2).notes.first
                == "Correction of invoice CIV-7 of 2026-02-01")
        #expect(try InvoiceDocumentLine(line("-1600", isCredit: true), precision: 2).notes.first == "Correction")
    }

    @Test("Retainers and their deductions say what they are")
    func retainers() throws {
        #expect(
            try InvoiceDocumentLine(line("1000", origin: .prepayment), precision: 2).notes.first
                == "Retainer, to be deducted from later invoices")
        #expect(
            try InvoiceDocumentLine(line("-400", origin: .deduction), precision: 2).notes.first
                == "Deduction of a retainer that was invoiced before")
        #expect(try InvoiceDocumentLine(line("500", origin: .milestone), precision: 2).notes.count == 1)
    }
}
