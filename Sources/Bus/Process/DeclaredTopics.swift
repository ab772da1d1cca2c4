import Contracts
import Kafka

/// The declared topics against those that the cluster has.
public struct DeclaredTopics {
    private let configuration: BusConfiguration

    public init(_ configuration: BusConfiguration) { self.configuration = configuration }

    /// Refuses to run on a topic that is not there, or not as declared.
    ///
    /// - parameter names: topics without the environment's prefix.
    /// - throws: ``TopicProblem``; `KafkaError` when the cluster does not answer.
    public func check(_ names: [String]) throws {
        let admin = try Admin(configuration.kafka, clientID: Program.ledgerbus.rawValue)
        let present = Dictionary(try admin.topics().map { ($0.name, $0.partitions.count) }, uniquingKeysWith: { $1 })
        let catalogue = try TopicCatalogue()
        for name in names {
            guard let declared = catalogue.declaration(name) else { continue }
            let clusterName = configuration.clusterName(name)
            guard let partitions = present[clusterName] else {
                throw TopicProblem(
                    description: "the topic \(clusterName) does not exist; make it with: ledgerbus topics apply")
            }
            guard partitions == declared.partitions else {
                throw TopicProblem(
                    description: """
                        the topic \(clusterName) has \(partitions) partitions, and Topics/\(name).yaml declares \
                        \(declared.partitions); see: ledgerbus topics diff
                        """)
            }
        }
    }
}

/// A topic that is not as it is declared.
public struct TopicProblem: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
}
