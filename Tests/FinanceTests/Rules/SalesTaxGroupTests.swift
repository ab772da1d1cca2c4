import Contracts
import Testbed
import Testing

@testable import Finance

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
