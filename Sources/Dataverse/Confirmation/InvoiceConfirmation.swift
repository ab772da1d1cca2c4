import Bus
public import Contracts
public import Database

/// What a confirmation did.
public struct ConfirmationReport: Hashable, Sendable {
    public let invoiceId: GUID
    public let invoiceNumber: String
    public let lineDetails: Int
    public let lineAmount: Money
    /// The accounting date of the billed sales.
    public let accountingDate: CalendarDate
    /// Whether it had been confirmed here before; nothing was done then.
    public let wasConfirmedBefore: Bool
    /// How many messages were written to the outbox, by topic.
    public let published: [TopicName: Int]
}

/// Confirms a draft that is ours: one transaction for the invoice, its
/// actuals and connections, and the messages that tell of them.
public struct InvoiceConfirmation {
    private let connection: Connection
    private let configuration: DataverseConfiguration

    public init(connection: Connection, configuration: DataverseConfiguration) {
        self.connection = connection
        self.configuration = configuration
    }

    /// Confirms an invoice. Confirming it again does nothing.
    ///
    /// - parameters:
    ///   - invoice: its number or id.
    ///   - date: the day of confirmation; the header's accounting date, if
    ///     it has one, is that of the billed sales nevertheless (`domain.md` §6.13).
    ///   - progress: is told what is done, and how many of it: line details billed, messages written.
    /// - throws: ``ConfirmationError`` when it cannot be confirmed;
    ///   `DatabaseError`.
    public func confirm(
        _ invoice: String, on date: CalendarDate, progress: @escaping (String, Int) -> Void = { _, _ in }
    ) throws -> ConfirmationReport {
        try connection.transaction {
            try ChangedRows.lock(connection)
            let draft = try find(invoice)
            if draft.confirmedHereOn != nil { return report(draft, lineDetails: 0, published: [:], before: true) }
            try requireConfirmable(draft)
            try ChangedRows.create(CapturedTable.all(configuration), on: connection)
            let lineDetails = try writeRows(draft, on: draft.accountingDate ?? date, progress)
            try updateStates(draft, on: date)
            let companiesChanged = try UnitCompanies(connection: connection).replace(configuration.unitCompanies)
            let outcome = try Publication(
                connection: connection, choices: configuration.choices, progress: progress
            ).publish(companiesChanged: companiesChanged)
            return report(
                draft, lineDetails: lineDetails,
                published: [
                    .invoiceConfirmed: outcome.invoices, .actualCreated: outcome.actuals,
                    .transactionConnected: outcome.connections,
                ], date: draft.accountingDate ?? date)
        }
    }

    private func report(
        _ draft: DraftInvoice, lineDetails: Int, published: [TopicName: Int], date: CalendarDate? = nil,
        before: Bool = false
    ) -> ConfirmationReport {
        ConfirmationReport(
            invoiceId: draft.invoiceId, invoiceNumber: draft.invoiceNumber, lineDetails: lineDetails,
            lineAmount: draft.lineAmount,
            accountingDate: date ?? draft.accountingDate ?? draft.confirmedHereOn ?? CalendarDate(day: 0),
            wasConfirmedBefore: before, published: published)
    }

    private func find(_ invoice: String) throws -> DraftInvoice {
        let rows = try connection.query(
            """
            SELECT invoice_id, invoice_number, status, line_amount, accounting_date, is_ours, confirmed_here_on
            FROM invoices WHERE invoice_number = $1 OR invoice_id = $2
            """, invoice, GUID(invoice))
        guard let row = rows.first else {
            throw ConfirmationError(
                invoice: invoice, problems: ["there is no such invoice; ledgerbus dataverse invoices lists them"])
        }
        guard rows.count == 1 else {
            throw ConfirmationError(
                invoice: invoice, problems: ["\(rows.count) invoices have this number; name its id"])
        }
        return DraftInvoice(
            invoiceId: try row.guid(0), invoiceNumber: try row.string(1), status: try row.choice(2),
            lineAmount: try row.money(3), accountingDate: try row.optionalDate(4), isOurs: try row.bool(5),
            confirmedHereOn: try row.optionalDate(6))
    }

