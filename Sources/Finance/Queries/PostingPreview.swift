import Bus
public import Contracts
public import Database
import Service

/// What posting a journal or proposal would do, if it were done now.
///
/// It is posted by the rules and the statements of posting itself, in a transaction that is rolled back: so it says what
/// posting would say, takes as long, and holds what posting holds meanwhile. Nothing is written, no number is taken,
/// and nothing is published.
public struct PostingPreview {
    private let choices: ChoiceTables
    private let zone: DayZone

    /// - parameter zone: whose day the day of posting is.
    public init(choices: ChoiceTables, zone: DayZone) {
        self.choices = choices
        self.zone = zone
    }

    /// Someone who posts the same is waited for so long.
    private static let lockTimeout = "5s"

    /// - parameters:
    ///   - company: the only company; any when nil.
    ///   - invoiceDate: the date of the customer's invoice that would be asked for; the proposal's own when nil.
    ///   - entry: is given each ledger entry, in the order of vouchers; those of an invoice have no voucher number yet.
    /// - throws: ``PostingRequestError`` when there is no such number or several have it; ``PreviewError``;
    ///   `DatabaseError`; what `entry` throws.
    public func run(
        _ number: String, company: Company? = nil, invoiceDate: CalendarDate? = nil, on connection: Connection,
        entry: (LedgerEntry) throws -> Void
    ) throws -> PreviewedPosting {
        let documents = try PostingRequestStore(connection: connection).documents(.number(number), company: company)
        guard let document = documents.first else { throw PostingRequestError.notFound(number, company: company) }
        guard documents.count == 1 else {
            throw PostingRequestError.ambiguous(number, documents.map { "\($0.kind.rawValue) in \($0.company)" })
        }
        let request = ClaimedRequest(
            commandId: GUID(high: 0, low: 0), company: document.company, kind: document.kind, number: number,
            invoiceDate: invoiceDate, epoch: 0, attempts: 0)
        do {
            return try rolledBack(on: connection) { try post(request, on: connection, entry) }
        } catch let refusal as PostingRefusal {
            return PreviewedPosting(request, refused: refusal)
        } catch let error as NumberSequenceError {
            return PreviewedPosting(request, refused: PostingRefusal(error.code, "\(error)"))
        } catch let error as DatabaseError where error.isLockTimeout {
            throw PreviewError.busy(request.subject)
        } catch let error as DatabaseError where error.refusedValue != nil {
            return PreviewedPosting(request, refused: try PostingRefusal(error, of: request, on: connection))
        } catch is PeriodClosed {
            throw PreviewError.periodClosed(request.subject)
        }
    }

    private func post(
        _ request: ClaimedRequest, on connection: Connection, _ entry: (LedgerEntry) throws -> Void
    ) throws -> PreviewedPosting {
        try connection.execute("SELECT set_config('lock_timeout', $1, true)", Self.lockTimeout)
        let numbers = PreviewNumbers(connection: connection, company: request.company)
        let companies = CompanyBookings(setups: SetupCache())
        let progress = PostingProgress(shutdown: GracefulShutdown())
        let rows = PreviewedRows(request: request, connection: connection)
        guard try !rows.arePosted() else { return PreviewedPosting(postedBefore: request) }
        let posted =
            switch request.kind {
            case .journal:
                try JournalPosting(companies: companies, choices: choices, publishes: false).post(
                    request, on: connection, progress: progress, takeNumber: numbers.take)
            case .proposal:
                try ProposalPosting(companies: companies, zone: zone, choices: choices, publishes: false).post(
                    request, on: connection, progress: progress, takeNumber: numbers.take)
            }
        let summary = try rows.summary(posted, numbers: numbers)
        try rows.forEachEntry(entry)
        return summary
    }

    private func rolledBack<Result>(on connection: Connection, _ body: () throws -> Result) throws -> Result {
        var result: Result?
        do {
            try connection.transaction {
                result = try body()
                throw RolledBack()
            }
        } catch is RolledBack {}
        guard let result else { throw CancellationError() }
        return result
    }
}

/// Ends a transaction that was to write nothing.
private struct RolledBack: Error {}

/// Why nothing can be said of a posting.
public enum PreviewError: Error, Hashable, Sendable, CustomStringConvertible {
    case busy(String)
    case periodClosed(String)

    public var description: String {
        switch self {
        case .busy(let subject): "\(subject) is being posted, or what it needs is held by another posting; ask again"
        case .periodClosed(let subject): "a period was closed while \(subject) was looked at; ask again"
        }
    }
}

/// Numbers that stand for those that posting would take.
final class PreviewNumbers {
    private let connection: Connection
    private let company: Company
    private(set) var taken: [NumberSequence: String] = [:]

    /// No sequence gives out a number with it.
    static let prefix = "?"
    /// What is shown in the place of one.
    static let notTaken = "(not taken)"

    init(connection: Connection, company: Company) {
        self.connection = connection
        self.company = company
    }

    /// A number that is in nobody's way.
    ///
    /// - throws: `NumberSequenceError`, as the sequence itself would; `DatabaseError`.
    func take(_ sequence: NumberSequence) throws -> NumberBlock {
        try NumberSequenceStore(connection: connection).check(sequence, company: company)
        let block = NumberBlock(
            company: company, sequence: sequence, format: NumberFormat(prefix: Self.prefix, digits: 18),
            first: Int.random(in: 0..<1_000_000_000_000_000_000), count: 1)
        taken[sequence] = block.number(0)
        return block
    }

    /// What posting says, without the numbers that stand for others.
    func withoutNumbers(_ sentence: String) -> String {
        taken.values.reduce(sentence) { $0.replacing($1, with: Self.notTaken) }
    }
}
