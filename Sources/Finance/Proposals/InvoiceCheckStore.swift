import Bus
import Contracts
import Database

/// The invoices about which something changed since import from staging looked at them: `invoices_to_check`.
///
/// An invoice may be marked many times, so that nobody who marks it waits for another who does, or for the check.
struct InvoiceCheckStore {
    let connection: Connection

    /// An invoice, as it is marked.
    struct Invoice: Hashable, Record {
        var company: Company
        var invoiceId: GUID

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Invoice(
                company: try column("data_area_id", row?.company),
                invoiceId: try column("invoice_id", row?.invoiceId))
        }
    }

    /// Marks an invoice.
    func mark(_ invoice: Invoice) throws { try connection.insert(invoice, into: "invoices_to_check") }

    /// Marks invoices.
    func mark(_ invoices: Set<Invoice>) throws {
        guard !invoices.isEmpty else { return }
        try connection.execute(
            """
            INSERT INTO invoices_to_check (\(Invoice.columnList)) SELECT * FROM unnest($1::text[], $2::uuid[])
            """, invoices.map(\.company), invoices.map(\.invoiceId))
    }

    /// Marks the open proposals of contracts, about whose unbilled sales there is news; those of all contracts for a sale
    /// that does not say its contract.
    func markOpen(company: Company, contracts: some Sequence<String?>) throws {
        var known: Set<String> = []
        var isAnyUnknown = false
        for contract in contracts {
            if let contract { known.insert(contract) } else { isAnyUnknown = true }
        }
        guard isAnyUnknown || !known.isEmpty else { return }
        try connection.execute(
            """
            INSERT INTO invoices_to_check (\(Invoice.columnList))
            SELECT \(Invoice.columnList) FROM invoice_proposals
            WHERE data_area_id = $1 AND (contract_number = ANY ($2) OR $3) AND status = \(ProposalStatus.open.sql)
            ORDER BY invoice_id
            """, company, known.sorted(), isAnyUnknown)
    }

    /// Marks the open proposals that wait to see a proposal posted.
    func markWaiting(for number: String, of company: Company) throws {
        try connection.execute(
            """
            INSERT INTO invoices_to_check (\(Invoice.columnList))
            SELECT \(Invoice.columnList) FROM invoice_proposals
            WHERE data_area_id = $1 AND waiting_for_proposals IS NOT NULL AND $2 = ANY (waiting_for_proposals)
                AND status = \(ProposalStatus.open.sql)
            ORDER BY invoice_id
            """, company, number)
    }

    /// The marked invoices, those that have been marked for longest first.
    ///
    /// - parameter company: the only company; nil for all.
    func marked(company: Company? = nil) throws -> [Invoice] {
        try connection.records(
            Invoice.self,
            """
            SELECT \(Invoice.columnList) FROM invoices_to_check
            WHERE $1::text IS NULL OR data_area_id = $1 GROUP BY 1, 2 ORDER BY min(mark)
            """, company)
    }

    /// Whether somebody marked an invoice since its marks were taken.
    func isMarked(_ invoice: Invoice) throws -> Bool {
        try connection.value(
            Bool.self,
            "SELECT EXISTS (SELECT FROM invoices_to_check WHERE data_area_id = $1 AND invoice_id = $2)",
            invoice.company, invoice.invoiceId)
    }

    /// Takes the marks of an invoice that is looked at now.
    ///
    /// - returns: whether there were any.
    func unmark(_ invoice: Invoice) throws -> Bool {
        try connection.execute(
            "DELETE FROM invoices_to_check WHERE data_area_id = $1 AND invoice_id = $2", invoice.company,
            invoice.invoiceId) > 0
    }
}
