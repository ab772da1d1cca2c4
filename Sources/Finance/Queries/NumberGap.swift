import Bus
public import Contracts
public import Database

/// Numbers of a sequence that no document has.
public struct NumberGap: Hashable, Sendable, Encodable {
    public let company: Company
    public let sequence: String
    /// As they are printed: `PSV-000042`.
    public let first: String
    public let last: String
    public let count: Int
    /// Why; nil when nothing says why, which must not be.
    public let reason: String?
    /// When it was recorded, in UTC.
    public let recordedAt: String?

    public var isExplained: Bool { reason != nil }

    /// The recorded gaps, and the numbers that are in no document and no recorded gap, in the order of company, sequence
    /// and number. What a posting or an import that is under way has taken is among them, until it is done.
    ///
    /// - parameters:
    ///   - scope: by the day on which a gap was recorded; what nothing explains is always among them.
    ///   - zone: whose days they are.
    /// - throws: `DatabaseError`.
    public static func list(
        _ scope: ReportScope, zone: DayZone, on connection: Connection
    ) throws -> [NumberGap] {
        try connection.transaction(.repeatableRead) {
            let store = NumberSequenceStore(connection: connection)
            let rows = try store.recordedGaps(scope, zone: zone) + store.unexplainedGaps(of: scope.company)
            return rows.sorted { $0.order < $1.order }.map(NumberGap.init)
        }
    }

    fileprivate init(_ row: NumberGapRow) {
        let format = NumberFormat(prefix: row.prefix, digits: row.digits)
        company = row.company
        sequence = row.sequence.rawValue
        first = format.text(row.first)
        last = format.text(row.last)
        count = row.last - row.first + 1
        reason = row.reason
        recordedAt = row.recordedAt?.text()
    }
}

/// A gap as it is stored or found.
struct NumberGapRow: Record {
    var company: Company
    var sequence: NumberSequence
    var prefix: String
    var digits: Int
    var first: Int
    var last: Int
    var reason: String?
    var recordedAt: Instant?

    var order: (String, String, Int) { (company.rawValue, sequence.rawValue, first) }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        NumberGapRow(
            company: try column("data_area_id", row?.company),
            sequence: try column("sequence", row?.sequence),
            prefix: try column("prefix", row?.prefix),
            digits: try column("digits", row?.digits, as: Int32.self),
            first: try column("first", row?.first),
            last: try column("last", row?.last),
            reason: try column("reason", row?.reason),
            recordedAt: try column("recorded_at", row?.recordedAt))
    }
}

extension NumberSequenceStore {
    func recordedGaps(_ scope: ReportScope, zone: DayZone) throws -> [NumberGapRow] {
        try connection.records(
            NumberGapRow.self,
            """
            SELECT gap.*, prefix, digits FROM number_sequence_gaps gap JOIN number_sequences USING (data_area_id, sequence)
            WHERE \(ReportScope.within("gap", instant: "recorded_at"))
            """, scope.company, scope.to, scope.from, zone.name)
    }

    /// The numbers between the first that is in use and the next one that no document has and no gap explains.
    ///
    /// Numbers of another prefix, and vouchers that another system gave, are no numbers of the sequence.
    func unexplainedGaps(of company: Company?) throws -> [NumberGapRow] {
        try connection.records(
            NumberGapRow.self,
            """
            WITH document AS (
                SELECT data_area_id, \(NumberSequence.integrationJournal.sql) AS sequence, journal_number AS number
                FROM integration_journals
                UNION ALL SELECT data_area_id, \(NumberSequence.voucher.sql), voucher FROM integration_journal_lines
                UNION ALL SELECT data_area_id, \(NumberSequence.voucher.sql), voucher FROM project_invoices
                UNION ALL SELECT data_area_id, \(NumberSequence.customerInvoice.sql), customer_invoice_number
                    FROM project_invoices
                UNION ALL SELECT data_area_id, \(NumberSequence.accruedRevenueJournal.sql), journal_number
                    FROM accrued_revenue_journals
                UNION ALL SELECT data_area_id, \(NumberSequence.accruedRevenueVoucher.sql), voucher
                    FROM accrued_revenue_journals WHERE voucher IS NOT NULL
            ), used AS (
                SELECT data_area_id, sequence, substr(number, length(prefix) + 1)::bigint AS number
                FROM document JOIN number_sequences USING (data_area_id, sequence)
                WHERE ($1::text IS NULL OR data_area_id = $1) AND starts_with(number, prefix)
                    AND substr(number, length(prefix) + 1) ~ '^[0-9]{1,18}$'
            ), known AS (
                SELECT data_area_id, sequence, number AS first, number AS last FROM used
                UNION ALL SELECT data_area_id, sequence, first, last FROM number_sequence_gaps gap
                UNION ALL SELECT data_area_id, sequence, next, next FROM number_sequences
            ), following AS (
                SELECT data_area_id, sequence, first,
                    max(last) OVER (PARTITION BY data_area_id, sequence ORDER BY first, last
                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
                FROM known
            )
            SELECT data_area_id, sequence, prefix, digits, greatest(before + 1, lowest.number) AS first,
                following.first - 1 AS last, NULL::text AS reason, NULL::timestamptz AS recorded_at
            FROM following JOIN number_sequences USING (data_area_id, sequence)
            JOIN (SELECT data_area_id, sequence, min(number) AS number FROM used GROUP BY data_area_id, sequence) lowest
                USING (data_area_id, sequence)
            WHERE following.first > before + 1 AND following.first > lowest.number AND following.first <= next
            """, company)
    }
}
