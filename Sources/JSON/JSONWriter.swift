import CSimdJSON

/// Writes JSON into a buffer that is used again from document to document.
///
/// ```swift
/// json.removeAll(keepingCapacity: true)
/// json.beginObject()
/// json.member("amount", "1600.0000")
/// json.endObject()
/// json.withBytes { send($0) }
/// ```
///
/// Commas come by themselves; that braces match is the caller's part. An optional value that is nil writes no member.
public struct JSONWriter: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// How many bytes have been written.
    public private(set) var count = 0
    /// Whether a comma stands before the next member or element.
    private var needsComma = false

    public init(capacity: Int = 1024) {
        self.capacity = max(capacity, 64)
        start = .allocate(capacity: self.capacity)
    }

    deinit { start.deallocate() }

    /// What has been written, valid inside `body`.
    public borrowing func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// A copy of what has been written.
    public var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: count)) }

    /// Starts again with nothing written.
    public mutating func removeAll(keepingCapacity: Bool = true) {
        count = 0
        needsComma = false
        if !keepingCapacity {
            start.deallocate()
            capacity = 64
            start = .allocate(capacity: capacity)
        }
    }

    // MARK: Structure

    public mutating func beginObject() { open(UInt8(ascii: "{")) }
    public mutating func endObject() { close(UInt8(ascii: "}")) }
    public mutating func beginArray() { open(UInt8(ascii: "[")) }
    public mutating func endArray() { close(UInt8(ascii: "]")) }

    /// The name of a member whose value is written next. The name is written as it stands: it has no quote, backslash
    /// or control character.
    public mutating func name(_ name: StaticString) {
        name.withUTF8Buffer { name in
            reserve(name.count + 4)
            comma()
            put(UInt8(ascii: "\""))
            (start + count).update(from: name.baseAddress!, count: name.count)
            count += name.count
            put(UInt8(ascii: "\""))
            put(UInt8(ascii: ":"))
        }
    }

    /// The name of a member whose value is written next, escaped.
    public mutating func name(dynamic name: String) {
        element(name)
        reserve(1)
        put(UInt8(ascii: ":"))
        needsComma = false
    }

    // MARK: Values: an element of an array, or the value after a name

    public mutating func element(_ value: String) {
        let written: Void? = value.utf8.withContiguousStorageIfAvailable { element(utf8: UnsafeRawBufferPointer($0)) }
        if written == nil { Array(value.utf8).withUnsafeBytes { element(utf8: $0) } }
    }

    /// A string whose bytes are valid UTF-8.
    public mutating func element(utf8 value: UnsafeRawBufferPointer) {
        // Every byte may become six, and the escaping writes eight at a time.
        reserve(value.count * 6 + 16)
        comma()
        put(UInt8(ascii: "\""))
        if let bytes = value.baseAddress {
            count += sj_escape(bytes.assumingMemoryBound(to: UInt8.self), value.count, start + count)
        }
        put(UInt8(ascii: "\""))
        needsComma = true
    }

    /// A string of at most `most` bytes that need no escape (digits, ids, dates): `fill` writes them and gives their
    /// number.
    public mutating func element(quoted most: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Int) {
        reserve(most + 3)
        comma()
        put(UInt8(ascii: "\""))
        let written = fill(UnsafeMutableRawBufferPointer(start: start + count, count: most))
        precondition((0...most).contains(written), "more was written than there was room for")
        count += written
        put(UInt8(ascii: "\""))
        needsComma = true
    }

    public mutating func element(_ value: Int) {
        reserve(21)
        comma()
        if value < 0 { put(UInt8(ascii: "-")) }
        var magnitude = value.magnitude
        var digits = 1
        var bound: UInt = 10
        while digits < 19, magnitude >= bound {
            digits += 1
            bound *= 10
        }
        for index in stride(from: count + digits - 1, through: count, by: -1) {
            let (quotient, remainder) = magnitude.quotientAndRemainder(dividingBy: 10)
            start[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: remainder)
            magnitude = quotient
        }
        count += digits
        needsComma = true
    }

    public mutating func element(_ value: Bool) { element(raw: value ? "true" : "false") }

    public mutating func elementNull() { element(raw: "null") }

    /// JSON text that is already valid: a number, say.
    public mutating func element(raw json: UnsafeRawBufferPointer) {
        reserve(json.count + 1)
        comma()
        if let bytes = json.baseAddress {
            UnsafeMutableRawPointer(start + count).copyMemory(from: bytes, byteCount: json.count)
            count += json.count
        }
        needsComma = true
    }

    /// JSON text that is already valid.
    public mutating func element(raw json: StaticString) {
        json.withUTF8Buffer { element(raw: UnsafeRawBufferPointer($0)) }
    }

    // MARK: Bytes

    private mutating func open(_ brace: UInt8) {
        reserve(2)
        comma()
        put(brace)
    }

    private mutating func close(_ brace: UInt8) {
        reserve(1)
        put(brace)
        needsComma = true
    }

    /// The comma before a member or element. There is room for it.
    private mutating func comma() {
        if needsComma { put(UInt8(ascii: ",")) }
        needsComma = false
    }

    /// One byte, for which there is room.
    private mutating func put(_ byte: UInt8) {
        start[count] = byte
        count += 1
    }

    /// Makes room for `more` bytes.
    private mutating func reserve(_ more: Int) {
        guard capacity - count < more else { return }
        let larger = max(capacity * 2, count + more)
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        memory.update(from: start, count: count)
        start.deallocate()
        start = memory
        capacity = larger
    }
}

// The bytes belong to the writer alone, which cannot be copied.
extension JSONWriter: @unchecked Sendable {}
