import Bus
public import Contracts
public import Database

/// Sets the sales tax groups of lines that are not posted: all of those that are asked for, or none. Posting computes the
/// tax of the groups that a line has then (`domain.md` §6.10.9, §6.13).
public struct SalesTaxEditing {
    private let company: Company
    private let user: String
    private let connection: Connection

    /// - parameter user: who sets them.
    public init(company: Company, user: String, connection: Connection) {
        self.company = company
        self.user = user
        self.connection = connection
    }

    /// A line whose groups were set.
    public struct Edited: Hashable, Sendable, Encodable {
        /// Nil for a milestone, whose proposal has no lines yet.
        public let lineNumber: Int?
        public let actualId: GUID
        public let before: SalesTaxGroups
        /// Nil when the next import gives it those of set-up.
        public let after: SalesTaxGroups?
    }

    /// Sets groups of a journal's lines.
    ///
    /// - throws: ``SalesTaxEditRefusal``, ``SetupGap``; `DatabaseError`.
    @discardableResult
    public func setJournalLines(_ changes: [SalesTaxChange], of number: String) throws -> [Edited] {
        let store = JournalStore(company: company, connection: connection)
        return try connection.transaction {
            guard let journal = try store.lock(number) else {
                throw SalesTaxEditRefusal("company \(company) has no journal \(number)")
            }
            guard journal.status.isRenewable else {
                throw SalesTaxEditRefusal(
                    "journal \(number) is \(journal.status.rawValue): its lines do not change any more")
            }
            let edits = try edits(changes, of: "journal \(number)", hasProposalLines: false) {
                try store.taxableLines(of: number, numbers: $0, actuals: $1)
            }
            try store.setSalesTax(edits.byLine, of: number)
            try remember(edits)
            try ImportQueueStore(connection: connection).appendAgain(
                edits.reset.map { StagedActualStore.Key(company: company, actualId: $0) })
            return edits.edited
        }
    }

    /// Sets groups of a proposal's lines.
    ///
    /// - throws: ``SalesTaxEditRefusal``, ``SetupGap``; `DatabaseError`.
    @discardableResult
    public func setProposalLines(_ changes: [SalesTaxChange], of number: String) throws -> [Edited] {
        let store = ProposalStore(company: company, connection: connection)
        return try connection.transaction {
            guard let proposal = try store.lockForPosting(number) else {
                throw SalesTaxEditRefusal("company \(company) has no proposal \(number)")
            }
            guard proposal.status.isPostable else {
                throw SalesTaxEditRefusal(
                    proposal.status == .invoiced
                        ? "proposal \(number) is \(proposal.status.rawValue): its lines do not change any more"
                        : "proposal \(number) has no lines yet: \(proposal.waitingFor ?? "import from staging first")")
            }
            let edits = try edits(changes, of: "proposal \(number)", hasProposalLines: true) {
                try store.taxableLines(of: number, numbers: $0, actuals: $1)
            }
            try store.setSalesTax(edits.byLine, of: number)
            try store.keepApproval(of: number, changedBy: user)
            try remember(edits)
            if !edits.reset.isEmpty {
                try InvoiceCheckStore(connection: connection).mark(
                    InvoiceCheckStore.Invoice(company: company, invoiceId: proposal.invoiceId))
            }
            return edits.edited
        }
    }

