import CRdKafka

/// A header of a message, copied out of it.
public struct Header: Hashable, Sendable {
    public var name: String
    public var value: [UInt8]

    public init(name: String, value: [UInt8]) {
        self.name = name
        self.value = value
    }
}

/// Headers that all messages of a kind share, built once and copied for each message.
public final class HeaderTemplate {
    let headers: OpaquePointer

    init(_ constant: [(String, String)]) {
        headers = rd_kafka_headers_new(constant.count)
        for (name, value) in constant {
            rd_kafka_header_add(headers, name, -1, value, value.utf8.count)
        }
    }

    deinit {
        rd_kafka_headers_destroy(headers)
    }
}
