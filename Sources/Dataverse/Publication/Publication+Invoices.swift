import Bus
import Contracts
import Database
import JSON

extension Publication {
    /// Publishes every due invoice that is confirmed and complete, if that
    /// says something that was not published yet (design §4).
    ///
    /// Complete: every line detail has its billed sale, and the chargeable
    /// billed sales add up to the invoice's line amount.
    func publishInvoices() throws {
        try connection.execute(
            """
            INSERT INTO invoices_waiting
            SELECT invoice_id, waiting_for, waiting_for_id, missing, difference
            FROM (\(Self.confirmedInvoices)) i WHERE waiting_for IS NOT NULL
            """)
        var complete: [ConfirmedInvoice] = []
        try connection.forEach("SELECT * FROM (\(Self.confirmedInvoices)) i WHERE waiting_for IS NULL") {
            complete.append(try ConfirmedInvoice($0))
        }
        guard !complete.isEmpty else { return }
        let totals = try controlTotals(of: complete.map(\.message.invoiceId))
        let hash = try SHA256()
        var published: [(id: GUID, version: Int, content: GUID)] = []
        for var invoice in complete {
            guard let total = totals[invoice.message.invoiceId], let latest = total.latestAccountingDate else {
                continue
            }
            invoice.message.totalCount = total.totals.count
            invoice.message.totalAmount = total.totals.amount
            invoice.message.totalDigest = total.totals.digest
            invoice.message.accountingDate = invoice.headerAccountingDate ?? latest
            let content = try digest(invoice.message, hash)
            guard content != invoice.publishedContent else { continue }
            invoice.message.totalsVersion = invoice.publishedVersion + 1
            try outbox.append(invoice.message, traceId: invoice.message.invoiceId)
            try outbox.writeFullChunk(to: connection)
            published.append((invoice.message.invoiceId, invoice.message.totalsVersion, content))
        }
        outcome.invoices += published.count
        try connection.execute(
            """
            INSERT INTO published_invoices (invoice_id, totals_version, content)
            SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::uuid[])
            ON CONFLICT (invoice_id) DO UPDATE SET
                totals_version = excluded.totals_version, content = excluded.content, published_at = now()
            """, published.map(\.id), published.map(\.version), published.map(\.content))
    }

    /// Control totals over all billed sales with Skip Sync = No, chargeable
    /// or not (`domain.md` §9.18), and the latest of their accounting dates,
    /// which is the day of confirmation (`domain.md` §9.15).
    private func controlTotals(
        of invoices: [GUID]
    ) throws -> [GUID: (totals: ControlTotals, latestAccountingDate: CalendarDate?)] {
        let hash = try SHA256()
        var totals: [GUID: (totals: ControlTotals, latestAccountingDate: CalendarDate?)] = [:]
        var current: GUID?
        var sum = ControlTotals()
        var latest: CalendarDate?
        func finish() {
            if let current { totals[current] = (sum, latest) }
            (sum, latest) = (ControlTotals(), nil)
        }
        try connection.forEach(
            """
            SELECT a.invoice_id, a.actual_id, a.amount, y.iso_code, coalesce(a.accounting_date, a.document_date)
            FROM unnest($1::uuid[]) AS i (invoice_id)
            JOIN actuals a ON a.invoice_id = i.invoice_id
            JOIN currencies y ON y.currency_id = a.currency_id
            WHERE a.transaction_type = 'Billed Sales' AND NOT a.skip_sync
            ORDER BY a.invoice_id
            """, invoices
        ) { row in
            let invoice = try row.guid(0)
            if invoice != current {
                finish()
                current = invoice
            }
            let amount = try row.money(2)
            sum += (
                amount,
                ControlDigest(
                    actualId: try row.guid(1), amount: amount, currency: try row[3, as: CurrencyCode.self], hash: hash)
            )
            let date = try row.date(4)
            latest = latest.map { max($0, date) } ?? date
        }
        finish()
        return totals
    }

    /// What the message says, apart from its version.
    private func digest(_ message: InvoiceConfirmed, _ hash: SHA256) throws -> GUID {
        var json = JSONWriter()
        try message.write(to: &json, choices: choices)
        return json.withBytes { hash.digest($0).guid }
    }

