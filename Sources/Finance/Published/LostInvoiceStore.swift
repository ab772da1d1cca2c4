import Bus
public import Contracts
public import Database

/// The invoices that this database has lost: `lost_invoices`.
public struct LostInvoiceStore {
    let connection: Connection

    public init(_ connection: Connection) { self.connection = connection }

    /// What this database has of a published invoice, if that is something else.
    private struct Difference: Record {
        /// Of the invoice among those that were asked for, from 1.
        var position: Int
        /// Nil when it is not posted here.
        var postedAs: String?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Difference(
                position: try column("position", row?.position), postedAs: try column("posted_as", row?.postedAs))
        }
    }

    /// Compares published invoices with what is posted here, and remembers those that differ, with a line in the execution
    /// log. Of one invoice the first that is published stands.
    func compare(_ published: [InvoicePosted]) throws {
        let differences = try connection.records(
            Difference.self,
            """
            SELECT published.position, posted.customer_invoice_number AS posted_as
            FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY
                AS published (company, proposal, number, voucher, position)
            LEFT JOIN project_invoices posted
                ON posted.data_area_id = published.company AND posted.proposal_number = published.proposal
            WHERE posted.customer_invoice_number IS DISTINCT FROM published.number
                OR posted.voucher IS DISTINCT FROM published.voucher
            ORDER BY published.position
            """, published.map(\.company), published.map(\.proposalNumber), published.map(\.customerInvoiceNumber),
            published.map(\.voucher))
        for difference in differences {
            let invoice = LostInvoice(
                posted: published[difference.position - 1], state: difference.postedAs == nil ? .lost : .conflict)
            if try insert(invoice) { try log(invoice, postedAs: difference.postedAs) }
        }
    }

    private func insert(_ invoice: LostInvoice) throws -> Bool {
        try connection.insert(invoice, into: "lost_invoices", "ON CONFLICT (data_area_id, invoice_id) DO NOTHING") == 1
    }

    private func log(_ invoice: LostInvoice, postedAs: String?) throws {
        let text =
            if let postedAs {
                "it was posted as \(invoice.summary), and again here as customer invoice \(postedAs): the first stands, and "
                    + "Dataverse has that; cancel the second one with the customer"
            } else {
                "it was posted as \(invoice.summary), and this database has lost that: it was restored from a backup; see "
                    + "\"ledgerbus finance lost-invoices list\""
            }
        try ExecutionLog(connection: connection).write(
            .error, activity: "compare with invoice-posted",
            subject: "\(invoice.posted.company) proposal \(invoice.posted.proposalNumber)", text)
    }

    /// In the order of company and proposal.
    ///
    /// - parameter company: the only company; nil for all.
    /// - throws: `DatabaseError`.
    public func list(company: Company? = nil) throws -> [LostInvoice] {
        try connection.records(
            LostInvoice.self,
            """
            SELECT \(LostInvoice.columnList) FROM lost_invoices WHERE $1::text IS NULL OR data_area_id = $1
            ORDER BY data_area_id, proposal_number
            """, company)
    }

    /// Decides that lost invoices are to be posted again as they were.
    ///
    /// - parameter proposals: the proposals' numbers; nil for all that are lost.
    /// - returns: the proposals' numbers of those that it concerned.
    /// - throws: `DatabaseError`.
    public func decideToRepeat(_ proposals: [String]?, company: Company?) throws -> [String] {
        try connection.values(
            String.self,
            """
            UPDATE lost_invoices SET state = \(LostInvoiceState.repeating.sql)
            WHERE ($1::text[] IS NULL OR proposal_number = ANY ($1)) AND ($2::text IS NULL OR data_area_id = $2)
                AND state <> \(LostInvoiceState.conflict.sql)
            RETURNING proposal_number
            """, proposals, company
        ).sorted()
    }

    /// It is posted as it was.
    func remove(_ invoice: LostInvoice) throws {
        try connection.execute(
            "DELETE FROM lost_invoices WHERE data_area_id = $1 AND invoice_id = $2", invoice.posted.company,
            invoice.posted.invoiceId)
    }
}
