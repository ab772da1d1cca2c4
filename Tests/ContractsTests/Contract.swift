import Contracts
import JSON
import Testing

/// A message type with its type erased, so that one test holds for all six.
struct Contract: Sendable, CustomTestStringConvertible {
    let topic: TopicName
    let descriptions: [FieldDescription]
    /// Messages with every field, and with the required ones alone.
    let samples: [[UInt8]]
    /// Decodes a value and writes it again.
    let rewrite: @Sendable ([UInt8], ChoiceTables) throws(ContractError) -> [UInt8]

    var fields: [String] { descriptions.map(\.name) }

    var testDescription: String { topic.rawValue }

    static let all: [Contract] = [
        contract(Samples.invoiceConfirmed), contract(Samples.actualCreated), contract(Samples.transactionConnected),
        contract(Samples.postingRequested), contract(Samples.accountingDetail), contract(Samples.invoicePosted),
    ]

    func error(decoding value: [UInt8], _ choices: ChoiceTables) -> ContractError? {
        do throws(ContractError) {
            _ = try rewrite(value, choices)
            return nil
        } catch {
            return error
        }
    }

    private static func contract<M: Message>(_ messages: [M]) -> Contract {
        let tables = try? ChoiceTables()
        return Contract(
            topic: M.topic, descriptions: M.fieldDescriptions,
            samples: messages.compactMap { message in tables.flatMap { try? write(message, $0) } },
            rewrite: { value, choices throws(ContractError) in
                let decoder = MessageDecoder<M>(choices: choices)
                let message = try value.withUnsafeBytes { bytes in
                    Result { () throws(ContractError) in try decoder.decode(bytes) }
                }.get()
                return try write(message, choices)
            })
    }

    private static func write(_ message: some Message, _ choices: ChoiceTables) throws(ContractError) -> [UInt8] {
        var json = JSONWriter()
        try message.write(to: &json, choices: choices)
        return json.bytes
    }
}
