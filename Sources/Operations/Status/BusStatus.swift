public import Bus
public import Database
import Dataverse
import Finance
import Kafka

/// How the bus is (promise 8): lag, outboxes, what waits, what failed, and what of it cannot be told.
public struct BusStatus: Sendable, Encodable {
    /// A number that a person wants to see, with its meaning.
    public struct Count: Sendable, Encodable {
        public let side: String
        public let what: String
        public let count: Int64
    }

    /// A source that did not answer.
    public struct Missing: Sendable, Encodable {
        /// `dataverse`, `finance`: the side's database; `kafka`.
        public let source: String
        public let reason: String
    }

    /// Why messages of a side took no effect.
    public struct Cause: Sendable, Encodable {
        public let side: String
        public let cause: SetAsideCause
    }

    /// A table map.
    public struct Map: Sendable, Encodable {
        public let map: String
        public let state: TableMapState

        private enum CodingKeys: CodingKey { case map, state }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(map, forKey: .map)
            try container.encode(state.rawValue, forKey: .state)
        }
    }

    public var consumers: [ConsumerState] = []
    public var sides: [SideState] = []
    public var counts: [Count] = []
    public private(set) var maps: [Map] = []
    public private(set) var causes: [Cause] = []
    public private(set) var missing: [Missing] = []
    /// What wants a person; empty when all is well, as far as can be told.
    public var problems: [String] { StatusRule.problems(of: self) }

    /// Postings that are asked for and not carried out.
    private var postingsUnderWay = 0

    private enum CodingKeys: CodingKey { case consumers, sides, counts, maps, causes, missing, problems }

    public init() {}

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(consumers, forKey: .consumers)
        try container.encode(sides, forKey: .sides)
        try container.encode(counts, forKey: .counts)
        try container.encode(maps, forKey: .maps)
        try container.encode(causes, forKey: .causes)
        try container.encode(missing, forKey: .missing)
        try container.encode(problems, forKey: .problems)
    }

    /// What is on its way: messages to be published, those that their consumer has not taken over, postings.
    ///
    /// A topic that is gone counts as one. What is ``paused`` is not on its way.
    public var underWay: Int64 {
        sides.reduce(0) { $0 + $1.outboxPending }
            + consumers(arePaused: false).reduce(0) { $0 + ($1.lag ?? 1) }
            + Int64(postingsUnderWay)
    }

    /// The table maps that are paused.
    public var pausedMaps: Set<TableMap> {
        Set(maps.filter { $0.state == .paused }.compactMap { TableMap(rawValue: $0.map) })
    }

    /// How many messages wait in topics of paused maps.
    public var paused: Int64 {
        consumers(arePaused: true).reduce(0) { $0 + ($1.lag ?? 0) }
    }

    private func consumers(arePaused: Bool) -> [ConsumerState] {
        let maps = pausedMaps
        return consumers.filter { StatusRule.isPaused($0, by: maps) == arePaused }
    }

    /// A source did not answer.
    public mutating func miss(_ source: String, _ error: any Error) {
        guard !missing.contains(where: { $0.source == source }) else { return }
        missing.append(Missing(source: source, reason: "\(error)"))
    }

    /// Adds what one side's database and the cluster say. What the cluster does not say is left out.
    ///
    /// - throws: `DatabaseError`: nothing of the side is added then.
    public mutating func add(_ side: Side, _ connection: Connection, _ configuration: BusConfiguration) throws {
        let state = try SideState(side, connection)
        let counts = try counts(side, connection)
        let causes = try SetAsideCause.all(on: connection)
        let switches = try TableMapStore.switches(on: connection)
        var consumers: [ConsumerState]
        do {
            guard !missing.contains(where: { $0.source == Self.kafka }) else {
                throw KafkaIsMissing()
            }
            var configuration = configuration
            configuration.kafka = try configuration.kafka.detectingEmbedded()
            consumers = try ConsumerState.all(of: side, connection, configuration)
        } catch {
            guard error is KafkaIsMissing || error is KafkaError else { throw error }
            miss(Self.kafka, error)
            consumers = try ConsumerState.known(of: side, connection)
        }
        sides.append(state)
        self.consumers += consumers
        self.causes += causes.map { Cause(side: side.rawValue, cause: $0) }
        maps += TableMap.into(side).map { Map(map: $0.rawValue, state: switches[$0]?.state ?? .running) }
        for (what, count) in counts {
            self.counts.append(Count(side: side.rawValue, what: what, count: Int64(count)))
        }
    }

    public static let kafka = "kafka"

    /// It was asked before, and does not have to be waited for again.
    private struct KafkaIsMissing: Error {}

    /// What a person wants to know of each side, in the domain's words.
    private mutating func counts(_ side: Side, _ connection: Connection) throws -> [(what: String, count: Int)] {
        switch side {
        case .dataverse:
            let counts = try DataverseCounts.load(connection)
            return [
                ("invoices confirmed, waiting for actuals", counts.waitingInvoices),
                ("rows waiting for a lookup", counts.waitingRows),
                ("invoices posted", counts.postedInvoices),
            ]
        case .finance:
            let counts = try FinanceCounts.load(connection)
            postingsUnderWay = counts.postingsUnderWay
            return [
                ("actuals blocked", counts.blockedActuals),
                ("proposals open", counts.openProposals),
                ("proposals ready to post", counts.readyProposals),
                ("journals in draft", counts.draftJournals),
                ("journals in error", counts.failedJournals),
                ("postings under way", counts.postingsUnderWay),
                ("postings failed", counts.failedPostings),
                ("posted actuals out of sync", counts.outOfSync),
                ("posted invoices out of sync", counts.invoicesOutOfSync),
            ]
        }
    }
}
