import Bus
public import Contracts
public import Database

/// Reconciles the accrued revenue of one company (`domain.md` §6.14): detects WIP that invoices did not take back in full,
/// proposes a journal that corrects it, and posts that.
///
/// Of an integrated deployment what invoices reversed is looked at, and nothing else. A journal has as many lines as are
/// asked for, up to 100,000; all of it is posted in one transaction, or nothing.
public struct AccruedRevenueReconciliation {
    private let company: Company
    private let connection: Connection
    private var store: AccruedRevenueJournalStore { AccruedRevenueJournalStore(connection: connection) }

    public init(company: Company, connection: Connection) {
        self.company = company
        self.connection = connection
    }

    /// The window when nobody says another: the last three months.
    public static func defaultWindow(today: CalendarDate) -> ClosedRange<CalendarDate> {
        let (year, month, day) = today.components
        let (startYear, startMonth) = month > 3 ? (year, month - 3) : (year - 1, month + 9)
        let start = (0...3).lazy.compactMap {
            CalendarDate(year: startYear, month: startMonth, dayOfMonth: day - $0)
        }.first
        return (start ?? today)...today
    }

    /// What invoices of the window did not take back in full.
    ///
    /// - throws: ``PostingRefusal`` when there is more than can be told; `DatabaseError`.
    public func detect(
        in dates: ClosedRange<CalendarDate>, project: String? = nil
    ) throws -> [AccruedRevenueImbalance] {
        try connection.transaction { try detected(in: dates, project: project) }
    }

    private func detected(
        in dates: ClosedRange<CalendarDate>, project: String?
    ) throws -> [AccruedRevenueImbalance] {
        let proposed = try store.proposedLines(of: company)
        let journals = Dictionary(proposed.map { ($0.key, $0.journalNumber) }) { first, _ in first }
        return try detect(
            AccruedRevenueDetection(
                company: company, connection: connection, dates: dates, project: project)
        ).map { imbalance in
            var imbalance = imbalance
            imbalance.proposedIn = journals[imbalance.key]
            return imbalance
        }
    }

    private func detect(_ detection: AccruedRevenueDetection) throws -> [AccruedRevenueImbalance] {
        let (imbalances, isCut) = try detection.run()
        guard !isCut else {
            throw PostingRefusal(
                .notAllowed,
                "more than \(AccruedRevenueDetection.mostSales) sales of company \(company) are not balanced; choose fewer "
                    + "days, or one project")
        }
        return imbalances
    }

    /// Proposes a journal of all that is detected and not proposed yet.
    ///
    /// - parameter voucherDate: the date of its voucher.
    /// - parameter offsetAccount: the main account that balances asymmetric corrections; nil for that of set-up.
    /// - returns: nil when there is nothing to propose.
    /// - throws: ``PostingRefusal``; `NumberSequenceError`; `DatabaseError`.
    public func propose(
        in dates: ClosedRange<CalendarDate>, project: String? = nil, voucherDate: CalendarDate,
        description: String? = nil, offsetAccount: String? = nil, by user: String
    ) throws -> AccruedRevenueJournal? {
        try connection.transaction {
            try store.hold(company)
            let imbalances = try detected(in: dates, project: project).filter { $0.proposedIn == nil }
            guard !imbalances.isEmpty else { return nil }
            let number = try NumberSequence.accruedRevenueJournal.takeNext(in: connection, company: company)
            let journal = AccruedRevenueJournal(
                company: company, number: number,
                description: description
                    ?? "Accrued revenue reconciliation \(dates.lowerBound) to \(dates.upperBound)",
                voucherDate: voucherDate, offsetAccount: offsetAccount, lineCount: imbalances.count, proposedBy: user,
                proposedAt: try connection.value(Instant.self, "SELECT now()"))
            try store.insert(
                journal,
                lines: imbalances.enumerated().map {
                    AccruedRevenueJournalLine($0.element, journal: number, lineNumber: $0.offset + 1)
                })
            return journal
        }
    }

