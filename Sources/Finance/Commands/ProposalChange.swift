import Bus
public import Contracts
public import Database

/// What a person does with a proposal that is not posted (`domain.md` §6.10.16, §6.13).
public struct ProposalChange {
    private let company: Company
    private let number: String
    private let connection: Connection

    /// - parameter number: of the proposal.
    public init(_ number: String, of company: Company, on connection: Connection) {
        self.company = company
        self.number = number
        self.connection = connection
    }

    private var store: ProposalStore { ProposalStore(company: company, connection: connection) }

    /// Takes all lines back, for the next import to make them anew, by the set-up of then. Single lines are never deleted.
    ///
    /// - parameter requestedBy: who does so, for the execution log.
    /// - returns: how many lines there were.
    /// - throws: ``ProposalChangeRefusal``; `DatabaseError`.
    public func deleteLines(requestedBy: String) throws -> Int {
        try change { proposal in
            guard proposal.status == .ready else {
                throw ProposalChangeRefusal("proposal \(number) has no lines that could be deleted")
            }
            try SalesTaxEditStore(company: company, connection: connection).forget(ofProposal: number)
            let lines = try store.reopen(proposal)
            try store.setWaiting(
                proposal.confirmed.invoiceId,
                for: "its lines were deleted by \(requestedBy); the next import makes them anew", proposals: [])
            try InvoiceCheckStore(connection: connection).mark(proposal.invoice)
            try ExecutionLog(connection: connection).write(
                .info, activity: "delete lines", subject: "\(company) proposal \(number)",
                "\(lines) lines deleted by \(requestedBy)")
            return lines
        }
    }

    /// Sets the due date of the customer's invoice. It holds if the invoice is posted on the proposal's own date.
    ///
    /// - parameter date: nil: by the payment terms again.
    /// - throws: ``ProposalChangeRefusal`` also when it lies before the invoice's date; `DatabaseError`.
    public func setDueDate(_ date: CalendarDate?) throws {
        try change { proposal in
            if let date, date < proposal.confirmed.accountingDate {
                throw ProposalChangeRefusal(
                    "the due date \(date) is before \(proposal.confirmed.accountingDate), the date of the invoice of "
                        + "proposal \(number)")
            }
            try store.setDueDate(date, of: number)
        }
    }

    /// Takes a step of the workflow of approval.
    ///
    /// - parameter person: who does so.
    /// - returns: how far it has come then.
    /// - throws: ``ProposalChangeRefusal``; `DatabaseError`.
    @discardableResult
    public func take(
        _ action: ProposalApproval.Action, by person: String, comment: String? = nil
    ) throws -> ProposalApproval {
        try change { proposal in
            let parameters = try SetupStore(connection: connection).setup(of: company).parameters
            if let reason = ProposalApproval.refusal(
                of: action, proposal: number, proposal.status, proposal.approval,
                isWorkflow: parameters.approvesProposals)
            {
                throw ProposalChangeRefusal(reason)
            }
            guard let approval = ProposalApproval.after(action, proposal.approval) else {
                throw ProposalChangeRefusal("proposal \(number) cannot be \(action.pastTense)")
            }
            try store.setApproval(approval, of: number)
            try ProposalApprovalStore(company: company, connection: connection).append(
                number, action, by: person, comment: comment)
            return approval
        }
    }

    /// Does something with the proposal, locked, in a transaction of its own.
    private func change<T>(_ body: (Proposal) throws -> T) throws -> T {
        try connection.transaction {
            switch try store.lock(number: number) {
            case .missing:
                throw ProposalChangeRefusal(
                    "company \(company) has no proposal \(number); list them with \"ledgerbus finance proposals list\"")
            case .held:
                throw ProposalChangeRefusal(
                    "proposal \(number) is being posted, imported or confirmed at this moment; try again")
            case .locked(let proposal):
                guard proposal.status != .invoiced else {
                    throw ProposalChangeRefusal("proposal \(number) is invoiced: nothing of it can be changed")
                }
                guard try !store.isAboutToBePosted(number) else {
                    throw ProposalChangeRefusal("proposal \(number) is about to be posted; wait for the outcome")
                }
                return try body(proposal)
            }
        }
    }
}

/// Why something cannot be done with a proposal.
public struct ProposalChangeRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public let reason: String
    init(_ reason: String) { self.reason = reason }
    public var description: String { reason }
}
