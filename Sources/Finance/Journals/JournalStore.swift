import Bus
import Contracts
public import Database

/// A company's integration journals and their lines (`domain.md` §4.4): `integration_journals`,
/// `integration_journal_lines`.
struct JournalStore {
    let company: Company
    let connection: Connection

    /// Of the row called `journal`: whether a command to post it is still to be carried out.
    private static let isAboutToBePosted = """
        EXISTS (
            SELECT FROM posting_requests request
            WHERE request.data_area_id = journal.data_area_id AND request.kind = \(PostingKind.journal.sql)
                AND request.number = journal.journal_number AND request.status IN (\(PostingRequestStatus.open)))
        """

    /// Whether a command to post the journal is still to be carried out.
    func isAboutToBePosted(_ number: String) throws -> Bool {
        try connection.value(
            Bool.self,
            """
            SELECT EXISTS (
                SELECT FROM integration_journals journal
                WHERE data_area_id = $1 AND journal_number = $2 AND \(Self.isAboutToBePosted))
            """, company, number)
    }

    /// Reads a journal and locks it; nil when there is none of this number.
    func lock(_ number: String) throws -> IntegrationJournal? {
        try connection.record(
            IntegrationJournal.self,
            """
            SELECT \(IntegrationJournal.columnList) FROM integration_journals
            WHERE data_area_id = $1 AND journal_number = $2 FOR UPDATE
            """, company, number)
    }

    /// The status of a journal; nil when there is none of this number.
    func status(of number: String) throws -> JournalStatus? {
        try connection.optionalValue(
            JournalStatus.self,
            "SELECT status FROM integration_journals WHERE data_area_id = $1 AND journal_number = $2", company, number)
    }

