import Bus
public import Contracts
public import Database

/// An invoice proposal, as a list shows it.
public struct ProposalSummary: Hashable, Sendable, Encodable {
    public let company: String
    public let number: String
    public let invoiceId: GUID
    public let contractNumber: String
    public let customerAccount: String
    public let customerName: String?
    public let currency: String
    /// Without tax.
    public let amount: Money
    /// How many billed sales have arrived, of how many.
    public let arrived: Int
    public let expected: Int
    /// `Open`: no lines yet; `Ready`: to be posted; `Invoiced`.
    public let status: String
    /// What an open one waits for, or why posting refused a ready one.
    public let reason: String?

    /// Proposals in the order of company and number.
    ///
    /// - parameter company: the only company; nil for all.
    /// - parameter status: the only status; nil for all.
    public static func list(
        _ connection: Connection, company: String? = nil, status: String? = nil, limit: Int = 1_000
    ) throws -> [ProposalSummary] {
        try connection.query(
            """
            SELECT data_area_id, proposal_number, invoice_id, contract_number, customer_account, customer_name, currency,
                line_amount, coalesce((
                    SELECT sum(count) FROM invoice_arrivals a
                    WHERE a.data_area_id = p.data_area_id AND a.invoice_id = p.invoice_id), 0)::bigint,
                total_count, status, CASE status WHEN 'Open' THEN waiting_for ELSE posting_error END
            FROM invoice_proposals p
            WHERE ($1::text IS NULL OR data_area_id = $1) AND ($2::text IS NULL OR status = $2)
            ORDER BY data_area_id, proposal_number LIMIT $3
            """, company, status, limit
        ).map { row in
            ProposalSummary(
                company: try row.string(0), number: try row.string(1), invoiceId: try row.guid(2),
                contractNumber: try row.string(3), customerAccount: try row.string(4),
                customerName: try row.optionalString(5), currency: try row.string(6), amount: try row.money(7),
                arrived: try row.int(8), expected: try row.int(9), status: try row.string(10),
                reason: try row.optionalString(11))
        }
    }
}
