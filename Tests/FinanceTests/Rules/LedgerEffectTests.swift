import Contracts
import Testing

@testable import Finance

/// The table of `domain.md` §6.12: event × the five profiles, each row a test in its words.
@Suite("Ledger effect (domain.md §6.12)")
struct LedgerEffectTests {
    private static let timeAndMaterial: [AccountingProfile] = [.timeAndMaterialWithoutWIP, .timeAndMaterialWithWIP]
    private static let onBalance: [AccountingProfile] = [.fixedPriceCompletedContract, .fixedPricePercentage]

    @Test("Time journal: Dr cost / Cr payroll allocation, under every profile", arguments: AccountingProfile.allCases)
    func timeJournal(profile: AccountingProfile) {
        #expect(LedgerEffect.of(.timeCost, under: profile) == LedgerEffect(.cost, .payrollAllocation))
    }

    @Test("Expense journal: Dr cost / Cr expense offset, under every profile", arguments: AccountingProfile.allCases)
    func expenseJournal(profile: AccountingProfile) {
        #expect(LedgerEffect.of(.expenseCost, under: profile) == LedgerEffect(.cost, .expenseOffset))
    }

    @Test("Item usage credits Cost-item, under every profile", arguments: AccountingProfile.allCases)
    func itemUsage(profile: AccountingProfile) {
        #expect(LedgerEffect.of(.materialCost, under: profile) == LedgerEffect(.cost, .itemOffset))
    }

    @Test("Sales, T&M with WIP: + Dr WIP sales value / Cr accrued revenue; otherwise nothing")
    func sales() {
        let accrual = LedgerEffect(.wipSalesValue, .accruedRevenueSalesValue)
        for profile in AccountingProfile.allCases {
            let expected = profile == .timeAndMaterialWithWIP ? accrual : nil
            #expect(LedgerEffect.of(.sales, under: profile) == expected)
            #expect(LedgerEffect.of(.salesNotAccrued, under: profile) == nil)
            #expect(LedgerEffect.of(.unbilledRetainer, under: profile) == nil)
        }
    }

    @Test("Inter-organizational sales accrue, whatever the profile (§9.21)", arguments: AccountingProfile.allCases)
    func interOrganizational(profile: AccountingProfile) {
        #expect(
            LedgerEffect.of(.interOrganizationalSales, under: profile)
                == LedgerEffect(.wipSalesValue, .accruedRevenueSalesValue))
    }

    @Test("Customer invoice, T&M: Dr customer / Cr invoiced revenue; retainers to WIP invoiced on-account (§9.11)")
    func timeAndMaterialInvoice() {
        for profile in Self.timeAndMaterial {
            for work in [TransactionClass.time, .expense, .material, .fee] {
                #expect(
                    LedgerEffect.ofInvoiceLine(work, under: profile) == LedgerEffect(.customerBalance, .invoicedRevenue)
                )
            }
            #expect(
                LedgerEffect.ofInvoiceLine(.retainer, under: profile)
                    == LedgerEffect(.customerBalance, .wipInvoicedOnAccount))
        }
    }

    @Test("Customer invoice, T&M with WIP: and Cr WIP / Dr accrued revenue")
    func accrualInvoiced() {
        #expect(LedgerEffect.accrualInvoiced == LedgerEffect(.accruedRevenueSalesValue, .wipSalesValue))
    }

    @Test(
        "Customer invoice, FP no WIP: Dr customer / Cr invoiced revenue on-account",
        arguments: [TransactionClass.milestone, .time])
    func fixedPriceWithoutWIP(transactionClass: TransactionClass) {
        #expect(
            LedgerEffect.ofInvoiceLine(transactionClass, under: .fixedPriceWithoutWIP)
                == LedgerEffect(.customerBalance, .invoicedRevenueOnAccount))
    }

    @Test("Customer invoice, FP completed contract and percentage: Dr customer / Cr WIP invoiced on-account")
    func fixedPriceOnBalance() {
        for profile in Self.onBalance {
            #expect(
                LedgerEffect.ofInvoiceLine(.milestone, under: profile)
                    == LedgerEffect(.customerBalance, .wipInvoicedOnAccount))
        }
    }

    @Test("Sales tax adds Dr customer / Cr sales tax")
    func salesTax() {
        #expect(LedgerEffect.salesTax == LedgerEffect(.customerBalance, .salesTax))
    }

    @Test("Set-up names each profile", arguments: TimeAndMaterialProfile.allCases)
    func timeAndMaterialProfile(name: TimeAndMaterialProfile) {
        let names: [TimeAndMaterialProfile: AccountingProfile] = [
            .withoutWIP: .timeAndMaterialWithoutWIP, .withWIP: .timeAndMaterialWithWIP,
        ]
        #expect(AccountingProfiles(timeAndMaterial: name)[.timeAndMaterial] == names[name])
        #expect(AccountingProfiles(timeAndMaterial: name)[.fixedPrice] == nil)
    }

    @Test("Set-up names each fixed-price profile", arguments: FixedPriceProfile.allCases)
    func fixedPriceProfile(name: FixedPriceProfile) {
        let names: [FixedPriceProfile: AccountingProfile] = [
            .withoutWIP: .fixedPriceWithoutWIP, .completedContract: .fixedPriceCompletedContract,
            .percentage: .fixedPricePercentage,
        ]
        #expect(AccountingProfiles(fixedPrice: name)[.fixedPrice] == names[name])
        #expect(AccountingProfiles(fixedPrice: name)[.timeAndMaterial] == nil)
    }

    @Test("On-account invoicing: Balance is completed contract, Profit and loss is no WIP")
    func onAccount() {
        #expect(AccountingProfileRow.OnAccount.balance.profile == .completedContract)
        #expect(AccountingProfileRow.OnAccount.profitAndLoss.profile == .withoutWIP)
    }

    @Test("The lending company's lines become no project transaction (§6.9)")
    func projectTransactions() {
        #expect(
            TransactionType.allCases.filter { !$0.makesProjectTransaction }
                == [.resourcingUnitCost, .interOrganizationalSales])
    }
}

/// Who can be on a journal and on a proposal (`domain.md` §6.4).
@Suite("Which lines there are")
struct PostingMatrixTests {
    @Test("A journal has no line outside of the matrix of §6.4")
    func journal() {
        var allowed: Set<String> = []
        for type in TransactionType.allCases {
            for transactionClass in TransactionClass.allCases
            where LedgerEvent.ofJournalLine(type, transactionClass) != nil {
                allowed.insert("\(type.rawValue)/\(transactionClass.rawValue)")
            }
        }
        #expect(
            allowed == [
                "Cost/Time", "Cost/Expense", "Cost/Material", "Unbilled Sales/Time", "Unbilled Sales/Expense",
                "Unbilled Sales/Material", "Unbilled Sales/Fee", "Unbilled Sales/Retainer", "Resourcing Unit Cost/Time",
                "Resourcing Unit Cost/Expense", "Inter-Organizational Sales/Time",
                "Inter-Organizational Sales/Expense",
            ])
    }
}
