import Contracts
import Testbed
import Testing

@testable import Database
@testable import Finance

/// What is printed of invoices that were posted as in the product.
@Suite("A printed invoice")
struct PrintedInvoiceTests {
    let world: FinanceWorld

    /// What the set-up says of the seller and of the customer.
    private static let parties = (
        seller: """
        name: Contoso
            legal-entity:
              name: Contoso <Consulting> & Co.
              address: "1 Main Street\\nRedmond, WA 98052"
              country: USA
              tax-number: US-12-345
              payment-details: "First Bank\\nAccount 42"
        """,
        customer:
            "{name: Contoso Retail, payment-terms: Net 30, address: 2 Side Street, country: Utopia, tax-number: UT-9}"
    )

    init() throws {
        world = try FinanceWorld(
            setup: FinanceWorld.postingSetup, ("name: Contoso\n", Self.parties.seller + "\n"),
            ("{name: Contoso Retail, payment-terms: Net 30}", Self.parties.customer))
    }

    private func invoice(_ number: String) throws -> CustomerInvoice {
        try #require(try CustomerInvoices(world.connection).find(number, company: "usmf").first)
    }

    private func print(_ number: String, as form: InvoiceForm, sumsLines: Bool = false) throws -> String {
        var text = ""
        try CustomerInvoices(world.connection).print(invoice(number), as: form, sumsLines: sumsLines) { text += $0 }
        return text
    }

    private func page(_ number: String) throws -> PrintedPage { try PrintedPage(print(number, as: .html)) }

    private func post(_ number: String, currency: CurrencyCode = "USD", _ lines: [ProposalLineSample]) throws {
        try world.proposal(number, currency: currency, lines)
        #expect(try world.post(.proposal, number) == .init(status: "Posted"))
    }

    /// Adds up what stands on a page, in the invoice's currency and in the accounting currency.
    private func checkSums(_ page: PrintedPage) throws {
        let lines = try page.rows("lines").dropFirst().filter { $0[6] != "no charge" }
            .map { (codes: $0[5].split(separator: " ").map(String.init), net: try printed($0[6])) }
        func net(_ isMeant: ([String]) -> Bool) -> Money {
            lines.filter { isMeant($0.codes) }.map(\.net).reduce(.zero, +)
        }
        for (index, rows) in page.totals.enumerated() {
            func amount(_ label: String) throws -> Money {
                try rows.first { $0[0] == label }.map { try printed($0[2]) } ?? .zero
            }
            let taxes = rows.filter { $0[1].hasPrefix("of ") }
            let tax = try taxes.map { try printed($0[2]) }.reduce(.zero, +)
            let rounding = try amount("Rounding")
            guard index == 0 else {
                #expect(try amount("Net amount") + tax + rounding == amount("Total"))
                continue
            }
            #expect(try net { _ in true } + rounding == amount("Net amount"))
            #expect(try amount("Net amount") + tax == amount("Total"))
            for row in taxes {
                let code = row[0].prefix { $0 != ":" }
                let base = net { row[0] == "No sales tax" ? $0.isEmpty : $0.contains(String(code)) }
                #expect(try printed(String(row[1].dropFirst(3))) == base, "\(row)")
            }
        }
    }

