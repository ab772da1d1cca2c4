import Contracts
import Testbed
import Testing

@testable import Database
@testable import Finance

/// A line that a journal is to have.
struct JournalLineSample {
    var type: TransactionType = .unbilledSales
    var transactionClass: TransactionClass = .time
    var billingType: BillingType? = .chargeable
    var project = "WIP"
    var contract: String? = "C-1"
    var currency: CurrencyCode = "USD"
    var precision = 2
    var quantity = "1"
    var amount: String
    var discount: String?
    /// The sale that a fee is for.
    var source: GUID?
    var reversing: GUID?

    static func cost(_ amount: String, _ transactionClass: TransactionClass = .time, project: String = "WIP") -> Self {
        JournalLineSample(
            type: .cost, transactionClass: transactionClass, billingType: .notAvailable, project: project,
            amount: amount)
    }

    static func unbilled(
        _ amount: String, _ transactionClass: TransactionClass = .time, project: String = "WIP",
        billingType: BillingType = .chargeable, currency: CurrencyCode = "USD", reversing: GUID? = nil
    ) -> Self {
        JournalLineSample(
            transactionClass: transactionClass, billingType: billingType, project: project, currency: currency,
            amount: amount, reversing: reversing)
    }
}

/// A line that a proposal is to have.
struct ProposalLineSample {
    var transactionClass: TransactionClass = .time
    var method: BillingMethod = .timeAndMaterial
    var billingType: BillingType? = .chargeable
    var project = "WIP"
    var quantity = "1"
    var amount: String
    var discount: String?
    var fee: String?
    /// The unbilled sale that it bills. A time-and-material line that names none gets one of its own, which is posted.
    var unbilled: GUID?
    var reversing: GUID?
    /// The item sales tax group of its category; nil for a category that has none.
    var tax: String?

    /// A line typed on a fixed-price contract line, which has no unbilled sale (§9.13).
    static func typed(_ amount: String, project: String = "FPPL") -> Self {
        ProposalLineSample(method: .fixedPrice, project: project, amount: amount)
    }
}

