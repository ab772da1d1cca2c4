import Bus
import Contracts
import Database

// Single lines of a journal that is not posted.
extension JournalStore {
    /// So many lines of a journal, in their order, after the one that was read last.
    ///
    /// - parameter areReversals: those that take others back, or those that do not.
    func lines(
        of number: String, areReversals: Bool, after last: Int, limit: Int
    ) throws -> [IntegrationJournalLine] {
        try connection.records(
            IntegrationJournalLine.self,
            """
            SELECT \(IntegrationJournalLine.columnList) FROM integration_journal_lines
            WHERE data_area_id = $1 AND journal_number = $2 AND line_number > $3
                AND reversed_actual_id IS \(areReversals ? "NOT " : "")NULL
            ORDER BY line_number LIMIT $4
            """, company, number, Int32(last), limit)
    }

    /// The lines of some actuals in a journal, in their order.
    func lines(of number: String, actuals: [GUID]) throws -> [IntegrationJournalLine] {
        try connection.records(
            IntegrationJournalLine.self,
            """
            SELECT \(IntegrationJournalLine.columnList) FROM integration_journal_lines
            WHERE data_area_id = $1 AND journal_number = $2 AND actual_id = ANY ($3) ORDER BY line_number
            """, company, number, actuals)
    }

    /// The actuals whose lines in a journal are not what they should be: that changed since the lines were made, or that
    /// take one back which has another rate by now.
    func staleActuals(of number: String) throws -> [GUID] {
        try connection.values(
            GUID.self,
            """
            SELECT l.actual_id FROM actuals_to_import q
            JOIN integration_journal_lines l ON l.data_area_id = q.data_area_id AND l.actual_id = q.actual_id
            WHERE q.data_area_id = $1 AND l.journal_number = $2
            UNION
            SELECT l.actual_id FROM integration_journal_lines l
            JOIN integration_journal_lines o
                ON o.data_area_id = l.data_area_id AND o.actual_id = l.reversed_actual_id
            WHERE l.data_area_id = $1 AND l.journal_number = $2 AND l.reversed_actual_id IS NOT NULL
                AND (o.exchange_rate <> l.exchange_rate
                    OR o.reporting_exchange_rate IS DISTINCT FROM l.reporting_exchange_rate)
            """, company, number)
    }

    func isEmpty(_ number: String) throws -> Bool {
        try connection.value(
            Bool.self,
            """
            SELECT NOT EXISTS (
                SELECT FROM integration_journal_lines WHERE data_area_id = $1 AND journal_number = $2)
            """, company, number)
    }

    /// The line that an actual has.
    struct Place: Record {
        var actualId: GUID
        var journalNumber: String
        var status: JournalStatus

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Place(
                actualId: try column("actual_id", row?.actualId),
                journalNumber: try column("journal_number", row?.journalNumber),
                status: try column("status", row?.status))
        }
    }

    /// Where the lines are that some actuals have.
    func places(of actuals: [GUID]) throws -> [Place] {
        try connection.records(
            Place.self,
            """
            SELECT l.actual_id, l.journal_number, j.status FROM integration_journal_lines l
            JOIN integration_journals j USING (data_area_id, journal_number)
            WHERE l.data_area_id = $1 AND l.actual_id = ANY ($2)
            """, company, actuals)
    }

    /// Locks a journal whose lines may still change, unless somebody holds it, who may be posting it.
    ///
    /// - returns: whether it is locked.
    func lockUnposted(_ number: String) throws -> Bool {
        try connection.optionalValue(
            String.self,
            """
            SELECT journal_number FROM integration_journals
            WHERE data_area_id = $1 AND journal_number = $2
                AND status IN (\(JournalStatus.all(\.isRenewable).sql))
            FOR UPDATE SKIP LOCKED
            """, company, number) != nil
    }

    /// The journals that are not posted, and were made by an older set-up.
    func unposted(before setupVersion: Int) throws -> [String] {
        try connection.values(
            String.self,
            """
            SELECT journal_number FROM integration_journals
            WHERE data_area_id = $1 AND status <> \(JournalStatus.posted.sql) AND setup_version < $2
            ORDER BY journal_number
            """, company, setupVersion)
    }

    /// The companies that have such journals.
    static func companies(withUnpostedBefore setupVersion: Int, on connection: Connection) throws -> [Company] {
        try connection.values(
            Company.self,
            """
            SELECT data_area_id FROM companies WHERE EXISTS (
                SELECT FROM integration_journals j
                WHERE j.data_area_id = companies.data_area_id AND j.status <> \(JournalStatus.posted.sql)
                    AND j.setup_version < $1)
            """, setupVersion)
    }

    /// All lines of the journal are made by this set-up.
    func setSetupVersion(_ version: Int, of number: String) throws {
        try connection.execute(
            "UPDATE integration_journals SET setup_version = $3 WHERE data_area_id = $1 AND journal_number = $2",
            company, number, version)
    }

    /// Puts lines in the place of those with the same numbers.
    func replace(_ lines: [IntegrationJournalLine], of number: String) throws {
        guard !lines.isEmpty else { return }
        try delete(lines.map(\.lineNumber), of: number)
        try insertLines { sink in
            var rows = CopyRows()
            try rows.append(contentsOf: lines)
            try sink.write(rows)
        }
    }

    /// Takes lines out of the journal.
    func remove(_ lineNumbers: [Int], of number: String) throws {
        guard !lineNumbers.isEmpty else { return }
        try delete(lineNumbers, of: number)
        try addLines(-lineNumbers.count, to: number)
    }

    private func delete(_ lineNumbers: [Int], of number: String) throws {
        try connection.execute(
            """
            DELETE FROM integration_journal_lines line USING unnest($3::bigint[]) AS gone (line_number)
            WHERE line.data_area_id = $1 AND line.journal_number = $2 AND line.line_number = gone.line_number
            """, company, number, lineNumbers)
    }
}
