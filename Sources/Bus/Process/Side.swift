/// A side of the bus, with its database and its outbox.
public enum Side: String, Hashable, Sendable, CaseIterable {
    case dataverse
    case finance

    /// The programs that consume topics into the side's database.
    public var consumers: [Program] {
        switch self {
        case .dataverse: [.dataverseConsumer]
        case .finance: [.financeConsumer, .postingConsumer]
        }
    }

    /// The side into whose database a program consumes; nil of one that consumes nothing.
    public init?(consumer: Program) {
        guard let side = Self.allCases.first(where: { $0.consumers.contains(consumer) }) else { return nil }
        self = side
    }
}
