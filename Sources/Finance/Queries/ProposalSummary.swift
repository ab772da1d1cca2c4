import Bus
public import Contracts
public import Database

/// An invoice proposal, as a list shows it.
public struct ProposalSummary: Hashable, Sendable, Encodable {
    public let company: Company
    public let number: String
    public let invoiceId: GUID
    public let contractNumber: String
    public let customerAccount: String
    public let customerName: String?
    public let currency: CurrencyCode
    /// Without tax.
    public let amount: Money
    /// The date that it came with: the confirm date, or the header's.
    public let accountingDate: CalendarDate
    /// How many billed sales have arrived, of how many.
    public let arrived: Int
    public let expected: Int
    public let status: ProposalStatus
    /// How far the workflow of approval has come with its lines; nil when nobody has submitted them.
    public let approval: ProposalApproval?
    /// The due date that a person set; nil when it comes of the payment terms.
    public let dueDate: CalendarDate?
    /// What an open one waits for, why posting refused a ready one, or how Dataverse has a posted one otherwise.
    public let reason: String?

    /// A proposal, and how many of its billed sales have arrived.
    private struct Row: Record {
        var proposal: Proposal
        var arrived: Int

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            Row(proposal: try column.record("", row?.proposal), arrived: try column("arrived", row?.arrived))
        }
    }

    /// Proposals in the order of company and number, one by one.
    ///
    /// - parameter scope: by the accounting date that the invoice came with.
    /// - parameter status: the only status; nil for all.
    /// - throws: `DatabaseError`; what `body` throws.
    public static func read(
        _ scope: ReportScope, status: ProposalStatus? = nil, on connection: Connection,
        _ body: (ProposalSummary) throws -> Void
    ) throws {
        try connection.forEachRecord(
            Row.self,
            """
            SELECT \(Proposal.columnList(of: "p")), coalesce((
                    SELECT sum(count) FROM invoice_arrivals a
                    WHERE a.data_area_id = p.data_area_id AND a.invoice_id = p.invoice_id), 0)::bigint AS arrived
            FROM invoice_proposals p
            WHERE ($4::text IS NULL OR status = $4) AND \(ReportScope.within("p", date: "accounting_date"))
            ORDER BY data_area_id, proposal_number
            """, scope.company, scope.to, scope.from, status
        ) { try body(ProposalSummary($0)) }
    }

    /// The same, held in memory.
    ///
    /// - throws: `DatabaseError`.
    public static func list(
        _ connection: Connection, company: Company? = nil, status: ProposalStatus? = nil
    ) throws -> [ProposalSummary] {
        var proposals: [ProposalSummary] = []
        try read(ReportScope(company: company), status: status, on: connection) { proposals.append($0) }
        return proposals
    }

    /// The invoices of the proposals of a number: one in each company that has it.
    ///
    /// - parameter company: the only company; nil for all.
    /// - throws: `DatabaseError`.
    public static func invoices(
        ofProposal number: String, company: Company? = nil, _ connection: Connection
    ) throws -> [GUID] {
        try connection.values(
            GUID.self,
            """
            SELECT invoice_id FROM invoice_proposals
            WHERE proposal_number = $1 AND ($2::text IS NULL OR data_area_id = $2) ORDER BY data_area_id
            """, number, company)
    }

    /// The companies that have a proposal of a number.
    ///
    /// - parameter company: the only company; nil for all.
    /// - throws: `DatabaseError`.
    public static func companies(
        withProposal number: String, company: Company? = nil, _ connection: Connection
    ) throws -> [Company] {
        try ProposalStore.companies(withProposal: number, on: connection).filter { company == nil || $0 == company }
    }

    /// The proposals of an invoice: one, unless companies contradict each other.
    ///
    /// - throws: `DatabaseError`.
    static func list(_ connection: Connection, invoiceId: GUID) throws -> [ProposalSummary] {
        try connection.records(
            Row.self,
            """
            SELECT \(Proposal.columnList(of: "p")), coalesce((
                    SELECT sum(count) FROM invoice_arrivals a
                    WHERE a.data_area_id = p.data_area_id AND a.invoice_id = p.invoice_id), 0)::bigint AS arrived
            FROM invoice_proposals p WHERE invoice_id = $1 ORDER BY data_area_id, proposal_number
            """, invoiceId
        ).map { ProposalSummary($0) }
    }
}

extension ProposalSummary {
    private init(_ row: Row) {
        let (proposal, confirmed) = (row.proposal, row.proposal.confirmed)
        company = proposal.company
        number = proposal.number
        invoiceId = confirmed.invoiceId
        contractNumber = confirmed.contractNumber
        customerAccount = confirmed.customerAccount
        customerName = confirmed.customerName
        currency = confirmed.currency
        amount = confirmed.lineAmount
        accountingDate = confirmed.accountingDate
        arrived = row.arrived
        expected = confirmed.totalCount
        status = proposal.status
        approval = proposal.approval
        dueDate = proposal.dueDate
        reason =
            switch proposal.status {
            case .open: proposal.waitingFor
            case .ready: proposal.postingError
            case .invoiced: proposal.outOfSync
            }
    }
}