    /// Sets groups of milestones whose proposals have no lines yet.
    ///
    /// - throws: ``SalesTaxEditRefusal``, ``SetupGap``; `DatabaseError`.
    @discardableResult
    public func setMilestones(_ changes: [SalesTaxChange]) throws -> [Edited] {
        let store = ProposalStore(company: company, connection: connection)
        return try connection.transaction {
            let setup = try SetupStore(connection: connection).setup(of: company)
            let edits = try edits(changes, of: "company \(company)", hasProposalLines: false) { _, actuals in
                try store.milestonesToTax(actuals).map { milestone in
                    var line = milestone.line
                    guard line.transactionClass == .milestone, line.transactionType == .billedSales else {
                        throw SalesTaxEditRefusal("actual \(line.actualId) is no milestone of an invoice")
                    }
                    if let proposal = milestone.proposalNumber {
                        throw SalesTaxEditRefusal(
                            "milestone \(line.actualId) is a line of proposal \(proposal) already, and its sales tax does "
                                + "not change any more; delete the lines of the proposal first")
                    }
                    if !milestone.isEdited {
                        line.groups = SalesTaxGroups(
                            salesTaxGroup: setup.billingSalesTaxGroup(
                                project: milestone.projectNumber, contract: milestone.contractNumber,
                                customer: milestone.customerAccount),
                            itemSalesTaxGroup: try setup.itemSalesTaxGroup(of: .milestone, category: nil))
                    }
                    return line
                }
            }
            try remember(edits)
            return edits.edited.map {
                Edited(lineNumber: nil, actualId: $0.actualId, before: $0.before, after: $0.after)
            }
        }
    }
}

extension SalesTaxEditing {
    /// What is to be written.
    private struct Edits {
        var edited: [Edited] = []
        var byLine: [Int: SalesTaxGroups] = [:]
        var byActual: [GUID: SalesTaxGroups] = [:]
        var reset: [GUID] = []
    }

    private func remember(_ edits: Edits) throws {
        let store = SalesTaxEditStore(company: company, connection: connection)
        try store.remember(edits.byActual, by: user)
        try store.forget(edits.reset)
    }

    /// Finds the lines of changes, and what becomes of them.
    ///
    /// - parameter find: finds lines by number and by actual.
    private func edits(
        _ changes: [SalesTaxChange], of document: String, hasProposalLines: Bool,
        _ find: ([Int], [GUID]) throws -> [TaxableLine]
    ) throws -> Edits {
        let setup = try SetupStore(connection: connection).setup(of: company)
        var numbers: [Int] = []
        var actuals: [GUID] = []
        for change in changes {
            switch change.line {
            case .number(let number): numbers.append(number)
            case .actual(let actualId): actuals.append(actualId)
            }
        }
        let lines = try find(numbers, actuals)
        let byNumber = Dictionary(lines.map { ($0.lineNumber, $0) }) { first, _ in first }
        let byActual = Dictionary(lines.map { ($0.actualId, $0) }) { first, _ in first }
        var edits = Edits()
        var problems: [String] = []
        var seen: Set<GUID> = []
        for change in changes {
            let found =
                switch change.line {
                case .number(let number): byNumber[number]
                case .actual(let actualId): byActual[actualId]
                }
            guard let line = found else {
                problems.append("\(document) has no \(change.line)")
                continue
            }
            if let refusal = line.refusal(hasProposalLine: hasProposalLines) {
                problems.append("\(change.line) \(refusal)")
                continue
            }
            guard seen.insert(line.actualId).inserted else {
                problems.append("\(change.line) is given a second time")
                continue
            }
            guard !change.isReset else {
                edits.reset.append(line.actualId)
                edits.edited.append(
                    Edited(lineNumber: line.lineNumber, actualId: line.actualId, before: line.groups, after: nil))
                continue
            }
            let groups = change.apply(to: line.groups)
            if let unknown = setup.unknownGroup(of: groups) {
                problems.append("\(change.line): company \(company) has no \(unknown)")
                continue
            }
            edits.byLine[line.lineNumber] = groups
            edits.byActual[line.actualId] = groups
            edits.edited.append(
                Edited(lineNumber: line.lineNumber, actualId: line.actualId, before: line.groups, after: groups))
        }
        guard problems.isEmpty else { throw SalesTaxEditRefusal(problems: problems) }
        return edits
    }
}

/// Why sales tax groups were not set; then none was.
public struct SalesTaxEditRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public let reason: String

    init(_ reason: String) { self.reason = reason }

    /// So many of several problems are named.
    private static let most = 10

    init(problems: [String]) {
        let rest = problems.count - Self.most
        reason =
            problems.prefix(Self.most).joined(separator: "; ") + (rest > 0 ? "; and \(rest) more" : "")
            + "; nothing was set"
    }

    public var description: String { reason }
}