// Journals and proposals that are made as in the product: by messages, and import from staging.
extension FinanceWorld {
    /// Makes a journal in draft, of actuals of a day of their own, and returns the actuals.
    ///
    /// - parameter name: what tests call it, and its lines `NAME-1`, `NAME-2`, …
    /// - parameter date: the accounting date.
    @discardableResult
    func journal(_ name: String, date: String = "2026-03-31", _ lines: [JournalLineSample]) throws -> [GUID] {
        let documentDate = try day("2026-01-01").adding(days: journals.count)
        let actuals = try lines.map { line in
            ActualCreated(
                actualId: newId(), rowVersion: 1, company: "usmf", projectNumber: line.project,
                contractNumber: line.contract, customerAccount: "US-001", transactionType: line.type,
                transactionClass: line.transactionClass, billingType: line.billingType, currency: line.currency,
                currencyPrecision: line.precision, quantity: try Quantity(line.quantity), price: try Money(line.amount),
                amount: try Money(line.amount), documentDate: documentDate, accountingDate: try day(date),
                category: "Work", reversedActualId: line.reversing,
                projectCompany: line.type.isOfLendingCompany ? "demf" : nil,
                discountAmount: try line.discount.map { try Money($0) }, sourceActualId: line.source)
        }
        try stage(actuals)
        let report = try importAll()
        #expect(report.journals.map(\.lines) == [lines.count], "\(report.blocked)")
        journals[name] = (try #require(report.journals.first).number, actuals.map(\.actualId))
        return actuals.map(\.actualId)
    }

    /// The number of a journal by the name that a test gave it; of a proposal the name itself.
    func number(_ name: String) -> String { journals[name]?.number ?? name }

    /// The voucher of a journal's line, by a name such as `J-1`.
    func voucher(_ line: String) throws -> String {
        let dash = try #require(line.lastIndex(of: "-"))
        let journal = try #require(journals[String(line[..<dash])])
        let actual = journal.actuals[try #require(Int(line[dash...].dropFirst())) - 1]
        return try text("SELECT voucher FROM integration_journal_lines WHERE actual_id = '\(actual)'")
    }

    /// Makes a proposal of a confirmed invoice, and returns its billed actuals.
    ///
    /// - parameter number: the invoice's number, which the proposal takes.
    /// - parameter arrives: whether the billed sales arrive.
    /// - parameter isReady: whether the proposal can be posted then; it can when they arrive, if nothing else is said.
    @discardableResult
    func proposal(
        _ number: String, contract: String = "C-1", customer: String = "US-001", currency: CurrencyCode = "USD",
        precision: Int = 2, date: String = "2026-04-01", terms: String? = nil, arrives: Bool = true,
        isReady: Bool? = nil,
        _ lines: [ProposalLineSample]
    ) throws -> [GUID] {
        let sales = try unbilledSales(of: lines, contract: contract, currency: currency, precision: precision)
        let invoice = newId()
        let billed = try zip(lines, sales).map { line, sale in
            ActualCreated(
                actualId: newId(), rowVersion: 1, company: "usmf", projectNumber: line.project,
                contractNumber: contract, customerAccount: customer, transactionType: .billedSales,
                transactionClass: line.transactionClass, billingType: line.billingType, billingMethod: line.method,
                currency: currency, currencyPrecision: precision, quantity: try Quantity(line.quantity),
                price: try Money(line.amount), amount: try Money(line.amount), documentDate: try day(date),
                accountingDate: try day(date), category: line.tax.map { "Work \($0)" } ?? "Work", invoiceId: invoice,
                unbilledActualId: sale, reversedActualId: line.reversing,
                discountAmount: try line.discount.map { try Money($0) }, feeAmount: try line.fee.map { try Money($0) })
        }
        var confirmed = try confirmation(of: billed, number: number, invoice: invoice)
        confirmed.contractNumber = contract
        confirmed.customerAccount = customer
        confirmed.currency = currency
        confirmed.currencyPrecision = precision
        confirmed.accountingDate = try day(date)
        confirmed.paymentTerms = terms
        confirmed.hasCorrections = lines.contains { $0.reversing != nil }
        confirmed.lineAmount = billed.reduce(.zero) {
            $1.billingType == .chargeable || $1.billingType == nil ? $0 + $1.amount : $0
        }
        try confirm([confirmed])
        if arrives { try stage(billed) }
        let report = try importAll()
        #expect(
            report.proposals.map(\.number) == (isReady ?? arrives ? [number] : []),
            "\(report.waiting) \(report.blocked)")
        return billed.map(\.actualId)
    }

    /// The unbilled sales of lines; those that have to have one and name none get one, in one posted journal.
    private func unbilledSales(
        of lines: [ProposalLineSample], contract: String, currency: CurrencyCode, precision: Int
    ) throws -> [GUID?] {
        let isMissing = { (line: ProposalLineSample) in
            line.unbilled == nil
                && BilledSaleBasis(
                    line.method, line.transactionClass, isCorrection: line.reversing != nil) == .unbilledSale
        }
        let missing = lines.filter(isMissing)
        guard !missing.isEmpty else { return lines.map(\.unbilled) }
        let name = "sales \(journals.count)"
        var made = try journal(
            name,
            missing.map {
                JournalLineSample(
                    transactionClass: $0.transactionClass, billingType: $0.billingType, project: $0.project,
                    contract: contract, currency: currency, precision: precision, amount: $0.amount)
            })[...]
        #expect(try post(.journal, name).status == "Posted")
        return lines.map { isMissing($0) ? made.popFirst() : $0.unbilled }
    }
}

// Posting of one document, by the name that a test gave it.
extension FinanceWorld {
    /// Asks for a posting, as a command that came over the bus.
    @discardableResult
    func request(_ kind: PostingKind, _ name: String, invoiceDate: String? = nil) throws -> GUID {
        let command = newId()
        try connection.transaction {
            try PostingRequestStore(connection: connection).record([
                PostingRequested(
                    commandId: command, company: "usmf", kind: kind, number: number(name),
                    invoiceDate: try invoiceDate.map(day), requestedBy: "tests")
            ])
        }
        return command
    }

