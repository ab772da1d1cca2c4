import Contracts
import Testbed
import Testing

@testable import Dataverse

/// The legal entity whose Finance takes an actual (`domain.md` §5.2, §6.9).
@Suite struct CompanyTests {
    private let facts = ActualFacts.billedSale

    private func company(_ change: (inout ActualFacts) -> Void, in directory: CompanyDirectory = .contoso) -> Company? {
        var facts = facts
        change(&facts)
        return ActualCompany(
            facts.actual.ownership, project: facts.project, contract: facts.contract, in: directory
        ).company
    }

    @Test(
        "The contract's owner goes first, then its unit, then the project's owner, its unit, and the actual's own unit")
    func contracting() {
        #expect(company { $0.contract?.companyId = WebAPI.id(22) } == "demf")
        #expect(company { _ in } == "usmf")
        #expect(
            company {
                $0.contract = nil
                $0.project?.companyId = WebAPI.id(22)
            } == "demf")
        #expect(company { $0.contract = nil } == "usmf")
        #expect(
            company {
                ($0.contract, $0.project) = (nil, nil)
                $0.actual.contractingUnitId = WebAPI.id(21)
            } == "demf")
        #expect(
            company {
                ($0.contract, $0.project) = (nil, nil)
                $0.actual.contractingUnitId = nil
            } == nil)
    }

    @Test("An owner that is not here says nothing, and its unit is asked")
    func unknownOwner() {
        #expect(company { $0.contract?.companyId = WebAPI.id(99) } == "usmf")
    }

    @Test("What configuration says of a unit goes before what Dataverse says")
    func configured() {
        var directory = CompanyDirectory.contoso
        directory.configured = ["Contoso USA": "ussi"]
        #expect(company({ _ in }, in: directory) == "ussi")
    }

    @Test("Unbilled sales go to the contracting company, also when another company lends the resource")
    func borrowing() {
        #expect(
            company {
                $0.actual.transactionType = .unbilledSales
                $0.actual.resourcingUnitId = WebAPI.id(21)
            } == "usmf")
    }

    @Test(
        "Inter-organizational sales and resourcing unit cost go to the lending company",
        arguments: [
            TransactionType.interOrganizationalSales, .resourcingUnitCost,
        ])
    func lending(_ type: TransactionType) {
        #expect(
            company {
                $0.actual.transactionType = type
                $0.actual.resourcingUnitId = WebAPI.id(21)
            } == "demf")
    }

    @Test("Only rows whose resourcing company is not the contracting company are transferred")
    func oneCompany() {
        var actual = facts.actual
        actual.transactionType = .interOrganizationalSales
        func isWithin() -> Bool {
            ActualCompany(actual.ownership, project: nil, contract: facts.contract, in: .contoso).isWithinOneCompany
        }
        #expect(isWithin())
        actual.resourcingUnitId = WebAPI.id(21)
        #expect(!isWithin())
        actual.resourcingUnitId = nil
        #expect(!isWithin())
    }
}
