import Bus
import Contracts
public import Database

/// A company's integration journals and their lines (`domain.md` §4.4): `integration_journals`,
/// `integration_journal_lines`.
struct JournalStore {
    let company: Company
    let connection: Connection

    /// What is to be known of a journal before something is done to it.
    struct Header: Record {
        var status: JournalStatus
        var lineCount: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Header(
                status: try column("status", row?.status),
                lineCount: try column("line_count", row?.lineCount, as: Int32.self))
        }
    }

    /// Reads a journal and locks it; nil when there is none of this number.
    func lock(_ number: String) throws -> Header? {
        try connection.record(
            Header.self,
            """
            SELECT \(Header.columnList) FROM integration_journals
            WHERE data_area_id = $1 AND journal_number = $2 FOR UPDATE
            """, company, number)
    }

    /// Posting made transactions of all lines.
    func setPosted(_ number: String) throws {
        try connection.execute(
            """
            UPDATE integration_journals
            SET status = \(JournalStatus.posted.sql), posted_at = now(), posting_error = NULL, posting_error_code = NULL
            WHERE data_area_id = $1 AND journal_number = $2
            """, company, number)
    }

    /// Posting refused the journal; nothing happens to one that is posted.
    func setRefused(_ number: String, _ refusal: PostingRefusal) throws {
        try connection.execute(
            """
            UPDATE integration_journals
            SET status = \(JournalStatus.error.sql), posting_error = $3, posting_error_code = $4
            WHERE data_area_id = $1 AND journal_number = $2
                AND status IN (\(JournalStatus.all { $0.successors.contains(.error) }.sql))
            """, company, number, refusal.reason, refusal.code)
        guard !refusal.lines.isEmpty else { return }
        let lines = refusal.lines.sorted { $0.key < $1.key }
        try connection.execute(
            """
            UPDATE integration_journal_lines line SET error = refused.error, error_code = refused.code
            FROM unnest($3::bigint[], $4::text[], $5::text[]) AS refused (line_number, error, code)
            WHERE line.data_area_id = $1 AND line.journal_number = $2 AND line.line_number = refused.line_number
            """, company, number, lines.map(\.key), lines.map(\.value.reason), lines.map(\.value.code.rawValue))
    }

    /// Forgets why posting refused lines.
    func forgetRefusals(_ number: String) throws {
        try connection.execute(
            """
            UPDATE integration_journal_lines SET error = NULL, error_code = NULL
            WHERE data_area_id = $1 AND journal_number = $2 AND error IS NOT NULL
            """, company, number)
    }
}

extension JournalStatus: DatabaseLabel {}
