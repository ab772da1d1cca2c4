import Contracts

/// What posting a line of an integration journal does, whatever its amount
/// (`domain.md` §6.9, §6.12, §9.9, §9.11, §9.21).
struct JournalLinePosting: Hashable {
    /// Debited and credited with the line's amount; nil when the line gets a
    /// voucher and no ledger entries.
    var entry: Entry?
    /// Whether the line becomes a project transaction.
    var makesProjectTransaction: Bool

    struct Entry: Hashable {
        var debit: PostingType
        var credit: PostingType
    }

    /// Whether the amount stands in WIP and accrued revenue until it is invoiced.
    var accrues: Bool { makesProjectTransaction && entry?.debit == .wipSalesValue }

    /// - parameter accruesRevenue: whether work of this profile and line
    ///   property is accrued: *T&M with WIP*, and chargeable.
    /// - throws: ``PostingRefusal`` when a journal can have no such line (§6.4).
    init(
        _ type: TransactionType, _ transactionClass: TransactionClass, accruesRevenue: Bool
    ) throws(PostingRefusal) {
        switch (type, transactionClass) {
        case (.cost, .time): self.init(.cost, .payrollAllocation)
        case (.cost, .expense): self.init(.cost, .expenseOffset)
        case (.cost, .material): self.init(.cost, .itemOffset)
        case (.unbilledSales, .time), (.unbilledSales, .expense), (.unbilledSales, .material), (.unbilledSales, .fee):
            self.init()
            if accruesRevenue { entry = Entry(debit: .wipSalesValue, credit: .accruedRevenueSalesValue) }
        case (.unbilledSales, .retainer): self.init()
        case (.resourcingUnitCost, .time): self.init(.cost, .payrollAllocation, makesProjectTransaction: false)
        case (.resourcingUnitCost, .expense): self.init(.cost, .expenseOffset, makesProjectTransaction: false)
        case (.interOrganizationalSales, .time), (.interOrganizationalSales, .expense):
            self.init(.wipSalesValue, .accruedRevenueSalesValue, makesProjectTransaction: false)
        default:
            throw PostingRefusal(
                "a journal has no line of type \(type.rawValue) and class \(transactionClass.rawValue)")
        }
    }

    private init() {
        entry = nil
        makesProjectTransaction = true
    }

    private init(_ debit: PostingType, _ credit: PostingType, makesProjectTransaction: Bool = true) {
        entry = Entry(debit: debit, credit: credit)
        self.makesProjectTransaction = makesProjectTransaction
    }
}
