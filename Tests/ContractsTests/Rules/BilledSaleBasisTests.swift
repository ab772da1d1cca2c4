import Contracts
import Testing

@Suite("What a billed sale stands on (domain.md §6.10.11, §9.13)")
struct BilledSaleBasisTests {
    @Test(
        "Time and material: on its unbilled sale",
        arguments: [TransactionClass.time, .expense, .material, .fee, .retainer])
    func timeAndMaterial(transactionClass: TransactionClass) {
        #expect(BilledSaleBasis(.timeAndMaterial, transactionClass, isCorrection: false) == .unbilledSale)
    }

    @Test(
        "A milestone: on nothing, whatever its billing method and whatever it names", arguments: BillingMethod.allCases)
    func milestone(billingMethod: BillingMethod) {
        for names in [false, true] {
            #expect(
                BilledSaleBasis(billingMethod, .milestone, isCorrection: false, namesUnbilledSale: names) == .nothing)
        }
    }

    @Test("A line typed on a fixed-price contract line: on nothing")
    func fixedPrice() {
        #expect(BilledSaleBasis(.fixedPrice, .time, isCorrection: false) == .nothing)
    }

    @Test("A retainer, which is a pair of billed and unbilled sale: on its unbilled sale")
    func retainer() {
        #expect(
            BilledSaleBasis(.fixedPrice, .retainer, isCorrection: false, namesUnbilledSale: true) == .unbilledSale)
    }

    @Test(
        "A correction: on the billed sale that it corrects", arguments: BillingMethod.allCases,
        TransactionClass.allCases)
    func correction(billingMethod: BillingMethod, transactionClass: TransactionClass) {
        #expect(BilledSaleBasis(billingMethod, transactionClass, isCorrection: true) == .correctedSale)
    }
}
