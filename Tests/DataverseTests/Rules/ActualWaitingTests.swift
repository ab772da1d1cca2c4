import Contracts
import Testbed
import Testing

@testable import Dataverse

/// What an actual waits for, a reason each, in the order in which they are looked for.
@Suite struct ActualWaitingTests {
    typealias Row = WaitingRow<ActualFacts>

    static let rows = [
        Row("its project is not here", .project, WebAPI.project) { $0.project = nil },
        Row("it has no project", .project, nil) {
            $0.project = nil
            $0.actual.projectId = nil
        },
        Row("its project has no number in Finance", .projectNumber, WebAPI.project) { $0.project?.projectNumber = nil },
        Row("its contract is not here", .projectContract, WebAPI.contract) { $0.contract = nil },
        Row("its project's contract is not here", .projectContract, WebAPI.contract) {
            $0.contract = nil
            $0.actual.projectContractId = nil
        },
        Row("its contract line is not here", .contractLine, WebAPI.timeAndMaterialLine) { $0.contractLine = nil },
        Row("its currency is not here", .currency, WebAPI.currency) { $0.currency = nil },
        Row("its customer is not here", .account, WebAPI.account) { $0.customer = nil },
        Row("its category is not here", .category, WebAPI.category) { $0.category = nil },
        Row("its resource is not here", .bookableResource, WebAPI.resource) { $0.resource = nil },
        Row("no company is known: asked is the contract's unit", .company, WebAPI.unit) { $0.company = .unknown($0) },
        Row("a billed sale is on no invoice", .invoice, WebAPI.id(203)) { $0.actual.invoiceId = nil },
        Row("a billed sale has no billing method", .billingMethod, WebAPI.timeAndMaterialLine) {
            $0.contractLine?.billingMethod = nil
        },
        Row("a billed reversal has no connection to the sale that it corrects", .original, WebAPI.id(203)) {
            $0.actual.adjustmentStatus = .unadjustable
        },
        Row("a reversal of a cost has no connection to its original", .original, WebAPI.id(203)) {
            $0.actual.transactionType = .cost
            $0.actual.adjustmentStatus = .unadjustable
        },
        Row("the original of a reversal is not here", .actual, WebAPI.id(7)) {
            $0.links.original = ActualFacts.Link(actualId: WebAPI.id(7), rowVersion: 1)
        },
        Row("the unbilled sale of a billed sale is not here", .actual, WebAPI.id(201)) { $0.unbilledSale = nil },
        Row("a time-and-material sale has no connection to its unbilled sale", .unbilledSale, WebAPI.id(203)) {
            $0.links.unbilledSale = nil
        },
        Row("it misses two things: the first counts", .projectContract, WebAPI.contract) {
            $0.currency = nil
            $0.contract = nil
        },
    ]

    @Test("An actual waits for the first thing that it lacks", arguments: rows)
    func waits(_ row: Row) {
        var facts = ActualFacts.billedSale
        row.change(&facts)
        #expect(ActualPublication(facts) == .waiting(row.reason))
    }

    @Test(
        "A billed sale of a kind that there is none of is held, and its invoice with it (§6.4)",
        arguments: [TransactionClass.tax, .commission, .additional])
    func notAllowed(_ transactionClass: TransactionClass) {
        var facts = ActualFacts.billedSale
        facts.actual.transactionClass = transactionClass
        guard case .waiting(let reason) = ActualPublication(facts) else {
            Issue.record("it is published")
            return
        }
        #expect(reason.waitingFor == .notAllowed && reason.id == WebAPI.timeAndMaterialLine)
        #expect(reason.sentence.contains("the type Billed Sales and the class \(transactionClass.rawValue)"))
    }

