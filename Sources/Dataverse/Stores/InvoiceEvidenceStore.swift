import Bus
import Contracts
import Database

/// What the rows of some confirmed invoices say about whether all of them are here (design §4, `domain.md` §9.25).
///
/// Works on temporary tables: whatever the size of an invoice, each of its rows is looked at a fixed number of times.
struct InvoiceEvidenceStore {
    let connection: Connection

    /// Has to be the first in a transaction of a session that only reads.
    ///
    /// - throws: `DatabaseError`.
    init(connection: Connection) throws {
        self.connection = connection
        try connection.executeScript(Self.temporaryTables)
    }

    /// What invoices lack, by their ids; those that lack nothing are not among them.
    ///
    /// - throws: `DatabaseError`.
    func gaps(of invoices: [GUID]) throws -> [GUID: InvoiceGaps] {
        guard !invoices.isEmpty else { return [:] }
        try connection.executeScript(Self.empty)
        try connection.execute(Self.readBilledSales, invoices)
        try connection.execute(Self.readLineDetails, invoices)
        try connection.executeScript("ANALYZE evidence_sales; ANALYZE evidence_details")
        var gaps: [GUID: InvoiceGaps] = [:]
        try connection.forEachRecord(UnbilledGap.self, Self.unbilledSalesWithoutBilled, invoices) { row in
            let gap = InvoiceGap("unbilled sale \(row.actualId), which is on it as posted, lacks its billed sale")
            gaps[row.invoiceId] = InvoiceGaps(gap, count: row.count)
        }
        guard try connection.execute(Self.keepOpenDetails) > 0 else { return gaps }
        try connection.execute(Self.keepOpenSales)
        try connection.executeScript("ANALYZE open_sales; ANALYZE open_details")
        try connection.execute(Self.attributeSales)
        try connection.executeScript("ANALYZE attributed_sales")
        try connection.forEachRecord(LineDetailEvidence.self, Self.evidence) { evidence in
            guard let gap = evidence.gap.map({ InvoiceGaps($0) }) else { return }
            if gaps[evidence.invoiceId]?.add(gap) == nil { gaps[evidence.invoiceId] = gap }
        }
        return gaps
    }

    private struct UnbilledGap: Record {
        var invoiceId: GUID
        var actualId: GUID
        var count: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            UnbilledGap(
                invoiceId: try column("invoice_id", row?.invoiceId), actualId: try column("actual_id", row?.actualId),
                count: try column("count", row?.count))
        }
    }
}

extension InvoiceEvidenceStore {
    // Also where the session only reads: nobody else sees these tables, and they go with the transaction.
    private static let temporaryTables = """
        SET TRANSACTION READ WRITE;
        -- The billed sales, with what each comes from first: an unbilled sale, or the billed sale that it takes back.
        CREATE TEMP TABLE IF NOT EXISTS evidence_sales (
            invoice_id uuid, actual_id uuid, transaction_class text, billing_type text, quantity numeric, amount numeric,
            basis_id uuid, is_reversal boolean
        ) ON COMMIT DROP;
        -- The line details, with what each bills or corrects.
        CREATE TEMP TABLE IF NOT EXISTS evidence_details (
            invoice_id uuid, invoice_line_detail_id uuid, is_correction boolean, transaction_class text,
            billing_type text, quantity numeric, amount numeric, basis_id uuid
        ) ON COMMIT DROP;
        -- Those that are not just like each other.
        CREATE TEMP TABLE IF NOT EXISTS open_sales (LIKE evidence_sales) ON COMMIT DROP;
        CREATE TEMP TABLE IF NOT EXISTS open_details (LIKE evidence_details) ON COMMIT DROP;
        CREATE INDEX IF NOT EXISTS open_details_basis ON open_details (basis_id);
        -- What an open billed sale leads to, over replacements: what an open line detail bills or corrects.
        CREATE TEMP TABLE IF NOT EXISTS attributed_sales (invoice_id uuid, actual_id uuid, basis_id uuid) ON COMMIT DROP
        """

    private static let empty =
        "TRUNCATE evidence_sales, evidence_details, open_sales, open_details, attributed_sales"

    // Connections are looked up one by one, in a table of any size: a join may read all of it.
    private static let readBilledSales = """
        INSERT INTO evidence_sales
        SELECT a.invoice_id, a.actual_id, a.transaction_class, a.billing_type, coalesce(a.quantity, 0), a.amount,
            t.transaction2_id, coalesce(t.transaction1_role = \(ConnectionRole.reversing.sql), false)
        FROM unnest($1::uuid[]) AS i (invoice_id) JOIN actuals a ON a.invoice_id = i.invoice_id
        LEFT JOIN LATERAL (
            SELECT t.transaction2_id, t.transaction1_role FROM transaction_connections t
            WHERE t.transaction1_id = a.actual_id AND \(ConnectionStore.standsOn)
            ORDER BY t.connection_id LIMIT 1
        ) t ON true
        WHERE a.transaction_type = \(TransactionType.billedSales.sql)
        """

