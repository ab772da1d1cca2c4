public import Contracts
public import Database
import YAML

extension FinanceConfiguration {
    /// What applying a set-up file did, or would do.
    public struct Applied: Hashable, Sendable {
        /// The companies that the file configures.
        public var companies: [Company] = []
        /// How many rows of rules they have then.
        public var rules = 0
        /// Row by row what differs from what was there; none when the set-up was that of the file already.
        public var changes: [SetupChange] = []
        /// What the file says and the set-up does not follow.
        public var unfollowed: [UnfollowedSetting] = []
        /// What the set-up does not say and ought to.
        public var warnings: [String] = []
        /// Companies that the file does not name. Nothing of them changed.
        public var untouched: [Company] = []
    }

    /// Makes the set-up of each company of the file what the file says, in one transaction. What the file does not name
    /// of such a company is removed; its number sequences stay, and never go back. Other companies are left alone.
    ///
    /// - parameter isDryRun: whether it is only found out what would be done.
    /// - throws: `YAMLError` when the file would change the accounting or reporting currency of a company that has journals or
    ///   invoices; `DatabaseError`.
    public func apply(to connection: Connection, isDryRun: Bool = false) throws -> Applied {
        try connection.transaction {
            let store = SetupStore(connection: connection)
            try store.lock()
            var applied = Applied(companies: sections.map(\.company))
            // In the order in which postings lock: companies, then the version of set-up, then numbers.
            let current = try sections.map { try store.section(of: $0.company) }
            for (section, current) in zip(sections, current) { try checkAccounting(section, current, store) }
            for (section, current) in zip(sections, current) {
                applied.changes += try apply(section, to: store, current: current, isDryRun: isDryRun)
                applied.rules += section.rows.entries.count
                applied.warnings += section.warnings
            }
            if !isDryRun { try store.lockVersion() }
            for section in sections { try applySequences(of: section, to: connection, isDryRun: isDryRun, &applied) }
            applied.untouched = try store.companies(except: applied.companies)
            return applied
        }
    }

    /// - throws: `YAMLError` when the accounting currency would change under what was computed with it, or the date of
    ///   beginning balances under those that are posted.
    private func checkAccounting(_ section: Section, _ current: Section?, _ store: SetupStore) throws {
        let dates = [current, section].map { $0?.rows.parameters.first?.parameters.beginningBalanceDate }
        if current != nil, dates[0] != dates[1] {
            try store.hold(section.company, for: .change)
            if try store.hasBeginningBalances(section.company) {
                throw beginningBalancesArePosted(dates[0], in: section)
            }
        }
        guard let row = current?.row, row.changesAccounting(to: section.row) else { return }
        try store.hold(section.company, for: .change)
        if try store.hasBooks(section.company) { throw accountingCurrencyIsUsed(by: row, in: section) }
    }

    private func apply(
        _ section: Section, to store: SetupStore, current: Section?, isDryRun: Bool
    ) throws -> [SetupChange] {
        let changes = SetupChange.between(
            current.map { [$0.row.entry] + $0.rows.entries } ?? [], [section.row.entry] + section.rows.entries,
            of: section.company)
        // What is the same stays untouched, so that nobody looks again at rows which an older set-up blocked.
        if !changes.isEmpty, !isDryRun {
            try store.write(section.row)
            try store.replace(section.rows, of: section.company)
        }
        return changes
    }

    private func accountingCurrencyIsUsed(by row: SetupStore.CompanyRow, in section: Section) -> YAMLError {
        let message =
            "the accounting currency of company \(row.id) was \(row.accountingCurrency), with "
            + "\(row.accountingCurrencyPrecision) decimal places, and it had "
            + (row.reportingCurrency.map {
                "the reporting currency \($0.currency), with \($0.precision) decimal places, from the \($0.basis.rawValue) "
                    + "currency"
            } ?? "no reporting currency")
            + ", when its journals and invoices were made; this cannot change any more"
        return section.place?.error(message) ?? YAMLError(file: "", line: 0, message: message)
    }

    private func beginningBalancesArePosted(_ date: CalendarDate??, in section: Section) -> YAMLError {
        let date = (date ?? nil).map { "was \($0)" } ?? "was not set"
        let message =
            "the beginning-balance-date of company \(section.company) \(date) when beginning balances were posted, and cannot "
            + "change any more"
        return section.place?.error(message) ?? YAMLError(file: "", line: 0, message: message)
    }

    private func applySequences(
        of section: Section, to connection: Connection, isDryRun: Bool, _ applied: inout Applied
    ) throws {
        let store = NumberSequenceStore(connection: connection)
        let current = isDryRun ? try store.rows(of: section.company) : try store.locked(of: section.company)
        let new = section.sequences.map { setting in
            setting.row(after: current.first { $0.sequence == setting.sequence })
        }
        let kept = current.filter { row in !new.contains { $0.sequence == row.sequence } }
        applied.changes += SetupChange.between(
            current.map { NumberSequenceSetting($0).entry }, (new + kept).map { NumberSequenceSetting($0).entry },
            of: section.company)
        applied.unfollowed += UnfollowedSetting.ofSequences(
            section.sequences, current: current, of: section.company)
        let changed = new.filter { !current.contains($0) }
        guard !changed.isEmpty, !isDryRun else { return }
        for row in changed { try store.write(row) }
        try SetupStore(connection: connection).raiseVersion()
    }
}
