import Contracts
import Testing

@testable import Finance

@Suite("Allowed class, type and billing method (domain.md §6.4)")
struct AllowedActualTests {
    private static let sales: Set<TransactionClass> = [.time, .expense, .material, .fee, .retainer]
    private static let onTheRoad: Set<TransactionClass> = [.time, .expense]
    private static let costs: Set<TransactionClass> = [.time, .expense, .material]
    private static let invoiced = sales.union([.milestone])

    private func allowed(_ type: TransactionType, _ method: BillingMethod?) -> Set<TransactionClass> {
        Set(TransactionClass.allCases.filter { AllowedActual.blockage(of: type, $0, method) == nil })
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
        let blockage = AllowedActual.blockage(of: .unbilledSales, .tax, .timeAndMaterial)
        #expect(blockage?.code == .notAllowed)
        #expect(blockage?.reason.contains("the type Unbilled Sales and the class Tax on a Time and Material") == true)
    }

    @Test("Import takes nothing that posting would refuse", arguments: TransactionType.allCases)
    func agrees(type: TransactionType) {
        guard type != .billedSales else { return }
        for transactionClass in allowed(type, nil) {
            #expect(LedgerEvent.ofJournalLine(type, transactionClass) != nil, "\(transactionClass)")
        }
    }
}
