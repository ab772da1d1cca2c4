import Contracts

/// Where an amount stands in the ledger.
struct LedgerAccount: Hashable, Sendable {
    var postingType: PostingType
    var mainAccount: String
    var projectNumber: String?
}

/// The ledger entries of one invoice, summed by account, posting type and project, so that an invoice of any size has
/// few, with its penny difference (`domain.md` §6.12, §9.7, §9.28).
struct InvoiceVoucher {
    /// Debit positive, credit negative.
    private(set) var entries: [LedgerAccount: PostedAmount] = [:]
    /// What the customer owes so far, converted line by line and tax by tax, by the account on which it is owed and the
    /// rates at which: a credit takes it back from where its original put it, and at its rates where set-up says so.
    private(set) var owed: [Owed: PostedAmount] = [:]

    struct Owed: Hashable {
        var account: LedgerAccount
        var conversion: Conversion
    }

    /// Books what the customer owes for, on the credit side.
    ///
    /// - parameter customer: where it is owed.
    /// - parameter conversion: by which the amount was converted.
    mutating func credit(
        _ account: LedgerAccount, _ amount: PostedAmount, owedOn customer: LedgerAccount, _ conversion: Conversion
    ) {
        entries[account, default: .zero] += -amount
        owed[Owed(account: customer, conversion: conversion), default: .zero] += amount
    }

    /// Takes an accrual back from where it stands: the voucher balances with and without it.
    mutating func takeBack(_ accrual: StandingAccrual) {
        entries[accrual.accruedRevenue, default: .zero] += accrual.amount
        entries[accrual.wip, default: .zero] += -accrual.amount
    }

    /// Books on the debit side, or on the credit side what is negative.
    mutating func debit(_ account: LedgerAccount, _ amount: PostedAmount) {
        entries[account, default: .zero] += amount
    }

    /// Books the customer's total, converted as one amount, and what rounding leaves over in any currency as penny
    /// difference (§9.7, 519716).
    ///
    /// - parameter customer: where the customer owes what no line says: a difference of an invoice that has lines on
    ///   several such accounts.
    /// - parameter headerDifference: what the invoice's amount is more than its lines (§9.28).
    /// - parameter pennyDifference: gives the account of penny differences; called when there is one.
    /// - returns: the customer's total, and the voucher's entries in a stable order.
    /// - throws: ``PostingRefusal`` when there is no such account, an amount is too large, or the voucher would not
    ///   balance.
    func closed(
        customer: LedgerAccount, headerDifference: Money = .zero, conversion: Conversion,
        pennyDifference: () throws(PostingRefusal) -> LedgerAccount
    ) throws(PostingRefusal) -> (total: PostedAmount, entries: [(account: LedgerAccount, amount: PostedAmount)]) {
        var all = entries
        var due = owed
        if headerDifference != .zero {
            let account = due.count == 1 ? due.keys.first?.account ?? customer : customer
            due[Owed(account: account, conversion: conversion), default: .zero].amount += headerDifference
        }
        var total = PostedAmount.zero
        var difference = PostedAmount.zero
        for (owed, amount) in due {
            let part = try Self.converted(amount.amount, owed.conversion)
            all[owed.account, default: .zero] += part
            total += part
            difference += amount - part
        }
        // The lines say nothing of it.
        difference.amount -= headerDifference
        if !difference.isZero { all[try pennyDifference(), default: .zero] += difference }
        try Self.check(all.values)
        let sorted = all.filter { !$0.value.isZero }.sorted { Self.order($0.key) < Self.order($1.key) }
        return (total, sorted.map { ($0.key, $0.value) })
    }

    private static func converted(_ amount: Money, _ conversion: Conversion) throws(PostingRefusal) -> PostedAmount {
        do throws(SetupGap) { return try conversion.posted(amount) } catch { throw PostingRefusal(error) }
    }

    private static func check(_ amounts: some Sequence<PostedAmount>) throws(PostingRefusal) {
        var balance = PostedAmount.zero
        for amount in amounts {
            balance += amount
            do throws(DecimalProblem) {
                _ = try amount.amount.checked()
                _ = try amount.accounting.checked()
                _ = try amount.reporting?.checked()
            } catch {
                throw PostingRefusal(.tooLarge(amount.amount, "summed by account and converted"))
            }
        }
        guard balance.isZero else {
            throw PostingRefusal(
                .unbalanced,
                "the voucher does not balance: \(balance.amount) is left over in the transaction currency, "
                    + "\(balance.accounting) in the accounting currency and \(balance.reporting ?? .zero) in the reporting "
                    + "currency; nothing was posted, report this as a defect")
        }
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
