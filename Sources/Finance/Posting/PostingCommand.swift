import Bus
public import Contracts
public import Database
import Service

/// Asks for journals and proposals to be posted, over the bus, and waits for
/// what becomes of it.
public struct PostingCommand {
    /// What is to be posted.
    public enum Selection: Hashable, Sendable {
        /// Every journal in draft, or in error, that nobody has asked for yet.
        case journals
        /// Every ready proposal that nobody has asked for yet.
        case proposals
        /// One journal or proposal.
        case number(String)
    }

    /// A command, by its own id.
    public struct Requested: Hashable, Sendable {
        public let commandId: GUID
        public let company: String
        public let kind: PostingKind
        public let number: String
    }

    private let choices: ChoiceTables

    public init(choices: ChoiceTables) { self.choices = choices }

    /// Publishes the commands, in one transaction.
    ///
    /// Asking again before a posting is done gives the same command, which
    /// takes effect once.
    ///
    /// - parameter company: of this company only; of every company when nil.
    /// - parameter invoiceDate: the date of the customers' invoices; each proposal's own when nil.
    /// - throws: ``PostingCommandError`` when a number is not there or is not
    ///   one alone; `DatabaseError`.
    public func request(
        _ selection: Selection, invoiceDate: CalendarDate? = nil, requestedBy: String, company: String? = nil,
        on connection: Connection
    ) throws -> [Requested] {
        try connection.transaction {
            let candidates = try find(selection, company: company, on: connection)
            let outbox = try OutboxRows(choices: choices)
            let hash = try SHA256()
            var requested: [Requested] = []
            for candidate in candidates {
                let identity = [
                    candidate.kind.rawValue, candidate.company, candidate.number, "\(candidate.attempt)",
                    invoiceDate?.description ?? "",
                ].joined(separator: "|")
                let command = Requested(
                    commandId: candidate.open ?? hash.digest(identity).guid, company: candidate.company,
                    kind: candidate.kind, number: candidate.number)
                requested.append(command)
                guard candidate.open == nil else { continue }
                try outbox.append(
                    PostingRequested(
                        commandId: command.commandId, company: Company(checking: command.company), kind: command.kind,
                        number: command.number, invoiceDate: command.kind == .proposal ? invoiceDate : nil,
                        requestedBy: requestedBy),
                    traceId: candidate.invoiceId ?? command.commandId)
            }
            try outbox.write(to: connection)
            return requested
        }
    }

    private struct Candidate {
        var company: String
        var kind: PostingKind
        var number: String
        /// How often it has been tried.
        var attempt: Int64
        /// The command that is still to be carried out, if there is one.
        var open: GUID?
        var invoiceId: GUID?
    }

    private func find(_ selection: Selection, company: String?, on connection: Connection) throws -> [Candidate] {
        let number: String? = if case .number(let number) = selection { number } else { nil }
        let rows = try connection.query(
            """
            WITH candidate AS (
                SELECT data_area_id, 'journal' AS kind, journal_number AS number, NULL::uuid AS invoice_id
                FROM integration_journals
                WHERE $1 IN ('journals', 'number') AND ($2::text IS NULL OR journal_number = $2)
                    AND ($1 = 'number' OR status IN ('Draft', 'Error'))
                UNION ALL
                SELECT data_area_id, 'proposal', proposal_number, invoice_id
                FROM invoice_proposals
                WHERE $1 IN ('proposals', 'number') AND ($2::text IS NULL OR proposal_number = $2)
                    AND ($1 = 'number' OR status = 'Ready')
            )
            SELECT candidate.data_area_id, candidate.kind, candidate.number, candidate.invoice_id, past.attempts,
                pending.command_id
            FROM candidate
            CROSS JOIN LATERAL (
                SELECT count(*) AS attempts FROM posting_requests request
                WHERE request.data_area_id = candidate.data_area_id AND request.kind = candidate.kind
                    AND request.number = candidate.number AND request.status IN ('Posted', 'Error')
            ) past
            LEFT JOIN LATERAL (
                SELECT command_id FROM posting_requests request
                WHERE request.data_area_id = candidate.data_area_id AND request.kind = candidate.kind
                    AND request.number = candidate.number AND request.status IN ('Draft', 'Processing')
                ORDER BY requested_at LIMIT 1
            ) pending ON true
            WHERE ($3::text IS NULL OR candidate.data_area_id = $3)
                AND ($1 = 'number' OR pending.command_id IS NULL)
            ORDER BY candidate.data_area_id, candidate.kind, candidate.number
            """, selection.name, number, company)
        let candidates = try rows.map { row in
            Candidate(
                company: try row.string(0),
                kind: try row.string(1) == PostingKind.journal.rawValue ? .journal : .proposal,
                number: try row.string(2), attempt: try row.int64(4), open: try row.optionalGUID(5),
                invoiceId: try row.optionalGUID(3))
        }
        guard let number else { return candidates }
        guard let first = candidates.first else { throw PostingCommandError.notFound(number, company: company) }
        guard candidates.count == 1 else {
            throw PostingCommandError.ambiguous(number, candidates.map { "\($0.kind.rawValue) in \($0.company)" })
        }
        return [first]
    }
}

extension PostingCommand.Selection {
    fileprivate var name: String {
        switch self {
        case .journals: "journals"
        case .proposals: "proposals"
        case .number: "number"
        }
    }
}

/// Why nothing can be asked for.
public enum PostingCommandError: Error, Hashable, Sendable, CustomStringConvertible {
    case notFound(String, company: String?)
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
