import Bus
import Contracts
import Database
import Dataverse
import Finance
import Foundation
import JSON
import Testing

/// A topic, and how it is seen that its messages took effect.
struct SpoiltTopic: Sendable, CustomTestStringConvertible {
    let topic: TopicName
    let side: Side
    /// The fields by which its messages differ: an id, and numbers.
    let id: String
    let numbers: [String]
    /// The ids of what took effect.
    let effects: String
    let handler: @Sendable (ChoiceTables) -> any TopicHandler
    /// Reads a message's id as the consumer reads the message.
    let read: @Sendable ([UInt8], ChoiceTables) throws -> GUID
    /// How many messages are right.
    let good: Int

    var testDescription: String { topic.rawValue }

    private init<M: Message>(
        _ id: @escaping @Sendable (M) -> GUID, named name: String, _ side: Side, numbers: [String] = [],
        effects: String,
        good: Int = 5_000, _ handler: @escaping @Sendable (ChoiceTables) -> any TopicHandler
    ) {
        topic = M.topic
        self.side = side
        self.id = name
        self.numbers = numbers
        self.effects = effects
        self.handler = handler
        self.good = good
        read = { value, choices in
            id(try value.withUnsafeBytes { try MessageDecoder<M>(choices: choices).decode($0) })
        }
    }

    static let all = [
        SpoiltTopic(
            \InvoiceConfirmed.invoiceId, named: "invoiceId", .finance, numbers: ["invoiceNumber"],
            effects: "SELECT invoice_id FROM invoice_proposals", good: 1_500
        ) { InvoiceConfirmedHandler(choices: $0) },
        SpoiltTopic(
            \ActualCreated.actualId, named: "actualId", .finance, effects: "SELECT actual_id FROM actuals_staging"
        ) { ActualCreatedHandler(choices: $0) },
        SpoiltTopic(
            \TransactionConnected.connectionId, named: "connectionId", .finance,
            effects: "SELECT connection_id FROM transaction_connections"
        ) { TransactionConnectedHandler(choices: $0) },
        SpoiltTopic(
            \PostingRequested.commandId, named: "commandId", .finance,
            effects: "SELECT command_id FROM posting_requests"
        ) { PostingRequestedHandler(choices: $0) },
        SpoiltTopic(
            \AccountingDetail.actualId, named: "actualId", .dataverse,
            effects: "SELECT actual_id FROM accounting_details"
        ) { AccountingDetailHandler(choices: $0) },
        SpoiltTopic(
            \InvoicePosted.invoiceId, named: "invoiceId", .dataverse, effects: "SELECT invoice_id FROM posted_invoices"
        ) { InvoicePostedHandler(choices: $0) },
    ]

    /// The ids that messages may be about; nil: any.
    func known(on connection: Connection) throws -> [GUID]? {
        switch topic {
        case .accountingDetail: try connection.values(GUID.self, "SELECT actual_id FROM actuals ORDER BY 1")
        case .invoicePosted: try connection.values(GUID.self, "SELECT invoice_id FROM invoices ORDER BY 1")
        default: nil
        }
    }

    /// A message that is right, of its number.
    func message(_ number: Int, of known: [GUID]?) throws -> JSONObject {
        var object = try Self.sample(topic)
        let id = known.map { $0[number % $0.count] } ?? GUID(high: 0xA, low: UInt64(number))
        object[self.id] = .string("\(id)")
        if known != nil { object["postingVersion"] = .number("\(number + 1)") }
        for field in numbers { object[field] = .string("N-\(number)") }
        return object
    }

    private static func sample(_ topic: TopicName) throws -> JSONObject {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .appendingPathComponent("ContractsTests/Examples/\(topic.rawValue)/valid-full.json")
        return try #require(try JSONValue(parsing: Array(Data(contentsOf: file))).object)
    }
}
