import Bus
import Contracts
import Database

/// What the lines of an invoice still wait for, when all of them have arrived (`domain.md` §6.10.11, §9.13).
struct ProposalReadiness {
    let company: String
    let invoiceId: GUID
    let connection: Connection

    /// A time-and-material line is ready when its unbilled sale is posted; a milestone, and a line of a fixed-price
    /// contract line that bills nothing, at once.
    func unpostedSales() throws -> String? {
        var missing = 0
        var blocked: [(rows: Int, reason: String)] = []
        var staged = 0
        var unposted = 0
        var journals: [String] = []
        for row in try connection.query(
            """
            SELECT count(*), l.journal_number, b.reason, u.actual_id IS NOT NULL
            FROM actuals_staging s
            LEFT JOIN project_transactions p ON p.data_area_id = s.data_area_id AND p.actual_id = s.unbilled_actual_id
            LEFT JOIN actuals_staging u ON u.actual_id = s.unbilled_actual_id AND u.data_area_id = s.data_area_id
            LEFT JOIN integration_journal_lines l
                ON l.data_area_id = s.data_area_id AND l.actual_id = s.unbilled_actual_id
            LEFT JOIN blocked_actuals b ON b.data_area_id = s.data_area_id AND b.actual_id = s.unbilled_actual_id
            WHERE s.data_area_id = $1 AND s.invoice_id = $2 AND s.transaction_type = 'Billed Sales'
                AND s.transaction_class <> 'Milestone' AND s.reversed_actual_id IS NULL
                AND s.unbilled_actual_id IS NOT NULL AND p.actual_id IS NULL
            GROUP BY 2, 3, 4 ORDER BY 2, 3
            """, company, invoiceId)
        {
            let rows = try row.int(0)
            if let journal = try row.optionalString(1) {
                unposted += rows
                journals.append(journal)
            } else if let reason = try row.optionalString(2) {
                blocked.append((rows, reason))
            } else if try row.bool(3) {
                staged += rows
            } else {
                missing += rows
            }
        }
        var reasons: [String] = []
        if missing > 0 { reasons.append("waiting for \(counted(missing, "unbilled sale")) to arrive") }
        if staged > 0 { reasons.append("waiting for \(counted(staged, "unbilled sale")) to be imported") }
        reasons += blocked.map { "\(counted($0.rows, "unbilled sale")) blocked: \($0.reason)" }
        if unposted > 0 {
            reasons.append(
                "waiting for \(counted(unposted, "unbilled sale")) to be posted: \(named(journals, "journal"))")
        }
        return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
    }

    /// A correction is ready when the invoice of its original is posted.
    func uninvoicedOriginals() throws -> String? {
        var unknown = 0
        var waiting = 0
        var invoices: [String] = []
        for row in try connection.query(
            """
            SELECT count(*), p.proposal_number
            FROM actuals_staging s
            LEFT JOIN actuals_staging o ON o.actual_id = s.reversed_actual_id
            LEFT JOIN invoice_proposals p ON p.data_area_id = s.data_area_id AND p.invoice_id = o.invoice_id
            WHERE s.data_area_id = $1 AND s.invoice_id = $2 AND s.transaction_type = 'Billed Sales'
                AND s.reversed_actual_id IS NOT NULL AND p.status IS DISTINCT FROM 'Invoiced'
            GROUP BY 2 ORDER BY 2
            """, company, invoiceId)
        {
            if let invoice = try row.optionalString(1) {
                waiting += try row.int(0)
                invoices.append(invoice)
            } else {
                unknown += try row.int(0)
            }
        }
        var reasons: [String] = []
        if unknown > 0 {
            reasons.append("waiting for the invoice of \(counted(unknown, "corrected billed sale")) to arrive")
        }
        if waiting > 0 {
            reasons.append(
                "waiting for the invoice of \(counted(waiting, "corrected billed sale")) to be posted: "
                    + named(invoices, "proposal"))
        }
        return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
    }

    /// Blocks the billed sales that set-up lacks something for; the others of the invoice wait with them.
    func blockedSales() throws -> String? {
        try connection.execute(
            "DELETE FROM blocked_actuals WHERE data_area_id = $1 AND invoice_id = $2", company, invoiceId)
        let setupVersion = try FinanceSetup.currentVersion(connection)
        let setup: FinanceSetup
        do {
            setup = try FinanceSetup.load(connection, company: company)
        } catch let gap as SetupGap {
            try connection.execute(
                """
                INSERT INTO blocked_actuals (data_area_id, actual_id, code, reason, invoice_id, setup_version)
                SELECT data_area_id, actual_id, $3, $4, invoice_id, $5 FROM actuals_staging
                WHERE data_area_id = $1 AND invoice_id = $2 AND transaction_type = 'Billed Sales'
                """, company, invoiceId, gap.code.rawValue, gap.reason, setupVersion)
            return gap.reason
        }
        var reasons: [String] = []
        // An invoice has few kinds of lines, however many lines.
        for row in try connection.query(
            """
            SELECT transaction_class, category, billing_type, count(*) FROM actuals_staging
            WHERE data_area_id = $1 AND invoice_id = $2 AND transaction_type = 'Billed Sales'
            GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """, company, invoiceId)
        {
            let transactionClass: TransactionClass = try row.choice(0)
            let category = try row.optionalString(1)
            let billingType: BillingType? = try row.optionalChoice(2)
            do throws(SetupGap) {
                _ = try setup.proposalCategory(category, of: transactionClass)
                _ = try setup.lineProperty(for: billingType)
            } catch {
                try connection.execute(
                    """
                    INSERT INTO blocked_actuals (data_area_id, actual_id, code, reason, invoice_id, setup_version)
                    SELECT data_area_id, actual_id, $3, $4, invoice_id, $5 FROM actuals_staging
                    WHERE data_area_id = $1 AND invoice_id = $2 AND transaction_type = 'Billed Sales'
                        AND transaction_class = $6 AND category IS NOT DISTINCT FROM $7
                        AND billing_type IS NOT DISTINCT FROM $8
                    """, company, invoiceId, error.code.rawValue, error.reason, setupVersion, transactionClass.rawValue,
                    category, billingType?.rawValue)
                reasons.append("\(counted(try row.int(3), "billed sale")) blocked: \(error.reason)")
            }
        }
        return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
    }
}

/// `1 billed sale`, `2 billed sales`.
private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// `journals USPM-000001, USPM-000002`; of many, the first.
private func named(_ numbers: [String], _ noun: String) -> String {
    let most = 5
    let rest = numbers.count - most
    return (numbers.count == 1 ? noun : noun + "s") + " " + numbers.prefix(most).joined(separator: ", ")
        + (rest > 0 ? " and \(rest) more" : "")
}
