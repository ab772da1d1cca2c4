public import Contracts
import JSON

extension Contracts.Message {
    /// The message as it goes over the wire.
    public func bytes(_ choices: ChoiceTables) throws -> [UInt8] {
        var json = JSONWriter()
        try write(to: &json, choices: choices)
        return json.bytes
    }
}