    /// Resets a journal to draft, by its name.
    func reset(_ name: String, isForced: Bool = false) throws {
        try JournalReset.reset(number(name), of: "usmf", isForced: isForced, requestedBy: "tests", on: connection)
    }

    struct Outcome: Equatable {
        var status: String
        var error: String?
        var note: String?
    }

    func outcome(of command: GUID) throws -> Outcome {
        let row = try connection.query(
            "SELECT status, error, note FROM posting_requests WHERE command_id = $1", command
        ).single()
        return Outcome(
            status: try row.string(0), error: try row[1, as: String?.self], note: try row[2, as: String?.self])
    }

    /// Asks for a posting, and carries it out.
    @discardableResult
    func post(
        _ kind: PostingKind, _ name: String, invoiceDate: String? = nil, chunk: Int = 10_000
    ) throws -> Outcome {
        let command = try request(kind, name, invoiceDate: invoiceDate)
        try work(chunk: chunk)
        return try outcome(of: command)
    }
}

// What becomes of periods.
extension FinanceWorld {
    /// Closes March 2026, and leaves what follows open. A second time it changes nothing.
    static let closingMarch = """
        UPDATE fiscal_periods SET starts_on = '2026-04-01' WHERE starts_on = '2026-01-01' AND status = 'open';
        INSERT INTO fiscal_periods VALUES ('usmf', '2026-01-01', '2026-03-31', 'closed') ON CONFLICT DO NOTHING;
        """

    func closeMarch() throws { try connection.executeScript(Self.closingMarch) }
}

// What posting wrote.
extension FinanceWorld {
    /// `type main-account amount` of each entry of the invoice that a proposal became.
    func invoiceAccounts(_ proposal: String) throws -> [String] {
        try texts(
            """
            SELECT posting_type || ' ' || main_account || ' ' || amount::numeric(19, 2) FROM ledger_entries
            JOIN project_invoices USING (data_area_id, voucher)
            WHERE proposal_number = '\(proposal)' ORDER BY entry_number
            """)
    }

    /// What stands on a main account in all, in accounting currency.
    func balance(account: String) throws -> String {
        try connection.value(
            String.self,
            """
            SELECT coalesce(sum(accounting_amount), 0)::numeric(19, 2)::text FROM ledger_entries WHERE main_account = $1
            """, account)
    }

    /// `type project amount accounting` of each entry of a voucher, amounts with two places.
    private func entries(ofVoucher voucher: String) throws -> [String] {
        try texts(
            """
            SELECT posting_type || ' ' || coalesce(project_number, '-') || ' ' || amount::numeric(19, 2) || ' '
                || accounting_amount::numeric(19, 2)
            FROM ledger_entries WHERE data_area_id = 'usmf' AND voucher = '\(voucher)' ORDER BY entry_number
            """)
    }

    /// The entries of a journal's line, by a name such as `J-1`.
    func entries(_ line: String) throws -> [String] { try entries(ofVoucher: try voucher(line)) }

    /// The entries of the invoice that a proposal became.
    func invoiceEntries(_ proposal: String) throws -> [String] {
        try entries(
            ofVoucher: try text("SELECT voucher FROM project_invoices WHERE proposal_number = '\(proposal)'"))
    }

    /// What stands on a posting type in all, in accounting currency.
    func balance(_ type: PostingType, project: String? = nil) throws -> String {
        try connection.value(
            String.self,
            """
            SELECT coalesce(sum(accounting_amount), 0)::numeric(19, 2)::text FROM ledger_entries
            WHERE posting_type = $1 AND ($2::text IS NULL OR project_number = $2)
            """, type, project)
    }

    /// What posting wrote, of which a posting that failed leaves nothing.
    func rowsPosted() throws -> Int {
        try [
            "project_transactions", "ledger_entries", "project_invoice_lines", "project_invoices",
            "project_invoice_bookings", "on_account_transactions", "prepayment_settlements", "sales_tax_transactions",
            "outbox", "outbox_pending",
        ].reduce(0) { try $0 + count($1) }
    }
}