    @Test("An actual that lacks nothing is published; what it does not refer to is not waited for")
    func published() {
        guard case .published(let message) = ActualPublication(.billedSale) else {
            Issue.record("it waits")
            return
        }
        #expect(message.company == "usmf" && message.billingMethod == .timeAndMaterial)
        #expect(message.unbilledActualId == WebAPI.id(201) && message.invoiceId == WebAPI.id(100))

        var bare = ActualFacts.billedSale
        bare.actual.transactionType = .cost
        for path in [\TransactionFacts.categoryId, \.bookableResourceId, \.contractLineId, \.customerId] {
            bare.actual.facts[keyPath: path] = nil
        }
        bare.contract?.customerId = nil
        (bare.category, bare.resource, bare.contractLine, bare.customer) = (nil, nil, nil, nil)
        bare.links = ActualLinks()
        guard case .published(let cost) = ActualPublication(bare) else {
            Issue.record("it waits")
            return
        }
        #expect(cost.customerAccount == nil && cost.invoiceId == nil)
    }

    @Test("A milestone and a line of fixed price have no unbilled sale to wait for")
    func fixedPrice() {
        for change: (inout ActualFacts) -> Void in [
            { $0.actual.transactionClass = .milestone }, { $0.contractLine?.billingMethod = .fixedPrice },
        ] {
            var facts = ActualFacts.billedSale
            facts.links = ActualLinks()
            change(&facts)
            guard case .published(let message) = ActualPublication(facts) else {
                Issue.record("it waits")
                return
            }
            #expect(message.billingMethod == .fixedPrice)
        }
    }

    @Test("Skip Sync, and rows between units of one company, are withheld, whatever they lack")
    func withheld() {
        var skipped = ActualFacts.billedSale
        skipped.actual.skipSync = true
        skipped.project = nil
        #expect(ActualPublication(skipped) == .withheld)
        var between = ActualFacts.billedSale
        between.actual.transactionType = .interOrganizationalSales
        between.company = ActualCompany(
            between.actual.ownership, project: between.project, contract: between.contract, in: .contoso)
        between.project = nil
        #expect(ActualPublication(between) == .withheld)
    }

    /// Eight hours of a resource that unit 21, of company demf, lends.
    private static func lent(_ type: TransactionType) -> ActualFacts {
        var facts = ActualFacts.billedSale
        facts.actual.transactionType = type
        facts.actual.resourcingUnitId = WebAPI.id(21)
        facts.actual.invoiceId = nil
        facts.invoice = nil
        facts.links = ActualLinks()
        facts.unbilledSale = nil
        facts.company = ActualCompany(
            facts.actual.ownership, project: facts.project, contract: facts.contract, in: .contoso)
        facts.contractingUnitCurrency = .sample
        return facts
    }

    @Test(
        "What units settle says which company borrows, and the currency of the contracting unit (§6.9)",
        arguments: [TransactionType.resourcingUnitCost, .interOrganizationalSales])
    func lent(type: TransactionType) throws {
        guard case .published(let message) = ActualPublication(Self.lent(type)) else {
            Issue.record("it is not published")
            return
        }
        #expect(message.company == "demf" && message.projectCompany == "usmf")
        #expect(message.contractingUnitCurrency == "USD")
        var unknown = Self.lent(type)
        unknown.contract?.contractingUnitId = WebAPI.id(99)
        unknown.actual.contractingUnitId = nil
        unknown.company = ActualCompany(unknown.actual.ownership, project: nil, contract: nil, in: .contoso)
        #expect(ActualPublication(unknown) == .waiting(WaitingReason(.company, WebAPI.id(99))))
    }

    @Test("The row version is that of the newest of the actual and its connections")
    func rowVersion() {
        var facts = ActualFacts.billedSale
        for (unbilled, original, version) in [(1, 2, 100), (150, 2, 150), (150, 160, 160)] {
            facts.links.unbilledSale?.rowVersion = unbilled
            facts.links.original = ActualFacts.Link(actualId: WebAPI.id(7), rowVersion: original)
            facts.original = .original { ($0.quantity, $0.amount) = (Quantity(-8), Money(-1_600)) }
            guard case .published(let message) = ActualPublication(facts) else {
                Issue.record("it waits")
                return
            }
            #expect(message.rowVersion == version)
        }
    }
}
