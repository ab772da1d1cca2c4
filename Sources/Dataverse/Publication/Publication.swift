import Bus
import Contracts
import Database

/// Publishes what a transaction changes, in the same transaction.
///
/// A row that misses something stays in its waiting list with the reason, and
/// goes on when what it waits for comes: only rows that changed, and rows
/// that something woke, are looked at. Rows stream through in chunks; an
/// invoice of a million lines is never held in memory.
final class Publication {
    let connection: Connection
    let lookups: Lookups
    let outbox: OutboxRows
    private(set) var published = PublishedCounts()
    private var waitingActuals: WaitingRows
    private var waitingConnections: WaitingRows
    private let progress: (String, Int) -> Void
    private let cutover: CutoverStore
    private let hasCutover: Bool

    /// How many rows are looked at at once.
    static let chunk = 5_000

    /// Reads what says whose rows are, so whoever changes that does so before.
    ///
    /// - parameter progress: is told how many messages have been written.
    /// - throws: `DatabaseError`; `SHA256Unavailable`.
    init(connection: Connection, choices: ChoiceTables, progress: @escaping (String, Int) -> Void) throws {
        self.connection = connection
        self.progress = progress
        lookups = try Lookups(connection: connection)
        outbox = try OutboxRows(choices: choices)
        cutover = CutoverStore(connection: connection)
        hasCutover = try cutover.date() != nil
        waitingActuals = WaitingRows(.actuals, connection: connection)
        waitingConnections = WaitingRows(.connections, connection: connection)
    }

    /// Publishes what is due: an invoice after its actuals, as one that is held holds its invoice.
    ///
    /// - throws: `DatabaseError`; `ContractError` when a meaning has no code.
    func publish(_ due: DueRows, choices: ChoiceTables) throws {
        try connection.plan(.readWholeCursor)
        try publishActuals(due)
        try due.removeDeletedActuals()
        try publishInvoices(due, choices)
        try publishConnections(due)
        try write()
    }

    /// Publishes a chunk of actuals, or puts them on their waiting list. They are on none yet. One with Skip Sync had it
    /// set later, and is withdrawn.
    ///
    /// - parameter links: what they are connected to.
    /// - throws: `DatabaseError`; `ContractError` when a meaning has no code.
    func publish(_ actuals: [Actual], links: [GUID: ActualLinks]) throws {
        try lookups.read(for: actuals, links: links)
        let cutoverFacts = hasCutover ? try cutover.facts(of: actuals) : [:]
        var settled: [GUID] = []
        var publishable: [(message: ActualCreated, traceId: GUID)] = []
        publishable.reserveCapacity(actuals.count)
        for actual in actuals {
            var facts = lookups.facts(of: actual, links: links[actual.actualId] ?? ActualLinks())
            facts.cutover = cutoverFacts[actual.actualId]
            switch ActualPublication(facts, isWithdrawn: actual.skipSync) {
            case .withheld: break
            case .settled: settled.append(actual.actualId)
            case .waiting(let reason): try waitingActuals.append(actual.actualId, reason)
            case .published(let message): publishable.append((message, actual.invoiceId ?? actual.actualId))
            }
        }
        try cutover.settle(settled)
        if hasCutover { publishable = try standing(publishable) }
        for (message, traceId) in publishable where message.reversedActualId == nil { try append(message, traceId) }
        try publish(publishable.filter { $0.message.reversedActualId != nil })
    }

    /// Has what messages stand on published as posted before the cut-over, where it is settled. What stands on something
    /// that has no voucher waits.
    ///
    /// - returns: the messages that can be published.
    private func standing(
        _ messages: [(message: ActualCreated, traceId: GUID)]
    ) throws -> [(message: ActualCreated, traceId: GUID)] {
        let bases = Set(messages.lazy.filter { $0.message.openingVoucher == nil }.flatMap { $0.message.bases }).sorted()
        try cutover.noteStoodOn(bases)
        let settled = try cutover.settled(among: bases)
        guard !settled.isEmpty else { return messages }
        let openings = try cutover.open(settled.filter(\.value).map(\.key).sorted())
        if !openings.isEmpty {
            try publish(openings, links: ConnectionStore(connection: connection).links(of: openings.map(\.actualId)))
        }
        return try messages.filter { message, _ in
            guard message.openingVoucher == nil, let base = message.bases.first(where: { settled[$0] == false }) else {
                return true
            }
            try waitingActuals.append(message.actualId, WaitingReason(.settled, base))
            return false
        }
    }

    /// Publishes reversals, each unless another one took its original back before (`domain.md` §9.26).
    private func publish(_ reversals: [(message: ActualCreated, traceId: GUID)]) throws {
        let others = try ReversalStore(connection: connection).takeBack(
            reversals.compactMap { Reversal(of: $0.message) })
        for (message, traceId) in reversals {
            if let other = others[message.actualId] {
                try waitingActuals.append(message.actualId, other.reason)
            } else {
                try append(message, traceId)
            }
        }
    }

    private func append(_ message: ActualCreated, _ traceId: GUID) throws {
        try outbox.append(message, traceId: traceId)
        published.actuals += 1
    }

    /// Publishes a chunk of connections of two actuals, or puts them on their waiting list. They are on none yet.
    ///
    /// - throws: `DatabaseError`; `ContractError` when a meaning has no code.
    func publish(_ connections: [DueConnection]) throws {
        try lookups.read(for: connections.compactMap(\.first))
        for connected in connections {
            let company = connected.first.flatMap(lookups.company)
            switch ConnectionPublication(connected.connection, first: connected.first, company: company) {
            case .waiting(let reason): try waitingConnections.append(connected.connection.connectionId, reason)
            case .published(let message):
                try outbox.append(message, traceId: connected.first?.invoiceId ?? message.transaction1Id)
                published.connections += 1
            }
        }
    }

    /// Writes what was published and what waits.
    ///
    /// - throws: `DatabaseError`.
    func write() throws {
        try outbox.write(to: connection)
        try waitingActuals.write()
        try waitingConnections.write()
        progress("messages written", published.total)
    }

    private func publishActuals(_ due: DueRows) throws {
        let store = ConnectionStore(connection: connection)
        var chunk: [Actual] = []
        try due.forEachActual(chunk: Self.chunk) {
            chunk.append($0)
        } afterChunk: {
            try publish(chunk, links: store.links(of: chunk.map(\.actualId)))
            try write()
            chunk.removeAll(keepingCapacity: true)
        }
    }

    private func publishConnections(_ due: DueRows) throws {
        var chunk: [DueConnection] = []
        try due.forEachConnection(chunk: Self.chunk) {
            chunk.append($0)
        } afterChunk: {
            try publish(chunk)
            try write()
            chunk.removeAll(keepingCapacity: true)
        }
    }

    func count(publishedInvoices: Int) { published.invoices += publishedInvoices }
}

extension ActualCreated {
    /// What it bills or takes back.
    fileprivate var bases: [GUID] { [unbilledActualId, reversedActualId].compactMap(\.self) }
}

/// How many messages a transaction wrote to the outbox.
struct PublishedCounts: Hashable, Sendable {
    var invoices = 0
    var actuals = 0
    var connections = 0

    var total: Int { invoices + actuals + connections }
    var byTopic: [TopicName: Int] {
        [.invoiceConfirmed: invoices, .actualCreated: actuals, .transactionConnected: connections]
    }
}
