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
    /// The lines' amounts as Dataverse sent them.
    private var sentAmount = Money.zero
    /// Those of them that add to the invoice.
    private var chargeable = RoundedLines()
    private var revenue = PostedAmount.zero
    private var salesTax = Money.zero
    private var taxes: [TaxRate: InvoiceLineAmounts.Tax] = [:]
    /// The amounts of the lines' details, also of those that add nothing (§9.22).
    private var detailAmount = Money.zero
    private var bookingNumbers: [InvoiceLineBooking: Int] = [:]
    private var lines = CopyRows()
    private var onAccountTransactions = CopyRows()
    /// The lines that bill, deduct or credit retainers.
    private(set) var retainers = RetainerLines()

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

    mutating func append(_ line: ProposalLineToPost, _ booked: BookedInvoiceLine) throws {
        let (booking, amounts) = (booked.booking, booked.amounts)
        count += 1
        sentAmount += line.amount
        detailAmount += amounts.accounting
        if booking.isChargeable {
            chargeable.add(line.amount, rounded: amounts.rounded)
            voucherSums.credit(booking.revenue, amounts.ownRevenue, owedOn: booking.customer, booked.conversion)
            if let account = booking.discount {
                voucherSums.credit(account, -amounts.discount, owedOn: booking.customer, booked.conversion)
            }
            if let account = booking.fee {
                voucherSums.credit(account, amounts.fee, owedOn: booking.customer, booked.conversion)
            }
            revenue += amounts.revenue
        }
        if let account = booking.salesTax {
            for (code, tax) in zip(booking.salesTaxCodes, amounts.taxes) {
                let withLine = booking.booksNonDeductibleWithLine ? tax.nonDeductible : .zero
                voucherSums.credit(account, tax.tax - withLine, owedOn: booking.customer, booked.conversion)
                if !withLine.isZero {
                    voucherSums.credit(booking.revenue, withLine, owedOn: booking.customer, booked.conversion)
                }
                salesTax += tax.tax.amount
                taxes[TaxRate(code), default: .init(base: .zero, tax: .zero)] += tax
            }
        }
        let accruals = [amounts.accrualReversed, amounts.feeAccrualReversed].compactMap(\.self)
        for accrual in accruals { voucherSums.takeBack(accrual) }
        try lines.append(
            ProjectInvoiceLine(
                company: request.company, proposalNumber: request.number, lineNumber: line.lineNumber,
                actualId: line.actualId, unbilledActualId: booking.onAccount == .deduction ? nil : line.billedSaleId,
                bookingNumber: number(of: booking),
                salesTaxes: amounts.taxes.map(\.tax.amount), salesTaxAmount: amounts.salesTax,
                accountingAmount: amounts.revenue.accounting,
                accrualReversed: amounts.accrualReversed?.amount.accounting ?? .zero,
                feeActualId: line.billedFee?.actualId,
                feeAccrualReversed: amounts.feeAccrualReversed?.amount.accounting ?? .zero,
                reportingAmount: amounts.revenue.reporting,
                reportingAccrualReversed: accruals.reduce(into: PostedAmount.zero) { $0 += $1.amount }.reporting))
        if let origin = booking.onAccount, booking.isChargeable { try appendOnAccount(line, origin, booked) }
        try outbox.append(
            AccountingDetail(
                actualId: line.actualId, company: request.company, voucher: voucher,
                accountingDate: terms.invoiceDate, exchangeRate: booked.conversion.rate,
                accountingCurrency: accountingCurrency, accountingAmount: amounts.accounting,
                salesTaxAmount: amounts.salesTax, source: .proposal, sourceNumber: request.number,
                invoiceId: proposal.invoiceId, postingVersion: PostingVersion.first),
            traceId: proposal.invoiceId)
    }

    private mutating func number(of booking: InvoiceLineBooking) -> Int {
        if let number = bookingNumbers[booking] { return number }
        let number = bookingNumbers.count + 1
        bookingNumbers[booking] = number
        return number
    }

    private mutating func appendOnAccount(
        _ line: ProposalLineToPost, _ origin: OnAccountOrigin, _ booked: BookedInvoiceLine
    ) throws {
        let (amount, rates) = (booked.amounts.revenue, booked.conversion.rates)
        let transaction = OnAccountTransaction(
            company: request.company, actualId: line.actualId, proposalNumber: request.number, origin: origin,
            contractNumber: proposal.contractNumber, projectNumber: line.projectNumber,
            transactionDate: line.transactionDate, currency: proposal.currency, amount: amount.amount,
            exchangeRate: rates.accounting, accountingAmount: amount.accounting, reportingRate: rates.reporting,
            reportingAmount: amount.reporting)
        guard line.transactionClass == .retainer else { return try onAccountTransactions.append(transaction) }
        retainers.append(
            RetainerLines.Line(
                transaction: transaction, unbilledActualId: line.unbilledActualId,
                reversedActualId: line.reversedActualId, booking: booked.booking, amount: amount))
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
    /// Settles the lines of retainers with what stands on account, and writes them; nobody else does until the transaction
    /// ends.
    ///
    /// - throws: ``PostingRefusal`` when an account is missing; `DatabaseError`, `DecimalProblem`.
    mutating func settleRetainers(setup: FinanceSetup, on connection: Connection) throws {
        guard !retainers.isEmpty else { return }
        let transactions = OnAccountTransactionStore(connection: connection)
        let store = PrepaymentSettlementStore(company: request.company, connection: connection)
        var prepayments: [StandingPrepayments.Prepayment] = []
        var taken: [GUID: [StandingPrepayments.Share]] = [:]
        if retainers.settles {
            try transactions.holdRetainers(of: proposal.contractNumber, company: request.company)
            prepayments = try store.standing(of: proposal.contractNumber, currency: proposal.currency)
            taken = try store.taken(by: retainers.creditedDeductions)
        }
        let standing = StandingPrepayments(
            prepayments, accountingPrecision: terms.conversion.accountingPrecision,
            reportingPrecision: terms.conversion.reporting?.precision)
        var settlements = CopyRows()
        var sums = voucherSums
        for settled in try retainers.settled(standing, taken: taken) {
            try settled.book(in: &sums) { () throws(PostingRefusal) in
                try exchangeDifference(setup)
            } penny: { () throws(PostingRefusal) in
                try pennyDifference(setup)
            }
            try onAccountTransactions.append(settled.transaction)
            for share in settled.shares {
                try settlements.append(
                    PrepaymentSettlement(
                        company: request.company, prepaymentActualId: share.prepaymentActualId,
                        settlingActualId: settled.line.transaction.actualId, proposalNumber: request.number,
                        amount: share.amount))
            }
        }
        voucherSums = sums
        try transactions.write(onAccountTransactions)
        onAccountTransactions.removeAll(keepingCapacity: true)
        try store.write(settlements)
    }

    private func pennyDifference(_ setup: FinanceSetup) throws(PostingRefusal) -> LedgerAccount {
        do throws(SetupGap) {
            return try setup.ledgerAccount(.pennyDifference, at: PostingPlace(contract: proposal.contractNumber))
        } catch {
            throw PostingRefusal(error)
        }
    }

    /// The account of differences of exchange rates; where set-up has none, that of the penny difference.
    private func exchangeDifference(_ setup: FinanceSetup) throws(PostingRefusal) -> LedgerAccount {
        let place = PostingPlace(contract: proposal.contractNumber)
        if let account = try? setup.ledgerAccount(.exchangeDifference, at: place) { return account }
        return try pennyDifference(setup)
    }

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
        guard chargeable.difference(of: proposal.lineAmount, precision: terms.conversion.currencyPrecision) != nil
        else {
            throw PostingRefusal(
                .totalsDiffer,
                "the chargeable lines of \(request.subject) add up to \(chargeable.sum), each rounded to its currency, and "
                    + "the invoice's amount in Dataverse is \(proposal.lineAmount): more apart than rounding explains; "
                    + "check which billing types are chargeable line properties")
        }
    }

    /// What the invoice's amount is more than its rounded lines (§9.28).
    private var headerDifference: Money {
        chargeable.difference(of: proposal.lineAmount, precision: terms.conversion.currencyPrecision) ?? .zero
    }

    /// Writes the voucher's ledger entries, the sales tax of each code, and how the lines were booked.
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
                    accountingAmount: entry.amount.accounting, reportingAmount: entry.amount.reporting))
        }
        try LedgerStore(connection: connection).write(entries)
        var taxRows = CopyRows()
        for (rate, tax) in taxes {
            try taxRows.append(
                SalesTaxTransaction(
                    company: request.company, voucher: voucher, salesTaxCode: rate.code,
                    name: setup.salesTaxCodes[rate.code]?.name ?? rate.code, currency: proposal.currency,
                    percentage: rate.percentage, included: rate.included,
                    baseAmount: tax.base.amount, taxAmount: tax.tax.amount,
                    nonDeductibleAmount: tax.nonDeductible.amount,
                    accountingBaseAmount: tax.base.accounting, accountingTaxAmount: tax.tax.accounting,
                    reportingTaxAmount: tax.tax.reporting))
        }
        var bookingRows = CopyRows()
        for (booking, number) in bookingNumbers {
            try bookingRows.append(
                ProjectInvoiceBooking(
                    company: request.company, proposalNumber: request.number, number: number, booking: booking))
        }
        let store = InvoiceStore(connection: connection)
        try store.write(taxes: taxRows)
        try store.write(bookings: bookingRows)
        try outbox.write(to: connection)
        return closed.total
    }

    private func close(
        _ setup: FinanceSetup
    ) throws(PostingRefusal) -> (total: PostedAmount, entries: [(account: LedgerAccount, amount: PostedAmount)]) {
        let customer: LedgerAccount
        do throws(SetupGap) {
            customer = try setup.customerAccount(contract: proposal.contractNumber)
        } catch {
            throw PostingRefusal(error)
        }
        return try voucherSums.closed(
            customer: customer, headerDifference: headerDifference, conversion: terms.conversion,
            pennyDifference: { () throws(PostingRefusal) in try pennyDifference(setup) })
    }

    /// Takes the customer invoice number, which nobody else then gets until the commit, and writes the invoice. The last
    /// thing of the transaction. What was lost and is posted as it was keeps its number.
    func writeInvoice(total: PostedAmount, on connection: Connection) throws {
        let lineAmount = revenue.amount + headerDifference
        let number: String
        if let lost = proposal.lost {
            try lost.check(lineAmount: lineAmount, salesTax: salesTax, lines: count)
            try LostInvoiceStore(connection).remove(lost)
            let sequences = NumberSequenceStore(connection: connection)
            try sequences.use(lost.posted.customerInvoiceNumber, of: .customerInvoice, company: request.company)
            try sequences.use(voucher, of: .voucher, company: request.company)
            number = lost.posted.customerInvoiceNumber
        } else {
            number = try NumberSequence.customerInvoice.takeNext(in: connection, company: request.company)
        }
        try InvoiceStore(connection: connection).write(
            ProjectInvoice(
                company: request.company, customerInvoiceNumber: number, proposalNumber: request.number,
                invoiceId: proposal.invoiceId, voucher: voucher, invoiceDate: terms.invoiceDate,
                dueDate: terms.dueDate, contractNumber: proposal.contractNumber,
                customerAccount: proposal.customerAccount, currency: proposal.currency, lineAmount: lineAmount,
                salesTaxAmount: salesTax, invoiceAmount: total.amount, exchangeRate: terms.conversion.rate,
                accountingInvoiceAmount: total.accounting, accountingDetailAmount: revenue.accounting,
                reportingRate: terms.conversion.rates.reporting, reportingInvoiceAmount: total.reporting,
                reportingDetailAmount: revenue.reporting,
                lineCount: count))
        try InvoiceDocumentStore(connection: connection).keep(
            number, of: request.company, conversion: terms.conversion)
        try outbox.append(
            InvoicePosted(
                invoiceId: proposal.invoiceId, company: request.company, proposalNumber: request.number,
                customerInvoiceNumber: number, invoiceDate: terms.invoiceDate, dueDate: terms.dueDate,
                voucher: voucher, status: .posted, currency: proposal.currency, lineAmount: lineAmount,
                salesTaxAmount: salesTax, detailCount: count, accountingCurrency: accountingCurrency,
                detailAccountingAmount: detailAmount, postingVersion: PostingVersion.first),
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
