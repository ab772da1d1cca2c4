import Bus
public import Contracts
public import Database
import Dataverse
import Finance

/// Whether both sides agree on every actual and invoice (promise 5): counts and amounts in transaction and accounting
/// currency, per invoice and in total, what is under way, and each that disagrees.
public struct Reconciliation: Sendable, Encodable {
    /// Counts and amounts of a company's actuals in one currency, as each side has them.
    public struct Total: Sendable, Encodable {
        public let company: Company?
        public let currency: CurrencyCode?
        public internal(set) var dataverse = Sums()
        public internal(set) var finance = Sums()
    }

    /// Of what is, or is to be, on both sides.
    public struct Sums: Hashable, Sendable, Encodable {
        public internal(set) var actuals = 0
        /// In the transaction currency.
        public internal(set) var amount = Money.zero
        /// How many are posted: with Dataverse, how many have a voucher.
        public internal(set) var posted = 0
        /// In the company's accounting currency, of those.
        public internal(set) var accountingAmount = Money.zero
        /// In the transaction currency.
        public internal(set) var salesTaxAmount = Money.zero
    }

    /// What both sides have of one invoice's billed sales.
    public struct InvoiceLine: Sendable, Encodable {
        public let invoiceId: GUID
        public internal(set) var invoice: String?
        public internal(set) var company: Company?
        public internal(set) var currency: CurrencyCode?
        public internal(set) var dataverse = Sums()
        public internal(set) var finance = Sums()
        /// `agrees`, how far it has come, or `disagrees`.
        public internal(set) var outcome = ""
    }

    /// What disagrees.
    public struct Disagreement: Sendable, Encodable {
        public enum Kind: String, Sendable, Encodable {
            case actual, invoice, voucher
        }

        public let kind: Kind
        /// Of the actual or invoice; nil of a voucher.
        public let id: GUID?
        /// The invoice's number, or the voucher.
        public internal(set) var number: String?
        public internal(set) var company: Company?
        public internal(set) var difference: Difference
        /// The message that did not take effect, which is to be seen to first; nil when there is none.
        public internal(set) var error: String?
    }

    /// How many there are of what agrees or is under way.
    public struct Count: Sendable, Encodable {
        public let what: String
        public let actuals: Int
        public let invoices: Int
    }

    public internal(set) var totals: [Total] = []
    public internal(set) var agreed: [Count] = []
    public internal(set) var underWay: [Count] = []
    /// In the order of company and number.
    public internal(set) var invoices: [InvoiceLine] = []
    /// The first of them.
    public internal(set) var disagreements: [Disagreement] = []
    /// How many there are in all.
    public internal(set) var disagreeing = 0
    /// Whether the brokers could be asked what is on its way: where they could not, that counts as missing.
    public internal(set) var asksBrokers = true

    public var isClean: Bool { disagreeing == 0 }
}

/// What is to be compared.
public struct ReconciliationScope: Hashable, Sendable {
    /// The only company; nil for all.
    public var company: Company?
    /// By the document date of actuals, and the accounting date of invoices.
    public var from: CalendarDate?
    public var to: CalendarDate?
    /// The only invoice, by its number or id.
    public var invoice: String?
    /// At most so many disagreements are listed; all are counted.
    public var limit = 1_000

    public init() {}

    func includes(_ company: Company?, _ date: CalendarDate?) -> Bool {
        if let only = self.company, company != only { return false }
        guard let date else { return from == nil && to == nil }
        return (from.map { $0.day <= date.day } ?? true) && (to.map { date.day <= $0.day } ?? true)
    }
}

extension Reconciliation {
    /// Compares both databases. Actuals of both stream in the order of their ids; an invoice takes a line of memory.
    ///
    /// What disagrees is looked at twice: what moved between the two looks is under way.
    ///
    /// - parameter lagging: asks of which topics consumers have not taken over all messages; nil when nobody knows.
    /// - parameter progress: is told how many actuals have been compared.
    /// - throws: `DatabaseError`; ``ReconciliationError`` when there is no such invoice.
    public init(
        _ scope: ReconciliationScope, dataverse: Connection, finance: Connection, lagging: () -> Set<TopicName>?,
        progress: (Int) -> Void = { _ in }
    ) throws {
        let known = lagging()
        var comparison = SideComparison(scope, Transit(lagging: known ?? []))
        try dataverse.transaction(.repeatableRead) {
            try finance.transaction(.repeatableRead) {
                try comparison.run(dataverse, finance, progress)
            }
        }
        if !comparison.result.isClean {
            try comparison.confirm(Transit(lagging: lagging() ?? []), dataverse, finance)
        }
        self = comparison.result
        asksBrokers = known != nil
        try noteErrors(dataverse, finance)
    }

    /// Names the messages that did not take effect, of what disagrees.
    private mutating func noteErrors(_ dataverse: Connection, _ finance: Connection) throws {
        func numbers(_ topic: TopicName, _ kind: Disagreement.Kind, _ prefix: String, _ connection: Connection) throws
            -> [GUID: String]
        {
            try ErrorNumbers.find(
                topic, about: disagreements.filter { $0.kind == kind }.compactMap(\.id), prefix: prefix, connection)
        }
        let found: [(Disagreement.Kind, [GUID: String])] = [
            (.actual, try numbers(.actualCreated, .actual, "F", finance)),
            (.actual, try numbers(.accountingDetail, .actual, "D", dataverse)),
            (.invoice, try numbers(.invoiceConfirmed, .invoice, "F", finance)),
            (.invoice, try numbers(.invoicePosted, .invoice, "D", dataverse)),
        ]
        for index in disagreements.indices {
            guard let id = disagreements[index].id else { continue }
            disagreements[index].error =
                found.lazy.filter { [kind = disagreements[index].kind] in $0.0 == kind }.compactMap { $0.1[id] }.first
        }
    }
}

/// Why nothing is compared.
public struct ReconciliationError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
}
