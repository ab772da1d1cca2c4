import Bus
import Contracts
import Database

/// The cut-over, and what it decided: `cutover`, `cutover_invoices`, `opening_vouchers`, `settled_actuals`.
struct CutoverStore {
    let connection: Connection

    /// The first day that is ours to post; nil in a database without a cut-over.
    ///
    /// - throws: `DatabaseError`.
    func date() throws -> CalendarDate? {
        try connection.optionalValue(CalendarDate.self, "SELECT cutover_date FROM cutover")
    }

    /// Whether there are invoices or actuals.
    ///
    /// - throws: `DatabaseError`.
    func hasInvoicing() throws -> Bool {
        try connection.value(
            Bool.self, "SELECT EXISTS (SELECT FROM invoices) OR EXISTS (SELECT FROM actuals)")
    }

    /// - throws: `DatabaseError`.
    func record(_ date: CalendarDate) throws {
        try connection.execute("INSERT INTO cutover (cutover_date) VALUES ($1) ON CONFLICT DO NOTHING", date)
    }

    /// Keeps the vouchers of actuals that a load brings for the first time, and of settled ones that had none.
    ///
    /// - returns: a statement that returns the actuals' ids. It comes before they are inserted.
    static func keepVouchers(of spool: String) -> String {
        """
        INSERT INTO opening_vouchers (actual_id, voucher)
        SELECT s.actual_id, s.\(CapturedTable.openingVoucher) FROM \(spool) s
        WHERE btrim(s.\(CapturedTable.openingVoucher)) <> '' AND (
            NOT EXISTS (SELECT FROM actuals t WHERE t.actual_id = s.actual_id)
            OR EXISTS (SELECT FROM settled_actuals t WHERE t.actual_id = s.actual_id))
        ON CONFLICT DO NOTHING RETURNING actual_id
        """
    }

    /// Passes the invoices about which nothing is decided yet in chunks, with what decides.
    ///
    /// - parameter changed: a query of the ids of those that a load brought, or whose rows it did.
    /// - throws: `DatabaseError`, whatever the closures throw.
    func forEachUndecided(
        among changed: String, chunk: Int, _ invoice: (UndecidedInvoice) -> Void, afterChunk: () throws -> Void
    ) throws {
        try connection.forEachRecord(
            UndecidedInvoice.self, chunk: chunk,
            """
            SELECT i.invoice_id, i.status, coalesce(i.accounting_date, b.date) AS date,
                coalesce(b.has_voucher, false) AS has_voucher
            FROM (SELECT DISTINCT id FROM (\(changed)) changed (id)) c
            JOIN invoices i ON i.invoice_id = c.id
            LEFT JOIN cutover_invoices d ON d.invoice_id = i.invoice_id
            LEFT JOIN LATERAL (
                SELECT max(coalesce(a.accounting_date, a.document_date)) AS date, bool_or(v.voucher IS NOT NULL) AS has_voucher
                FROM actuals a LEFT JOIN opening_vouchers v ON v.actual_id = a.actual_id
                WHERE a.invoice_id = i.invoice_id AND a.transaction_type = \(TransactionType.billedSales.sql)
            ) b ON true
            WHERE (d.settlement IS NULL OR d.settlement = \(Settlement.undecided.sql)) AND NOT i.is_ours
                AND i.confirmed_here_on IS NULL
            """, record: invoice, afterChunk: afterChunk)
    }

    /// Notes what was decided of invoices.
    ///
    /// - returns: a statement that returns their ids.
    static let decide = """
        INSERT INTO cutover_invoices (invoice_id, settlement)
        SELECT * FROM unnest($1::uuid[], $2::text[])
        ON CONFLICT (invoice_id) DO UPDATE SET settlement = excluded.settlement RETURNING invoice_id
        """

    /// What the cut-over says of some actuals.
    ///
    /// - throws: `DatabaseError`.
    func facts(of actuals: [Actual]) throws -> [GUID: CutoverFacts] {
        var facts: [GUID: CutoverFacts] = [:]
        try connection.forEachRecord(
            FactsRow.self,
            """
            SELECT g.actual_id, v.voucher, coalesce(v.is_stood_on, false) AS is_stood_on,
                g.invoice_id IS NOT NULL AS is_on_invoice, i.invoice_id IS NOT NULL AS has_invoice, d.settlement
            FROM unnest($1::uuid[], $2::uuid[]) AS g (actual_id, invoice_id)
            LEFT JOIN opening_vouchers v ON v.actual_id = g.actual_id
            LEFT JOIN invoices i ON i.invoice_id = g.invoice_id
            LEFT JOIN cutover_invoices d ON d.invoice_id = g.invoice_id
            """, actuals.map(\.actualId), actuals.map(\.invoiceId)
        ) { facts[$0.actualId] = $0.facts }
        return facts
    }

