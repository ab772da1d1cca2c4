import Bus
import Contracts
import Database

/// Posts an integration journal: project transactions, ledger entries and
/// accounting details, all of its lines or none (`domain.md` §6.11, §6.12).
struct JournalPosting {
    let setups: PostingSetups
    let choices: ChoiceTables
    var chunk = PostingOutcome.chunk

    /// Posts, in the caller's transaction.
    ///
    /// - throws: ``PostingRefusal`` when lines cannot be posted, with the
    ///   reason of each; `DatabaseError`; what `progress` throws.
    func post(
        _ request: PostingRequest, on connection: Connection, progress: PostingProgress
    ) throws -> PostingOutcome {
        let headers = try connection.query(
            """
            SELECT status, line_count, (SELECT version FROM setup_version)
            FROM integration_journals WHERE data_area_id = $1 AND journal_number = $2
            FOR UPDATE
            """, request.company, request.number)
        guard let header = headers.first else {
            throw PostingRefusal(
                "company \(request.company) has no journal \(request.number); list them with \"ledgerbus finance journals\""
            )
        }
        let status = try header.string(0)
        let lineCount = Int(try header.int32(1))
        if status == "Posted" { return PostingOutcome(rows: lineCount, note: "\(request.subject) was already posted") }
        let rules = try setups.rules(company: request.company, version: try header.int64(2), on: connection)
        if status == "Error" {
            try connection.execute(
                """
                UPDATE integration_journal_lines SET error = NULL
                WHERE data_area_id = $1 AND journal_number = $2 AND error IS NOT NULL
                """, request.company, request.number)
        }

        var voucherRows = JournalVoucherRows(
            company: request.company, journalNumber: request.number,
            accountingCurrency: rules.accountingCurrency, outbox: try OutboxRows(choices: choices))
        var refused = RefusedLines()
        var contracts: Set<String> = []
        var rowsDone = 0
        var last: Int32 = 0
        var isLastChunk = false
        while !isLastChunk {
            let rows = try connection.query(
                JournalLine.query, request.company, request.number, last, Int64(chunk))
            isLastChunk = rows.count < chunk
            for row in rows {
                let line = try JournalLine(row)
                last = line.lineNumber
                do {
                    let rule = try rules.rule(for: line)
                    if refused.isEmpty { try voucherRows.append(line, rule) }
                    if line.isUnbilledSale, let contract = line.contractNumber { contracts.insert(contract) }
                } catch let refusal as PostingRefusal {
                    refused.refuse(Int(line.lineNumber), refusal)
                }
            }
            rowsDone += rows.count
            if refused.isEmpty { try voucherRows.write(to: connection) }
            try progress.checkpoint(rowsDone: rowsDone)
        }
        guard refused.isEmpty else { throw refused.refusal(of: request.subject) }
        guard rowsDone > 0 else { throw PostingRefusal("\(request.subject) has no lines: there is nothing to post") }
        try connection.execute(
            """
            WITH posted AS (
                UPDATE integration_journals SET status = 'Posted', posted_at = now(), posting_error = NULL
                WHERE data_area_id = $1 AND journal_number = $2
            )
            INSERT INTO invoices_to_check (data_area_id, invoice_id)
            SELECT data_area_id, invoice_id FROM invoice_proposals
            WHERE data_area_id = $1 AND contract_number = ANY($3) AND status = 'Open'
            ORDER BY invoice_id
            """, request.company, request.number, contracts.sorted())
        return PostingOutcome(rows: rowsDone, note: nil)
    }
}

/// The rows that posting a journal's lines makes, chunk by chunk.
private struct JournalVoucherRows {
    let company: String
    let journalNumber: String
    let accountingCurrency: String
    let outbox: OutboxRows
    private var transactions = CopyRows()
    private var entries = CopyRows()

    init(company: String, journalNumber: String, accountingCurrency: String, outbox: OutboxRows) {
        self.company = company
        self.journalNumber = journalNumber
        self.accountingCurrency = accountingCurrency
        self.outbox = outbox
    }

    mutating func append(_ line: JournalLine, _ rule: JournalLineRule) throws {
        if rule.posting.makesProjectTransaction {
            transactions.beginRow(columns: 18)
            transactions.append(company)
            transactions.append(line.actualId)
            transactions.append(journalNumber)
            transactions.append(line.voucher)
            transactions.append(line.key.transactionType)
            transactions.append(line.key.transactionClass)
            transactions.append(line.key.projectNumber)
            if let contract = line.contractNumber { transactions.append(contract) } else { transactions.null() }
            transactions.append(line.key.categoryId)
            transactions.append(line.key.linePropertyId)
            transactions.append(line.transactionDate)
            transactions.append(line.accountingDate)
            transactions.append(line.quantity)
            transactions.append(line.currency)
            transactions.append(line.amount)
            transactions.append(line.exchangeRate)
            transactions.append(line.accountingAmount)
            transactions.append(rule.posting.accrues)
        }
        if let entry = rule.posting.entry, line.amount != .zero || line.accountingAmount != .zero {
            append(line, 1, entry.debit, rule.debitAccount, line.amount, line.accountingAmount)
            append(line, 2, entry.credit, rule.creditAccount, -line.amount, -line.accountingAmount)
        }
        try outbox.append(
            AccountingDetail(
                actualId: line.actualId, company: Company(checking: company), voucher: line.voucher,
                accountingDate: line.accountingDate, exchangeRate: line.exchangeRate,
                accountingCurrency: CurrencyCode(checking: accountingCurrency), accountingAmount: line.accountingAmount,
                salesTaxAmount: .zero, source: .journal, sourceNumber: journalNumber,
                postingVersion: PostingVersion.first),
            traceId: line.actualId)
    }

    private mutating func append(
        _ line: JournalLine, _ number: Int32, _ type: PostingType, _ account: String, _ amount: Money,
        _ accounting: Money
    ) {
        entries.beginRow(columns: 10)
        entries.append(company)
        entries.append(line.voucher)
        entries.append(number)
        entries.append(line.accountingDate)
        entries.append(type.rawValue)
        entries.append(account)
        entries.append(line.key.projectNumber)
        entries.append(line.currency)
        entries.append(amount)
        entries.append(accounting)
    }

    mutating func write(to connection: Connection) throws {
        if !transactions.isEmpty {
            try connection.copyIn(
                """
                COPY project_transactions (
                    data_area_id, actual_id, journal_number, voucher, transaction_type, transaction_class,
                    project_number, contract_number, category_id, line_property_id, transaction_date, accounting_date,
                    quantity, currency, amount, exchange_rate, accounting_amount, accrued
                ) FROM STDIN (FORMAT binary)
                """
            ) { try $0.write(transactions) }
        }
        if !entries.isEmpty { try connection.copyIn(LedgerEntry.copy) { try $0.write(entries) } }
        transactions.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
        try outbox.write(to: connection)
    }
}
