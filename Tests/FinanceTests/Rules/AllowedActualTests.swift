import Contracts
import Testing

@testable import Finance

/// What Finance makes of the validation matrix (`domain.md` §6.4).
@Suite struct AllowedActualTests {
    @Test("What is refused is named as what it is")
    func named() {
        let blockage = Blockage.ofKind(.unbilledSales, .tax, .timeAndMaterial)
        #expect(blockage?.code == .notAllowed)
        #expect(blockage?.reason.contains("the type Unbilled Sales and the class Tax on a Time and Material") == true)
        #expect(Blockage.ofKind(.projectContract, .time, nil)?.code == .noJournalLine)
    }

    @Test("Import takes nothing that posting would refuse", arguments: TransactionType.allCases)
    func agrees(type: TransactionType) {
        guard type != .billedSales else { return }
        for transactionClass in TransactionClass.allCases where Blockage.ofKind(type, transactionClass, nil) == nil {
            #expect(LedgerEvent.ofJournalLine(type, transactionClass) != nil, "\(transactionClass)")
        }
    }
}
