import Contracts
import Testbed
import Testing

@testable import Finance

/// The table of `domain.md` §6.12, cell by cell: what an event books in the ledger under each of the five profiles, which
/// set-up names, from the message to the ledger.
@Suite("Ledger effect of an event under a profile (domain.md §6.12)")
struct ProfileTableTests {
    /// A project for each profile.
    static let setup = FinanceWorld.postingSetup.replacing(
        """
            accounting-profiles:
              company: {accrue-revenue: true, on-account: balance}
              projects:
                PLAIN: {accrue-revenue: false, on-account: balance}
                FPPL: {accrue-revenue: false, on-account: profit-and-loss}
        """,
        with: """
                accounting-profiles:
                  company: {time-and-material: no-wip, fixed-price: no-wip}
                  projects:
                    TM-WIP: {time-and-material: with-wip}
                    FP-CC: {fixed-price: completed-contract}
                    FP-PCT: {fixed-price: percentage}
            """)

    enum Project: String, CaseIterable {
        case timeAndMaterial = "TM"
        case timeAndMaterialWithWIP = "TM-WIP"
        case fixedPrice = "FP"
        case completedContract = "FP-CC"
        case percentage = "FP-PCT"

        var method: BillingMethod {
            switch self {
            case .timeAndMaterial, .timeAndMaterialWithWIP: .timeAndMaterial
            default: .fixedPrice
            }
        }
    }

    /// A cell of the row *time, expense and material journal*.
    struct JournalCell: Sendable, CustomTestStringConvertible {
        var line: String
        var project: Project
        var sample: JournalLineSample
        var debit: String?
        var credit: String?

        var testDescription: String { "\(line), \(project.rawValue)" }
    }

    static let journalCells: [JournalCell] = Project.allCases.flatMap { project in
        let accrues = project == .timeAndMaterialWithWIP
        let cost: [(String, TransactionClass, String)] = [
            ("time journal", .time, "payroll-allocation"), ("expense journal", .expense, "expense-offset"),
            ("item usage", .material, "item-offset"),
        ]
        let costs = cost.map { line, transactionClass, credit in
            JournalCell(
                line: line, project: project,
                sample: .cost("80.00", transactionClass, project: project.rawValue), debit: "cost", credit: credit)
        }
        guard project.method == .timeAndMaterial else { return costs }
        let sales: [(String, TransactionClass)] = [
            ("unbilled time", .time), ("unbilled expense", .expense), ("unbilled material", .material),
            ("unbilled fee (§9.12)", .fee),
        ]
        return costs
            + sales.map { line, transactionClass in
                JournalCell(
                    line: line, project: project,
                    sample: .unbilled("80.00", transactionClass, project: project.rawValue),
                    debit: accrues ? "wip-sales-value" : nil, credit: accrues ? "accrued-revenue-sales-value" : nil)
            } + [
                JournalCell(
                    line: "unbilled retainer (§9.11)", project: project,
                    sample: .unbilled("-80.00", .retainer, project: project.rawValue)),
                JournalCell(
                    line: "not chargeable (§9.9)", project: project,
                    sample: .unbilled("80.00", project: project.rawValue, billingType: .nonChargeable)),
                JournalCell(
                    line: "zero amount", project: project, sample: .unbilled("0.00", project: project.rawValue)),
                JournalCell(
                    line: "zero fee (619391)", project: project,
                    sample: .unbilled("0.00", .fee, project: project.rawValue)),
            ]
    }

    @Test("A journal line books this, and gets a voucher even when it is nothing", arguments: journalCells)
    func journal(cell: JournalCell) throws {
        let world = try FinanceWorld(setup: Self.setup)
        try world.journal("J", [cell.sample])
        #expect(try world.post(.journal, "J").status == "Posted")
        var expected: [String] = []
        if let debit = cell.debit, let credit = cell.credit {
            expected = [
                "\(debit) \(cell.project.rawValue) 80.00 80.00", "\(credit) \(cell.project.rawValue) -80.00 -80.00",
            ]
        }
        #expect(try world.entries("J-1") == expected)
        #expect(try !world.voucher("J-1").isEmpty)
    }

    /// A cell of the row *customer invoice*.
    struct InvoiceCell: Sendable, CustomTestStringConvertible {
        var line: String
        var project: Project
        var sample: ProposalLineSample
        /// Where revenue goes.
        var revenue: String
        /// Whether WIP and accrued revenue are taken back.
        var reversesAccrual = false

        var testDescription: String { "\(line), \(project.rawValue)" }
    }

    static let invoiceCells: [InvoiceCell] = Project.allCases.flatMap { project in
        func cell(
            _ line: String, _ transactionClass: TransactionClass, _ revenue: String, reversesAccrual: Bool = false
        ) -> InvoiceCell {
            InvoiceCell(
                line: line, project: project,
                sample: ProposalLineSample(
                    transactionClass: transactionClass, method: project.method, project: project.rawValue,
                    amount: "80.00"), revenue: revenue, reversesAccrual: reversesAccrual)
        }
        switch project {
        case .timeAndMaterial, .timeAndMaterialWithWIP:
            let accrues = project == .timeAndMaterialWithWIP
            return [
                cell("time", .time, "invoiced-revenue", reversesAccrual: accrues),
                cell("expense", .expense, "invoiced-revenue", reversesAccrual: accrues),
                cell("item", .material, "invoiced-revenue", reversesAccrual: accrues),
                cell("fee (§9.12)", .fee, "invoiced-revenue", reversesAccrual: accrues),
                cell("retainer (§9.11)", .retainer, "wip-invoiced-on-account"),
            ]
        case .fixedPrice:
            return [
                cell("milestone", .milestone, "invoiced-revenue-on-account"),
                cell("typed on the line (§9.13)", .time, "invoiced-revenue-on-account"),
                cell("retainer (§9.11)", .retainer, "invoiced-revenue-on-account"),
            ]
        case .completedContract, .percentage:
            return [
                cell("milestone", .milestone, "wip-invoiced-on-account"),
                cell("typed on the line (§9.13)", .time, "wip-invoiced-on-account"),
                cell("retainer (§9.11)", .retainer, "wip-invoiced-on-account"),
            ]
        }
    }

    @Test("An invoice books this", arguments: invoiceCells)
    func invoice(cell: InvoiceCell) throws {
        let world = try FinanceWorld(setup: Self.setup)
        var sample = cell.sample
        if sample.transactionClass == .retainer {
            let open = try world.journal(
                "R", [.unbilled("-80.00", .retainer, project: cell.project.rawValue)])
            #expect(try world.post(.journal, "R").status == "Posted")
            sample.unbilled = open[0]
        }
        try world.proposal("P", [sample])
        #expect(try world.post(.proposal, "P").status == "Posted")
        let project = cell.project.rawValue
        var expected = ["customer-balance - 80.00 80.00", "\(cell.revenue) \(project) -80.00 -80.00"]
        if cell.reversesAccrual {
            expected += [
                "wip-sales-value \(project) -80.00 -80.00", "accrued-revenue-sales-value \(project) 80.00 80.00",
            ]
        }
        #expect(try world.invoiceEntries("P") == expected)
        #expect(try world.balance(.wipSalesValue) == "0.00")
        #expect(try world.balance(.accruedRevenueSalesValue) == "0.00")
    }
}
