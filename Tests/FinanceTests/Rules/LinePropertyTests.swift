import Contracts
import Testbed
import Testing

@testable import Finance

@Suite("Line property and category (domain.md §6.10.6, §6.10.7)")
struct LinePropertyTests {
    static let setup = sampleSetup {
        $0.lineProperties = [
            .chargeable: LineProperty(id: "Charge", name: "Chargeable", chargeable: true, accruesRevenue: true),
            nil: LineProperty(id: "None", name: "Not specified", chargeable: false, accruesRevenue: false),
        ]
        $0.categories = [
            "Consulting": ProjectCategory(id: "Consulting", transactionClass: .time, itemSalesTaxGroup: "FULL"),
            "Stage": ProjectCategory(id: "Stage", transactionClass: .milestone),
        ]
        $0.defaultCategories = [.time: "Consulting", .milestone: "Stage"]
    }

    @Test("A billing type finds its line property, and so does Not specified")
    func property() throws {
        #expect(try Self.setup.lineProperty(for: .chargeable).id == "Charge")
        #expect(try Self.setup.lineProperty(for: nil).id == "None")
        #expect(try Self.setup.lineProperty(id: "None").name == "Not specified")
    }

    @Test("A billing type without a line property says so")
    func noProperty() {
        let gap = #expect(throws: SetupGap.self) { try Self.setup.lineProperty(for: .complimentary) }
        #expect(gap?.code == .noLineProperty)
        #expect(gap?.reason.contains("\"Complimentary\"") == true)
    }

    @Test(
        "A name finds its category, no name the default of the class; milestone and retainer share one",
        arguments: [
            ("Consulting" as String?, TransactionClass.time, "Consulting"), (nil, .time, "Consulting"),
            (nil, .milestone, "Stage"),
            (nil, .retainer, "Stage"),
        ])
    func category(name: String?, transactionClass: TransactionClass, id: String) throws {
        #expect(try Self.setup.category(name, of: transactionClass).id == id)
    }

    @Test(
        "A name that is no category, and a class without a default, say so",
        arguments: [("Travel" as String?, TransactionClass.expense), (nil, .expense)])
    func noCategory(name: String?, transactionClass: TransactionClass) {
        let gap = #expect(throws: SetupGap.self) { try Self.setup.category(name, of: transactionClass) }
        #expect(gap?.code == .noProjectCategory)
    }
}
