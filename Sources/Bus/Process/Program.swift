public import Database

/// A program of the bus. Its name is that of its executable, of its Kafka clients and, without the environment's prefix, of
/// its consumer group.
public enum Program: String, Hashable, Sendable, CaseIterable, DatabaseLabel {
    case dataverseProducer = "dataverse-producer"
    case financeConsumer = "finance-consumer"
    case postingConsumer = "posting-consumer"
    case dataverseConsumer = "dataverse-consumer"
    /// The operator's tool.
    case ledgerbus

    /// Those that run on their own for as long as they are let.
    public static let services: [Program] = [
        .dataverseProducer, .financeConsumer, .postingConsumer, .dataverseConsumer,
    ]

    /// What `--version` of every program says, and what a package of them is named by: this alone is raised for a release.
    public static let version = "1.1.0"
}