    private static let readLineDetails = """
        INSERT INTO evidence_details
        SELECT d.invoice_id, d.invoice_line_detail_id, d.is_correction, d.transaction_class, d.billing_type,
            d.quantity, d.amount, t.transaction2_id
        FROM unnest($1::uuid[]) AS i (invoice_id) JOIN invoice_line_details d ON d.invoice_id = i.invoice_id
        LEFT JOIN LATERAL (
            SELECT t.transaction2_id FROM transaction_connections t
            WHERE t.transaction1_id = d.invoice_line_detail_id
                AND t.transaction1_type = \(ConnectedTable.invoiceLineDetail.sql)
                AND t.transaction2_type = \(ConnectedTable.actual.sql)
                AND t.transaction1_role IN (\([ConnectionRole.billedSales, .replacing].sql))
            ORDER BY t.connection_id LIMIT 1
        ) t ON true
        """

    /// Whether a billed sale `s` is just what a line detail `d` bills.
    private static let isLike = """
        s.invoice_id = d.invoice_id AND s.basis_id = d.basis_id AND s.amount = d.amount
        AND (d.quantity IS NULL OR s.quantity = d.quantity)
        AND s.billing_type IS NOT DISTINCT FROM d.billing_type AND NOT s.is_reversal AND NOT d.is_correction
        """

    private static let keepOpenDetails = """
        INSERT INTO open_details SELECT d.* FROM evidence_details d
        WHERE NOT EXISTS (SELECT FROM evidence_sales s WHERE \(isLike))
        """

    private static let keepOpenSales = """
        INSERT INTO open_sales SELECT s.* FROM evidence_sales s
        WHERE NOT EXISTS (SELECT FROM evidence_details d WHERE \(isLike))
        """

    /// Every unbilled sale that is on an invoice as posted has its billed sale there, whatever the line details say; but
    /// for what was open of a retainer, which may stay on the invoice that left it (§6.3).
    ///
    /// A difference of sets, as the planner takes the invoices for small ones.
    private static let unbilledSalesWithoutBilled = """
        SELECT invoice_id, min(actual_id::text)::uuid AS actual_id, count(*) AS count FROM (
            SELECT u.invoice_id, u.actual_id
            FROM unnest($1::uuid[]) AS i (invoice_id) JOIN actuals u ON u.invoice_id = i.invoice_id
            WHERE u.transaction_type = \(TransactionType.unbilledSales.sql)
                AND u.billing_status = \(BillingStatus.customerInvoicePosted.sql)
                AND u.transaction_class <> \(TransactionClass.retainer.sql)
                AND coalesce(u.adjustment_status, '') NOT IN (\([AdjustmentStatus.adjusted, .unadjustable].sql))
            EXCEPT SELECT invoice_id, basis_id FROM evidence_sales WHERE NOT is_reversal
        ) u GROUP BY invoice_id
        """

    /// Follows each open billed sale over what its unbilled sale replaces (`domain.md` §6.1 T8–T11, §9.16), to the first
    /// row that an open line detail is about. Replacements that go round in a circle end.
    private static let attributeSales = """
        INSERT INTO attributed_sales
        WITH RECURSIVE steps (invoice_id, actual_id, basis_id, depth, is_found) AS (
            SELECT s.invoice_id, s.actual_id, s.basis_id, 0, EXISTS (
                SELECT FROM open_details d WHERE d.invoice_id = s.invoice_id AND d.basis_id = s.basis_id)
            FROM open_sales s WHERE s.basis_id IS NOT NULL
            UNION ALL
            SELECT p.invoice_id, p.actual_id, t.transaction2_id, p.depth + 1, EXISTS (
                SELECT FROM open_details d WHERE d.invoice_id = p.invoice_id AND d.basis_id = t.transaction2_id)
            FROM steps p CROSS JOIN LATERAL (
                SELECT t.transaction2_id FROM \(ConnectionStore.connections(from: "p.basis_id")) t
                WHERE \(ConnectionStore.isBetweenActuals)
                    AND t.transaction1_role = \(ConnectionRole.replacing.sql)
                ORDER BY t.connection_id LIMIT 1
            ) t
            WHERE NOT p.is_found AND p.depth < 20
        )
        SELECT invoice_id, actual_id, basis_id FROM steps WHERE is_found
        """

