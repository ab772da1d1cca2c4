import Bus
import Contracts
import Database

/// The line of a row that a reversal reverses, and what it booked.
private struct OriginalLine: Record {
    var actualId: GUID
    var journalNumber: String
    var lineNumber: Int
    var kind: JournalKind
    var status: JournalStatus
    var isRefused: Bool
    var booked: BookedEntries

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        OriginalLine(
            actualId: try column("actual_id", row?.actualId),
            journalNumber: try column("journal_number", row?.journalNumber),
            lineNumber: try column("line_number", row?.lineNumber, as: Int32.self),
            kind: try column("kind", row?.kind),
            status: try column("status", row?.status),
            isRefused: try column("is_refused", row?.isRefused),
            booked: try column.record("", row?.booked))
    }
}

/// The two entries of a journal line's voucher; none of a line that booked nothing.
private struct BookedEntries: Record {
    var debit: BookedEntry?
    var credit: BookedEntry?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        BookedEntries(
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

/// An original whose reversal was posted first, and what that booked.
private struct MirroredLine: Record {
    var actualId: GUID
    var booked: BookedEntries

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        MirroredLine(
            actualId: try column("actual_id", row?.actualId), booked: try column.record("", row?.booked))
    }
}

extension JournalStore {
    /// What is known of the rows that lines of a journal reverse: by their vouchers, of which each line has its own.
    ///
    /// - parameter first: the first line that is not posted yet, as far as the transaction has come.
    func originals(
        of actuals: [GUID], reversedIn number: String, before first: Int
    ) throws -> [(actualId: GUID, original: ReversedPostings.Original)] {
        let lines = try connection.records(
            OriginalLine.self,
            """
            SELECT line.actual_id, line.journal_number, line.line_number, journal.kind, journal.status,
                line.error IS NOT NULL AS is_refused, debit.*, credit.*
            FROM integration_journal_lines line
            JOIN integration_journals journal USING (data_area_id, journal_number)
            \(Self.entry("debit", 1))
            \(Self.entry("credit", 2))
            WHERE line.data_area_id = $1 AND line.actual_id = ANY ($2)
            """, company, actuals)
        return lines.compactMap { line in
            // Whatever has its voucher: it may be one that another system gave.
            guard line.kind.hasLedgerEntries else { return (line.actualId, .posted(nil)) }
            if line.isRefused { return (line.actualId, .refused) }
            if line.journalNumber == number {
                return line.lineNumber < first ? (line.actualId, .posted(line.booked.accounts)) : nil
            }
            return (
                line.actualId,
                line.status == .posted ? .posted(line.booked.accounts) : .unposted(journal: line.journalNumber)
            )
        }
    }

    /// The entry of a voucher of the row called `line`.
    private static func entry(_ name: String, _ position: Int) -> String {
        """
        LEFT JOIN LATERAL (
            SELECT \(BookedEntry.columnList(of: "entry", prefix: "\(name)_")) FROM ledger_entries entry
            WHERE entry.data_area_id = line.data_area_id AND entry.voucher = line.voucher
                AND entry.entry_number = \(position)
            LIMIT 1
        ) \(name) ON true
        """
    }

    /// Keeps journals from being posted until the transaction ends, and waits for those that are.
    func holdUnposted(_ numbers: [String]) throws {
        try connection.execute(
            """
            SELECT FROM integration_journals WHERE data_area_id = $1 AND journal_number = ANY ($2)
            ORDER BY journal_number FOR SHARE
            """, company, numbers)
    }

    /// The lines of a journal whose reversals were posted before them, and the accounts of those.
    func postedAfterReversal(_ number: String) throws -> [GUID: JournalAccounts?] {
        let lines = try connection.records(
            MirroredLine.self,
            """
            SELECT pair.original_actual_id AS actual_id, debit.*, credit.*
            FROM reversals_posted_first pair
            JOIN LATERAL (
                SELECT FROM integration_journal_lines original
                WHERE original.data_area_id = pair.data_area_id AND original.actual_id = pair.original_actual_id
                    AND original.journal_number = $2
                LIMIT 1
            ) original ON true
            JOIN LATERAL (
                SELECT data_area_id, voucher FROM integration_journal_lines reversal
                WHERE reversal.data_area_id = pair.data_area_id AND reversal.actual_id = pair.reversing_actual_id
                LIMIT 1
            ) line ON true
            \(Self.entry("debit", 1))
            \(Self.entry("credit", 2))
            WHERE pair.data_area_id = $1
            """, company, number)
        return Dictionary(lines.map { ($0.actualId, $0.booked.accounts) }) { first, _ in first }
    }

    /// Those of some actuals whose reversals were posted before them.
    func reversedBefore(_ actuals: [GUID]) throws -> Set<GUID> {
        Set(
            try connection.values(
                GUID.self,
                """
                SELECT original_actual_id FROM reversals_posted_first
                WHERE data_area_id = $1 AND original_actual_id = ANY ($2)
                """, company, actuals))
    }

    /// Remembers reversals that are posted before their originals, by the originals.
    func rememberPostedFirst(_ reversals: [GUID: GUID]) throws {
        guard !reversals.isEmpty else { return }
        let pairs = reversals.sorted { $0.key < $1.key }
        try connection.execute(
            """
            INSERT INTO reversals_posted_first (data_area_id, original_actual_id, reversing_actual_id)
            SELECT $1, original, reversing FROM unnest($2::uuid[], $3::uuid[]) AS pair (original, reversing)
            ON CONFLICT DO NOTHING
            """, company, pairs.map(\.key), pairs.map(\.value))
    }

    /// Forgets reversals whose originals are posted as well.
    func forgetPostedFirst(_ originals: [GUID]) throws {
        guard !originals.isEmpty else { return }
        try connection.execute(
            "DELETE FROM reversals_posted_first WHERE data_area_id = $1 AND original_actual_id = ANY ($2)", company,
            originals)
    }
}
