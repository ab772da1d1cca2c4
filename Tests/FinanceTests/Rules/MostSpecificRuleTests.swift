import Contracts
import Testbed
import Testing

@testable import Finance

@Suite("The most specific rule (domain.md §9.19)")
struct MostSpecificRuleTests {
    static let setup = sampleSetup {
        $0.projectGroups = ["P1": "G1", "P3": "G1"]
        $0.accountingProfiles = [
            .company: ["": AccountingProfiles(timeAndMaterial: .withWIP, fixedPrice: .completedContract)],
            .group: ["G1": AccountingProfiles(timeAndMaterial: .withoutWIP, fixedPrice: .percentage)],
            .contract: ["C1": AccountingProfiles(timeAndMaterial: .withoutWIP)],
            .project: ["P1": AccountingProfiles(fixedPrice: .withoutWIP)],
        ]
        $0.postingAccounts[.cost] = [
            .company: ["": "1"], .transactionClass: ["Expense": "2"], .category: ["Travel": "3"],
            .group: ["G1": "4"], .contract: ["C1": "5"], .project: ["P1": "6"],
        ]
    }

    struct Profile: Sendable, CustomTestStringConvertible {
        var most: String
        var method: BillingMethod
        var project: String
        var contract: String?
        var profile: AccountingProfile

        var testDescription: String { "\(method.rawValue): \(most)" }
    }

    @Test(
        "A profile is the project's, else the contract's, the project group's, the company's",
        arguments: [
            Profile(
                most: "project", method: .fixedPrice, project: "P1", contract: "C1", profile: .fixedPriceWithoutWIP),
            Profile(
                most: "contract, where the project says nothing", method: .timeAndMaterial, project: "P1",
                contract: "C1", profile: .timeAndMaterialWithoutWIP),
            Profile(
                most: "contract", method: .timeAndMaterial, project: "P2", contract: "C1",
                profile: .timeAndMaterialWithoutWIP),
            Profile(
                most: "group, where the contract says nothing", method: .fixedPrice, project: "P3", contract: "C1",
                profile: .fixedPricePercentage),
            Profile(
                most: "group", method: .timeAndMaterial, project: "P3", contract: nil,
                profile: .timeAndMaterialWithoutWIP),
            Profile(
                most: "company, where the contract says nothing", method: .fixedPrice, project: "P2", contract: "C1",
                profile: .fixedPriceCompletedContract),
            Profile(
                most: "company", method: .timeAndMaterial, project: "P2", contract: nil,
                profile: .timeAndMaterialWithWIP),
        ])
    func profile(row: Profile) throws {
        #expect(
            try Self.setup.accountingProfile(row.method, project: row.project, contract: row.contract) == row.profile)
    }

    @Test("A company without a profile says so")
    func noProfile() {
        let gap = #expect(throws: SetupGap.self) {
            try sampleSetup().accountingProfile(.fixedPrice, project: "P1", contract: nil)
        }
        #expect(gap?.code == .noAccountingProfile)
        #expect(gap?.reason.contains("Fixed") == true)
    }

    struct Account: Sendable, CustomTestStringConvertible {
        var most: String
        var place: PostingPlace
        var account: String

        var testDescription: String { most }
    }

    @Test(
        "An account is the project's, else the contract's, the group's, the category's, the class's, the company's",
        arguments: [
            Account(
                most: "project",
                place: .init(project: "P1", contract: "C1", category: "Travel", transactionClass: .expense),
                account: "6"),
            Account(
                most: "contract",
                place: .init(project: "P3", contract: "C1", category: "Travel", transactionClass: .expense),
                account: "5"),
            Account(
                most: "project group",
                place: .init(project: "P3", contract: "C2", category: "Travel", transactionClass: .expense),
                account: "4"),
            Account(
                most: "category",
                place: .init(project: "P2", contract: "C2", category: "Travel", transactionClass: .expense),
                account: "3"),
            Account(
                most: "class", place: .init(project: "P2", category: "Meals", transactionClass: .expense),
                account: "2"),
            Account(
                most: "company", place: .init(project: "P2", category: "Work", transactionClass: .time), account: "1"),
            Account(most: "company, of what has no project", place: .init(contract: "C2"), account: "1"),
        ])
    func account(row: Account) throws {
        #expect(try Self.setup.postingAccount(.cost, at: row.place) == row.account)
    }

    @Test("A posting type without an account is named")
    func noAccount() {
        let gap = #expect(throws: SetupGap.self) {
            try Self.setup.postingAccount(.salesTax, at: PostingPlace(project: "P1"))
        }
        #expect(gap?.code == .noPostingAccount)
        #expect(gap?.reason.contains("sales-tax") == true)
    }
}
