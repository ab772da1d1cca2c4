import Contracts
import Testbed
import Testing

@testable import Finance

/// A company in US dollars: the months of 2026, of which January to March are closed.
func sampleSetup(_ change: (inout FinanceSetup) throws -> Void = { _ in }, parameters: ProjectParameters = .init())
    rethrows
    -> FinanceSetup
{
    var setup = FinanceSetup(
        company: "usmf", accountingCurrency: "USD", accountingCurrencyPrecision: 2, version: 1, parameters: parameters)
    setup.fiscalPeriods = (1...12).compactMap { month in
        guard let start = CalendarDate(year: 2026, month: month, dayOfMonth: 1) else { return nil }
        let end = CalendarDate(year: 2026, month: month + 1, dayOfMonth: 1)?.adding(days: -1)
        return .init(
            startsOn: start, endsOn: end ?? start.adding(days: 30), isOpen: month > 3)
    }
    try change(&setup)
    return setup
}

func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

@Suite("Accounting date (domain.md §6.10.4)")
struct AccountingDateTests {
    @Test(
        "A day in an open period stays; one in a closed period moves to the first day of the next open one",
        arguments: [
            ("2026-04-01", "2026-04-01"), ("2026-12-31", "2026-12-31"), ("2026-03-31", "2026-04-01"),
            ("2026-01-15", "2026-04-01"), ("2025-06-30", "2026-04-01"),
        ])
    func moves(wanted: String, booked: String) throws {
        #expect(try sampleSetup().accountingDate(try day(wanted)) == day(booked))
    }

    @Test("A closed period between open ones moves to the next, not to the first")
    func movesForwardOnly() throws {
        let setup = sampleSetup { $0.fiscalPeriods[6].isOpen = false }
        #expect(try setup.accountingDate(day("2026-07-20")) == day("2026-08-01"))
    }

    @Test("With nothing open in or after the day, there is no date")
    func nothingOpen() throws {
        let gap = #expect(throws: SetupGap.self) { try sampleSetup().accountingDate(try day("2027-01-01")) }
        #expect(gap?.code == .noOpenPeriod)
        #expect(gap?.reason.contains("no open period in or after accounting date 2027-01-01") == true)
    }

    @Test("Without the parameter a closed period is refused")
    func notAllowed() throws {
        var parameters = ProjectParameters()
        parameters.setsAccountingDateToOpenPeriod = false
        let gap = #expect(throws: SetupGap.self) {
            try sampleSetup(parameters: parameters).accountingDate(try day("2026-02-10"))
        }
        #expect(gap?.reason.contains("no open fiscal period for accounting date 2026-02-10") == true)
    }
}

@Suite("Exchange rate (domain.md §6.13, §9.5, §9.6, §9.21)")
struct ExchangeRateTests {
    static func setup() throws -> FinanceSetup {
        try sampleSetup {
            $0.exchangeRates["EUR"] = [
                .init(validFrom: try day("2026-01-01"), rate: try ExchangeRate("108.15")),
                .init(validFrom: try day("2026-10-01"), rate: try ExchangeRate("109.72")),
            ]
            $0.fixedRates[.init(contract: "ORD-1", currency: "EUR")] = try ExchangeRate("100.5")
        }
    }

    @Test(
        "The rate is that of the newest day not after the date, unless the contract has agreed on one for its sales",
        arguments: [
            (TransactionType.cost, "USD", "ORD-1", "2026-05-01", "100"),
            (.unbilledSales, "USD", "ORD-1", "2026-05-01", "100"),
            (.unbilledSales, "EUR", "ORD-2", "2026-09-30", "108.15"),
            (.unbilledSales, "EUR", "ORD-2", "2026-10-01", "109.72"),
            (.unbilledSales, "EUR", "ORD-1", "2026-10-01", "100.5"),
            (.billedSales, "EUR", "ORD-1", "2026-10-01", "100.5"),
            (.cost, "EUR", "ORD-1", "2026-10-01", "109.72"),
            (.resourcingUnitCost, "EUR", "ORD-1", "2026-10-01", "109.72"),
            (.interOrganizationalSales, "EUR", "ORD-1", "2026-10-01", "109.72"),
        ])
    func finds(type: TransactionType, currency: String, contract: String, date: String, rate: String) throws {
        let found = try Self.setup().exchangeRate(of: type, currency: currency, contract: contract, on: day(date))
        #expect(found == (try ExchangeRate(rate)))
    }

