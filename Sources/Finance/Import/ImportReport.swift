public import Contracts

/// What an import from staging did, and what it could not do yet.
public struct ImportReport: Hashable, Sendable, Encodable {
    /// A journal that was made, or that got more lines.
    public struct Journal: Hashable, Sendable, Encodable {
        public let company: Company
        public let number: String
        /// The new lines.
        public internal(set) var lines: Int
    }

    /// A proposal that got its lines.
    public struct Proposal: Hashable, Sendable, Encodable {
        public let company: Company
        public let number: String
        public let lines: Int
    }

    /// An invoice whose proposal has no lines yet.
    public struct Waiting: Hashable, Sendable, Encodable {
        public let company: Company
        public let number: String
        public let invoiceId: GUID
        /// What it waits for, in a sentence.
        public let reason: String
    }

    /// New rows that wait until they are validated (`domain.md` §6.14).
    public struct Validating: Hashable, Sendable, Encodable {
        public let company: Company
        public let rows: Int
        /// Minutes that a row waits after it came.
        public let minutes: Int
    }

    /// What could not be imported at all, and stopped nothing else.
    public struct Failure: Hashable, Sendable, Encodable {
        public let company: Company
        /// The invoice; nil when it is the company's journals.
        public let invoiceId: GUID?
        /// What is wrong and what to do.
        public let reason: String
    }

    /// In the order in which they were filled.
    public internal(set) var journals: [Journal] = []
    public internal(set) var proposals: [Proposal] = []
    /// Of the invoices that were looked at in this run.
    public internal(set) var waiting: [Waiting] = []
    public internal(set) var validating: [Validating] = []
    public internal(set) var failures: [Failure] = []
    /// All that are blocked now.
    public internal(set) var blocked: [BlockedRows] = []

    /// How many journal lines were made.
    public var journalLines: Int { journals.reduce(0) { $0 + $1.lines } }
    /// How many proposal lines were made.
    public var proposalLines: Int { proposals.reduce(0) { $0 + $1.lines } }

    public init() {}

    mutating func add(_ lines: Int, toJournal number: String, of company: Company) {
        // A journal that is filled further is the last one, or nearly.
        if let index = journals.suffix(64).lastIndex(where: { $0.number == number && $0.company == company }) {
            journals[index].lines += lines
        } else {
            journals.append(Journal(company: company, number: number, lines: lines))
        }
    }
}
