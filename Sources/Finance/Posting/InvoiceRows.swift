import Bus
import Contracts
import Database

/// The rows that posting a proposal makes: those of its lines chunk by chunk,
/// those of the whole at its end.
struct InvoiceRows {
    let request: PostingRequest
    let header: ProposalHeader
    let conversion: InvoiceConversion
    let voucher: String
    let invoiceDate: CalendarDate
    let accountingCurrency: String
    let outbox: OutboxRows

    private(set) var voucherSums = InvoiceVoucher()
    private(set) var count = 0
    /// The lines' amounts as Dataverse sent them, and those of them that add to the invoice.
    private var sentAmount = Money.zero
    private var chargeableAmount = Money.zero
    private var revenue = PostedAmount.zero
    private var salesTax = Money.zero
    private var taxes: [String: (base: Money, tax: PostedAmount)] = [:]
    private var lines = CopyRows()
    private var onAccountTransactions = CopyRows()

    init(
        request: PostingRequest, header: ProposalHeader, conversion: InvoiceConversion, voucher: String,
        invoiceDate: CalendarDate, accountingCurrency: String, outbox: OutboxRows
    ) {
        self.request = request
        self.header = header
        self.conversion = conversion
        self.voucher = voucher
        self.invoiceDate = invoiceDate
        self.accountingCurrency = accountingCurrency
        self.outbox = outbox
    }

    mutating func append(_ line: ProposalLine, _ rule: ProposalLineRule) throws {
        let posting = ProposalLinePosting(
            rule.kind, amount: line.amount, codes: rule.codes, accrual: line.unbilledSale?.accrual,
            conversion: conversion)
        count += 1
        sentAmount += line.amount
        if rule.kind.chargeable {
            chargeableAmount += line.amount
            voucherSums.credit(rule.revenue, posting.revenue)
            revenue += posting.revenue
        }
        for (index, tax) in posting.taxes.enumerated() {
            voucherSums.credit(rule.taxes[index], tax.tax)
            salesTax += tax.tax.amount
            taxes[rule.codes[index].code, default: (.zero, .zero)].base += tax.base
            taxes[rule.codes[index].code, default: (.zero, .zero)].tax += tax.tax
        }
        if let accrual = posting.accrualReversed, let places = rule.accrual {
            voucherSums.reverseAccrual(wip: places.wip, accruedRevenue: places.accruedRevenue, accrual)
        }
        appendLine(line, posting)
        if let origin = rule.kind.onAccount, rule.kind.chargeable { appendOnAccount(line, origin, posting) }
        try outbox.append(
            AccountingDetail(
                actualId: line.actualId, company: Company(checking: request.company), voucher: voucher,
                accountingDate: invoiceDate,
                exchangeRate: conversion.rate, accountingCurrency: CurrencyCode(checking: accountingCurrency),
                accountingAmount: posting.revenue.accounting, salesTaxAmount: posting.salesTax, source: .proposal,
                sourceNumber: request.number, invoiceId: header.invoiceId, postingVersion: PostingVersion.first),
            traceId: header.invoiceId)
    }

    private mutating func appendLine(_ line: ProposalLine, _ posting: ProposalLinePosting) {
        lines.beginRow(columns: 8)
        lines.append(request.company)
        lines.append(request.number)
        lines.append(line.lineNumber)
        lines.append(line.actualId)
        if let unbilled = line.unbilledActualId { lines.append(unbilled) } else { lines.null() }
        lines.append(posting.salesTax)
        lines.append(posting.revenue.accounting)
        lines.append(posting.accrualReversed?.accounting ?? .zero)
    }

    private mutating func appendOnAccount(
        _ line: ProposalLine, _ origin: OnAccountOrigin, _ posting: ProposalLinePosting
    ) {
        onAccountTransactions.beginRow(columns: 10)
        onAccountTransactions.append(request.company)
        onAccountTransactions.append(line.actualId)
        onAccountTransactions.append(request.number)
        onAccountTransactions.append(origin.rawValue)
        onAccountTransactions.append(line.key.projectNumber)
        onAccountTransactions.append(line.transactionDate)
        onAccountTransactions.append(header.currency)
        onAccountTransactions.append(posting.revenue.amount)
        onAccountTransactions.append(conversion.rate)
        onAccountTransactions.append(posting.revenue.accounting)
    }