    @Test("Before the first day, and for a currency without rates, there is none", arguments: ["EUR", "GBP"])
    func missing(currency: String) throws {
        let gap = #expect(throws: SetupGap.self) {
            try Self.setup().exchangeRate(of: .cost, currency: currency, contract: nil, on: try day("2025-12-31"))
        }
        #expect(gap?.code == .noExchangeRate)
        #expect(gap?.reason.contains("no exchange rate from \(currency) to USD on 2025-12-31") == true)
    }
}

@Suite("Line property and category (domain.md §6.10.6, §6.10.7)")
struct LinePropertyTests {
    static let setup = sampleSetup {
        $0.lineProperties = [
            .chargeable: LineProperty(id: "Charge", name: "Chargeable", chargeable: true, accruesRevenue: true),
            nil: LineProperty(id: "None", name: "Not specified", chargeable: false, accruesRevenue: false),
        ]
        $0.categories = [
            "Consulting": ProjectCategory(id: "Consulting", transactionClass: .time, itemSalesTaxGroup: "FULL"),
            "Stage": ProjectCategory(id: "Stage", transactionClass: .milestone),
        ]
        $0.defaultCategories = [.time: "Consulting", .milestone: "Stage"]
    }

    @Test("A billing type finds its line property, and so does Not specified")
    func property() throws {
        #expect(try Self.setup.lineProperty(for: .chargeable).id == "Charge")
        #expect(try Self.setup.lineProperty(for: nil).id == "None")
        #expect(try Self.setup.lineProperty(id: "None").name == "Not specified")
    }

    @Test("A billing type without a line property says so")
    func noProperty() {
        let gap = #expect(throws: SetupGap.self) { try Self.setup.lineProperty(for: .complimentary) }
        #expect(gap?.code == .noLineProperty)
        #expect(gap?.reason.contains("\"Complimentary\"") == true)
    }

    @Test(
        "A name finds its category, no name the default of the class; milestone and retainer share one",
        arguments: [
            ("Consulting" as String?, TransactionClass.time, "Consulting"), (nil, .time, "Consulting"),
            (nil, .milestone, "Stage"),
            (nil, .retainer, "Stage"),
        ])
    func category(name: String?, transactionClass: TransactionClass, id: String) throws {
        #expect(try Self.setup.category(name, of: transactionClass).id == id)
    }

    @Test(
        "A name that is no category, and a class without a default, say so",
        arguments: [("Travel" as String?, TransactionClass.expense), (nil, .expense)])
    func noCategory(name: String?, transactionClass: TransactionClass) {
        let gap = #expect(throws: SetupGap.self) { try Self.setup.category(name, of: transactionClass) }
        #expect(gap?.code == .noProjectCategory)
    }
}

@Suite("Sales tax groups (domain.md §6.13, §9.8, §9.11)")
struct SalesTaxGroupTests {
    static func setup(_ method: ProjectParameters.SalesTaxGroupMethod) throws -> FinanceSetup {
        var parameters = ProjectParameters()
        parameters.salesTaxGroupMethod = method
        parameters.milestoneItemSalesTaxGroup = "SERVICE"
        return try sampleSetup(
            {
                $0.salesTaxGroupDefaults = [
                    .project: ["P1": "G-P"], .contract: ["C1": "G-C"], .customer: ["A1": "G-A"],
                ]
                for (code, percentage) in [("CITY", "1"), ("COUNTY", "2.25"), ("STATE", "6.5")] {
                    $0.salesTaxCodes[code] = SalesTaxCode(
                        code: code, name: code, percentage: try Percentage(percentage), included: false)
                }
                $0.salesTaxGroups["G-P"] = ["CITY", "COUNTY", "STATE"]
                $0.itemSalesTaxGroups["GOODS"] = ["STATE", "CITY"]
            }, parameters: parameters)
    }

