import Contracts

/// A debit and a credit of the same amount: what an event books (`domain.md` §6.12).
struct LedgerEffect: Hashable {
    var debit: PostingType
    var credit: PostingType

    init(_ debit: PostingType, _ credit: PostingType) {
        self.debit = debit
        self.credit = credit
    }
}

// The rows of the table that journals make.

/// What posting a line of an integration journal is.
enum LedgerEvent: Hashable, CaseIterable {
    /// The cost of time, an expense or material; also a resourcing unit's (§6.9).
    case timeCost
    case expenseCost
    case materialCost
    /// An unbilled sale.
    case sales
    /// An unbilled sale whose line property is not chargeable, or not accrued (§9.9).
    case salesNotAccrued
    /// The unbilled row of a retainer (§9.11).
    case unbilledRetainer
    /// Sales of the lending company to the borrowing one (§9.21).
    case interOrganizationalSales

    /// What a journal line is (§6.4, §6.9, §9.11); nil when a journal can have no such line.
    static func ofJournalLine(_ type: TransactionType, _ transactionClass: TransactionClass) -> LedgerEvent? {
        switch (type, transactionClass) {
        case (.cost, .time), (.resourcingUnitCost, .time): .timeCost
        case (.cost, .expense), (.resourcingUnitCost, .expense): .expenseCost
        case (.cost, .material): .materialCost
        case (.unbilledSales, .time), (.unbilledSales, .expense), (.unbilledSales, .material), (.unbilledSales, .fee):
            .sales
        case (.unbilledSales, .retainer): .unbilledRetainer
        case (.interOrganizationalSales, .time), (.interOrganizationalSales, .expense): .interOrganizationalSales
        default: nil
        }
    }
}

extension LedgerEffect {
    /// What a journal line books under a profile; nil when it gets a voucher and no ledger entries.
    static func of(_ event: LedgerEvent, under profile: AccountingProfile) -> LedgerEffect? {
        switch (event, profile) {
        case (.timeCost, _): LedgerEffect(.cost, .payrollAllocation)
        case (.expenseCost, _): LedgerEffect(.cost, .expenseOffset)
        case (.materialCost, _): LedgerEffect(.cost, .itemOffset)
        case (.sales, .timeAndMaterialWithWIP): LedgerEffect(.wipSalesValue, .accruedRevenueSalesValue)
        case (.sales, _): nil
        case (.salesNotAccrued, _): nil
        case (.unbilledRetainer, _): nil
        case (.interOrganizationalSales, _): LedgerEffect(.wipSalesValue, .accruedRevenueSalesValue)
        }
    }
}

// The row *customer invoice*. A credit line books the same with the opposite sign, but for the accrual (see
// ``Correction``).
extension LedgerEffect {
    /// What a line of a customer's invoice books under a profile.
    ///
    /// *Completed contract* and *percentage* book alike: they differ in estimates.
    static func ofInvoiceLine(
        _ transactionClass: TransactionClass, under profile: AccountingProfile
    ) -> LedgerEffect {
        switch (profile, transactionClass) {
        case (.timeAndMaterialWithoutWIP, .milestone), (.timeAndMaterialWithoutWIP, .retainer):
            LedgerEffect(.customerBalance, .wipInvoicedOnAccount)
        case (.timeAndMaterialWithWIP, .milestone), (.timeAndMaterialWithWIP, .retainer):
            LedgerEffect(.customerBalance, .wipInvoicedOnAccount)
        case (.timeAndMaterialWithoutWIP, _): LedgerEffect(.customerBalance, .invoicedRevenue)
        case (.timeAndMaterialWithWIP, _): LedgerEffect(.customerBalance, .invoicedRevenue)
        case (.fixedPriceWithoutWIP, _): LedgerEffect(.customerBalance, .invoicedRevenueOnAccount)
        case (.fixedPriceCompletedContract, _): LedgerEffect(.customerBalance, .wipInvoicedOnAccount)
        case (.fixedPricePercentage, _): LedgerEffect(.customerBalance, .wipInvoicedOnAccount)
        }
    }

    /// What a line books besides, of what its unbilled sale accrued: under *time and material with WIP* alone is there
    /// such a thing.
    static let accrualInvoiced = LedgerEffect(.accruedRevenueSalesValue, .wipSalesValue)
    /// The sales tax of a line.
    static let salesTax = LedgerEffect(.customerBalance, .salesTax)
}

extension TransactionType {
    /// Whether a journal line of this type becomes a project transaction: not that of the company that lends (§6.9).
    var makesProjectTransaction: Bool { !isOfLendingCompany }
}
