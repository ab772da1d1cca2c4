import Contracts
import Kafka

@testable import Bus

/// Headers: the first byte says how long each name and value is, and the rest is their text.
func fuzzHeaders() throws -> (UnsafeRawBufferPointer) -> Void {
    { bytes in
        for topic in TopicName.allCases {
            if let major = KnownSchema.newerMajor(bytes, of: topic) {
                precondition(major > KnownSchema.majorVersion && major <= 1_000_000)
            }
        }
        if let id = GUID(parsing: bytes) { precondition(GUID(id.description) == id) }
        let parts = Array(bytes.dropFirst()).chunks(of: Int(bytes.first ?? 0) % 40 + 1)
        // Whatever came is kept, and published with a dead letter; an odd one out has no value.
        let kept =
            (try? OriginalHeaders(parts).withPointers { headers in
                headers.map { (name: $0.0, value: Array($0.1)) }
            }) ?? []
        precondition(kept.count == parts.count / 2)
        for (index, header) in kept.enumerated() { precondition(header.value == parts[2 * index + 1]) }
        let message = StoredMessage(
            clusterID: "c", topic: "t", partition: 0, offset: 0, consumer: .financeConsumer, key: Array(bytes),
            headers: parts, payload: nil)
        for name in kept.map(\.name) { _ = message.header(name) }
    }
}

extension [UInt8] {
    fileprivate func chunks(of size: Int) -> [[UInt8]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
