import CRdKafka
import Glibc

/// Headers are kept as they came until somebody asks. The headers of one message are for one thread at a time.
extension MessageBatch {
    /// Reads headers of a message: the way for all messages of a batch, since nothing is kept and the next message's
    /// headers take the same memory (1 µs a message for nine headers, where ``header(_:_:)`` takes 2).
    public func withHeaders<Result>(
        _ index: Int, _ body: (borrowing MessageHeaders) throws -> Result
    ) rethrows -> Result {
        var list: OpaquePointer?
        rd_kafka_message_detach_headers(message(index), &list)
        defer { if let list { rd_kafka_headers_destroy(list) } }
        return try body(MessageHeaders(list: list))
    }

    /// The value of the message's last header of that name, to be used while the batch is held and ``withHeaders(_:_:)``
    /// is not called for the same message.
    public func header(_ index: Int, _ name: StaticString) -> UnsafeRawBufferPointer? {
        var list: OpaquePointer?
        rd_kafka_message_headers(message(index), &list)
        return MessageHeaders(list: list)[name]
    }

    /// All headers of a message, in order, copied.
    public func headers(_ index: Int) -> [Header] {
        withHeaders(index) { $0.copies }
    }
}

/// The headers of one message, valid during ``MessageBatch/withHeaders(_:_:)``.
public struct MessageHeaders: ~Copyable {
    private let list: OpaquePointer?

    init(list: OpaquePointer?) {
        self.list = list
    }

    /// The value of the last header of that name; empty for a header without a value.
    public subscript(name: StaticString) -> UnsafeRawBufferPointer? {
        guard let list else { return nil }
        var value: UnsafeRawPointer?
        var size = 0
        let code = name.withUTF8Buffer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { rd_kafka_header_get_last(list, $0.baseAddress, &value, &size) }
        }
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        return UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : size)
    }

    /// Passes name and value of each header, in order, without copying them.
    public func visit(_ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Void) {
        guard let list else { return }
        for position in 0..<rd_kafka_header_cnt(list) {
            var name: UnsafePointer<CChar>?
            var value: UnsafeRawPointer?
            var size = 0
            guard rd_kafka_header_get_all(list, position, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR,
                let name
            else { continue }
            body(
                UnsafeRawBufferPointer(start: name, count: strlen(name)),
                UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : size))
        }
    }

    var copies: [Header] {
        var headers: [Header] = []
        visit { headers.append(Header(name: String(decoding: $0, as: UTF8.self), value: Array($1))) }
        return headers
    }
}

extension Message {
    /// Reads headers of a message that is not one of a batch, as those of a ``MessageLookup``.
    public func withHeaders<Result>(_ body: (borrowing MessageHeaders) throws -> Result) rethrows -> Result {
        var list: OpaquePointer?
        rd_kafka_message_headers(pointer.assumingMemoryBound(to: rd_kafka_message_t.self), &list)
        return try body(MessageHeaders(list: list))
    }
}
