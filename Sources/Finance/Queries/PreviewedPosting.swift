public import Bus
public import Contracts
public import Database

/// What posting a journal or proposal would do, but for its ledger entries.
public struct PreviewedPosting: Hashable, Sendable, Encodable {
    public enum Outcome: String, Sendable, Encodable {
        case posted = "Would be posted"
        /// A journal's good lines would be, the others moved to a journal of their own (`domain.md` §6.11).
        case postedInPart = "Would be posted in part"
        case refused = "Would be refused"
        case postedBefore = "Posted before"
    }

    /// A line that posting would refuse.
    public struct RefusedLine: Hashable, Sendable, Encodable, Record {
        public let lineNumber: Int?
        /// Of a journal that would be posted without the line.
        public let actualId: GUID?
        public let voucher: String?
        public let code: FailureCode
        /// What is wrong, and what to do.
        public let reason: String

        public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            RefusedLine(
                lineNumber: nil, actualId: try column("actual_id", row?.actualId),
                voucher: try column("voucher", row?.voucher), code: try column("error_code", row?.code),
                reason: try column("error", row?.reason))
        }
    }

    /// The rate of lines of one currency.
    public struct Rate: Hashable, Sendable, Encodable, Record {
        public let currency: CurrencyCode
        /// Accounting currency per 100 units.
        public let exchangeRate: ExchangeRate
        public let lines: Int

        public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Rate(
                currency: try column("currency", row?.currency),
                exchangeRate: try column("exchange_rate", row?.exchangeRate), lines: try column("lines", row?.lines))
        }
    }

    /// The sales tax of a code.
    public struct Tax: Hashable, Sendable, Encodable {
        public let code: String
        public let name: String
        public let percentage: Percentage
        public let included: Bool
        public let base: Money
        public let tax: Money
        public let accountingTax: Money
    }

    /// The customer's invoice that a proposal would become.
    public struct Invoice: Hashable, Sendable, Encodable {
        public let customerAccount: String
        public let contractNumber: String
        public let invoiceDate: CalendarDate
        /// The date that it would have, if its period were open; nil when it has that.
        public let movedFrom: CalendarDate?
        public let dueDate: CalendarDate
        public let currency: CurrencyCode
        public let lineAmount: Money
        public let salesTaxAmount: Money
        public let invoiceAmount: Money
        public let accountingInvoiceAmount: Money
    }

    public let company: Company
    public let kind: PostingKind
    public let number: String
    public let outcome: Outcome
    /// Why it would be refused.
    public let reason: String?
    public let code: FailureCode?
    /// What else posting would say: that a date is moved, that lines are left out.
    public let note: String?
    /// How many lines would be posted.
    public let lines: Int
    public let refusedLines: [RefusedLine]
    /// The numbers that posting would take, of which none is taken: `voucher`, `customer-invoice`.
    public let numbersNotTaken: [String]
    public let accountingCurrency: CurrencyCode?
    /// The first and the last accounting date; nil when nothing would be posted.
    public let accountingFrom: CalendarDate?
    public let accountingTo: CalendarDate?
    public let rates: [Rate]
    /// Of a proposal.
    public let invoice: Invoice?
    public let taxes: [Tax]

    /// Whether all of it would be posted, or is.
    public var isWell: Bool { outcome == .posted || outcome == .postedBefore }
}

extension PreviewedPosting {
    private init(_ request: ClaimedRequest, _ outcome: Outcome, _ refusal: PostingRefusal?) {
        self.init(
            company: request.company, kind: request.kind, number: request.number, outcome: outcome,
            reason: refusal?.reason, code: refusal?.code, note: nil, lines: 0,
            refusedLines: (refusal?.lines ?? [:]).sorted { $0.key < $1.key }.map {
                RefusedLine(
                    lineNumber: $0.key, actualId: nil, voucher: nil, code: $0.value.code, reason: $0.value.sentence)
            }, numbersNotTaken: [], accountingCurrency: nil, accountingFrom: nil, accountingTo: nil, rates: [],
            invoice: nil, taxes: [])
    }

    init(_ request: ClaimedRequest, refused: PostingRefusal) { self.init(request, .refused, refused) }

    init(postedBefore request: ClaimedRequest) { self.init(request, .postedBefore, nil) }
}

/// What posting wrote in a transaction that will be rolled back.
struct PreviewedRows {
    let request: ClaimedRequest
    let connection: Connection

    /// Whether it was posted before.
    func arePosted() throws -> Bool {
        switch request.kind {
        case .journal:
            try connection.value(
                Bool.self,
                """
                SELECT status = \(JournalStatus.posted.sql) FROM integration_journals
                WHERE data_area_id = $1 AND journal_number = $2
                """, request.company, request.number)
        case .proposal:
            try connection.value(
                Bool.self,
                """
                SELECT status = \(ProposalStatus.invoiced.sql) FROM invoice_proposals
                WHERE data_area_id = $1 AND proposal_number = $2
                """, request.company, request.number)
        }
    }

    /// The ledger entries, by voucher.
    func forEachEntry(_ body: (LedgerEntry) throws -> Void) throws {
        let vouchers =
            switch request.kind {
            case .journal:
                "SELECT voucher, line_number FROM integration_journal_lines "
                    + "WHERE data_area_id = $1 AND journal_number = $2"
            case .proposal:
                "SELECT voucher, 0 AS line_number FROM project_invoices WHERE data_area_id = $1 AND proposal_number = $2"
            }
        try connection.forEachRecord(
            LedgerEntry.self,
            """
            SELECT \(LedgerEntry.columnList(of: "entry"))
            FROM (\(vouchers)) document JOIN ledger_entries entry
                ON entry.data_area_id = $1 AND entry.voucher = document.voucher
            ORDER BY document.line_number, entry.entry_number
            """, request.company, request.number
        ) { entry in
            var entry = entry
            if entry.voucher.hasPrefix(PreviewNumbers.prefix) { entry.voucher = PreviewNumbers.notTaken }
            try body(entry)
        }
    }

