import Contracts

/// Where an amount stands in the ledger.
struct LedgerAccount: Hashable {
    var postingType: PostingType
    var mainAccount: String
    var projectNumber: String?
}

/// The ledger entries of one invoice, summed by account, posting type and project, so that an invoice of any size has
/// few, with its penny difference (`domain.md` §6.12, §9.7).
struct InvoiceVoucher {
    /// Debit positive, credit negative.
    private(set) var entries: [LedgerAccount: PostedAmount] = [:]
    /// What the customer owes so far, converted line by line and tax by tax.
    private(set) var owed = PostedAmount.zero

    /// Books what the customer owes for, on the credit side.
    mutating func credit(_ account: LedgerAccount, _ amount: PostedAmount) {
        entries[account, default: .zero] += -amount
        owed += amount
    }

    /// Takes an accrual back: the voucher balances with and without it.
    mutating func book(debit: LedgerAccount, credit: LedgerAccount, _ amount: PostedAmount) {
        entries[debit, default: .zero] += amount
        entries[credit, default: .zero] += -amount
    }

    /// Books the customer's total, converted as one amount, and what rounding leaves over as penny difference (§9.7).
    ///
    /// - parameter pennyDifference: gives the account of penny differences; called when there is one.
    /// - returns: the customer's total, and the voucher's entries in a stable order.
    /// - throws: ``PostingRefusal`` when there is no such account, or the voucher would not balance.
    func closed(
        customer: LedgerAccount, conversion: Conversion,
        pennyDifference: () throws(PostingRefusal) -> LedgerAccount
    ) throws(PostingRefusal) -> (total: PostedAmount, entries: [(account: LedgerAccount, amount: PostedAmount)]) {
        var all = entries
        let total: PostedAmount
        do throws(SetupGap) { total = try conversion.posted(owed.amount) } catch { throw PostingRefusal(error) }
        all[customer, default: .zero] += total
        let difference = owed.accounting - total.accounting
        if difference != .zero {
            all[try pennyDifference(), default: .zero] += PostedAmount(amount: .zero, accounting: difference)
        }
        var balance = PostedAmount.zero
        for amount in all.values { balance += amount }
        guard balance == .zero else {
            throw PostingRefusal(
                .unbalanced,
                "the voucher does not balance: \(balance.amount) is left over in the transaction currency and "
                    + "\(balance.accounting) in the accounting currency; nothing was posted, report this as a defect")
        }
        let sorted = all.filter { $0.value != .zero }.sorted { Self.order($0.key) < Self.order($1.key) }
        return (total, sorted.map { ($0.key, $0.value) })
    }

    private static func order(_ account: LedgerAccount) -> (Int, String, String) {
        let rank: Int =
            switch account.postingType {
            case .customerBalance: 0
            case .invoicedRevenue, .invoicedRevenueOnAccount, .wipInvoicedOnAccount: 1
            case .salesTax: 2
            case .wipSalesValue: 3
            case .accruedRevenueSalesValue: 4
            default: 5
            }
        return (rank, account.mainAccount, account.projectNumber ?? "")
    }
}
