import Bus
import Contracts
import Database

/// Puts lines into integration journals: into a draft with room, else into new ones (`domain.md` §6.10.2, §6.10.3).
struct JournalFilling {
    let company: String
    let parameters: ProjectParameters
    let connection: Connection
    /// For number blocks, which are taken in transactions of their own.
    let pool: ConnectionPool

    /// A journal, and the lines that it gets.
    private struct Share {
        var number: String
        /// How many lines it has already; nil for a new journal.
        var lineCount: Int?
        var period: CalendarDate?
        var drafts: [JournalLineDraft]
    }

    /// Writes the lines, in the caller's transaction.
    ///
    /// - returns: the journals and how many lines each of them got.
    /// - throws: ``NumberSequenceError``; `DatabaseError`.
    func write(_ drafts: [JournalLineDraft]) throws -> [(number: String, lines: Int)] {
        guard !drafts.isEmpty else { return [] }
        var shares = try share(drafts)
        let vouchers = try NumberSequence.voucher.takeBlock(
            pool, company: company, count: drafts.count, purpose: "journal lines")
        let fresh = shares.count { $0.lineCount == nil }
        if fresh > 0 {
            let numbers = try NumberSequence.integrationJournal.takeBlock(
                pool, company: company, count: fresh, purpose: "integration journals")
            var used = 0
            for index in shares.indices where shares[index].lineCount == nil {
                shares[index].number = numbers.number(used)
                used += 1
            }
            try numbers.settle(used: used, on: connection)
        }
        try writeJournals(shares)
        try writeLines(shares, vouchers)
        try vouchers.settle(used: drafts.count, on: connection)
        return shares.map { ($0.number, $0.drafts.count) }
    }

    /// Divides the lines among journals, period by period.
    private func share(_ drafts: [JournalLineDraft]) throws -> [Share] {
        let limit = parameters.journalLineLimit
        let periods = Dictionary(grouping: drafts) { parameters.journalPeriodUnit.start(of: $0.actual.documentDate) }
        var shares: [Share] = []
        for (period, drafts) in periods.sorted(by: { ($0.key?.day ?? 0) < ($1.key?.day ?? 0) }) {
            var rest = drafts[...]
            if let (number, lineCount) = try draftWithRoom(period) {
                shares.append(
                    Share(
                        number: number, lineCount: lineCount, period: period,
                        drafts: Array(rest.prefix(limit - lineCount))))
                rest = rest.dropFirst(limit - lineCount)
            }
            while !rest.isEmpty {
                shares.append(Share(number: "", lineCount: nil, period: period, drafts: Array(rest.prefix(limit))))
                rest = rest.dropFirst(limit)
            }
        }
        return shares
    }

    /// The newest draft of a period, if it has room, nobody is about to post it, and nobody holds it. It is locked.
    private func draftWithRoom(_ period: CalendarDate?) throws -> (number: String, lineCount: Int)? {
        let query = """
            SELECT journal_number, line_count FROM integration_journals journal
            WHERE data_area_id = $1 AND status = 'Draft' AND period_start \(period == nil ? "IS NULL" : "= $2")
                AND NOT EXISTS (
                    SELECT FROM posting_requests request
                    WHERE request.data_area_id = $1 AND request.kind = 'journal'
                        AND request.number = journal.journal_number AND request.status IN ('Draft', 'Processing'))
            ORDER BY journal_number DESC LIMIT 1 FOR UPDATE OF journal SKIP LOCKED
            """
        let rows =
            if let period { try connection.query(query, company, period) } else { try connection.query(query, company) }
        guard let row = rows.first, try row.int(1) < parameters.journalLineLimit else { return nil }
        return (try row.string(0), try row.int(1))
    }

    private func writeJournals(_ shares: [Share]) throws {
        var rows = CopyRows()
        for share in shares {
            guard share.lineCount == nil else {
                try connection.execute(
                    """
                    UPDATE integration_journals SET line_count = line_count + $3
                    WHERE data_area_id = $1 AND journal_number = $2
                    """, company, share.number, Int32(share.drafts.count))
                continue
            }
            rows.beginRow(columns: 5)
            rows.append(company)
            rows.append(share.number)
            rows.append("Project Operations integration journal" + (share.period.map { " \($0)" } ?? ""))
            rows.append(share.period)
            rows.append(Int32(share.drafts.count))
        }
        guard !rows.isEmpty else { return }
        try connection.copyIn(
            """
            COPY integration_journals (data_area_id, journal_number, description, period_start, line_count)
            FROM STDIN (FORMAT binary)
            """
        ) { try $0.write(rows) }
    }

    private static let lineColumns = """
        data_area_id, journal_number, line_number, actual_id, voucher, transaction_type, transaction_class,
        project_number, contract_number, transaction_date, accounting_date, category_id, line_property_id, currency,
        quantity, price, amount, exchange_rate, accounting_amount, sales_tax_group, item_sales_tax_group,
        reversed_actual_id, description, resource
        """

    private func writeLines(_ shares: [Share], _ vouchers: NumberBlock) throws {
        try connection.copyIn("COPY integration_journal_lines (\(Self.lineColumns)) FROM STDIN (FORMAT binary)") {
            sink in
            var rows = CopyRows()
            var written = 0
            for share in shares {
                for (index, draft) in share.drafts.enumerated() {
                    append(
                        draft, to: &rows, journal: share.number, line: (share.lineCount ?? 0) + index + 1,
                        voucher: vouchers.number(written))
                    written += 1
                }
                if rows.byteCount > 1 << 20 {
                    try sink.write(rows)
                    rows.removeAll(keepingCapacity: true)
                }
            }
            try sink.write(rows)
        }
    }

    private func append(
        _ draft: JournalLineDraft, to rows: inout CopyRows, journal: String, line: Int, voucher: String
    ) {
        let actual = draft.actual
        rows.beginRow(columns: 24)
        rows.append(company)
        rows.append(journal)
        rows.append(Int32(line))
        rows.append(actual.actualId)
        rows.append(voucher)
        rows.append(actual.transactionType)
        rows.append(actual.transactionClass)
        rows.append(actual.projectNumber)
        rows.append(actual.contractNumber)
        rows.append(actual.documentDate)
        rows.append(draft.accountingDate)
        rows.append(draft.categoryId)
        rows.append(draft.linePropertyId)
        rows.append(actual.currency)
        rows.append(actual.quantity)
        rows.append(actual.price)
        rows.append(actual.amount)
        rows.append(draft.exchangeRate)
        rows.append(draft.accountingAmount)
        rows.append(draft.salesTaxGroup)
        rows.append(draft.itemSalesTaxGroup)
        rows.append(actual.reversedActualId)
        rows.append(actual.description)
        rows.append(actual.resource)
    }
}