    private struct Draft: Record {
        var number: String
        var lineCount: Int
        var lastLine: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Draft(
                number: try column("journal_number", row?.number),
                lineCount: try column("line_count", row?.lineCount, as: Int32.self),
                lastLine: try column("last_line", row?.lastLine, as: Int32.self))
        }
    }

    /// The newest draft of a kind and period, if nobody is about to post it and nobody holds it. It is locked.
    func lockDraft(of kind: JournalKind, period: CalendarDate?) throws -> JournalShare.Draft? {
        try connection.record(
            Draft.self,
            """
            SELECT journal_number, line_count, coalesce((
                    SELECT max(line_number) FROM integration_journal_lines line
                    WHERE line.data_area_id = journal.data_area_id AND line.journal_number = journal.journal_number
                ), 0) AS last_line
            FROM integration_journals journal
            WHERE data_area_id = $1 AND status IN (\(JournalStatus.all(\.takesLines).sql))
                AND kind = $3
                AND period_start \(period == nil ? "IS NULL AND $2::date IS NULL" : "= $2")
                AND NOT \(Self.isAboutToBePosted)
            ORDER BY journal_number DESC LIMIT 1 FOR UPDATE OF journal SKIP LOCKED
            """, company, period, kind
        ).map { JournalShare.Draft(number: $0.number, lineCount: $0.lineCount, lastLine: $0.lastLine) }
    }

    /// What a journal is of.
    func kind(of number: String) throws -> JournalKind {
        try connection.value(
            JournalKind.self,
            "SELECT kind FROM integration_journals WHERE data_area_id = $1 AND journal_number = $2", company, number)
    }

    func insert(_ journals: [IntegrationJournal]) throws {
        var rows = CopyRows()
        try rows.append(contentsOf: journals)
        try connection.copy(rows, of: IntegrationJournal.self, into: "integration_journals")
    }

    /// Counts more lines of a journal, or fewer.
    func addLines(_ count: Int, to number: String) throws {
        try connection.execute(
            """
            UPDATE integration_journals SET line_count = line_count + $3
            WHERE data_area_id = $1 AND journal_number = $2
            """, company, number, Int32(count))
    }

    /// Loads lines, as they come.
    ///
    /// - parameter write: is given what takes the rows.
    func insertLines(_ write: (CopySink) throws -> Void) throws {
        _ = try connection.copyIn(
            "COPY integration_journal_lines (\(IntegrationJournalLine.columnList)) FROM STDIN (FORMAT binary)", write)
    }

    private struct LineKey: Record {
        var actualId: GUID
        var voucher: String

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            LineKey(
                actualId: try column("actual_id", row?.actualId), voucher: try column("voucher", row?.voucher))
        }
    }

    /// Deletes a journal and its lines.
    ///
    /// - returns: the actuals that its lines were made of, and their vouchers.
    func delete(_ number: String) throws -> (actuals: [GUID], vouchers: [String]) {
        let lines = try connection.records(
            LineKey.self,
            """
            DELETE FROM integration_journal_lines WHERE data_area_id = $1 AND journal_number = $2
            RETURNING \(LineKey.columnList)
            """, company, number)
        try connection.execute(
            "DELETE FROM integration_journals WHERE data_area_id = $1 AND journal_number = $2", company, number)
        return (lines.map(\.actualId), lines.map(\.voucher))
    }

    /// Posting made transactions of all of its lines.
    func setPosted(_ number: String, lines: Int) throws {
        try connection.execute(
            """
            UPDATE integration_journals
            SET status = \(JournalStatus.posted.sql), line_count = $3, posted_at = now(), posting_error = NULL,
                posting_error_code = NULL
            WHERE data_area_id = $1 AND journal_number = $2
            """, company, number, Int32(lines))
    }

    /// Posting refused the journal; nothing happens to one that is posted, or was refused before.
    func setRefused(_ number: String, _ refusal: PostingRefusal) throws {
        try connection.execute(
            """
            UPDATE integration_journals
            SET status = \(JournalStatus.error.sql), posting_error = $3, posting_error_code = $4
            WHERE data_area_id = $1 AND journal_number = $2
                AND status IN (\(JournalStatus.all(\.isPostable).sql))
            """, company, number, refusal.reason, refusal.code)
        try refuse(refusal.lines, of: number)
    }

    /// Says why posting refused lines.
    ///
    /// - parameter lines: the reasons by line number.
    func refuse(_ lines: [Int: Reason], of number: String) throws {
        guard !lines.isEmpty else { return }
        let lines = lines.sorted { $0.key < $1.key }
        try connection.execute(
            """
            UPDATE integration_journal_lines line SET error = refused.error, error_code = refused.code
            FROM unnest($3::bigint[], $4::text[], $5::text[]) AS refused (line_number, error, code)
            WHERE line.data_area_id = $1 AND line.journal_number = $2 AND line.line_number = refused.line_number
            """, company, number, lines.map(\.key), lines.map(\.value.sentence), lines.map(\.value.code.rawValue))
    }

    /// Moves the lines that posting refused to a journal of their own, which names the one that they were in
    /// (`domain.md` §6.11).
    func setApart(_ refused: IntegrationJournal, from number: String) throws {
        try insert([refused])
        try connection.execute(
            """
            UPDATE integration_journal_lines line SET journal_number = $3, line_number = refused.new_number
            FROM (
                SELECT line_number, row_number() OVER (ORDER BY line_number) AS new_number
                FROM integration_journal_lines
                WHERE data_area_id = $1 AND journal_number = $2 AND error IS NOT NULL
            ) refused
            WHERE line.data_area_id = $1 AND line.journal_number = $2 AND line.line_number = refused.line_number
            """, company, number, refused.number)
    }

    /// Makes a journal a draft again, and forgets why posting refused its lines; those whose actual Dataverse no longer
    /// has stay as they are.
    func reset(_ number: String) throws {
        try connection.execute(
            """
            UPDATE integration_journals
            SET status = \(JournalStatus.draft.sql), posting_error = NULL, posting_error_code = NULL
            WHERE data_area_id = $1 AND journal_number = $2
            """, company, number)
        try connection.execute(
            """
            UPDATE integration_journal_lines SET error = NULL, error_code = NULL
            WHERE data_area_id = $1 AND journal_number = $2 AND error IS NOT NULL AND error_code <> $3
            """, company, number, FailureCode.invalidActual)
    }
}

extension JournalStatus: DatabaseLabel {}
