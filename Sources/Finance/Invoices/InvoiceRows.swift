import Bus
import Contracts
import Database

/// The rows that posting a proposal makes: those of its lines chunk by chunk, those of the whole at its end.
struct InvoiceRows {
    let request: ClaimedRequest
    let proposal: ProposalToPost
    let terms: InvoiceTerms
    let voucher: String
    let accountingCurrency: CurrencyCode
    let outbox: OutboxRows

    private(set) var count = 0
    private var voucherSums = InvoiceVoucher()
    /// The lines' amounts as Dataverse sent them, and those of them that add to the invoice.
    private var sentAmount = Money.zero
    private var chargeableAmount = Money.zero
    private var revenue = PostedAmount.zero
    private var salesTax = Money.zero
    private var taxes: [TaxRate: InvoiceLineAmounts.Tax] = [:]
    private var lines = CopyRows()
    private var onAccountTransactions = CopyRows()

    init(
        request: ClaimedRequest, proposal: ProposalToPost, terms: InvoiceTerms, voucher: String,
        accountingCurrency: CurrencyCode, outbox: OutboxRows
    ) {
        self.request = request
        self.proposal = proposal
        self.terms = terms
        self.voucher = voucher
        self.accountingCurrency = accountingCurrency
        self.outbox = outbox
    }

    mutating func append(_ line: ProposalLineToPost, _ booking: InvoiceLineBooking) throws {
        let amounts = try bookable { () throws(SetupGap) in
            try InvoiceLineAmounts(
                line.amount, isChargeable: booking.isChargeable, codes: booking.salesTaxCodes,
                accrual: line.billedSale?.accrual, conversion: terms.conversion)
        }
        count += 1
        sentAmount += line.amount
        if booking.isChargeable {
            chargeableAmount += line.amount
            voucherSums.credit(booking.revenue, amounts.revenue)
            revenue += amounts.revenue
        }
        if let account = booking.salesTax {
            for (code, tax) in zip(booking.salesTaxCodes, amounts.taxes) {
                voucherSums.credit(account, tax.tax)
                salesTax += tax.tax.amount
                taxes[TaxRate(code), default: .init(base: .zero, tax: .zero)] += tax
            }
        }
        if let accrual = amounts.accrualReversed, let accounts = booking.accrual {
            voucherSums.book(debit: accounts.debit, credit: accounts.credit, accrual)
        }
        try lines.append(
            ProjectInvoiceLine(
                company: request.company, proposalNumber: request.number, lineNumber: line.lineNumber,
                actualId: line.actualId, unbilledActualId: line.billedSaleId, salesTaxAmount: amounts.salesTax,
                accountingAmount: amounts.revenue.accounting,
                accrualReversed: amounts.accrualReversed?.accounting ?? .zero))
        if let origin = booking.onAccount, booking.isChargeable { try appendOnAccount(line, origin, amounts) }
        try outbox.append(
            AccountingDetail(
                actualId: line.actualId, company: request.company, voucher: voucher,
                accountingDate: terms.invoiceDate, exchangeRate: terms.conversion.rate,
                accountingCurrency: accountingCurrency, accountingAmount: amounts.revenue.accounting,
                salesTaxAmount: amounts.salesTax, source: .proposal, sourceNumber: request.number,
                invoiceId: proposal.invoiceId, postingVersion: PostingVersion.first),
            traceId: proposal.invoiceId)
    }

    private func bookable<T>(_ compute: () throws(SetupGap) -> T) throws(LineRefusal) -> T {
        do throws(SetupGap) { return try compute() } catch { throw LineRefusal(error) }
    }

    private mutating func appendOnAccount(
        _ line: ProposalLineToPost, _ origin: OnAccountOrigin, _ amounts: InvoiceLineAmounts
    ) throws {
        try onAccountTransactions.append(
            OnAccountTransaction(
                company: request.company, actualId: line.actualId, proposalNumber: request.number, origin: origin,
                projectNumber: line.projectNumber, transactionDate: line.transactionDate,
                currency: proposal.currency, amount: amounts.revenue.amount, exchangeRate: terms.conversion.rate,
                accountingAmount: amounts.revenue.accounting))
    }

    /// Writes and forgets the rows of the lines so far.
    mutating func writeLines(to connection: Connection) throws {
        try InvoiceStore(connection: connection).write(lines: lines)
        lines.removeAll(keepingCapacity: true)
        try OnAccountTransactionStore(connection: connection).write(onAccountTransactions)
        onAccountTransactions.removeAll(keepingCapacity: true)
        try outbox.write(to: connection)
    }
}