    /// Of some actuals those that are settled, or will be when they are looked at, and whether each has a voucher.
    ///
    /// - throws: `DatabaseError`.
    func settled(among actualIds: [GUID]) throws -> [GUID: Bool] {
        guard !actualIds.isEmpty else { return [:] }
        let rows = try connection.records(
            SettledRow.self,
            """
            SELECT a.actual_id, v.voucher IS NOT NULL AS has_voucher FROM actuals a
            LEFT JOIN opening_vouchers v ON v.actual_id = a.actual_id
            LEFT JOIN cutover_invoices d ON d.invoice_id = a.invoice_id
            WHERE a.actual_id = ANY ($1) AND (
                EXISTS (\(Self.settlement(of: "a.actual_id")))
                OR v.voucher IS NULL AND d.settlement IN (\(Settlement.all(\.isSettled).sql))
                    AND a.transaction_type IN (\([TransactionType.billedSales, .unbilledSales].sql)))
            """, actualIds)
        return Dictionary(rows.map { ($0.actualId, $0.hasVoucher) }) { first, _ in first }
    }

    /// Notes that something of ours stands on actuals, so that none of them is settled from now on.
    ///
    /// - throws: `DatabaseError`.
    func noteStoodOn(_ actualIds: [GUID]) throws {
        guard !actualIds.isEmpty else { return }
        try connection.execute(
            "UPDATE opening_vouchers SET is_stood_on = true WHERE actual_id = ANY ($1) AND NOT is_stood_on", actualIds)
    }

    /// Takes actuals out of those that are settled, and gives them.
    ///
    /// - throws: `DatabaseError`.
    func open(_ actualIds: [GUID]) throws -> [Actual] {
        guard !actualIds.isEmpty else { return [] }
        try connection.execute("DELETE FROM settled_actuals WHERE actual_id = ANY ($1)", actualIds)
        return try connection.records(
            Actual.self, "SELECT \(Actual.columnList) FROM actuals WHERE actual_id = ANY ($1)", actualIds)
    }

    /// - throws: `DatabaseError`.
    func settle(_ actualIds: [GUID]) throws {
        guard !actualIds.isEmpty else { return }
        try connection.execute(
            "INSERT INTO settled_actuals SELECT * FROM unnest($1::uuid[]) ON CONFLICT DO NOTHING", actualIds)
    }

    /// A query of whether an actual is settled, by an expression of its id.
    static func settlement(of actualId: String) -> String {
        "SELECT FROM settled_actuals c WHERE c.actual_id = \(actualId)"
    }
}

/// An invoice about which nothing is decided yet.
struct UndecidedInvoice: Record {
    var invoiceId: GUID
    var facts: InvoiceAtCutover

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        UndecidedInvoice(
            invoiceId: try column("invoice_id", row?.invoiceId),
            facts: InvoiceAtCutover(
                status: try column("status", row?.facts.status), date: try column("date", row?.facts.date),
                hasVoucher: try column("has_voucher", row?.facts.hasVoucher)))
    }
}

private struct FactsRow: Record {
    var actualId: GUID
    var voucher: String?
    var isStoodOn: Bool
    var isOnInvoice: Bool
    var hasInvoice: Bool
    var settlement: Settlement?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        FactsRow(
            actualId: try column("actual_id", row?.actualId), voucher: try column("voucher", row?.voucher),
            isStoodOn: try column("is_stood_on", row?.isStoodOn),
            isOnInvoice: try column("is_on_invoice", row?.isOnInvoice),
            hasInvoice: try column("has_invoice", row?.hasInvoice),
            settlement: try column("settlement", row?.settlement))
    }

    var facts: CutoverFacts {
        let invoice: CutoverFacts.Invoice =
            !isOnInvoice ? .none : !hasInvoice ? .notHere : settlement?.isSettled == true ? .settled : .ours
        return CutoverFacts(voucher: voucher, isStoodOn: isStoodOn, invoice: invoice)
    }
}

private struct SettledRow: Record {
    var actualId: GUID
    var hasVoucher: Bool

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        SettledRow(
            actualId: try column("actual_id", row?.actualId), hasVoucher: try column("has_voucher", row?.hasVoucher))
    }
}
