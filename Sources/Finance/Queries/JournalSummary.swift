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
    public let status: JournalHeaderStatus
    /// Why posting refused it.
    public let error: String?
    public let errorCode: FailureCode?

    /// A journal, and the sum of its lines of one currency.
    private struct Row: Record {
        var journal: IntegrationJournal
        var isBeingPosted: Bool
        var currency: CurrencyCode?
        var amount: Money?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Row(
                journal: try column.record("", row?.journal),
                isBeingPosted: try column("is_being_posted", row?.isBeingPosted),
                currency: try column("currency", row?.currency),
                amount: try column("amount", row?.amount))
        }
    }

    /// Journals in the order of company and number, one by one.
    ///
    /// - parameter scope: by the first day of a journal's period; one in which all go is always among them.
    /// - parameter status: the only status; nil for all.
    /// - throws: `DatabaseError`; what `body` throws.
    public static func read(
        _ scope: ReportScope, status: JournalStatus? = nil, on connection: Connection,
        _ body: (JournalSummary) throws -> Void
    ) throws {
        var current: JournalSummary?
        try connection.forEachRecord(
            Row.self,
            """
            SELECT \(IntegrationJournal.columnList(of: "journal")), \(PostingRequestStore.isBeingPosted) AS is_being_posted, l.currency, l.amount
            FROM integration_journals journal LEFT JOIN LATERAL (
                SELECT currency, sum(amount)::numeric(38, 4) AS amount FROM integration_journal_lines l
                WHERE l.data_area_id = journal.data_area_id AND l.journal_number = journal.journal_number GROUP BY currency
            ) l ON true
            WHERE ($4::text IS NULL OR status = $4)
                AND \(ReportScope.within("journal", date: "coalesce(period_start, $3, $2)"))
            ORDER BY journal.data_area_id, journal.journal_number, l.currency
            """, scope.company, scope.to, scope.from, status
        ) { row in
            let journal = row.journal
            if (current?.company, current?.number) != (journal.company, journal.number) {
                if let current { try body(current) }
                current = JournalSummary(journal, isBeingPosted: row.isBeingPosted)
            }
            if let currency = row.currency { current?.amounts[currency] = row.amount }
        }
        if let current { try body(current) }
    }

    /// The same, held in memory.
    ///
    /// - throws: `DatabaseError`.
    public static func list(
        _ connection: Connection, company: Company? = nil, status: JournalStatus? = nil
    ) throws -> [JournalSummary] {
        var journals: [JournalSummary] = []
        try read(ReportScope(company: company), status: status, on: connection) { journals.append($0) }
        return journals
    }

    private init(_ journal: IntegrationJournal, isBeingPosted: Bool) {
        company = journal.company
        number = journal.number
        kind = journal.kind
        journalDescription = journal.description
        originalJournalNumber = journal.originalNumber
        periodStart = journal.periodStart
        lineCount = journal.lineCount
        amounts = [:]
        status = JournalHeaderStatus(journal.status, isBeingPosted: isBeingPosted)
        error = journal.postingError
        errorCode = journal.postingErrorCode
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