    private func requireConfirmable(_ draft: DraftInvoice) throws {
        func refuse(_ problem: String) -> ConfirmationError {
            ConfirmationError(invoice: draft.invoiceNumber, problems: [problem])
        }
        guard draft.status == .draft || draft.status == .inReview else {
            throw refuse("it is \(draft.status.rawValue); only a draft or an invoice in review can be confirmed")
        }
        guard draft.isOurs else {
            throw refuse("Dataverse confirms it; if this database is to do it, load it with --ours")
        }
        let billedTwice = try connection.query(
            """
            SELECT c.transaction2_id FROM invoice_line_details d
            JOIN transaction_connections c ON c.transaction1_id = d.invoice_line_detail_id
            WHERE d.invoice_id = $1 AND c.transaction1_role = 'Billed Sales' AND c.transaction2_type = 'msdyn_actual'
            GROUP BY c.transaction2_id HAVING count(DISTINCT d.invoice_line_detail_id) > 1 LIMIT 1
            """, draft.invoiceId)
        if let row = billedTwice.first {
            throw refuse("two of its line details bill the same unbilled sale, \(try row.guid(0))")
        }
    }

    /// Applies the rules to each line detail, and writes what they make.
    ///
    /// - returns: the number of line details.
    private func writeRows(
        _ draft: DraftInvoice, on date: CalendarDate, _ progress: (String, Int) -> Void
    ) throws -> Int {
        let ids = try ConfirmationIds()
        var writer = ConfirmedRowsWriter(connection: connection)
        try writer.create()
        var problems: [String] = []
        var refused = 0
        var lineDetails = 0
        var chargeable = Money.zero
        let details = InvoiceLineDetail.query(invoice: draft.invoiceId)
        try connection.stream(details) { row in
            let detail = try InvoiceLineDetail(row)
            lineDetails += 1
            if detail.billingType == .chargeable { chargeable += detail.amount }
            do {
                writer.append(try Confirmation.rows(for: detail, on: date, ids: ids))
            } catch let refusal as ConfirmationRefusal {
                refused += 1
                if problems.count < 10 {
                    problems.append("line detail \(detail.invoiceLineDetailId): \(refusal.problem)")
                }
            }
        } afterChunk: {
            try writer.write()
            progress("line details billed", lineDetails)
        }
        if refused > problems.count { problems.append("and \(refused - problems.count) more line details") }
        if lineDetails == 0 { problems.append("it has no line details; load msdyn_invoicelinetransactions") }
        if problems.isEmpty, chargeable != draft.lineAmount {
            problems.append(
                "its chargeable line details come to \(chargeable), and its header says \(draft.lineAmount); "
                    + "load all of its line details")
        }
        guard problems.isEmpty else { throw ConfirmationError(invoice: draft.invoiceNumber, problems: problems) }
        return lineDetails
    }

    /// Marks what was billed, and the invoice as confirmed.
    private func updateStates(_ draft: DraftInvoice, on date: CalendarDate) throws {
        let billedTwice = try connection.query(
            "SELECT milestone_id FROM billed_milestones GROUP BY milestone_id HAVING count(*) > 1 LIMIT 1")
        if let row = billedTwice.first {
            throw ConfirmationError(
                invoice: draft.invoiceNumber,
                problems: ["two of its line details bill the same milestone, \(try row.guid(0))"])
        }
        try connection.executeScript("ANALYZE billed_unbilled_sales")
        try connection.execute(
            """
            WITH billed AS (
                UPDATE actuals a SET billing_status = 'Customer Invoice Posted', invoice_id = $1,
                    row_version = a.row_version + 1
                FROM billed_unbilled_sales b WHERE b.actual_id = a.actual_id
                RETURNING a.actual_id
            )
            INSERT INTO changed_actuals SELECT actual_id FROM billed
            """, draft.invoiceId)
        try connection.execute(
            """
            UPDATE milestones m SET invoice_status = 'Customer invoice posted'
            FROM billed_milestones b WHERE b.milestone_id = m.milestone_id
            """)
        try connection.execute(
            "UPDATE invoices SET status = 'Confirmed', confirmed_here_on = $2 WHERE invoice_id = $1",
            draft.invoiceId, date)
        try connection.execute("INSERT INTO changed_invoices SELECT $1::uuid", draft.invoiceId)
    }
}

/// What confirming needs to know of an invoice's header.
private struct DraftInvoice {
    let invoiceId: GUID
    let invoiceNumber: String
    let status: ProjectInvoiceStatus
    let lineAmount: Money
    let accountingDate: CalendarDate?
    let isOurs: Bool
    let confirmedHereOn: CalendarDate?
}
