import Contracts
import Testbed
import Testing

@testable import Dataverse

/// What an actual must not contradict: its invoice, its unbilled sale, its original (design §4, `domain.md` §9.26).
@Suite struct ActualContradictionTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let says: String
        let change: @Sendable (inout ActualFacts) -> Void

        init(_ title: String, _ says: String, _ change: @escaping @Sendable (inout ActualFacts) -> Void) {
            testDescription = title
            self.says = says
            self.change = change
        }
    }

    private static func reversal(_ change: @escaping @Sendable (inout ActualFacts) -> Void)
        -> @Sendable (
            inout ActualFacts
        ) -> Void
    {
        { facts in
            facts.actual.adjustmentStatus = .unadjustable
            (facts.actual.quantity, facts.actual.amount) = (Quantity(-8), Money(-1_600))
            facts.links = ActualLinks(original: ActualFacts.Link(actualId: WebAPI.id(7), rowVersion: 1))
            (facts.unbilledSale, facts.original) = (nil, .original())
            change(&facts)
        }
    }

    private static let euro = Belonging.Reference(WebAPI.id(33), "EUR")
    private static let otherContract = Belonging.Reference(WebAPI.id(55), "ORD-2")
    private static let unbilled = "its unbilled sale \(WebAPI.id(201))"
    private static let original = "its original \(WebAPI.id(7))"

    static let rows = [
        Row("another currency than its invoice", "its currency is EUR, and that of its invoice INV-100 is USD") {
            $0.belonging.currency = euro
        },
        Row("a milestone in another currency", "its currency is EUR, and that of its invoice INV-100 is USD") {
            $0.belonging.currency = euro
            $0.actual.transactionClass = .milestone
            ($0.links, $0.unbilledSale) = (ActualLinks(), nil)
        },
        Row(
            "a line of fixed price of another contract",
            "its contract is ORD-2, and that of its invoice INV-100 is ORD-1"
        ) {
            $0.belonging.contract = otherContract
            $0.contractLine?.billingMethod = .fixedPrice
            ($0.links, $0.unbilledSale) = (ActualLinks(), nil)
        },
        Row("a retainer of another customer", "its customer is US-002, and that of its invoice INV-100 is US-001") {
            $0.belonging.customer = Belonging.Reference(WebAPI.id(44), "US-002")
            $0.actual.transactionClass = .retainer
        },
        Row(
            "a credit of another company", "its company is demf, and that of its invoice INV-100 is usmf",
            reversal {
                $0.belonging.company = "demf"
            }),
        Row("another currency than its unbilled sale", "its currency is USD, and that of \(unbilled) is EUR") {
            $0.unbilledSale?.belonging.currency = euro
        },
        Row("another contract than its unbilled sale", "its contract is ORD-1, and that of \(unbilled) is ORD-2") {
            $0.unbilledSale?.belonging.contract = otherContract
        },
        Row("another company than its unbilled sale", "its company is usmf, and that of \(unbilled) is demf") {
            $0.unbilledSale?.belonging.company = "demf"
        },
        Row("more than its unbilled sale", "its amount is 1600.0000, which is more than the 200.0000 of \(unbilled)") {
            $0.unbilledSale?.actual.amount = Money(200)
        },
        Row("more hours than its unbilled sale", "its quantity is 8.0000, which is more than the 6.0000 of \(unbilled)")
        {
            $0.unbilledSale?.actual.quantity = Quantity(6)
        },
        Row("another sign than its unbilled sale", "they must have the same sign") {
            $0.unbilledSale?.actual.amount = Money(-1_600)
        },
        Row("an unbilled sale that is none", "\(unbilled) is of the type Cost") {
            $0.unbilledSale?.actual.ownership.transactionType = .cost
        },
        Row("an unbilled sale that takes back another one", "\(unbilled) takes back another one") {
            $0.unbilledSale?.actual.adjustmentStatus = .unadjustable
        },
        Row("an unbilled sale that is on another invoice", "\(unbilled) is on invoice INV-7") {
            $0.unbilledSale?.actual.ownership.invoiceId = WebAPI.id(77)
            $0.unbilledSale?.invoiceNumber = "INV-7"
        },
        Row("two unbilled sales: neither is picked", "two unbilled sales, \(WebAPI.id(201)) and \(WebAPI.id(211))") {
            $0.links.otherUnbilledSale = WebAPI.id(211)
        },
        Row(
            "two originals: neither is picked", "two originals, \(WebAPI.id(7)) and \(WebAPI.id(17))",
            reversal {
                $0.links.otherOriginal = WebAPI.id(17)
            }),
        Row(
            "itself", "it takes back itself",
            reversal {
                $0.links.original = ActualFacts.Link(actualId: $0.actual.actualId, rowVersion: 1)
            }),
        Row(
            "an original that takes back another one: no circles", "\(original) takes back another one",
            reversal {
                $0.original?.actual.isReversal = true
            }),
        Row(
            "an original of another type", "\(original) is of the type Unbilled Sales",
            reversal {
                $0.original = .original(.unbilledSales)
            }),
        Row(
            "an original in another currency", "its currency is USD, and that of \(original) is EUR",
            reversal {
                $0.original?.belonging.currency = euro
            }),
        Row(
            "an original of another contract", "its contract is ORD-1, and that of \(original) is ORD-2",
            reversal {
                $0.original?.belonging.contract = otherContract
            }),
        Row(
            "an original of the same sign", "they must have opposite signs",
            reversal {
                $0.original?.actual.amount = Money(-1_600)
            }),
        Row(
            "more than its original", "its amount is -1600.0000, which is more than the 200.0000 of \(original)",
            reversal {
                $0.original?.actual.amount = Money(200)
            }),
        Row(
            "more hours than its original", "its quantity is -8.0000, which is more than the 6.0000 of \(original)",
            reversal {
                $0.original?.actual.quantity = Quantity(6)
            }),
        Row(
            "a cost that takes back more than its original", "which is more than the 200.0000",
            reversal {
                $0.actual.transactionType = .cost
                $0.original = .original(.cost) { $0.amount = Money(200) }
            }),
    ]

    @Test("An actual that contradicts what it stands on is held, with both values named", arguments: rows)
    func held(_ row: Row) {
        var facts = ActualFacts.billedSale
        row.change(&facts)
        guard case .waiting(let reason) = ActualPublication(facts) else {
            Issue.record("it is published")
            return
        }
        #expect(reason.waitingFor == .contradiction && reason.sentence.contains(row.says), "\(reason.sentence)")
        #expect(reason.sentence.contains("\(WebAPI.id(203))"))
    }

    @Test(
        "What agrees is published",
        arguments: [
            Row("a reversal of its original", "", reversal { _ in }),
            Row("a reversal of a part of its original", "", reversal { $0.original?.actual.amount = Money(2_000) }),
            Row(
                "a positive reversal of a negative original", "",
                reversal {
                    ($0.actual.quantity, $0.actual.amount) = (Quantity(8), Money(1_600))
                    $0.original = .original { ($0.quantity, $0.amount) = (Quantity(-8), Money(-1_600)) }
                }),
            Row("a negative original", "") {
                ($0.actual.quantity, $0.actual.amount) = (Quantity(-8), Money(-1_600))
                $0.unbilledSale = .unbilledSale { ($0.quantity, $0.amount) = (Quantity(-8), Money(-1_600)) }
            },
            Row("a retainer and its open balance", "") {
                $0.actual.transactionClass = .retainer
                $0.unbilledSale = .unbilledSale { ($0.quantity, $0.amount) = (Quantity(-8), Money(-1_600)) }
            },
            Row("a retainer's deduction, whose balance is on an earlier invoice", "") {
                $0.actual.transactionClass = .retainer
                ($0.actual.quantity, $0.actual.amount) = (Quantity(-1), Money(-400))
                $0.unbilledSale = .unbilledSale { ($0.quantity, $0.amount) = (Quantity(-1), Money(-1_000)) }
                $0.unbilledSale?.actual.ownership.invoiceId = WebAPI.id(77)
            },
            Row("what one of them does not say", "") {
                ($0.belonging.customer, $0.belonging.contract) = (nil, nil)
                $0.unbilledSale = .unbilledSale { ($0.quantity, $0.ownership.invoiceId) = (nil, nil) }
            },
        ])
    func agrees(_ row: Row) {
        var facts = ActualFacts.billedSale
        row.change(&facts)
        guard case .published = ActualPublication(facts) else {
            Issue.record("\(ActualPublication(facts))")
            return
        }
    }
}
