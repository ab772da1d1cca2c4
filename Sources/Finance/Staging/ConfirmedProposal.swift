import Bus
import Contracts
import Database

/// What a confirmed invoice does to its proposal.
struct ConfirmedProposal {
    let confirmed: InvoiceConfirmed
    let eventId: GUID
    let connection: Connection

    /// Makes or renews the proposal.
    ///
    /// A totals version that is not newer changes nothing. An `Open` proposal takes all that is new; one that has its
    /// lines already keeps them, and the execution log says so when the totals differ.
    ///
    /// - returns: why the message can never take effect; nil when it did.
    func write() throws -> String? {
        let rows = try connection.query(
            """
            SELECT invoice_id, proposal_number, status, totals_version, total_count, total_amount, total_digest
            FROM invoice_proposals WHERE data_area_id = $1 AND (invoice_id = $2 OR proposal_number = $3)
            FOR UPDATE
            """, confirmed.company, confirmed.invoiceId, confirmed.invoiceNumber)
        for row in rows where try row.guid(0) != confirmed.invoiceId {
            return "the proposal number \(confirmed.invoiceNumber) of company \(confirmed.company) belongs to invoice "
                + "\(try row.guid(0)): give one of the two invoices another number"
        }
        guard let row = rows.first else {
            try confirm()
            try insert()
            return nil
        }
        let known = ControlTotals(
            count: try row.int(4), amount: try row.money(5), digest: ControlDigest(try row.string(6)) ?? ControlDigest()
        )
        guard try row.int(3) < confirmed.totalsVersion else { return nil }
        if try row.string(2) == "Open" {
            try confirm()
            try update()
        } else if known != totals, try confirm() {
            try warn(status: try row.string(2))
        }
        return nil
    }

    private var totals: ControlTotals {
        ControlTotals(count: confirmed.totalCount, amount: confirmed.totalAmount, digest: confirmed.totalDigest)
    }

    /// Records the event.
    ///
    /// - returns: false when it took effect before.
    @discardableResult
    private func confirm() throws -> Bool {
        try connection.execute(
            """
            INSERT INTO invoice_confirmations (event_id, data_area_id, invoice_id, totals_version)
            VALUES ($1, $2, $3, $4) ON CONFLICT (event_id) DO NOTHING
            """, eventId, confirmed.company, confirmed.invoiceId, confirmed.totalsVersion) == 1
    }

    private static let columns = [
        "data_area_id", "invoice_id", "proposal_number", "confirmed_by", "contract_number", "customer_account",
        "customer_name", "currency", "currency_precision", "accounting_date", "payment_terms", "bill_to_name",
        "bill_to_address", "has_corrections", "line_amount", "totals_version", "total_count", "total_amount",
        "total_digest",
    ]

    private var values: [(any DatabaseValue)?] {
        [
            confirmed.company, confirmed.invoiceId, confirmed.invoiceNumber, eventId, confirmed.contractNumber,
            confirmed.customerAccount, confirmed.customerName, confirmed.currency, Int16(confirmed.currencyPrecision),
            confirmed.accountingDate, confirmed.paymentTerms, confirmed.billToName, confirmed.billToAddress,
            confirmed.hasCorrections, confirmed.lineAmount, confirmed.totalsVersion, confirmed.totalCount,
            confirmed.totalAmount, confirmed.totalDigest.description,
        ]
    }

    private func insert() throws {
        let places = Self.columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        try connection.execute(
            "INSERT INTO invoice_proposals (\(Self.columns.joined(separator: ", "))) VALUES (\(places))",
            parameters: values)
        try mark()
    }

    private func update() throws {
        let changes = Self.columns.enumerated().dropFirst(2).map { "\($0.element) = $\($0.offset + 1)" }
        try connection.execute(
            """
            UPDATE invoice_proposals SET \(changes.joined(separator: ", ")), waiting_for = NULL
            WHERE data_area_id = $1 AND invoice_id = $2
            """, parameters: values)
        try mark()
    }

    private func mark() throws {
        try connection.execute(
            "INSERT INTO invoices_to_check (data_area_id, invoice_id) VALUES ($1, $2)", confirmed.company,
            confirmed.invoiceId)
    }

    private func warn(status: String) throws {
        try connection.execute(
            """
            INSERT INTO execution_log (activity, subject, level, message)
            VALUES ('confirm invoice', $1, 'warning', $2)
            """, "\(confirmed.company)/\(confirmed.invoiceNumber)",
            "out of sync: the invoice was confirmed again with \(confirmed.totalCount) billed sales of "
                + "\(confirmed.totalAmount) \(confirmed.currency), and its proposal is \(status) with what was confirmed "
                + "before; correct the difference with a new invoice in Dataverse")
    }
}
