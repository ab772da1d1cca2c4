import Bus
import Contracts
import Testbed
import Testing

@testable import Finance

@Suite("When a proposal line is ready (domain.md §6.10.11, §9.13)")
struct ProposalReadinessTests {
    private static let work = BilledSaleTraits(
        billingMethod: .timeAndMaterial, transactionClass: .time, isCorrection: false, namesUnbilledSale: true)

    private func readiness(
        _ traits: BilledSaleTraits = work, _ progress: UnpostedSales.Progress..., count: Int = 1
    ) -> ProposalReadiness {
        ProposalReadiness(
            unposted: progress.map { UnpostedSales(traits: traits, count: count, progress: $0) }, corrected: [])
    }

    @Test("Time and material: when its unbilled sale is posted")
    func timeAndMaterial() {
        #expect(readiness().isReady)
        #expect(
            readiness(Self.work, .inJournal("J-1")).reason == "waiting for 1 unbilled sale to be posted: journal J-1")
        #expect(readiness(Self.work, .notArrived, count: 2).reason == "waiting for 2 unbilled sales to arrive")
        #expect(readiness(Self.work, .staged).reason == "waiting for 1 unbilled sale to be imported")
        #expect(readiness(Self.work, .blocked(reason: "no rate")).reason == "1 unbilled sale blocked: no rate")
    }

    @Test("Milestones, and lines of a fixed-price contract line: at once")
    func fixedPrice() {
        let milestone = BilledSaleTraits(
            billingMethod: .timeAndMaterial, transactionClass: .milestone, isCorrection: false, namesUnbilledSale: true)
        let typed = BilledSaleTraits(
            billingMethod: .fixedPrice, transactionClass: .time, isCorrection: false, namesUnbilledSale: false)
        #expect(readiness(milestone, .notArrived).isReady)
        #expect(readiness(typed, .notArrived).isReady)
    }

    @Test("A retainer on a fixed-price contract line: when its unbilled sale is posted")
    func retainer() {
        let retainer = BilledSaleTraits(
            billingMethod: .fixedPrice, transactionClass: .retainer, isCorrection: false, namesUnbilledSale: true)
        #expect(readiness(retainer, .inJournal("J-1")).waits == [.unbilledToPost(1, journals: ["J-1"])])
    }

    @Test(
        "A correction: when the invoice of its original is posted",
        arguments: [
            (nil, "waiting for the invoice of 3 corrected billed sales to arrive"),
            (ProposalStatus.open, "waiting for the invoice of 3 corrected billed sales to be posted: proposal PRO-1"),
            (.ready, "waiting for the invoice of 3 corrected billed sales to be posted: proposal PRO-1"),
            (.invoiced, ""),
        ])
    func correction(status: ProposalStatus?, reason: String) {
        let credit = BilledSaleTraits(
            billingMethod: .timeAndMaterial, transactionClass: .time, isCorrection: true, namesUnbilledSale: true)
        let proposal = status.map { CorrectedSales.Reference(number: "PRO-1", status: $0) }
        let readiness = ProposalReadiness(
            unposted: [UnpostedSales(traits: credit, count: 3, progress: .notArrived)],
            corrected: [CorrectedSales(traits: credit, count: 3, proposal: proposal)])
        #expect(readiness.reason == reason)
        #expect(readiness.isReady == (status == .invoiced))
    }

    @Test("All or nothing: one line that waits holds up all, and each thing is said once")
    func allOrNothing() {
        let fee = BilledSaleTraits(
            billingMethod: .timeAndMaterial, transactionClass: .fee, isCorrection: false, namesUnbilledSale: true)
        var readiness = ProposalReadiness(
            unposted: [
                UnpostedSales(traits: Self.work, count: 2, progress: .inJournal("J-2")),
                UnpostedSales(traits: fee, count: 1, progress: .inJournal("J-1")),
                UnpostedSales(traits: fee, count: 1, progress: .inJournal("J-2")),
                UnpostedSales(traits: fee, count: 1, progress: .notArrived),
            ], corrected: [])
        readiness.block(4, Blockage(.noProjectCategory, "no category"))
        #expect(
            readiness.waits == [
                .unbilledToArrive(1), .unbilledToPost(4, journals: ["J-1", "J-2"]), .blocked(4, "no category"),
            ])
    }

    @Test("Of many journals the first are named")
    func many() {
        let journals = (1...7).map { "J-\($0)" }
        #expect(
            ProposalReadiness.Wait.unbilledToPost(7, journals: journals).description
                == "waiting for 7 unbilled sales to be posted: journals J-1, J-2, J-3, J-4, J-5 and 2 more")
    }
}

@Suite("What a proposal line needs of set-up (domain.md §6.10.6, §6.10.7)")
struct ProposalLineSetupTests {
    private func kind(
        _ transactionClass: TransactionClass, _ category: String?, _ billingType: BillingType
    ) -> BilledSaleKind {
        BilledSaleKind(
            transactionClass: transactionClass, billingMethod: .timeAndMaterial, category: category,
            billingType: billingType, header: InvoiceHeader(company: "usmf", currency: "USD"), isOrphan: false)
    }

    @Test("A class that is never billed is refused as what it is")
    func refused() { #expect(LinePropertyTests.setup.blockage(of: kind(.tax, nil, .chargeable))?.code == .notAllowed) }

    @Test("A category that the company has, else the default of its class; on-account lines can do without")
    func category() throws {
        let setup = LinePropertyTests.setup
        func code(_ transactionClass: TransactionClass, _ category: String?) -> FailureCode? {
            setup.blockage(of: kind(transactionClass, category, .chargeable))?.code
        }
        #expect(code(.time, "Consulting") == nil)
        #expect(code(.time, "Travel by balloon") == .noProjectCategory)
        #expect(code(.material, nil) == .noProjectCategory)
        #expect(code(.milestone, nil) == nil)
        #expect(code(.retainer, nil) == nil)
    }

    @Test("A line property of its billing type")
    func lineProperty() {
        #expect(
            LinePropertyTests.setup.blockage(of: kind(.time, "Consulting", .complimentary))?.code == .noLineProperty)
    }
}
