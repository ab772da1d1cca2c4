import Bus
import Contracts
import Database

/// The reconciliation journals: `accrued_revenue_journals`, `accrued_revenue_journal_lines`.
struct AccruedRevenueJournalStore {
    let connection: Connection

    /// Lets one after the other propose and post for a company; postings of invoices and journals go on.
    func hold(_ company: Company) throws {
        try connection.execute("SELECT FROM companies WHERE data_area_id = $1 FOR NO KEY UPDATE", company)
    }

    func insert(_ journal: AccruedRevenueJournal, lines: [AccruedRevenueJournalLine]) throws {
        try connection.insert(journal, into: "accrued_revenue_journals")
        var rows = CopyRows()
        try rows.append(contentsOf: lines)
        try connection.copy(rows, of: AccruedRevenueJournalLine.self, into: "accrued_revenue_journal_lines")
    }

    /// Journals in the order of company and number; the lines of none.
    func list(company: Company?, status: AccruedRevenueJournalStatus? = nil) throws -> [AccruedRevenueJournal] {
        try connection.records(
            AccruedRevenueJournal.self,
            """
            SELECT \(AccruedRevenueJournal.columnList) FROM accrued_revenue_journals
            WHERE ($1::text IS NULL OR data_area_id = $1) AND ($2::text IS NULL OR status = $2)
            ORDER BY data_area_id, journal_number
            """, company, status)
    }

    /// Reads a journal and locks it; nil when there is none of this number.
    func lock(_ number: String, of company: Company) throws -> AccruedRevenueJournal? {
        try connection.record(
            AccruedRevenueJournal.self,
            """
            SELECT \(AccruedRevenueJournal.columnList) FROM accrued_revenue_journals
            WHERE data_area_id = $1 AND journal_number = $2 FOR UPDATE
            """, company, number)
    }

    func lines(of number: String, company: Company) throws -> [AccruedRevenueJournalLine] {
        try connection.records(
            AccruedRevenueJournalLine.self,
            """
            SELECT \(AccruedRevenueJournalLine.columnList) FROM accrued_revenue_journal_lines
            WHERE data_area_id = $1 AND journal_number = $2 ORDER BY line_number
            """, company, number)
    }

    /// The lines of the journals that are not posted, of which nothing is proposed a second time.
    func proposedLines(of company: Company) throws -> [AccruedRevenueJournalLine] {
        try connection.records(
            AccruedRevenueJournalLine.self,
            """
            SELECT \(AccruedRevenueJournalLine.columnList(of: "line")) FROM accrued_revenue_journals journal
            JOIN accrued_revenue_journal_lines line USING (data_area_id, journal_number)
            WHERE journal.data_area_id = $1 AND journal.status = \(AccruedRevenueJournalStatus.proposed.sql)
            """, company)
    }

    /// Changes what may be changed of a journal that is not posted.
    func change(_ journal: AccruedRevenueJournal) throws {
        try connection.execute(
            """
            UPDATE accrued_revenue_journals SET description = $3, voucher_date = $4, offset_account = $5
            WHERE data_area_id = $1 AND journal_number = $2
            """, journal.company, journal.number, journal.description, journal.voucherDate, journal.offsetAccount)
    }

    func setPosted(_ journal: AccruedRevenueJournal, voucher: String, by user: String) throws {
        try connection.execute(
            """
            UPDATE accrued_revenue_journals
            SET status = \(AccruedRevenueJournalStatus.posted.sql), voucher = $3, posted_by = $4, posted_at = now()
            WHERE data_area_id = $1 AND journal_number = $2
            """, journal.company, journal.number, voucher, user)
    }

    /// Deletes a journal with its lines.
    func delete(_ journal: AccruedRevenueJournal) throws {
        try connection.execute(
            "DELETE FROM accrued_revenue_journals WHERE data_area_id = $1 AND journal_number = $2", journal.company,
            journal.number)
    }
}