    /// Changes the date, the description or the offset account of a journal that is not posted.
    ///
    /// - throws: ``PostingRefusal``; `DatabaseError`.
    public func change(
        _ number: String, voucherDate: CalendarDate? = nil, description: String? = nil, offsetAccount: String? = nil
    ) throws -> AccruedRevenueJournal {
        try connection.transaction {
            var journal = try unposted(number, "changed")
            journal.voucherDate = voucherDate ?? journal.voucherDate
            journal.description = description ?? journal.description
            journal.offsetAccount = offsetAccount ?? journal.offsetAccount
            try store.change(journal)
            return journal
        }
    }

    /// Deletes a journal that is not posted: what it would have corrected is detected again. Its number is not given out again.
    ///
    /// - throws: ``PostingRefusal``; `DatabaseError`.
    public func delete(_ number: String) throws {
        try connection.transaction {
            try store.delete(unposted(number, "deleted"))
            try NumberSequenceStore(connection: connection).recordGaps(
                [number], of: .accruedRevenueJournal, company: company, reason: "journal \(number) was deleted")
        }
    }

    private func unposted(_ number: String, _ done: String) throws -> AccruedRevenueJournal {
        let journal = try locked(number)
        guard journal.status == .proposed else {
            throw PostingRefusal(
                .notAllowed, "journal \(number) is posted, with voucher \(journal.voucher ?? ""), and cannot be \(done)"
            )
        }
        return journal
    }

    private func locked(_ number: String) throws -> AccruedRevenueJournal {
        try store.hold(company)
        guard let journal = try store.lock(number, of: company) else {
            throw PostingRefusal(
                .notFound,
                "company \(company) has no reconciliation journal \(number); list them with "
                    + "\"ledgerbus finance accrued-revenue list\"")
        }
        return journal
    }

    /// Posts a journal as one voucher; one that is posted stays as it is.
    ///
    /// - returns: the journal as it is posted.
    /// - throws: ``PostingRefusal`` when its date is in no open period, an asymmetric correction has no offset account, or
    ///   what it corrects is no longer what it was; `NumberSequenceError`; `DatabaseError`. Nothing is written then.
    public func post(_ number: String, by user: String) throws -> AccruedRevenueJournal {
        try connection.transaction {
            var journal = try locked(number)
            guard journal.status == .proposed else { return journal }
            // Nobody closes the period before this has committed.
            _ = try SetupStore(connection: connection).holdVersion()
            let setup = try setup()
            guard setup.isOpen(journal.voucherDate) else {
                throw PostingRefusal(
                    .noOpenPeriod,
                    "the voucher date \(journal.voucherDate) of journal \(number) is in no open period; change it with "
                        + "\"ledgerbus finance accrued-revenue change \(number) --voucher-date DATE\", or open the period"
                )
            }
            let lines = try store.lines(of: number, company: company)
            try checkStanding(lines, of: number)
            let amounts = try amounts(of: lines, journal: journal, setup: setup)
            let voucher = try NumberSequence.accruedRevenueVoucher.takeNext(in: connection, company: company)
            try write(amounts, voucher: voucher, journal: journal, setup: setup)
            try store.setPosted(journal, voucher: voucher, by: user)
            try ExecutionLog(connection: connection).write(
                .info, activity: "accrued revenue", subject: "\(company) journal \(number)",
                "\(lines.count) corrections posted with voucher \(voucher) by \(user)")
            journal = try store.lock(number, of: company) ?? journal
            return journal
        }
    }

    private func setup() throws -> FinanceSetup {
        do {
            return try FinanceSetup.load(connection, company: company)
        } catch let gap as SetupGap {
            throw PostingRefusal(gap)
        }
    }

    /// Whether what the lines correct is still as it was proposed.
    private func checkStanding(_ lines: [AccruedRevenueJournalLine], of number: String) throws {
        guard let first = lines.map(\.invoiceDate).min(), let last = lines.map(\.invoiceDate).max() else { return }
        let standing = try detect(
            AccruedRevenueDetection(
                company: company, connection: connection, dates: first...last,
                vouchers: Set(lines.map(\.invoiceVoucher)).sorted()))
        let imbalances = Dictionary(standing.map { ($0.key, $0.imbalance) }) { first, _ in first }
        for line in lines where imbalances[line.key] != line.imbalance {
            let now = imbalances[line.key].map { "\($0.wip) now" } ?? "gone by now"
            throw PostingRefusal(
                .notReady,
                "journal \(number) was not posted: the imbalance of \(line.imbalance.wip) in its line \(line.lineNumber) is "
                    + "\(now); delete the journal, and propose again")
        }
    }

