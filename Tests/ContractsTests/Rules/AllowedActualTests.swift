import Contracts
import Testing

@Suite("Allowed class, type and billing method (domain.md §6.4)")
struct AllowedActualTests {
    private static let sales: Set<TransactionClass> = [.time, .expense, .material, .fee, .retainer]
    private static let onTheRoad: Set<TransactionClass> = [.time, .expense]
    private static let costs: Set<TransactionClass> = [.time, .expense, .material]
    private static let invoiced = sales.union([.milestone])

    private func allowed(_ type: TransactionType, _ method: BillingMethod?) -> Set<TransactionClass> {
        Set(TransactionClass.allCases.filter { AllowedActual.problem(of: type, $0, method) == nil })
    }

    @Test("Cost", arguments: [BillingMethod.fixedPrice, .timeAndMaterial, nil])
    func cost(method: BillingMethod?) { #expect(allowed(.cost, method) == Self.costs) }

    @Test("Unbilled sales by time and material", arguments: [BillingMethod.timeAndMaterial, nil])
    func unbilled(method: BillingMethod?) { #expect(allowed(.unbilledSales, method) == Self.sales) }

    @Test("Unbilled sales of fixed price are retainers alone")
    func unbilledFixedPrice() { #expect(allowed(.unbilledSales, .fixedPrice) == [.retainer]) }

    @Test(
        "Billed sales; a line that is typed on a fixed-price contract line has its own class (§6.3)",
        arguments: [BillingMethod.fixedPrice, .timeAndMaterial])
    func billed(method: BillingMethod) { #expect(allowed(.billedSales, method) == Self.invoiced) }

    @Test(
        "Resourcing unit cost and inter-organizational sales",
        arguments: [TransactionType.resourcingUnitCost, .interOrganizationalSales])
    func betweenCompanies(type: TransactionType) {
        #expect(allowed(type, .timeAndMaterial) == Self.onTheRoad && allowed(type, .fixedPrice) == Self.onTheRoad)
    }

    @Test("Project contract: none") func contract() { #expect(allowed(.projectContract, nil).isEmpty) }

    @Test("What is refused is named as what it is")
    func named() {
        let problem = AllowedActual.problem(of: .unbilledSales, .tax, .timeAndMaterial)
        #expect(problem?.contains("the type Unbilled Sales and the class Tax on a Time and Material") == true)
    }
}
