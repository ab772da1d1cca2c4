import Bus
import Contracts
import Database

/// The line of a row that a reversal reverses, and what it booked.
private struct OriginalLine: Record {
    var actualId: GUID
    var journalNumber: String
    var lineNumber: Int
    var status: JournalStatus
    var isRefused: Bool
    var debit: BookedEntry?
    var credit: BookedEntry?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        OriginalLine(
            actualId: try column("actual_id", row?.actualId),
            journalNumber: try column("journal_number", row?.journalNumber),
            lineNumber: try column("line_number", row?.lineNumber, as: Int32.self),
            status: try column("status", row?.status),
            isRefused: try column("is_refused", row?.isRefused),
            debit: try column.optionalRecord("debit_", presentIf: "main_account", row?.debit),
            credit: try column.optionalRecord("credit_", presentIf: "main_account", row?.credit))
    }

    var accounts: JournalAccounts? {
        guard let debit, let credit else { return nil }
        return JournalAccounts(debit: debit.account, credit: credit.account)
    }
}

/// Where a ledger entry is.
private struct BookedEntry: Record {
    var account: LedgerAccount

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        BookedEntry(
            account: LedgerAccount(
                postingType: try column("posting_type", row?.account.postingType),
                mainAccount: try column("main_account", row?.account.mainAccount),
                projectNumber: try column("project_number", row?.account.projectNumber)))
    }
}

extension JournalStore {
    /// What is known of the rows that lines of a journal reverse: by their vouchers, of which each line has its own.
    ///
    /// - parameter first: the first line that is not posted yet, as far as the transaction has come.
    func originals(
        of actuals: [GUID], reversedIn number: String, before first: Int
    ) throws -> [(actualId: GUID, original: ReversedPostings.Original)] {
        func entry(_ name: String, _ position: Int) -> String {
            """
            LEFT JOIN LATERAL (
                SELECT \(BookedEntry.columnList(of: "entry", prefix: "\(name)_")) FROM ledger_entries entry
                WHERE entry.data_area_id = line.data_area_id AND entry.voucher = line.voucher
                    AND entry.entry_number = \(position)
                LIMIT 1
            ) \(name) ON true
            """
        }
        let lines = try connection.records(
            OriginalLine.self,
            """
            SELECT line.actual_id, line.journal_number, line.line_number, journal.status,
                line.error IS NOT NULL AS is_refused, debit.*, credit.*
            FROM integration_journal_lines line
            JOIN integration_journals journal USING (data_area_id, journal_number)
            \(entry("debit", 1))
            \(entry("credit", 2))
            WHERE line.data_area_id = $1 AND line.actual_id = ANY ($2)
            """, company, actuals)
        return lines.compactMap { line in
            if line.journalNumber == number {
                if line.isRefused { return (line.actualId, .refused) }
                return line.lineNumber < first ? (line.actualId, .posted(line.accounts)) : nil
            }
            return (
                line.actualId,
                line.status == .posted ? .posted(line.accounts) : .unposted(journal: line.journalNumber)
            )
        }
    }

    /// Waits until nobody is posting these journals.
    func waitForPosting(of numbers: [String]) throws {
        try connection.execute(
            """
            SELECT FROM integration_journals WHERE data_area_id = $1 AND journal_number = ANY ($2)
            ORDER BY journal_number FOR SHARE
            """, company, numbers.sorted())
    }
}
