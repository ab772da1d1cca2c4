import Bus
public import Contracts
public import Database

/// What is to be posted.
public enum PostingSelection: Hashable, Sendable {
    /// Every journal in draft that nobody has asked for yet.
    case journals
    /// Every ready proposal that nobody has asked for yet; where proposals are approved, every one that is.
    case proposals
    /// One journal or proposal.
    case number(String)
}

/// Which journals the periodic posting takes (`domain.md` §6.11, *Batch filter fields*). Nil takes all.
public struct JournalFilter: Hashable, Sendable {
    /// The first day of their period.
    public var periodStart: CalendarDate?
    public var number: String?
    /// The journal that their lines were in, and could not be posted with.
    public var originalNumber: String?

    public init(periodStart: CalendarDate? = nil, number: String? = nil, originalNumber: String? = nil) {
        self.periodStart = periodStart
        self.number = number
        self.originalNumber = originalNumber
    }

    /// Whether it takes all.
    public var isEmpty: Bool { self == JournalFilter() }
}

/// A request to post one journal or proposal, by its own id.
public struct PostingRequest: Hashable, Sendable {
    public let commandId: GUID
    public let company: Company
    public let kind: PostingKind
    public let number: String
}

/// Asks for journals and proposals to be posted, over the bus, and tells what has become of it.
public struct PostingRequests: Sendable {
    private let choices: ChoiceTables

    public init(choices: ChoiceTables) { self.choices = choices }

    /// Publishes requests, in one transaction.
    ///
    /// Asking again before a posting is done gives the same request, which takes effect once.
    ///
    /// - parameter company: of this company only; of every company when nil.
    /// - parameter filter: of ``PostingSelection/journals``, the only ones.
    /// - parameter invoiceDate: the date of the customers' invoices; each proposal's own when nil.
    /// - throws: ``PostingRequestError`` when a number is not there or is not one alone; `DatabaseError`.
    public func publish(
        _ selection: PostingSelection, filter: JournalFilter = JournalFilter(), invoiceDate: CalendarDate? = nil,
        requestedBy: String, company: Company? = nil,
        on connection: Connection
    ) throws -> [PostingRequest] {
        try publish(
            [selection], filter: filter, invoiceDate: invoiceDate, requestedBy: requestedBy, company: company,
            on: connection)
    }

    /// Publishes requests for several selections: all, or, when one of them can't be, none.
    ///
    /// - throws: ``PostingRequestError`` when a number is not there or is not one alone; `DatabaseError`.
    public func publish(
        _ selections: [PostingSelection], filter: JournalFilter = JournalFilter(), invoiceDate: CalendarDate? = nil,
        requestedBy: String,
        company: Company? = nil, on connection: Connection
    ) throws -> [PostingRequest] {
        try connection.transaction {
            var documents: [PostableDocument] = []
            for selection in selections {
                documents += try find(selection, filter: filter, company: company, on: connection)
            }
            let outbox = try OutboxRows(choices: choices)
            let hash = try SHA256()
            var requests: [PostingRequest] = []
            var asked: Set<GUID> = []
            for document in documents {
                let identity = [
                    document.kind.rawValue, document.company.rawValue, document.number, "\(document.attempts)",
                    invoiceDate?.description ?? "",
                ].joined(separator: "|")
                let request = PostingRequest(
                    commandId: document.openRequest ?? hash.digest(identity).guid, company: document.company,
                    kind: document.kind, number: document.number)
                guard asked.insert(request.commandId).inserted else { continue }
                requests.append(request)
                guard document.openRequest == nil else { continue }
                try outbox.append(
                    PostingRequested(
                        commandId: request.commandId, company: request.company, kind: request.kind,
                        number: request.number, invoiceDate: request.kind == .proposal ? invoiceDate : nil,
                        requestedBy: requestedBy),
                    traceId: document.invoiceId ?? request.commandId)
            }
            try outbox.write(to: connection)
            return requests
        }
    }

    private func find(
        _ selection: PostingSelection, filter: JournalFilter, company: Company?, on connection: Connection
    ) throws -> [PostableDocument] {
        let documents = try PostingRequestStore(connection: connection).documents(
            selection, filter: filter, company: company)
        guard case .number(let number) = selection else { return documents }
        guard let first = documents.first else { throw PostingRequestError.notFound(number, company: company) }
        guard documents.count == 1 else {
            throw PostingRequestError.ambiguous(number, documents.map { "\($0.kind.rawValue) in \($0.company)" })
        }
        return [first]
    }
}

/// Why nothing can be asked for.
public enum PostingRequestError: Error, Hashable, Sendable, CustomStringConvertible {
    case notFound(String, company: Company?)
    case ambiguous(String, [String])

    public var description: String {
        switch self {
        case .notFound(let number, let company):
            "there is no journal and no proposal \(number)\(company.map { " in company \($0)" } ?? ""); "
                + "list them with \"ledgerbus finance journals\" and \"ledgerbus finance proposals\""
        case .ambiguous(let number, let places):
            "\(number) is \(places.joined(separator: " and ")); say which with --company"
        }
    }
}
