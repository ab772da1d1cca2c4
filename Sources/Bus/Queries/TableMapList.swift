import Contracts
public import Database
import Kafka

/// The maps into one side, with how they stand.
public struct TableMapList: Sendable, Encodable {
    public struct Map: Sendable, Encodable {
        public let map: String
        /// The sides, `dataverse` and `finance`.
        public let from: String
        public let to: String
        /// With the environment's prefix.
        public let topics: [String]
        public let producer: String
        public let consumer: String
        public let dependsOn: String?
        /// `running`, `paused`, or `catching up`: it runs, and there are messages that have not taken effect.
        public let state: String
        /// Messages that have not taken effect; nil when the cluster does not answer, or a topic is gone.
        public let lag: Int64?
        /// When it was paused or resumed last; nil for a map that never was.
        public let since: String?
        public let by: String?
        public let reason: String?
        /// The map that it was paused with.
        public let pausedWith: String?
        /// Processes of the consumer that read its topics now, as far as the cluster can tell.
        public let members: Int
    }

    public let maps: [Map]
    /// Why there is no lag; nil when there is.
    public let clusterFailure: String?

    /// - throws: `DatabaseError`. A cluster that does not answer leaves the lag out.
    public init(into side: Side, _ connection: Connection, _ configuration: BusConfiguration) throws {
        let switches = try TableMapStore.switches(on: connection)
        var consumers: [ConsumerState] = []
        var failure: String?
        do {
            var configuration = configuration
            configuration.kafka = try configuration.kafka.detectingEmbedded()
            consumers = try ConsumerState.all(of: side, connection, configuration)
        } catch let error as KafkaError {
            failure = error.message
        }
        clusterFailure = failure
        maps = TableMap.into(side).map { map in
            let topics = configuration.topics(of: [map])
            let own = consumers.filter { $0.consumer == map.consumer.rawValue && topics.contains($0.topic) }
            let lags = own.compactMap(\.lag)
            let lag = lags.count == topics.count ? lags.reduce(0, +) : nil
            let last = switches[map]
            return Map(
                map: map.rawValue, from: map.source.rawValue, to: map.destination.rawValue, topics: topics,
                producer: map.producer.rawValue, consumer: map.consumer.rawValue, dependsOn: map.dependsOn?.rawValue,
                state: Self.state(last?.state ?? .running, lag: lag), lag: lag, since: last?.changedAt.text(),
                by: last?.changedBy, reason: last?.reason, pausedWith: last?.pausedWith?.rawValue,
                members: Set(own.flatMap(\.members).filter { !$0.partitions.isEmpty }.map { "\($0.client)\($0.host)" })
                    .count)
        }
    }

    static func state(_ state: TableMapState, lag: Int64?) -> String {
        switch state {
        case .paused: state.rawValue
        case .running: lag ?? 0 > 0 ? "catching up" : state.rawValue
        }
    }
}
