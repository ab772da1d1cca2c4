import Contracts
import Testbed
import Testing

@testable import Finance

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
