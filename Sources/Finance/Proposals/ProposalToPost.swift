import Bus
import Contracts
import Database

/// An invoice proposal and its customer, as posting reads them (`domain.md` §4.5).
struct ProposalToPost: Record {
    var invoiceId: GUID
    var contractNumber: String
    var customerAccount: String
    var currency: CurrencyCode
    var currencyPrecision: Int
    var accountingDate: CalendarDate
    var paymentTerms: String?
    var lineAmount: Money
    var totalCount: Int
    var totalAmount: Money
    var status: ProposalStatus
    /// A due date that a person set; it holds for the proposal's own date alone.
    var dueDate: CalendarDate?
    /// How far the workflow of approval has come.
    var approval: ProposalApproval?
    var waitingFor: String?
    /// Whether something about the invoice came that import from staging has not looked at.
    var hasNews: Bool
    /// Of all set-up, at the moment at which the proposal was locked.
    var setupVersion: Int
    /// When the proposal was locked.
    var lockedAt: Instant
    /// Nil when the company does not know the customer.
    var customer: CustomerToInvoice?
    /// That it was posted before, if this database has lost that.
    var lost: LostInvoice?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ProposalToPost(
            invoiceId: try column("invoice_id", row?.invoiceId),
            contractNumber: try column("contract_number", row?.contractNumber),
            customerAccount: try column("customer_account", row?.customerAccount),
            currency: try column("currency", row?.currency),
            currencyPrecision: try column("currency_precision", row?.currencyPrecision, as: Int16.self),
            accountingDate: try column("accounting_date", row?.accountingDate),
            paymentTerms: try column("payment_terms", row?.paymentTerms),
            lineAmount: try column("line_amount", row?.lineAmount),
            totalCount: try column("total_count", row?.totalCount),
            totalAmount: try column("total_amount", row?.totalAmount),
            status: try column("status", row?.status),
            dueDate: try column("due_date", row?.dueDate),
            approval: try column("approval", row?.approval),
            waitingFor: try column("waiting_for", row?.waitingFor),
            hasNews: try column("has_news", row?.hasNews),
            setupVersion: try column("setup_version", row?.setupVersion),
            lockedAt: try column("locked_at", row?.lockedAt),
            customer: try column.optionalRecord("customer_", presentIf: "customer_account", row?.customer),
            lost: try column.optionalRecord("lost_", presentIf: "state", row?.lost))
    }
}

/// What posting asks of a customer.
struct CustomerToInvoice: Record {
    var account: String
    var paymentTerms: String?
    /// Nothing is posted for the customer (641612).
    var onHold: Bool

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        CustomerToInvoice(
            account: try column("customer_account", row?.account),
            paymentTerms: try column("payment_terms", row?.paymentTerms),
            onHold: try column("on_hold", row?.onHold))
    }
}

extension ProposalToPost {
    /// Whether the proposal may be posted now (641612).
    ///
    /// - returns: its customer.
    /// - throws: ``PostingRefusal``.
    func checkPostable(company: Company, number: String) throws(PostingRefusal) -> CustomerToInvoice {
        guard status.isPostable else {
            throw PostingRefusal(
                .notReady,
                "proposal \(number) is not ready to be posted: "
                    + (waitingFor ?? "its lines have not been imported; run \"ledgerbus finance import-from-staging\""))
        }
        guard !hasNews else {
            throw PostingRefusal(
                .notReady,
                "proposal \(number) is not posted: something about its invoice came after its lines were made; run "
                    + "\"ledgerbus finance import-from-staging\", and post again")
        }
        guard let customer else {
            throw PostingRefusal(
                .noCustomer,
                "company \(company) does not know customer \(customerAccount) of proposal \(number); "
                    + "add it with \"ledgerbus finance configure\"")
        }
        guard !customer.onHold else {
            throw PostingRefusal(
                .customerOnHold,
                "customer \(customerAccount) of proposal \(number) is on hold: nothing is posted for it; "
                    + "release the customer and post again")
        }
        return customer
    }
}

extension ProposalToPost {
    /// Whether the workflow lets it be posted. What was posted before, and is posted again as it was, needs no approval.
    ///
    /// - throws: ``PostingRefusal``.
    func checkApproved(number: String, parameters: ProjectParameters) throws(PostingRefusal) {
        guard lost == nil else { return }
        if let refusal = ProposalApproval.postingRefusal(
            of: number, approval, isWorkflow: parameters.approvesProposals)
        {
            throw refusal
        }
    }
}

extension ProposalStore {
    /// Locks the proposal; nil when there is none of this number.
    func lockForPosting(_ number: String) throws -> ProposalToPost? {
        try connection.record(
            ProposalToPost.self, Self.selection + " FOR UPDATE OF proposal", company, number)
    }

    /// The same, for who only looks.
    func toPost(_ number: String) throws -> ProposalToPost? {
        try connection.record(ProposalToPost.self, Self.selection, company, number)
    }

    /// The companies that have a proposal of this number.
    static func companies(withProposal number: String, on connection: Connection) throws -> [Company] {
        try connection.values(
            Company.self, "SELECT data_area_id FROM invoice_proposals WHERE proposal_number = $1 ORDER BY 1", number)
    }

    private static let selection = """
        SELECT proposal.*, EXISTS (
                SELECT FROM invoices_to_check news
                WHERE news.data_area_id = proposal.data_area_id AND news.invoice_id = proposal.invoice_id
            ) AS has_news, (SELECT version FROM setup_version) AS setup_version, now() AS locked_at,
            \(CustomerToInvoice.columnList(of: "customer", prefix: "customer_")),
            \(LostInvoice.columnList(of: "lost", prefix: "lost_"))
        FROM invoice_proposals proposal LEFT JOIN customers customer USING (data_area_id, customer_account)
        LEFT JOIN lost_invoices lost
            ON lost.data_area_id = proposal.data_area_id AND lost.invoice_id = proposal.invoice_id
        WHERE proposal.data_area_id = $1 AND proposal.proposal_number = $2
        """
}
