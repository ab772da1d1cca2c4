import Bus
import Contracts
import Database

/// The billed sales of an invoice, as they are staged: what readiness and lines are decided by.
struct BilledSales {
    let invoice: InvoiceCheckStore.Invoice
    let connection: Connection

    /// Of the staged rows called `s`. Parameters: company, invoice.
    private static let condition = """
        s.data_area_id = $1 AND s.invoice_id = $2 AND s.transaction_type = \(TransactionType.billedSales.sql)
        """

    /// The sums of the lanes, which may exceed 32 bits.
    private static let laneSums = (1...ControlDigest.laneCount).map {
        "coalesce(sum(digest_lanes[\($0)]), 0)::bigint"
    }.joined(separator: ", ")

    /// Count, amount and digest of what has arrived. Reads every row.
    func totals() throws -> ControlTotals {
        guard
            let sums = try connection.record(
                SummedTotals.self,
                """
                SELECT count(*) AS count, coalesce(sum(amount), 0)::numeric(38, 4) AS amount,
                    ARRAY [\(Self.laneSums)] AS lanes
                FROM actuals_staging s WHERE \(Self.condition)
                """, invoice.company, invoice.invoiceId)
        else { return ControlTotals() }
        return sums.totals
    }

    /// How many billed sales there are of each kind.
    func kinds() throws -> [(kind: BilledSaleKind, count: Int)] {
        try connection.records(
            Counted<BilledSaleKind>.self,
            """
            SELECT \(BilledSaleKind.columnList(of: "s")), count(*) AS count FROM actuals_staging s
            WHERE \(Self.condition) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """, invoice.company, invoice.invoiceId
        ).map { ($0.facts, $0.count) }
    }

    /// Those that name an unbilled sale that is not posted, counted by how far that has come.
    func unposted() throws -> [UnpostedSales] {
        try connection.records(
            Counted<UnpostedFacts>.self,
            """
            SELECT \(BilledSaleTraits.selection), l.journal_number, b.reason, u.actual_id IS NOT NULL AS is_staged,
                count(*) AS count
            FROM actuals_staging s
            LEFT JOIN project_transactions p ON p.data_area_id = s.data_area_id AND p.actual_id = s.unbilled_actual_id
            LEFT JOIN actuals_staging u ON u.actual_id = s.unbilled_actual_id AND u.data_area_id = s.data_area_id
            LEFT JOIN integration_journal_lines l
                ON l.data_area_id = s.data_area_id AND l.actual_id = s.unbilled_actual_id
            LEFT JOIN blocked_actuals b ON b.data_area_id = s.data_area_id AND b.actual_id = s.unbilled_actual_id
            WHERE \(Self.condition) AND s.unbilled_actual_id IS NOT NULL AND p.actual_id IS NULL
            GROUP BY 1, 2, 3, 4, 5, 6, 7
            """, invoice.company, invoice.invoiceId
        ).map { UnpostedSales(traits: $0.facts.traits, count: $0.count, progress: $0.facts.progress) }
    }

    /// Those that correct another, counted by the proposal of its invoice.
    func corrections() throws -> [CorrectedSales] {
        try connection.records(
            Counted<CorrectedFacts>.self,
            """
            SELECT \(BilledSaleTraits.selection), p.proposal_number, p.status, count(*) AS count
            FROM actuals_staging s
            LEFT JOIN actuals_staging o ON o.actual_id = s.reversed_actual_id
            LEFT JOIN invoice_proposals p ON p.data_area_id = s.data_area_id AND p.invoice_id = o.invoice_id
            WHERE \(Self.condition) AND s.reversed_actual_id IS NOT NULL
            GROUP BY 1, 2, 3, 4, 5, 6
            """, invoice.company, invoice.invoiceId
        ).map { CorrectedSales(traits: $0.facts.traits, count: $0.count, proposal: $0.facts.proposal) }
    }

    /// Passes them in the order of their lines, however many there are.
    func readAll(_ body: (StagedActual) throws -> Void) throws {
        try connection.forEachRecord(
            StagedActual.self,
            """
            SELECT \(StagedActual.columnList(of: "s")) FROM actuals_staging s
            WHERE \(Self.condition) ORDER BY s.document_date, s.actual_id
            """, invoice.company, invoice.invoiceId, record: body)
    }
}
