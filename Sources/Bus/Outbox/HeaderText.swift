import Contracts
import Database

/// The headers that differ from event to event, written into one buffer that
/// is used again for the next.
struct HeaderText {
    private let buffer = UnsafeMutableRawBuffer(byteCount: 160)
    private var time: Int64 = .min
    private var timeLength = 0

    private static let idStart = 0
    private static let traceStart = 40
    private static let timeStart = 104

    /// Calls `body` with the event's headers, valid during the call.
    mutating func withHeaders<T>(
        of row: PendingEvent, _ body: ([(String, UnsafeRawBufferPointer)]) throws -> T
    ) throws -> T {
        let eventId = row.event.eventId
        eventId.write(to: buffer.part(Self.idStart, 36))
        let traceLength = writeTraceParent(row.event.traceId, span: eventId.high)
        writeTime(row.createdAt.microsecondsSince2000)
        return try body([
            (EventHeader.id, UnsafeRawBufferPointer(buffer.part(Self.idStart, 36))),
            (EventHeader.subject, row.event.key?.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0)),
            (EventHeader.time, UnsafeRawBufferPointer(buffer.part(Self.timeStart, timeLength))),
            (EventHeader.traceParent, UnsafeRawBufferPointer(buffer.part(Self.traceStart, traceLength))),
        ])
    }

    /// W3C Trace Context: the trace is the invoice, the span the event.
    private func writeTraceParent(_ trace: GUID, span: UInt64) -> Int {
        let target = buffer.part(Self.traceStart, 55)
        target[0] = UInt8(ascii: "0")
        target[1] = UInt8(ascii: "0")
        target[2] = UInt8(ascii: "-")
        writeHexadecimal(trace.high, to: target, at: 3)
        writeHexadecimal(trace.low, to: target, at: 19)
        target[35] = UInt8(ascii: "-")
        writeHexadecimal(span | 1, to: target, at: 36)
        target[52] = UInt8(ascii: "-")
        target[53] = UInt8(ascii: "0")
        target[54] = UInt8(ascii: "1")
        return 55
    }

    private func writeHexadecimal(_ value: UInt64, to target: UnsafeMutableRawBufferPointer, at start: Int) {
        for digit in 0..<16 {
            let nibble = UInt8(truncatingIfNeeded: value >> UInt64(60 - 4 * digit)) & 15
            target[start + digit] = nibble < 10 ? nibble + UInt8(ascii: "0") : nibble - 10 + UInt8(ascii: "a")
        }
    }

    /// RFC 3339 in UTC. Rows of one transaction have one time, so the text is kept.
    ///
    /// - parameter microseconds: since 2000-01-01, as PostgreSQL counts.
    private mutating func writeTime(_ microseconds: Int64) {
        guard microseconds != time else { return }
        time = microseconds
        let text = Instant(microsecondsSince2000: microseconds).text(fraction: 6)
        timeLength = text.utf8.count
        buffer.part(Self.timeStart, timeLength).copyBytes(from: text.utf8)
    }
}

/// The headers of a dead letter, as they were and with the cause added.
struct OriginalHeaders {
    private let names: [String]
    private let values: [[UInt8]]

    /// - parameter list: name, value, name, value, …
    init(_ list: [[UInt8]]) {
        names = stride(from: 0, to: list.count - 1, by: 2).map { String(decoding: list[$0], as: UTF8.self) }
        values = stride(from: 1, to: list.count, by: 2).map { list[$0] }
    }

    func withPointers<T>(_ body: ([(String, UnsafeRawBufferPointer)]) throws -> T) throws -> T {
        let flat = values.flatMap { $0 }
        return try flat.withUnsafeBytes { bytes in
            var start = 0
            let headers = zip(names, values).map { name, value in
                defer { start += value.count }
                return (name, UnsafeRawBufferPointer(rebasing: bytes[start..<start + value.count]))
            }
            return try body(headers)
        }
    }
}

/// Raw memory of a fixed size, freed with its last owner.
private final class UnsafeMutableRawBuffer {
    private let memory: UnsafeMutableRawBufferPointer

    init(byteCount: Int) { memory = .allocate(byteCount: byteCount, alignment: 8) }

    deinit { memory.deallocate() }

    func part(_ start: Int, _ count: Int) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(rebasing: memory[start..<start + count])
    }
}