// The whole invoice.
extension InvoiceRows {
    /// Whether these are the lines that Dataverse announced (§9.18).
    ///
    /// - throws: ``PostingRefusal``.
    func checkTotals() throws(PostingRefusal) {
        guard count == proposal.totalCount, sentAmount == proposal.totalAmount else {
            throw PostingRefusal(
                .totalsDiffer,
                "\(request.subject) has \(count) lines of \(sentAmount) in all, and Dataverse announced "
                    + "\(proposal.totalCount) of \(proposal.totalAmount); import from staging again")
        }
        guard chargeableAmount == proposal.lineAmount else {
            throw PostingRefusal(
                .totalsDiffer,
                "the chargeable lines of \(request.subject) add up to \(chargeableAmount), and the invoice's amount in "
                    + "Dataverse is \(proposal.lineAmount); check which billing types are chargeable line properties")
        }
    }

    /// Writes the voucher's ledger entries and the sales tax of each code.
    ///
    /// - returns: what the customer owes.
    /// - throws: ``PostingRefusal`` when set-up has no account for it; `DatabaseError`.
    func writeVoucher(setup: FinanceSetup, to connection: Connection) throws -> PostedAmount {
        let closed = try close(setup)
        var entries = CopyRows()
        for (index, entry) in closed.entries.enumerated() {
            try entries.append(
                LedgerEntry(
                    company: request.company, voucher: voucher, entryNumber: index + 1,
                    accountingDate: terms.invoiceDate, postingType: entry.account.postingType,
                    mainAccount: entry.account.mainAccount, projectNumber: entry.account.projectNumber,
                    currency: proposal.currency, amount: entry.amount.amount,
                    accountingAmount: entry.amount.accounting))
        }
        try LedgerStore(connection: connection).write(entries)
        var taxRows = CopyRows()
        for (rate, tax) in taxes {
            try taxRows.append(
                SalesTaxTransaction(
                    company: request.company, voucher: voucher, salesTaxCode: rate.code, currency: proposal.currency,
                    percentage: rate.percentage, included: rate.included,
                    baseAmount: tax.base, taxAmount: tax.tax.amount, accountingTaxAmount: tax.tax.accounting))
        }
        try InvoiceStore(connection: connection).write(taxes: taxRows)
        try outbox.write(to: connection)
        return closed.total
    }

    private func close(
        _ setup: FinanceSetup
    ) throws(PostingRefusal) -> (total: PostedAmount, entries: [(account: LedgerAccount, amount: PostedAmount)]) {
        func account(_ type: PostingType) throws(PostingRefusal) -> LedgerAccount {
            do throws(SetupGap) {
                return try setup.ledgerAccount(type, at: PostingPlace(contract: proposal.contractNumber))
            } catch {
                throw PostingRefusal(error)
            }
        }
        return try voucherSums.closed(
            customer: try account(.customerBalance), conversion: terms.conversion,
            pennyDifference: { () throws(PostingRefusal) in try account(.pennyDifference) })
    }

    /// Takes the customer invoice number, which nobody else then gets until the commit, and writes the invoice. The last
    /// thing of the transaction.
    func writeInvoice(total: PostedAmount, on connection: Connection) throws {
        let number = try NumberSequence.customerInvoice.takeNext(in: connection, company: request.company)
        try InvoiceStore(connection: connection).write(
            ProjectInvoice(
                company: request.company, customerInvoiceNumber: number, proposalNumber: request.number,
                invoiceId: proposal.invoiceId, voucher: voucher, invoiceDate: terms.invoiceDate,
                dueDate: terms.dueDate, contractNumber: proposal.contractNumber,
                customerAccount: proposal.customerAccount, currency: proposal.currency, lineAmount: revenue.amount,
                salesTaxAmount: salesTax, invoiceAmount: total.amount, exchangeRate: terms.conversion.rate,
                accountingInvoiceAmount: total.accounting, accountingDetailAmount: revenue.accounting,
                lineCount: count))
        try outbox.append(
            InvoicePosted(
                invoiceId: proposal.invoiceId, company: request.company, proposalNumber: request.number,
                customerInvoiceNumber: number, invoiceDate: terms.invoiceDate, dueDate: terms.dueDate,
                voucher: voucher, status: .posted, currency: proposal.currency, lineAmount: revenue.amount,
                salesTaxAmount: salesTax, detailCount: count, accountingCurrency: accountingCurrency,
                detailAccountingAmount: revenue.accounting, postingVersion: PostingVersion.first),
            traceId: proposal.invoiceId)
        try outbox.write(to: connection)
    }
}

/// What the sales tax of an invoice is summed by: a credit takes tax back at its original's rate.
private struct TaxRate: Hashable {
    var code: String
    var percentage: Percentage
    var included: Bool

    init(_ code: SalesTaxCode) {
        self.code = code.code
        percentage = code.percentage
        included = code.included
    }
}
