import Contracts

/// The ledger entries of one invoice, summed by account, posting type and
/// project, so that an invoice of any size has few.
struct InvoiceVoucher {
    struct Key: Hashable {
        var postingType: PostingType
        var mainAccount: String
        var projectNumber: String?
    }

    /// Debit positive, credit negative.
    private(set) var entries: [Key: PostedAmount] = [:]
    /// What the customer owes so far, converted line by line and tax by tax.
    private(set) var owed = PostedAmount.zero

    /// Books what the customer owes for, on the credit side.
    mutating func credit(_ key: Key, _ amount: PostedAmount) {
        entries[key, default: .zero] += -amount
        owed += amount
    }

    /// Takes an accrual back: the voucher balances with and without it.
    mutating func reverseAccrual(wip: Key, accruedRevenue: Key, _ amount: PostedAmount) {
        entries[wip, default: .zero] += -amount
        entries[accruedRevenue, default: .zero] += amount
    }

    /// Books the customer's total, converted as one amount, and what rounding
    /// leaves over as penny difference (§9.7).
    ///
    /// - parameter pennyDifference: gives the account of penny differences;
    ///   called when there is one.
    /// - returns: the customer's total, and the voucher's entries in a stable order.
    /// - throws: ``PostingRefusal`` when there is no such account, or the
    ///   voucher would not balance.
    func closed(
        customer: Key, conversion: InvoiceConversion, pennyDifference: () throws(PostingRefusal) -> Key
    ) throws(PostingRefusal) -> (total: PostedAmount, entries: [(key: Key, amount: PostedAmount)]) {
        var all = entries
        let total = conversion.posted(owed.amount)
        all[customer, default: .zero] += total
        let difference = owed.accounting - total.accounting
        if difference != .zero {
            all[try pennyDifference(), default: .zero] += PostedAmount(amount: .zero, accounting: difference)
        }
        var balance = PostedAmount.zero
        for amount in all.values { balance += amount }
        guard balance == .zero else {
            throw PostingRefusal(
                "the voucher does not balance: \(balance.amount) is left over in the transaction currency and "
                    + "\(balance.accounting) in the accounting currency; nothing was posted, report this as a defect")
        }
        let sorted = all.filter { $0.value != .zero }.sorted { Self.order($0.key) < Self.order($1.key) }
        return (total, sorted.map { ($0.key, $0.value) })
    }

    private static func order(_ key: Key) -> (Int, String, String) {
        let rank: Int =
            switch key.postingType {
            case .customerBalance: 0
            case .invoicedRevenue, .invoicedRevenueOnAccount, .wipInvoicedOnAccount: 1
            case .salesTax: 2
            case .wipSalesValue: 3
            case .accruedRevenueSalesValue: 4
            default: 5
            }
        return (rank, key.mainAccount, key.projectNumber ?? "")
    }
}
