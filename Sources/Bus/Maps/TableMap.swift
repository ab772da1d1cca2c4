public import Contracts
public import Database

/// What keeps a table of one side up with one of the other: what is paused and resumed as one.
public enum TableMap: String, Hashable, Sendable, CaseIterable, DatabaseLabel {
    /// Proforma invoices, from Dataverse to invoice proposals in Finance.
    case invoices
    /// Actuals, from Dataverse to the staging of Finance.
    case actuals
    /// Transaction connections, from Dataverse to Finance.
    case connections
    /// What posting made of actuals and invoices, from Finance back to Dataverse.
    case accountingDetail = "accounting-detail"

    /// Whose rows it carries.
    public var source: Side {
        switch self {
        case .invoices, .actuals, .connections: .dataverse
        case .accountingDetail: .finance
        }
    }

    /// Where they go; its database holds the map's state, since who writes there follows it.
    public var destination: Side {
        switch self {
        case .invoices, .actuals, .connections: .finance
        case .accountingDetail: .dataverse
        }
    }

    /// What it carries them on.
    public var topics: [TopicName] {
        switch self {
        case .invoices: [.invoiceConfirmed]
        case .actuals: [.actualCreated]
        case .connections: [.transactionConnected]
        case .accountingDetail: [.accountingDetail, .invoicePosted]
        }
    }

    /// The program that publishes.
    public var producer: Program {
        switch self {
        case .invoices, .actuals, .connections: .dataverseProducer
        case .accountingDetail: .postingConsumer
        }
    }

    /// The program that writes, and reads nothing of a paused map. Others may read its topics all the same.
    public var consumer: Program {
        switch self {
        case .invoices, .actuals, .connections: .financeConsumer
        case .accountingDetail: .dataverseConsumer
        }
    }

    /// The map whose rows its own refer to: lines to their invoice, connections to their actuals.
    public var dependsOn: TableMap? {
        switch self {
        case .invoices, .accountingDetail: nil
        case .actuals: .invoices
        case .connections: .actuals
        }
    }

    /// Those whose rows refer to its own, directly or by another.
    public var dependents: [TableMap] {
        Self.allCases.filter { $0 != self && ($0.dependsOn == self || $0.dependsOn?.dependsOn == self) }
    }

    /// The maps into a side.
    public static func into(_ side: Side) -> [TableMap] { allCases.filter { $0.destination == side } }
}

/// Whether a map's messages take effect.
public enum TableMapState: String, Hashable, Sendable, CaseIterable, DatabaseLabel {
    case running
    /// They stay in the log until it is resumed.
    case paused
}
