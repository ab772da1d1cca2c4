public import Bus
public import Contracts
import Database
import Dataverse
import Finance
import Kafka

/// Every hop that an invoice, an actual or a journal took over both sides and the bus, where it is now, and why.
public struct Trace: Sendable, Encodable {
    /// What is traced.
    public enum Subject: Hashable, Sendable {
        case invoice(GUID)
        case actual(GUID)
        /// By company and number.
        case journal(Company, String)
    }

    /// `invoice`, `actual` or `journal`.
    public private(set) var kind: String
    public private(set) var id: String
    /// The trace of its messages, as their header `traceparent` has it; nil of a journal, which is many.
    public private(set) var traceId: String?
    /// What it is, in a few words.
    public private(set) var title = ""
    public private(set) var hops: [TracedHop] = []
    /// Where it is now; nil when a source that knows is away.
    public private(set) var now: String?
    /// What stands in its way, the first thing first.
    public private(set) var obstacles: [Obstacle] = []
    /// What could not be asked, and why.
    public private(set) var missing: [String] = []

    /// - throws: `DatabaseError` of a database that answered before.
    public init(_ subject: Subject, _ sources: [TraceSource], finder: MessageFinder?) throws {
        switch subject {
        case .invoice(let id): (kind, self.id) = ("invoice", id.description)
        case .actual(let id): (kind, self.id) = ("actual", id.description)
        case .journal(let company, let number): (kind, self.id) = ("journal", "\(company)/\(number)")
        }
        let dataverse = sources.first { $0.side == .dataverse }?.connection
        let finance = sources.first { $0.side == .finance }?.connection
        let ways = Ways(dataverse: dataverse, finance: finance, finder: finder)
        for source in sources {
            if let failure = source.failure { missing.append("\(source.side.rawValue): \(failure)") }
        }
        if finder == nil { missing.append("Kafka: it does not answer, so that partitions and offsets are missing") }
        switch subject {
        case .invoice(let id): try add(invoice: id, ways)
        case .actual(let id): try add(actual: id, ways)
        case .journal(let company, let number): try add(journal: .init(company: company, number: number), ways)
        }
        // Not sorted by time: the clocks of the sides differ.
        let steps = hops.enumerated().sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }
        hops = steps.map(\.element)
        var before: Instant?
        for index in hops.indices {
            guard let at = hops[index].at else { continue }
            hops[index].seconds = before.map { Double(at.microsecondsSince2000 - $0.microsecondsSince2000) / 1_000_000 }
            before = at
        }
    }

    private struct Ways {
        let dataverse: Connection?
        let finance: Connection?
        let finder: MessageFinder?

        func connection(_ side: Side) -> Connection? { side == .dataverse ? dataverse : finance }

        /// The maps that are paused, as far as they can be asked.
        func paused() throws -> [TableMapSwitch] {
            try [dataverse, finance].compactMap(\.self).flatMap { try TableMapStore.paused(on: $0) }
        }
    }

    private mutating func add(invoice id: GUID, _ ways: Ways) throws {
        traceId = Self.trace(id)
        if let dataverse = ways.dataverse {
            let rows = try DataverseTrace.rows(ofInvoice: id, dataverse)
            hops += rows.map { TracedHop($0, .dataverse) }
            let since = rows.filter { $0.step == .captured || $0.step == .confirmed }.compactMap(\.first).min()
            try add(.trace(id), since: since, .dataverse, ways)
        }
        if let finance = ways.finance {
            let rows = try FinanceTrace.rows(ofInvoice: id, finance)
            hops += rows.map { TracedHop($0, .finance) }
            if let since = rows.first(where: { $0.step == .staged })?.first {
                try add(.trace(id), since: since, .finance, ways)
            }
        }
        guard let dataverse = ways.dataverse, let finance = ways.finance,
            let explanation = try InvoiceExplanation.list(id.description, dataverse: dataverse, finance: finance).first
        else { return }
        title = explanation.number + (explanation.customerName.map { ", \($0)" } ?? "")
        now = explanation.customerInvoice.map { "\(explanation.state) as customer invoice \($0)" } ?? explanation.state
        obstacles = explanation.obstacles
    }

    private mutating func add(actual id: GUID, _ ways: Ways) throws {
        traceId = Self.trace(id)
        var known = TracedActual()
        known.pausedMaps = Set(try ways.paused().map(\.map))
        if let dataverse = ways.dataverse, let facts = try DataverseTrace.facts(ofActual: id, dataverse) {
            traceId = Self.trace(facts.invoiceId ?? id)
            title =
                "\(facts.type.rawValue) of \(facts.amount)" + (facts.invoiceNumber.map { ", on invoice \($0)" } ?? "")
            known.skipSync = facts.skipSync
            known.isWrittenBack = facts.voucher != nil
            known.waitingReason = try DataverseTrace.waitingReason(ofActual: id, dataverse)
            hops.append(
                TracedHop(
                    TracedRows(.captured, "actuals", 1, first: facts.capturedAt, last: facts.capturedAt, state: nil),
                    .dataverse))
            if let reason = known.waitingReason {
                hops.append(
                    TracedHop(
                        TracedRows(.waiting, "actuals_waiting", 1, first: nil, last: nil, state: reason), .dataverse))
            }
            let messages = try add(
                .key(id.description, [.actualCreated]), since: facts.capturedAt, .dataverse, ways)
            known.isPublished = !messages.isEmpty
            known.inOutbox = messages.reduce(0) { $0 + $1.pending }
            if let voucher = facts.voucher {
                hops.append(
                    TracedHop(
                        TracedRows(
                            .writtenBack, "accounting_details", 1, first: nil, last: nil, state: "voucher \(voucher)"),
                        .dataverse))
            }
        }
        if let finance = ways.finance {
            let rows = try FinanceTrace.rows(ofActual: id, finance)
            hops += rows.map { TracedHop($0, .finance) }
            known.isStaged = rows.contains { $0.step == .staged }
            known.blockedReason = rows.first { $0.step == .blocked }?.state
            known.document = rows.first { $0.step == .imported }?.state
            known.isPosted = rows.contains { $0.step == .posted }
            // A posting's messages are written in one transaction, which began after it was claimed.
            if let since = rows.filter({ $0.step == .claimed }).compactMap(\.first).min() {
                try add(.key(id.description, [.accountingDetail]), since: since, .finance, ways)
            }
        }
        guard ways.dataverse != nil, ways.finance != nil else { return }
        let (sentence, cure) = known.whereabouts
        now = sentence
        obstacles = cure.map { [Obstacle(Self.place(known), sentence, cure: $0)] } ?? []
    }

    private static func place(_ known: TracedActual) -> Obstacle.Place {
        if known.isStaged && !known.isPosted { return .finance }
        return known.isPublished || known.isPosted ? .bus : .dataverse
    }

    private mutating func add(journal: FinanceTrace.Journal, _ ways: Ways) throws {
        guard let finance = ways.finance else { return }
        let rows = try FinanceTrace.rows(ofJournal: journal, finance)
        hops += rows.map { TracedHop($0, .finance) }
        if let first = rows.filter({ $0.step == .requested }).compactMap(\.first).min() {
            // Who asked did so before the request came; a day before at most, or it is not worth to be looked for.
            let day = Instant(microsecondsSince2000: first.microsecondsSince2000 - 86_400_000_000)
            try add(.key("\(journal.company)/\(journal.number)", [.postingRequested]), since: day, .finance, ways)
        }
        title = "journal \(journal.number) of \(journal.company)"
        let isPosted = rows.contains { $0.step == .posted }
        let state = rows.first { $0.step == .imported }?.state
        now = isPosted ? "posted" : state
        if !isPosted, let state {
            obstacles = [Obstacle(.finance, state, cure: "ledgerbus finance post \(journal.number) --wait")]
        }
    }

    /// Adds what an outbox has, each topic with the place of its last message.
    @discardableResult
    private mutating func add(
        _ subject: TracedMessages.Subject, since: Instant?, _ side: Side, _ ways: Ways
    ) throws -> [TracedMessages] {
        guard let connection = ways.connection(side) else { return [] }
        let messages: [TracedMessages]
        do {
            messages = try TracedMessages.find(subject, since: since, on: connection)
        } catch let error as DatabaseError where error.isCancelled {
            missing.append(
                "\(side.rawValue): its outbox was looked through for \(TracedMessages.patience.components.seconds) s, and no longer"
            )
            return []
        }
        for message in messages {
            let hop = try hop(message, side, ways)
            hops.append(hop)
        }
        return messages
    }

    private mutating func hop(_ messages: TracedMessages, _ side: Side, _ ways: Ways) throws -> TracedHop {
        guard messages.pending < messages.count else {
            return TracedHop(messages, side, nil, taken: false, state: "in the outbox")
        }
        guard let finder = ways.finder else { return TracedHop(messages, side, nil, taken: nil, state: "sent") }
        do {
            guard let place = try finder.find(messages) else {
                return TracedHop(
                    messages, side, nil, taken: nil,
                    state: "sent; not found in Kafka any more, or not among \(MessageFinder.most) messages since")
            }
            let consumer = TableMap.allCases.first { $0.topics.map(\.rawValue).contains(messages.topic) }?.consumer
            let program = consumer ?? .postingConsumer
            let taken = try Side(consumer: program).flatMap(ways.connection).flatMap {
                try place.isTaken(by: program, on: $0)
            }
            return TracedHop(
                messages, side, place, taken: taken,
                state: messages.pending > 0
                    ? "\(messages.pending) in the outbox"
                    : taken.map {
                        $0 ? "taken over by \(program.rawValue)" : "not taken over by \(program.rawValue) yet"
                    } ?? "sent")
        } catch let error as KafkaError {
            missing.append("Kafka: \(error.message)")
            return TracedHop(messages, side, nil, taken: nil, state: "sent")
        }
    }

    /// As in `traceparent`.
    private static func trace(_ id: GUID) -> String { id.description.replacing("-", with: "") }
}
