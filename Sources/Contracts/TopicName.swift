/// A topic of the bus, without the environment's prefix (design §2).
public enum TopicName: String, Hashable, Sendable, CaseIterable {
    case invoiceConfirmed = "invoice-confirmed"
    case actualCreated = "actual-created"
    case transactionConnected = "transaction-connected"
    case postingRequested = "posting-requested"
    case accountingDetail = "accounting-detail"
    case invoicePosted = "invoice-posted"

    /// The name of the topic that publishes this one's dead letters.
    public var deadLetter: String { Self.deadLetter(of: rawValue) }

    /// The name of the topic that publishes the dead letters of another.
    public static func deadLetter(of topic: String) -> String { topic + ".dead-letter" }
}
