public import Bus
public import Contracts
public import Database

/// An integration journal, as a list shows it.
public struct JournalSummary: Hashable, Sendable, Encodable {
    public let company: Company
    public let number: String
    public let journalDescription: String
    /// What it is of; only an integration journal makes ledger entries.
    public let kind: JournalKind
    /// The journal that its lines were in before they could not be posted with it (`domain.md` §6.11).
    public let originalJournalNumber: String?
    /// The first day of its period; nil when all go into one.
    public let periodStart: CalendarDate?
    public let lineCount: Int
    /// Cost and sales amounts together, by currency.
    public internal(set) var amounts: [CurrencyCode: Money]
    public let status: JournalStatus
    /// Why posting refused it.
    public let error: String?
    public let errorCode: FailureCode?

    /// A journal, and the sum of its lines of one currency.
    private struct Row: Record {
        var journal: IntegrationJournal
        var currency: CurrencyCode?
        var amount: Money?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Row(
                journal: try column.record("", row?.journal), currency: try column("currency", row?.currency),
                amount: try column("amount", row?.amount))
        }
    }

    /// Journals in the order of company and number.
    ///
    /// - parameter company: the only company; nil for all.
    /// - parameter status: the only status; nil for all.
    /// - throws: `DatabaseError`.
    public static func list(
        _ connection: Connection, company: Company? = nil, status: JournalStatus? = nil, limit: Int = 1_000
    ) throws -> [JournalSummary] {
        var summaries: [JournalSummary] = []
        for row in try connection.records(
            Row.self,
            """
            WITH journals AS (
                SELECT * FROM integration_journals
                WHERE ($1::text IS NULL OR data_area_id = $1) AND ($2::text IS NULL OR status = $2)
                ORDER BY data_area_id, journal_number LIMIT $3
            )
            SELECT \(IntegrationJournal.columnList(of: "j")), l.currency, l.amount
            FROM journals j LEFT JOIN LATERAL (
                SELECT currency, sum(amount)::numeric(38, 4) AS amount FROM integration_journal_lines l
                WHERE l.data_area_id = j.data_area_id AND l.journal_number = j.journal_number GROUP BY currency
            ) l ON true
            ORDER BY j.data_area_id, j.journal_number, l.currency
            """, company, status, limit)
        {
            let journal = row.journal
            if (summaries.last?.company, summaries.last?.number) != (journal.company, journal.number) {
                summaries.append(
                    JournalSummary(
                        company: journal.company, number: journal.number, journalDescription: journal.description,
                        kind: journal.kind,
                        originalJournalNumber: journal.originalNumber,
                        periodStart: journal.periodStart, lineCount: journal.lineCount, amounts: [:],
                        status: journal.status, error: journal.postingError,
                        errorCode: journal.postingErrorCode))
            }
            if let currency = row.currency { summaries[summaries.count - 1].amounts[currency] = row.amount }
        }
        return summaries
    }

    /// The companies that have a journal of a number.
    ///
    /// - parameter company: the only company; nil for all.
    /// - throws: `DatabaseError`.
    public static func companies(
        withJournal number: String, company: Company? = nil, _ connection: Connection
    ) throws -> [Company] {
        try connection.values(
            Company.self,
            """
            SELECT data_area_id FROM integration_journals
            WHERE journal_number = $1 AND ($2::text IS NULL OR data_area_id = $2) ORDER BY data_area_id
            """, number, company)
    }
}