    /// Writes and forgets the rows of the lines so far.
    mutating func writeLines(to connection: Connection) throws {
        try connection.copyIn(
            """
            COPY project_invoice_lines (
                data_area_id, proposal_number, line_number, actual_id, unbilled_actual_id, sales_tax_amount,
                accounting_amount, accrual_reversed
            ) FROM STDIN (FORMAT binary)
            """
        ) { try $0.write(lines) }
        lines.removeAll(keepingCapacity: true)
        if !onAccountTransactions.isEmpty {
            try connection.copyIn(
                """
                COPY on_account_transactions (
                    data_area_id, actual_id, proposal_number, transaction_origin, project_number, transaction_date,
                    currency, amount, exchange_rate, accounting_amount
                ) FROM STDIN (FORMAT binary)
                """
            ) { try $0.write(onAccountTransactions) }
            onAccountTransactions.removeAll(keepingCapacity: true)
        }
        try outbox.write(to: connection)
    }

    /// Whether these are the lines that Dataverse announced (§9.18).
    ///
    /// - throws: ``PostingRefusal``.
    func checkTotals() throws(PostingRefusal) {
        guard count == header.totalCount, sentAmount == header.totalAmount else {
            throw PostingRefusal(
                "\(request.subject) has \(count) lines of \(sentAmount) in all, and Dataverse announced "
                    + "\(header.totalCount) of \(header.totalAmount); import from staging again")
        }
        guard chargeableAmount == header.lineAmount else {
            throw PostingRefusal(
                "the chargeable lines of \(request.subject) add up to \(chargeableAmount), and the invoice's amount in "
                    + "Dataverse is \(header.lineAmount); check which billing types are chargeable line properties")
        }
    }

    /// Writes the voucher's ledger entries and the sales tax of each code.
    func writeLedger(
        _ entries: [(key: InvoiceVoucher.Key, amount: PostedAmount)], to connection: Connection
    ) throws {
        var rows = CopyRows()
        for (index, entry) in entries.enumerated() {
            rows.beginRow(columns: 10)
            rows.append(request.company)
            rows.append(voucher)
            rows.append(Int32(index + 1))
            rows.append(invoiceDate)
            rows.append(entry.key.postingType.rawValue)
            rows.append(entry.key.mainAccount)
            if let project = entry.key.projectNumber { rows.append(project) } else { rows.null() }
            rows.append(header.currency)
            rows.append(entry.amount.amount)
            rows.append(entry.amount.accounting)
        }
        if !rows.isEmpty { try connection.copyIn(LedgerEntry.copy) { try $0.write(rows) } }
        for (code, sums) in taxes.sorted(by: { $0.key < $1.key }) {
            try connection.execute(
                """
                INSERT INTO sales_tax_transactions (
                    data_area_id, voucher, sales_tax_code, currency, base_amount, tax_amount, accounting_tax_amount
                ) VALUES ($1, $2, $3, $4, $5, $6, $7)
                """, request.company, voucher, code, header.currency, sums.base, sums.tax.amount, sums.tax.accounting)
        }
    }

    /// Takes the customer invoice number, which nobody else then gets until
    /// the commit, and writes the invoice. The last thing of the transaction.
    func writeHeader(total: PostedAmount, dueDate: CalendarDate, on connection: Connection) throws {
        let number = try NumberSequence.customerInvoice.takeNext(in: connection, company: request.company)
        try connection.execute(
            """
            INSERT INTO project_invoices (
                data_area_id, customer_invoice_number, proposal_number, invoice_id, voucher, invoice_date, due_date,
                contract_number, customer_account, currency, line_amount, sales_tax_amount, invoice_amount,
                exchange_rate, accounting_invoice_amount, accounting_detail_amount, line_count
            ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            """, request.company, number, request.number, header.invoiceId, voucher, invoiceDate, dueDate,
            header.contractNumber, header.customerAccount, header.currency, revenue.amount, salesTax, total.amount,
            conversion.rate, total.accounting, revenue.accounting, Int64(count))
        try outbox.append(
            InvoicePosted(
                invoiceId: header.invoiceId, company: Company(checking: request.company),
                proposalNumber: request.number,
                customerInvoiceNumber: number, invoiceDate: invoiceDate, dueDate: dueDate, voucher: voucher,
                status: .posted, currency: CurrencyCode(checking: header.currency), lineAmount: revenue.amount,
                salesTaxAmount: salesTax,
                detailCount: count, accountingCurrency: CurrencyCode(checking: accountingCurrency),
                detailAccountingAmount: revenue.accounting, postingVersion: PostingVersion.first),
            traceId: header.invoiceId)
        try outbox.write(to: connection)
    }
}