    private func amounts(
        of lines: [AccruedRevenueJournalLine], journal: AccruedRevenueJournal, setup: FinanceSetup
    ) throws -> [LedgerAccount: PostedAmount] {
        var amounts: [LedgerAccount: PostedAmount] = [:]
        do throws(SetupGap) {
            let currency = setup.accountingCurrency
            let conversion = Conversion(
                of: currency, precision: setup.accountingCurrencyPrecision,
                at: PostingRates(
                    accounting: .parity,
                    reporting: try setup.reportingRate(currency: currency, on: journal.voucherDate)), setup: setup)
            for line in lines {
                let project = line.projectNumber.isEmpty ? nil : line.projectNumber
                func account(_ type: PostingType, _ main: String) -> LedgerAccount {
                    LedgerAccount(postingType: type, mainAccount: main, projectNumber: project)
                }
                let entries = try AccruedRevenueCorrection(of: line.imbalance).entries(
                    of: line.imbalance, wip: account(.wipSalesValue, line.wipAccount),
                    accruedRevenue: account(.accruedRevenueSalesValue, line.accruedRevenueAccount)
                ) { () throws(SetupGap) in
                    if let main = journal.offsetAccount { return account(.accruedRevenueCorrection, main) }
                    return try setup.ledgerAccount(.accruedRevenueCorrection, at: PostingPlace(project: project))
                }
                for entry in entries { amounts[entry.account, default: .zero] += try conversion.posted(entry.amount) }
            }
        } catch {
            throw PostingRefusal(
                error.code,
                error.code == .noPostingAccount
                    ? "journal \(journal.number) was not posted: it corrects one side alone, and no account balances it; give "
                        + "one with \"ledgerbus finance accrued-revenue change \(journal.number) --offset-account ACCOUNT\", "
                        + "or: \(error.reason)"
                    : "journal \(journal.number) was not posted: \(error.reason)")
        }
        return amounts
    }

    private func write(
        _ amounts: [LedgerAccount: PostedAmount], voucher: String, journal: AccruedRevenueJournal, setup: FinanceSetup
    ) throws {
        let sorted = amounts.filter { !$0.value.isZero }.sorted {
            ($0.key.postingType.rawValue, $0.key.mainAccount, $0.key.projectNumber ?? "")
                < ($1.key.postingType.rawValue, $1.key.mainAccount, $1.key.projectNumber ?? "")
        }
        var entries = CopyRows()
        for (index, entry) in sorted.enumerated() {
            try entries.append(
                LedgerEntry(
                    company: company, voucher: voucher, entryNumber: index + 1, accountingDate: journal.voucherDate,
                    postingType: entry.key.postingType, mainAccount: entry.key.mainAccount,
                    projectNumber: entry.key.projectNumber, currency: setup.accountingCurrency,
                    amount: entry.value.amount,
                    accountingAmount: entry.value.accounting, reportingAmount: entry.value.reporting))
        }
        try LedgerStore(connection: connection).write(entries)
    }
}

extension AccruedRevenueReconciliation {
    /// The companies that are configured, or the one that is asked for.
    ///
    /// - throws: `DatabaseError`.
    public static func companies(_ company: Company?, on connection: Connection) throws -> [Company] {
        try company.map { [$0] } ?? SetupStore(connection: connection).companies()
    }

    /// Reconciliation journals in the order of company and number.
    ///
    /// - throws: `DatabaseError`.
    public static func journals(
        of company: Company? = nil, on connection: Connection
    ) throws -> [AccruedRevenueJournal] {
        try AccruedRevenueJournalStore(connection: connection).list(company: company)
    }

    /// The lines of a journal.
    ///
    /// - throws: `DatabaseError`.
    public func lines(of number: String) throws -> [AccruedRevenueJournalLine] {
        try store.lines(of: number, company: company)
    }
}