    func summary(_ posted: PostedDocument, numbers: PreviewNumbers) throws -> PreviewedPosting {
        let refused = try refusedLines()
        let invoice = request.kind == .proposal ? try self.invoice() : nil
        let dates = try self.dates()
        // Posting itself takes the invoice's number, in the transaction.
        let taken = NumberSequence.allCases.filter {
            numbers.taken[$0] != nil || $0 == .customerInvoice && request.kind == .proposal
        }
        return PreviewedPosting(
            company: request.company, kind: request.kind, number: request.number,
            outcome: refused.isEmpty ? .posted : .postedInPart, reason: nil, code: nil,
            note: posted.note.map(numbers.withoutNumbers),
            lines: posted.lines, refusedLines: refused, numbersNotTaken: taken.map(\.rawValue),
            accountingCurrency: try connection.value(
                CurrencyCode.self, "SELECT accounting_currency FROM companies WHERE data_area_id = $1", request.company),
            accountingFrom: invoice?.invoiceDate ?? dates.first ?? nil,
            accountingTo: invoice?.invoiceDate ?? dates.last ?? nil, rates: try rates(), invoice: invoice,
            taxes: request.kind == .proposal ? try taxes() : [])
    }

    /// The lines that were moved to another journal, at most ``PostingRefusal/mostLines``.
    private func refusedLines() throws -> [PreviewedPosting.RefusedLine] {
        guard request.kind == .journal else { return [] }
        return try connection.records(
            PreviewedPosting.RefusedLine.self,
            """
            SELECT line.actual_id, line.voucher, line.error_code, line.error
            FROM integration_journals journal JOIN integration_journal_lines line USING (data_area_id, journal_number)
            WHERE data_area_id = $1 AND original_journal_number = $2 AND starts_with(journal_number, $3)
                AND line.error IS NOT NULL
            ORDER BY line.line_number LIMIT $4
            """, request.company, request.number, PreviewNumbers.prefix, PostingRefusal.mostLines)
    }

    private func dates() throws -> [CalendarDate?] {
        guard request.kind == .journal else { return [] }
        struct Dates: Record {
            var first: CalendarDate?
            var last: CalendarDate?

            static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
                Dates(first: try column("first", row?.first), last: try column("last", row?.last))
            }
        }
        let dates = try connection.record(
            Dates.self,
            """
            SELECT min(accounting_date) AS first, max(accounting_date) AS last FROM integration_journal_lines
            WHERE data_area_id = $1 AND journal_number = $2
            """, request.company, request.number)
        return [dates?.first, dates?.last]
    }

    private func rates() throws -> [PreviewedPosting.Rate] {
        let rows =
            switch request.kind {
            case .journal:
                """
                SELECT currency, exchange_rate, count(*) AS lines FROM integration_journal_lines
                WHERE data_area_id = $1 AND journal_number = $2 GROUP BY currency, exchange_rate
                """
            case .proposal:
                """
                SELECT currency, exchange_rate, line_count AS lines FROM project_invoices
                WHERE data_area_id = $1 AND proposal_number = $2
                """
            }
        return try connection.records(
            PreviewedPosting.Rate.self, "\(rows) ORDER BY currency, exchange_rate", request.company, request.number)
    }

    private func invoice() throws -> PreviewedPosting.Invoice? {
        struct Row: Record {
            var invoice: ProjectInvoice
            var wanted: CalendarDate

            static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
                Row(invoice: try column.record("", row?.invoice), wanted: try column("accounting_date", row?.wanted))
            }
        }
        let row = try connection.record(
            Row.self,
            """
            SELECT \(ProjectInvoice.columnList(of: "invoice")), proposal.accounting_date
            FROM project_invoices invoice JOIN invoice_proposals proposal USING (data_area_id, proposal_number)
            WHERE invoice.data_area_id = $1 AND invoice.proposal_number = $2
            """, request.company, request.number)
        return row.map { row in
            let wanted = request.invoiceDate ?? row.wanted
            return PreviewedPosting.Invoice(
                customerAccount: row.invoice.customerAccount, contractNumber: row.invoice.contractNumber,
                invoiceDate: row.invoice.invoiceDate, movedFrom: wanted == row.invoice.invoiceDate ? nil : wanted,
                dueDate: row.invoice.dueDate, currency: row.invoice.currency, lineAmount: row.invoice.lineAmount,
                salesTaxAmount: row.invoice.salesTaxAmount, invoiceAmount: row.invoice.invoiceAmount,
                accountingInvoiceAmount: row.invoice.accountingInvoiceAmount)
        }
    }

    private func taxes() throws -> [PreviewedPosting.Tax] {
        try connection.records(
            SalesTaxTransaction.self,
            """
            SELECT \(SalesTaxTransaction.columnList(of: "tax"))
            FROM project_invoices invoice JOIN sales_tax_transactions tax USING (data_area_id, voucher)
            WHERE invoice.data_area_id = $1 AND invoice.proposal_number = $2
            ORDER BY tax.sales_tax_code, tax.percentage, tax.included
            """, request.company, request.number
        ).map {
            PreviewedPosting.Tax(
                code: $0.salesTaxCode, name: $0.name, percentage: $0.percentage, included: $0.included,
                base: $0.baseAmount, tax: $0.taxAmount, accountingTax: $0.accountingTaxAmount)
        }
    }
}
