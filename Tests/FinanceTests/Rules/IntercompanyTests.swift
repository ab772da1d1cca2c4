import Bus
import Contracts
import Testbed
import Testing

@testable import Finance

/// The table of `domain.md` §6.9, as rules.
@Suite("Intercompany rules (domain.md §6.9)")
struct IntercompanyRuleTests {
    /// Company usmf, which lends to demf and invoices it as customer IC.
    private static let setup = sampleSetup {
        $0.lineProperties[.notAvailable] = LineProperty(
            id: "Cost", name: "Cost", chargeable: false, accruesRevenue: false)
        $0.lineProperties[.chargeable] = LineProperty(
            id: "Charge", name: "Charge", chargeable: true, accruesRevenue: true)
        $0.categories["Consulting"] = ProjectCategory(
            id: "Consulting", transactionClass: .time, itemSalesTaxGroup: "FULL")
        $0.salesTaxGroupDefaults = [.customer: ["IC": "EU", "US-001": "DOM"], .project: ["P1": "PRJ"]]
        $0.intercompanyRelations = ["demf": IntercompanyRelation(customer: "IC", vendor: "V")]
        $0.accountingCurrencies = ["usmf": "USD", "demf": "EUR"]
    }

    static let lendingTypes: [TransactionType] = [.resourcingUnitCost, .interOrganizationalSales]

    private func draft(
        _ type: TransactionType, _ change: (inout ActualCreated) -> Void = { _ in }
    ) throws(Blockage) -> JournalLineDraft {
        let actual = actual(1, type) {
            $0.documentDate = CalendarDate(day: 20_575)
            $0.accountingDate = CalendarDate(day: 20_575)
            $0.projectCompany = "demf"
            $0.contractingUnitCurrency = "EUR"
            change(&$0)
        }
        return try JournalLineDraft(actual, setup: Self.setup)
    }

    @Test("A lending company's line: tax groups of the intercompany customer and the category", arguments: lendingTypes)
    func lending(type: TransactionType) throws {
        let line = try draft(type)
        #expect(line.intercompanyCustomer == "IC")
        #expect(line.salesTaxGroup == "EU" && line.itemSalesTaxGroup == "FULL")
        #expect(!type.makesProjectTransaction)
    }

    @Test("The borrowing company's line: tax group of the contract's customer by method, a project transaction")
    func borrowing() throws {
        let line = try draft(.unbilledSales) { ($0.projectCompany, $0.contractingUnitCurrency) = (nil, nil) }
        #expect(line.intercompanyCustomer == nil)
        #expect(line.salesTaxGroup == "PRJ" && line.itemSalesTaxGroup == "FULL")
        #expect(TransactionType.unbilledSales.makesProjectTransaction)
    }

    struct Gap: Sendable, CustomTestStringConvertible {
        var missing: String
        var code: FailureCode
        var words: String
        var change: @Sendable (inout ActualCreated) -> Void

        var testDescription: String { missing }
    }

    @Test(
        "What is missing is said with its cure",
        arguments: [
            Gap(
                missing: "relation", code: .noIntercompanyRelation,
                words: "between company usmf, which lends, and company gbpm, which borrows; add gbpm",
                change: { $0.projectCompany = "gbpm" }),
            Gap(
                missing: "who borrows", code: .noIntercompanyRelation, words: "does not say which company borrows",
                change: { $0.projectCompany = nil }),
            Gap(
                missing: "two companies", code: .noIntercompanyRelation, words: "lends to itself",
                change: { $0.projectCompany = "usmf" }),
            Gap(
                missing: "category", code: .noProjectCategory, words: "add it to project-categories",
                change: { $0.category = "Other" }),
            Gap(
                missing: "currency of the contracting unit", code: .contractingUnitCurrency,
                words: "is USD, and the accounting currency of its company demf is EUR",
                change: { $0.contractingUnitCurrency = "USD" }),
        ])
    func gap(gap: Gap) {
        for type in Self.lendingTypes {
            let blockage = #expect(throws: Blockage.self) { try draft(type, gap.change) }
            #expect(blockage?.code == gap.code)
            #expect(blockage?.reason.contains(gap.words) == true, "\(blockage?.reason ?? "")")
        }
    }
}