    @Test(
        "The group comes from where the method says; searching, from the first that has one",
        arguments: [
            (ProjectParameters.SalesTaxGroupMethod.project, "P1", "C1", "G-P" as String?), (.project, "P2", "C1", nil),
            (.contract, "P1", "C1", "G-C"), (.customer, "P1", "C1", "G-A"), (.search, "P1", "C1", "G-P"),
            (.search, "P2", "C1", "G-C"), (.search, "P2", "C2", "G-A"),
        ])
    func group(
        method: ProjectParameters.SalesTaxGroupMethod, project: String, contract: String, group: String?
    ) throws {
        #expect(
            try Self.setup(method).billingSalesTaxGroup(project: project, contract: contract, customer: "A1") == group)
    }

    @Test("The item group is the category's; a milestone's is the parameter's; a retainer has one only by its category")
    func itemGroup() throws {
        let setup = try Self.setup(.search)
        let category = ProjectCategory(id: "Hardware", transactionClass: .material, itemSalesTaxGroup: "GOODS")
        #expect(setup.itemSalesTaxGroup(of: .material, category: category) == "GOODS")
        #expect(setup.itemSalesTaxGroup(of: .milestone, category: category) == "SERVICE")
        #expect(setup.itemSalesTaxGroup(of: .retainer, category: nil) == nil)
    }

    @Test("The taxes of a line are those in both groups, in the order of their codes")
    func codes() throws {
        let setup = try Self.setup(.search)
        #expect(setup.salesTaxCodes(group: "G-P", itemGroup: "GOODS").map(\.code) == ["CITY", "STATE"])
        #expect(setup.salesTaxCodes(group: nil, itemGroup: "GOODS").isEmpty)
        #expect(setup.salesTaxCodes(group: "G-P", itemGroup: nil).isEmpty)
    }
}

@Suite("The most specific rule (domain.md §9.19)")
struct MostSpecificRuleTests {
    static let setup = sampleSetup {
        $0.accountingProfiles = [
            .company: ["": AccountingProfiles(accruesRevenue: true, onAccount: .balance)],
            .contract: ["C1": AccountingProfiles(accruesRevenue: false, onAccount: .balance)],
            .project: ["P1": AccountingProfiles(accruesRevenue: false, onAccount: .profitAndLoss)],
        ]
        $0.postingAccounts[.cost] = [
            .company: ["": "1"], .category: ["Travel": "2"], .contract: ["C1": "3"], .project: ["P1": "4"],
        ]
    }

    @Test("A profile is the project's, else the contract's, else the company's")
    func profile() throws {
        #expect(try Self.setup.accountingProfiles(project: "P1", contract: "C1")[.fixedPrice] == .fixedPriceWithoutWIP)
        #expect(
            try Self.setup.accountingProfiles(project: "P2", contract: "C1")[.timeAndMaterial]
                == .timeAndMaterialWithoutWIP)
        #expect(
            try Self.setup.accountingProfiles(project: "P2", contract: nil)[.timeAndMaterial] == .timeAndMaterialWithWIP
        )
        let gap = #expect(throws: SetupGap.self) { try sampleSetup().accountingProfiles(project: "P1", contract: nil) }
        #expect(gap?.code == .noAccountingProfile)
    }

    @Test(
        "An account is the project's, else the contract's, the category's, the company's",
        arguments: [
            ("P1", "C1" as String?, "Travel" as String?, "4"), ("P2", "C1", "Travel", "3"), ("P2", "C2", "Travel", "2"),
            ("P2", nil, nil, "1"),
        ])
    func account(project: String, contract: String?, category: String?, account: String) throws {
        #expect(
            try Self.setup.postingAccount(.cost, project: project, contract: contract, category: category) == account)
    }

    @Test("A posting type without an account is named")
    func noAccount() {
        let gap = #expect(throws: SetupGap.self) {
            try Self.setup.postingAccount(.salesTax, project: nil, contract: nil, category: nil)
        }
        #expect(gap?.code == .noPostingAccount)
        #expect(gap?.reason.contains("sales-tax") == true)
    }
}

@Suite("Periods and due dates (domain.md §6.10.2, §6.13)")
struct PeriodTests {
    @Test(
        "A period starts on the day, the month or the year of the transaction date, or is one for all",
        arguments: [
            (ProjectParameters.PeriodUnit.days, "2026-09-17" as String?), (.months, "2026-09-01"),
            (.years, "2026-01-01"),
            (.all, nil),
        ])
    func period(unit: ProjectParameters.PeriodUnit, start: String?) throws {
        #expect(unit.start(of: try day("2026-09-17"))?.description == start)
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
}
