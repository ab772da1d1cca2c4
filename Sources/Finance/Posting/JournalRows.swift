import Bus
import Contracts
import Database

/// The rows that posting a journal's lines makes, chunk by chunk.
struct JournalRows {
    let request: ClaimedRequest
    let accountingCurrency: CurrencyCode
    let outbox: OutboxRows

    /// The contracts whose unbilled sales are among the lines; nil for those of sales that do not say.
    private(set) var salesContracts: Set<String?> = []
    private var transactions = CopyRows()
    private var entries = CopyRows()

    init(request: ClaimedRequest, accountingCurrency: CurrencyCode, outbox: OutboxRows) {
        self.request = request
        self.accountingCurrency = accountingCurrency
        self.outbox = outbox
    }

    mutating func append(_ line: JournalLineToPost, _ booking: JournalLineBooking) throws {
        if line.transactionType == .unbilledSales { salesContracts.insert(line.contractNumber) }
        if booking.makesProjectTransaction {
            try appendTransaction(line, accrued: booking.accrues ? booking.accounts : nil)
        }
        if let accounts = booking.accounts, !line.posted.isZero {
            try appendEntry(line, 1, accounts.debit, line.posted)
            try appendEntry(line, 2, accounts.credit, -line.posted)
        }
        try outbox.append(
            AccountingDetail(
                actualId: line.actualId, company: request.company, voucher: line.voucher,
                accountingDate: line.accountingDate, exchangeRate: line.exchangeRate,
                accountingCurrency: accountingCurrency, accountingAmount: line.accountingAmount,
                salesTaxAmount: .zero, source: .journal, sourceNumber: request.number,
                postingVersion: PostingVersion.first),
            traceId: line.actualId)
    }

    private mutating func appendTransaction(_ line: JournalLineToPost, accrued: JournalAccounts?) throws {
        try transactions.append(
            ProjectTransaction(
                company: request.company, actualId: line.actualId, journalNumber: request.number,
                voucher: line.voucher, transactionType: line.transactionType,
                transactionClass: line.transactionClass, projectNumber: line.projectNumber,
                contractNumber: line.contractNumber, categoryId: line.categoryId,
                linePropertyId: line.linePropertyId, transactionDate: line.transactionDate,
                accountingDate: line.accountingDate, quantity: line.quantity, currency: line.currency,
                amount: line.amount, exchangeRate: line.exchangeRate, accountingAmount: line.accountingAmount,
                reportingRate: line.reportingRate, reportingAmount: line.reportingAmount,
                undeductedDiscount: line.undeductedDiscount, sourceActualId: line.sourceActualId,
                accrued: accrued != nil, wipAccount: accrued?.debit.mainAccount,
                accruedRevenueAccount: accrued?.credit.mainAccount))
    }

    private mutating func appendEntry(
        _ line: JournalLineToPost, _ number: Int, _ account: LedgerAccount, _ posted: PostedAmount
    ) throws {
        try entries.append(
            LedgerEntry(
                company: request.company, voucher: line.voucher, entryNumber: number,
                accountingDate: line.accountingDate, postingType: account.postingType,
                mainAccount: account.mainAccount, projectNumber: account.projectNumber, currency: line.currency,
                amount: posted.amount, accountingAmount: posted.accounting, reportingAmount: posted.reporting))
    }

    /// Writes and forgets the rows so far.
    mutating func write(to connection: Connection) throws {
        try ProjectTransactionStore(connection: connection).write(transactions)
        try LedgerStore(connection: connection).write(entries)
        transactions.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
        try outbox.write(to: connection)
    }
}

/// The version of a posting, by which write-back knows the newest. What is posted is posted once.
enum PostingVersion {
    static let first = 1
}