    private static let confirmedInvoices = """
        SELECT i.invoice_id, i.invoice_number,
            coalesce(kc.code, jc.code) AS company, k.contract_number,
            c.account_number, c.name AS customer_name, y.iso_code, y.precision, i.accounting_date, i.payment_terms,
            i.bill_to_name,
            nullif(concat_ws(E'\\n', i.bill_to_line1, i.bill_to_line2, i.bill_to_line3,
                nullif(concat_ws(' ', i.bill_to_postal_code, i.bill_to_city), ''), i.bill_to_state, i.bill_to_country),
                '') AS bill_to_address,
            i.has_corrections, i.line_amount, q.totals_version, q.content,
            coalesce(p.line_details, 0) - coalesce(p.billed_sales, 0) AS missing,
            i.line_amount - coalesce(p.chargeable_amount, 0) AS difference,
            w.waiting_for, w.waiting_for_id
        FROM due_invoices d
        JOIN invoices i ON i.invoice_id = d.invoice_id
        LEFT JOIN invoice_progress p ON p.invoice_id = i.invoice_id
        LEFT JOIN published_invoices q ON q.invoice_id = i.invoice_id
        LEFT JOIN project_contracts k ON k.project_contract_id = i.project_contract_id
        LEFT JOIN accounts c ON c.account_id = coalesce(i.customer_id, k.customer_id)
        LEFT JOIN currencies y ON y.currency_id = i.currency_id
        LEFT JOIN contract_company_codes kc ON kc.project_contract_id = k.project_contract_id
        LEFT JOIN LATERAL (
            SELECT jc.code FROM invoice_lines l JOIN project_company_codes jc ON jc.project_id = l.project_id
            WHERE kc.code IS NULL AND l.invoice_id = i.invoice_id AND jc.code IS NOT NULL
            ORDER BY l.invoice_line_id LIMIT 1
        ) jc ON true
        LEFT JOIN LATERAL (
            SELECT a.currency_id FROM actuals a
            WHERE p.billed_sales >= p.line_details AND p.chargeable_amount = i.line_amount
                AND a.invoice_id = i.invoice_id AND a.transaction_type = 'Billed Sales'
                AND a.currency_id <> i.currency_id
                AND NOT EXISTS (SELECT FROM currencies o WHERE o.currency_id = a.currency_id)
            LIMIT 1
        ) foreign_currency ON true
        CROSS JOIN LATERAL (
            SELECT CASE
                WHEN k.project_contract_id IS NULL THEN 'project contract'
                WHEN k.contract_number IS NULL THEN 'contract number'
                WHEN c.account_id IS NULL THEN 'account'
                WHEN c.account_number IS NULL THEN 'account number'
                WHEN y.currency_id IS NULL THEN 'currency'
                WHEN coalesce(kc.code, jc.code) IS NULL THEN 'company'
                WHEN coalesce(p.line_details, 0) = 0 OR p.billed_sales = 0 OR p.billed_sales < p.line_details
                    OR p.chargeable_amount <> i.line_amount THEN 'actuals'
                WHEN foreign_currency.currency_id IS NOT NULL THEN 'currency'
                END AS waiting_for
        ) why
        CROSS JOIN LATERAL (
            SELECT why.waiting_for, CASE why.waiting_for
                WHEN 'project contract' THEN i.project_contract_id
                WHEN 'contract number' THEN i.project_contract_id
                WHEN 'account' THEN coalesce(i.customer_id, k.customer_id)
                WHEN 'account number' THEN c.account_id
                WHEN 'currency' THEN coalesce(foreign_currency.currency_id, i.currency_id)
                WHEN 'company' THEN k.contracting_unit_id
                END AS waiting_for_id
        ) w
        WHERE i.status IN ('Confirmed', 'Invoice Paid', 'Posted')
        """
}

/// A confirmed invoice that has all its rows, and what was published of it before.
private struct ConfirmedInvoice {
    /// All but the control totals, their version and the accounting date.
    var message: InvoiceConfirmed
    let headerAccountingDate: CalendarDate?
    let publishedVersion: Int
    let publishedContent: GUID?

    init(_ row: BinaryRow) throws {
        headerAccountingDate = try row.optionalDate(8)
        publishedVersion = Int(try row.optionalInt64(14) ?? 0)
        publishedContent = try row.optionalGUID(15)
        message = InvoiceConfirmed(
            invoiceId: try row.guid(0), invoiceNumber: try row.string(1), company: try row[2, as: Company.self],
            contractNumber: try row.string(3), customerAccount: try row.string(4),
            customerName: try row.optionalString(5), currency: try row[6, as: CurrencyCode.self],
            currencyPrecision: Int(try row.int16(7)), accountingDate: CalendarDate(day: 0),
            paymentTerms: try row.optionalString(9), billToName: try row.optionalString(10),
            billToAddress: try row.optionalString(11), hasCorrections: try row.bool(12),
            lineAmount: try row.money(13), totalsVersion: 0, totalCount: 0, totalAmount: .zero,
            totalDigest: ControlDigest())
    }
}