    private static let evidence = """
        WITH families AS (
            SELECT d.invoice_line_detail_id, count(*) AS billed_sales, count(*) FILTER (WHERE s.is_reversal) AS reversals,
                coalesce(sum(s.quantity) FILTER (WHERE \(isOfDetail)), 0) AS billed_quantity,
                coalesce(sum(s.amount) FILTER (WHERE \(isOfDetail)), 0) AS billed_amount,
                sum(s.quantity) AS all_quantity, sum(s.amount) AS all_amount
            FROM open_details d
            JOIN attributed_sales f ON f.invoice_id = d.invoice_id AND f.basis_id = d.basis_id
            JOIN open_sales s ON s.actual_id = f.actual_id
            GROUP BY d.invoice_line_detail_id
        ), strangers AS (
            SELECT s.*, row_number() OVER (
                    PARTITION BY invoice_id, transaction_class, amount ORDER BY actual_id) AS place,
                row_number() OVER (PARTITION BY invoice_id, transaction_class, is_reversal ORDER BY actual_id)
                    AS place_of_kind
            FROM open_sales s WHERE NOT EXISTS (SELECT FROM attributed_sales f WHERE f.actual_id = s.actual_id)
        ), alone AS (
            SELECT d.*, row_number() OVER (
                    PARTITION BY invoice_id, transaction_class, amount ORDER BY invoice_line_detail_id) AS place
            FROM open_details d
            WHERE NOT EXISTS (SELECT FROM families f WHERE f.invoice_line_detail_id = d.invoice_line_detail_id)
        ), liked AS (
            SELECT d.invoice_line_detail_id FROM alone d JOIN strangers s USING (invoice_id, transaction_class, amount, place)
            UNION ALL
            -- A full credit says that nothing shall remain, and not of what.
            SELECT d.invoice_line_detail_id FROM alone d JOIN strangers s ON s.invoice_id = d.invoice_id
                AND s.transaction_class = d.transaction_class AND s.is_reversal AND s.place_of_kind = d.place
            WHERE d.is_correction AND coalesce(d.quantity, 0) = 0 AND d.amount = 0
        ), rests AS (SELECT DISTINCT invoice_id, transaction_class, quantity FROM strangers)
        SELECT d.invoice_id, d.invoice_line_detail_id, d.is_correction,
            coalesce(d.quantity, 0) AS detail_quantity, d.amount AS detail_amount,
            d.basis_id, b.quantity AS basis_quantity, r.transaction1_id AS missing_replacement,
            coalesce(f.billed_sales, 0) AS billed_sales, coalesce(f.reversals, 0) AS reversals,
            coalesce(f.billed_quantity, 0) AS billed_quantity, coalesce(f.billed_amount, 0) AS billed_amount,
            coalesce(f.all_quantity, 0) AS all_quantity, coalesce(f.all_amount, 0) AS all_amount,
            l.invoice_line_detail_id IS NOT NULL AS has_like, x.invoice_id IS NOT NULL AS has_rest
        FROM open_details d
        LEFT JOIN families f ON f.invoice_line_detail_id = d.invoice_line_detail_id
        LEFT JOIN liked l ON l.invoice_line_detail_id = d.invoice_line_detail_id
        LEFT JOIN LATERAL (
            SELECT a.quantity FROM actuals a WHERE a.actual_id = d.basis_id AND NOT d.is_correction AND d.quantity IS NOT NULL
            OFFSET 0
        ) b ON true
        LEFT JOIN LATERAL (
            SELECT t.transaction1_id FROM transaction_connections t
            WHERE t.transaction2_id = d.basis_id AND t.transaction1_role = \(ConnectionRole.replacing.sql)
                AND \(ConnectionStore.isBetweenActuals)
                AND NOT EXISTS (SELECT FROM actuals a WHERE a.actual_id = t.transaction1_id)
            ORDER BY t.connection_id LIMIT 1
        ) r ON true
        LEFT JOIN rests x ON x.invoice_id = d.invoice_id AND x.transaction_class = d.transaction_class
            AND x.quantity = b.quantity - CASE WHEN f.billed_sales > 0 THEN f.all_quantity ELSE d.quantity END
        ORDER BY d.invoice_id, d.invoice_line_detail_id
        """

    /// Whether a billed sale `s` is of a line detail's `d` own billing type, and takes nothing back.
    private static let isOfDetail =
        "NOT s.is_reversal AND (d.is_correction OR s.billing_type IS NOT DISTINCT FROM d.billing_type)"
}

extension LineDetailEvidence: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        LineDetailEvidence(
            invoiceId: try column("invoice_id", row?.invoiceId),
            lineDetailId: try column("invoice_line_detail_id", row?.lineDetailId),
            isCorrection: try column("is_correction", row?.isCorrection),
            detail: try column.record("detail_", row?.detail), basisId: try column("basis_id", row?.basisId),
            basisQuantity: try column("basis_quantity", row?.basisQuantity),
            missingReplacement: try column("missing_replacement", row?.missingReplacement),
            billedSales: try column("billed_sales", row?.billedSales),
            reversals: try column("reversals", row?.reversals), billed: try column.record("billed_", row?.billed),
            all: try column.record("all_", row?.all), hasLike: try column("has_like", row?.hasLike),
            hasRest: try column("has_rest", row?.hasRest))
    }
}

extension LineDetailEvidence.Sum: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        LineDetailEvidence.Sum(
            quantity: try column("quantity", row?.quantity), amount: try column("amount", row?.amount))
    }
}
