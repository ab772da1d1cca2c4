public import Contracts
public import Kafka
public import Service

/// What every process of the bus needs to know.
public struct BusConfiguration: Sendable {
    public var kafka: KafkaConfiguration
    /// What stands before every topic and consumer group of this environment: `contoso-prod.`.
    public var topicPrefix: String
    /// Who publishes, in `ce_source`: `/ledgerbus/dataverse`.
    public var source: String
    /// Whose days count: `DATAVERSE_TIME_ZONE`, `FINANCE_TIME_ZONE`.
    public var zone: DayZone
    public var choices: ChoiceTables
    /// How large a message may be that is taken in.
    public var messageLimit: MessageLimit
    /// The topics as they are declared.
    public let catalogue: TopicCatalogue

    /// - parameter topicsFolder: declares topics otherwise than we do; nil is none.
    /// - throws: `YAMLError`, `TopicFolderProblem`.
    public init(
        kafka: KafkaConfiguration, topicPrefix: String = "", source: String, zone: DayZone = .utc,
        choices: ChoiceTables, messageLimit: MessageLimit = .standard, topicsFolder: String? = nil
    ) throws {
        catalogue = try TopicCatalogue(folder: topicsFolder)
        self.kafka = kafka
        self.topicPrefix = topicPrefix
        self.source = source
        self.zone = zone
        self.choices = choices
        self.messageLimit = messageLimit
    }

    /// The name that a topic or consumer group has on the cluster.
    public func clusterName(_ name: String) -> String { topicPrefix + name }

    /// The topics of some maps, by their names on the cluster.
    func topics(of maps: [TableMap]) -> [String] { maps.flatMap(\.topics).map { clusterName($0.rawValue) } }
}

extension BusConfiguration {
    /// Reads the configuration that all processes share.
    ///
    /// - parameter side: for the events' source.
    /// - throws: `ConfigError` when the brokers are not named or a value is
    ///   malformed; `ChoiceConfigurationError`.
    public init(reader: ConfigReader, side: Side) throws {
        // No process runs by a policy by which something could take effect twice.
        _ = try RetentionPolicy(reader: reader)
        let servers = try reader.requiredString(forKey: "kafka.bootstrap.servers", example: "broker1:9092,broker2:9092")
        try self.init(
            kafka: KafkaConfiguration(
                bootstrapServers: servers,
                properties: try reader.properties(underKey: "kafka.properties", environmentPrefix: "KAFKA_PROPERTY_")),
            topicPrefix: try reader.topicPrefix(),
            source: try reader.string(forKey: "\(side.rawValue).source", default: "/ledgerbus/\(side.rawValue)"),
            zone: try reader.dayZone(side: side),
            choices: try ChoiceTables(reader: reader), messageLimit: try reader.messageLimit(),
            topicsFolder: try reader.string(forKey: "topics.folder"))
    }
}

extension ConfigReader {
    /// Whose days count on a side: `dataverse.time.zone`, `finance.time.zone`; UTC when it is not set (`domain.md` §9.24).
    ///
    /// - throws: `ConfigError` when there is no such zone.
    public func dayZone(side: Side) throws -> DayZone {
        let key = "\(side.rawValue).time.zone"
        let name = try string(forKey: key, default: DayZone.utc.name)
        guard let zone = DayZone(name) else {
            throw ConfigError("\(key) is '\(name)': expected \(DayZone.expected).")
        }
        return zone
    }

    /// What stands before every topic and group.
    ///
    /// - throws: `ConfigError` when no topic's name can begin so.
    public func topicPrefix() throws -> String {
        let prefix = try string(forKey: "kafka.topic.prefix", default: "")
        let isNameable = prefix.unicodeScalars.allSatisfy {
            ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
                || "._-".unicodeScalars.contains($0)
        }
        guard isNameable, prefix.utf8.count <= 200 else {
            throw ConfigError(
                "kafka.topic.prefix is '\(prefix)': a topic's name has letters of a to z, digits, '.', '_' and '-' alone."
            )
        }
        return prefix
    }

    /// How many postings one process works on at a time.
    ///
    /// - throws: `ConfigError` when it is no number from 1 to 64.
    public func postingWorkers() throws -> Int {
        try int(forKey: "posting.workers", default: 2, in: 1...64)
    }
}

extension ChoiceTables {
    /// Reads `choices.COLUMN.CODE: LABEL`.
    ///
    /// - throws: `ConfigError`, `ChoiceConfigurationError`.
    public init(reader: ConfigReader) throws {
        var additional: [String: [Int: String]] = [:]
        for column in Self.columns {
            for (code, label) in try reader.properties(underKey: "choices.\(column)") {
                guard let number = Int(code) else {
                    throw ConfigError("choices.\(column).\(code): \"\(code)\" is not a code; write the choice's number")
                }
                additional[column, default: [:]][number] = label
            }
        }
        try self.init(additional: additional)
    }
}
