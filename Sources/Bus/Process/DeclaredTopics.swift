import Contracts
import Kafka

/// The declared topics against those that the cluster has.
public struct DeclaredTopics {
    private let configuration: BusConfiguration

    public init(_ configuration: BusConfiguration) { self.configuration = configuration }

    /// Refuses to run on a topic that is not there, or has fewer partitions than are declared; more are read as well.
    ///
    /// - parameter names: topics without the environment's prefix.
    /// - throws: ``TopicProblem``; `KafkaError` when the cluster does not answer.
    public func check(_ names: [String]) throws {
        let admin = try Admin(
            configuration.kafka, clientID: Program.ledgerbus.rawValue, timeout: Admin.serviceTimeout)
        let present = Dictionary(try admin.topics().map { ($0.name, $0.partitions.count) }, uniquingKeysWith: { $1 })
        let catalogue = configuration.catalogue
        for name in names {
            guard let declared = catalogue.declaration(name) else { continue }
            let clusterName = configuration.clusterName(name)
            guard let partitions = present[clusterName] else {
                throw TopicProblem(
                    description: """
                        the topic \(clusterName) does not exist, or this principal may not see it; make it with: ledgerbus \
                        topics apply, or allow it with: deploy/kafka-acls
                        """)
            }
            guard partitions >= declared.partitions else {
                throw TopicProblem(
                    description: """
                        the topic \(clusterName) has \(partitions) partitions, and Topics/\(name).yaml declares \
                        at least \(declared.partitions); add them with: ledgerbus topics apply
                        """)
            }
        }
    }
}

extension DeclaredTopics {
    /// The declared topics that the cluster does not have, and the prefixes with which it has others; nil when it has all.
    ///
    /// - throws: `KafkaError` when the cluster does not answer.
    public func missing() throws -> TopicProblem? {
        let declared = configuration.catalogue.declarations.map(\.name)
        let present = try Admin(configuration.kafka, clientID: Program.ledgerbus.rawValue).topics().map(\.name)
        return Self.missing(declared: declared, prefix: configuration.topicPrefix, present: present)
    }

    static func missing(declared: [String], prefix: String, present: [String]) -> TopicProblem? {
        let names = Set(present)
        let missing = declared.filter { !names.contains(prefix + $0) }
        guard let first = missing.first else { return nil }
        guard missing.count == declared.count else {
            return TopicProblem(
                description: "the cluster has no topic \(missing.map { prefix + $0 }.joined(separator: ", ")); "
                    + "make what is missing with: ledgerbus topics apply")
        }
        let others = Set(present.filter { $0.hasSuffix(first) }.map { String($0.dropLast(first.count)) })
            .filter { other in declared.allSatisfy { names.contains(other + $0) } }.sorted()
        let found =
            others.isEmpty
            ? ""
            : "; it has them with \(others.map { $0.isEmpty ? "no prefix" : "the prefix \($0)" }.joined(separator: ", "))"
        return TopicProblem(
            description:
                "the cluster has no topics with \(prefix.isEmpty ? "no prefix" : "the prefix \(prefix)")\(found); "
                + "correct KAFKA_TOPIC_PREFIX, or make them with: ledgerbus topics apply")
    }
}

/// A topic that is not as it is declared.
public struct TopicProblem: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
}