    @Test("It adds up to the cent with lines that add nothing, which have no amount")
    func addsUp() throws {
        try post(
            "P",
            [
                ProposalLineSample(project: "PLAIN", quantity: "2", amount: "33.34", tax: "BOTH"),
                ProposalLineSample(
                    billingType: .nonChargeable, project: "PLAIN", quantity: "5", amount: "777", tax: "BOTH"),
                ProposalLineSample(
                    billingType: .complimentary, project: "PLAIN", quantity: "3", amount: "888", tax: "ONE"),
                ProposalLineSample(project: "PLAIN", amount: "119", tax: "INCBOTH"), .typed("10.01"),
            ])
        let page = try page("P")
        try checkSums(page)
        let lines = page.rows("lines")
        #expect(lines.map { $0[6] } == ["Net amount", "33.34", "no charge", "no charge", "95.97", "10.01"])
        #expect(lines.map { $0[4] } == ["Unit price", "33.34", "", "", "95.97", "10.01"])
        #expect(lines.map { $0[5] } == ["Sales tax", "CITY STATE", "", "", "INC INC2", ""])
        #expect(!page.text.contains("777") && !page.text.contains("888"))
        #expect(
            page.totals == [
                [
                    ["Net amount", "", "139.32"], ["CITY: City tax 2.125 %", "of 33.34", "0.71"],
                    ["INC: Contained 19 %", "of 95.97", "18.23"], ["INC2: Contained as well 5 %", "of 95.97", "4.80"],
                    ["STATE: State tax 7.5 %", "of 33.34", "2.50"], ["No sales tax", "of 10.01", "0.00"],
                    ["Total", "", "165.56"],
                ]
            ])
        #expect(try invoice("P").invoiceAmount == Money("165.56"))
    }

    @Test("It has seller and customer with address and tax number, dates, terms, and how to pay")
    func parties() throws {
        try world.proposal(
            "P", date: "2026-04-01", [ProposalLineSample(project: "PLAIN", amount: "100", tax: "ONE"), .typed("1")])
        try world.post(.proposal, "P")
        let invoice = try invoice("P")
        #expect(
            invoice.seller.lines == [
                "Contoso <Consulting> & Co.", "1 Main Street", "Redmond, WA 98052", "USA",
                "Tax registration number: US-12-345",
            ])
        #expect(
            invoice.customer.lines == ["Contoso Retail", "2 Side Street", "Utopia", "Tax registration number: UT-9"])
        for text in [try print("P", as: .text), try page("P").text] {
            for line in invoice.seller.lines + invoice.customer.lines + ["First Bank", "Account 42"] {
                #expect(text.contains(line), "\(line)")
            }
            #expect(text.contains("INVOICE CIV-000001"))
        }
        let facts = Dictionary(uniqueKeysWithValues: try page("P").rows("facts").map { ($0[0], $0[1]) })
        #expect(facts["Invoice date"] == "2026-04-01")
        #expect(facts["Due date"] == "2026-05-01")
        #expect(facts["Payment terms"] == "Net 30")
        #expect(facts["Period of supply"] == "2026-04-01")
        #expect(facts["Proforma invoice"] == "P")
    }

    @Test("It is printed from what was posted, whatever set-up says by then")
    func fromWhatWasPosted() throws {
        try post("P", [ProposalLineSample(project: "PLAIN", amount: "100", tax: "BOTH")])
        let before = (text: try print("P", as: .text), html: try print("P", as: .html))
        try world.configure([
            ("name: Contoso\n", "name: Other\n"), ("Contoso Retail", "Other Retail"), ("State tax", "Other tax"),
            ("percentage: 7.5", "percentage: 9"), ("Net 30: 30", "Net 30: 31"), ("EUR: {2026", "CHF: {2026"),
            (
                "Chargeable: {id: Charge, name: Chargeable, chargeable: true",
                "Chargeable: {id: Charge, name: Chargeable, chargeable: false"
            ),
            (
                "Not specified: {id: Charge, name: Chargeable, chargeable: true",
                "Not specified: {id: Charge, name: Chargeable, chargeable: false"
            ),
        ])
        #expect(try print("P", as: .text) == before.text)
        #expect(try print("P", as: .html) == before.html)
    }

    @Test("A foreign invoice says its tax in the accounting currency as well, with the rate, and adds up in both")
    func foreign() throws {
        try post(
            "P", currency: "EUR",
            [
                ProposalLineSample(project: "PLAIN", amount: "75.55", tax: "BOTH"),
                ProposalLineSample(project: "PLAIN", amount: "10.01", tax: "ONE"), .typed("0.05"),
            ])
        let page = try page("P")
        try checkSums(page)
        #expect(page.text.contains("The same in USD, at 110.55 USD for 100 EUR"))
        let accounting = try #require(page.totals.last)
        #expect(
            try accounting.filter { $0[0].contains(": ") }.map { try printed($0[2]) }.reduce(.zero, +)
                == Money(world.text("SELECT sum(accounting_tax_amount)::text FROM sales_tax_transactions")))
        #expect(
            try accounting.last == [
                "Total", "", InvoiceFormat.amount(invoice("P").accountingInvoiceAmount, precision: 2),
            ])
        #expect(
            try #require(try print("P", as: .text).split(separator: "\n").first { $0.contains("at 110.55 USD") }) != "")
    }

    @Test("A credit note names the invoice that it takes back, and adds up")
    func creditNote() throws {
        try world.proposal("P", [ProposalLineSample(project: "PLAIN", amount: "100", tax: "BOTH")])
        let billed = try world.connection.value(GUID.self, "SELECT actual_id FROM invoice_proposal_lines")
        try world.post(.proposal, "P")
        try post(
            "C", [ProposalLineSample(project: "PLAIN", quantity: "-1", amount: "-100", reversing: billed, tax: "BOTH")])
        let page = try page("C")
        try checkSums(page)
        #expect(page.text.contains("CREDIT NOTE CIV-000002"))
        #expect(page.rows("lines")[1][2].contains("Correction of invoice CIV-000001 of 2026-04-01"))
        #expect(page.totals.first?.last == ["Total", "", "-109.63"])
    }

    @Test(
        "What markup, terminals or readers would take for something else is shown as text, and the page is well-formed")
    func escapes() throws {
        let hostile = "<script>alert('1')</script> & \u{202E}\u{1B}[2J \u{FFFE}\nsecond \"line\""
        try world.proposal("P", isReady: true, [.typed("10")])
        try world.connection.execute(
            "UPDATE invoice_proposal_lines SET description = $1, resource = $1", hostile)
        try world.connection.execute("UPDATE invoice_proposals SET bill_to_name = $1", hostile)
        try world.post(.proposal, "P")
        let page = try page("P")
        #expect(!page.elements.contains("script"))
        #expect(page.text.contains("<script>alert('1')</script> & \\u{202e}\\u{1b}[2J"))
        #expect(page.text.contains("second \"line\""))
        let text = try print("P", as: .text)
        #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E })
    }

    @Test("Lines that are summed add up to the same, by project, category and tax")
    func summed() throws {
        let line = ProposalLineSample(project: "PLAIN", quantity: "2", amount: "33.34", tax: "BOTH")
        let free = ProposalLineSample(billingType: .complimentary, project: "PLAIN", amount: "9", tax: "BOTH")
        try post("P", [line, line, free, ProposalLineSample(project: "PLAIN", amount: "10", tax: "ONE"), line])
        var lines: [InvoiceDocumentLine] = []
        let invoices = CustomerInvoices(world.connection)
        let totals = try invoices.read(invoice("P"), sumsLines: true) { lines.append($0) }
        #expect(lines.map { $0.netAmount?.description ?? "" } == ["100.0200", "10.0000", ""])
        #expect(lines.map(\.description) == ["Work BOTH, 3 lines", "Work ONE, 1 line", "Work BOTH, 1 line"])
        #expect(lines.compactMap(\.netAmount).reduce(.zero, +) == totals.net)
        #expect(lines.map(\.quantity).reduce(.zero, +) == Quantity(8))
        #expect(try totals == invoices.read(invoice("P")) { _ in })
        #expect(try print("P", as: .text, sumsLines: true).contains("3 lines"))
    }

    @Test(
        "Invoices of any lines, taxes and currencies add up as they are printed",
        arguments: [CurrencyCode("USD"), "EUR"], 1...3)
    func anyInvoice(currency: CurrencyCode, run: Int) throws {
        var random = SeededRandom()
        let taxes: [String?] = [nil, "BOTH", "ONE", "CITYONLY", "INC", "INCBOTH"]
        let types: [BillingType?] = [.chargeable, .chargeable, nil, .complimentary, .nonChargeable]
        let lines = (0..<Int.random(in: 1...25, using: &random)).map { _ in
            let cents = Int.random(in: -2_000_0000...9_000_0000, using: &random)
            return ProposalLineSample(
                billingType: types.randomElement(using: &random) ?? nil, project: "PLAIN",
                quantity: "\(Int.random(in: 1...9, using: &random))", amount: Money(units: Int128(cents)).description,
                tax: taxes.randomElement(using: &random) ?? nil)
        }
        try post("P", currency: currency, lines)
        try checkSums(page("P"))
    }
}
