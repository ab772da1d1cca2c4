import Contracts
import Testbed
import Testing

@testable import Finance

@Suite("Sales tax groups (domain.md §6.13, §9.8, §9.11)")
struct SalesTaxGroupTests {
    static func setup(
        _ method: ProjectParameters.SalesTaxGroupMethod, retainers: String? = nil
    ) throws -> FinanceSetup {
        var parameters = ProjectParameters()
        parameters.salesTaxGroupMethod = method
        parameters.milestoneItemSalesTaxGroup = "SERVICE"
        parameters.retainerItemSalesTaxGroup = retainers
        return try sampleSetup(
            {
                $0.salesTaxGroupDefaults = [
                    .project: ["P1": "G-P"], .contract: ["C1": "G-C"], .customer: ["A1": "G-A"],
                ]
                for (code, percentage) in [("CITY", "1"), ("COUNTY", "2.25"), ("STATE", "6.5")] {
                    $0.salesTaxCodes[code] = DatedSalesTaxCode(
                        code: code, name: code, included: false,
                        rates: [.init(validFrom: .first, percentage: try Percentage(percentage))])
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

    @Test("The item group is the category's; those of milestones and retainers are the parameters', or none")
    func itemGroup() throws {
        let setup = try Self.setup(.search)
        let category = ProjectCategory(id: "Hardware", transactionClass: .material, itemSalesTaxGroup: "GOODS")
        #expect(try setup.itemSalesTaxGroup(of: .material, category: category) == "GOODS")
        #expect(try setup.itemSalesTaxGroup(of: .milestone, category: category) == "SERVICE")
        #expect(try setup.itemSalesTaxGroup(of: .retainer, category: category) == nil)
        let taxed = try Self.setup(.search, retainers: "ADVANCE")
        #expect(try taxed.itemSalesTaxGroup(of: .retainer, category: category) == "ADVANCE")
    }

    @Test(
        "Material has the group of its released product where the parameter says so; without a product its category's")
    func itemGroupOfMaterial() throws {
        var parameters = ProjectParameters()
        parameters.materialItemSalesTaxGroupFrom = .item
        let setup = sampleSetup(
            { $0.releasedProducts = ["P-1": "WARE"] }, parameters: parameters)
        let category = ProjectCategory(id: "Hardware", transactionClass: .material, itemSalesTaxGroup: "GOODS")
        #expect(try setup.itemSalesTaxGroup(of: .material, category: category, product: "P-1") == "WARE")
        #expect(try setup.itemSalesTaxGroup(of: .material, category: category) == "GOODS")
        #expect(try setup.itemSalesTaxGroup(of: .time, category: category, product: "P-1") == "GOODS")
        let gap = #expect(throws: SetupGap.self) {
            try setup.itemSalesTaxGroup(of: .material, category: category, product: "P-3")
        }
        #expect(gap?.code == .noReleasedProduct)
        #expect(
            try Self.setup(.search).itemSalesTaxGroup(of: .material, category: category, product: "P-1") == "GOODS")
    }

    @Test("The taxes of a line are those in both groups, in the order of their codes")
    func codes() throws {
        let setup = try Self.setup(.search)
        func codes(_ group: String?, _ itemGroup: String?) throws -> [String] {
            try setup.salesTaxCodes(group: group, itemGroup: itemGroup, on: day("2026-05-01")).map(\.code)
        }
        #expect(try codes("G-P", "GOODS") == ["CITY", "STATE"])
        #expect(try codes(nil, "GOODS").isEmpty)
        #expect(try codes("G-P", nil).isEmpty)
    }

    @Test(
        "A code's rate is that of the invoice's date, from its first day to its last",
        arguments: [
            ("2026-01-01", "6.500000"), ("2026-06-30", "6.500000"), ("2026-07-15", "7.000000"),
            ("2030-01-01", "7.000000"),
        ])
    func rateOfTheDay(date: String, percentage: String) throws {
        let codes = try Self.dated().salesTaxCodes(group: "G", itemGroup: "I", on: day(date))
        #expect(codes.map(\.percentage.description) == [percentage])
    }

    @Test(
        "A day on which a code has no rate is named, and nothing goes untaxed", arguments: ["2025-12-31", "2026-07-14"])
    func gap(date: String) throws {
        let gap = try #require(throws: SetupGap.self) {
            try Self.dated().salesTaxCodes(group: "G", itemGroup: "I", on: day(date))
        }
        #expect(gap.code == .noSalesTaxRate)
        #expect(gap.reason.contains("sales tax code STATE of company usmf has no rate on \(date)"))
    }

    /// 6.5 % in the first half of 2026, 7 % from the middle of July on.
    private static func dated() throws -> FinanceSetup {
        try sampleSetup {
            $0.salesTaxCodes["STATE"] = DatedSalesTaxCode(
                code: "STATE", name: "STATE", included: false,
                rates: [
                    .init(
                        validFrom: try day("2026-01-01"), validTo: try day("2026-06-30"),
                        percentage: try Percentage("6.5")),
                    .init(validFrom: try day("2026-07-15"), percentage: Percentage(7)),
                ])
            $0.salesTaxGroups["G"] = ["STATE"]
            $0.itemSalesTaxGroups["I"] = ["STATE"]
        }
    }
}
