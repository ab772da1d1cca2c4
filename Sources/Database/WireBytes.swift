import Glibc

/// Values in PostgreSQL's binary format, one after another: big-endian, without lengths or separators.
///
/// It grows as needed and keeps its memory when emptied.
public struct WireBytes: Sendable {
    /// At least `count` bytes; what lies beyond is spare.
    private var storage: [UInt8] = []

    /// How many bytes there are.
    public private(set) var count = 0

    public init() {}

    public mutating func append(_ value: Int16) { store(value.bigEndian) }
    public mutating func append(_ value: Int32) { store(value.bigEndian) }
    public mutating func append(_ value: Int64) { store(value.bigEndian) }
    public mutating func append(_ value: UInt64) { store(value.bigEndian) }
    public mutating func append(_ value: Bool) { store(value ? 1 as UInt8 : 0) }

    /// Text is its UTF-8.
    public mutating func append(_ value: String) {
        var value = value
        value.withUTF8 { append(bytes: UnsafeRawBufferPointer($0)) }
    }

    public mutating func append(bytes: UnsafeRawBufferPointer) {
        reserve(bytes.count)
        let position = count
        storage.withUnsafeMutableBytes { target in
            guard let base = target.baseAddress, let source = bytes.baseAddress else { return }
            (base + position).copyMemory(from: source, byteCount: bytes.count)
        }
        count += bytes.count
    }

    /// Takes back everything, and frees the memory unless told to keep it.
    public mutating func removeAll(keepingCapacity: Bool = false) {
        count = 0
        if !keepingCapacity { storage = [] }
    }

    /// The bytes, for as long as the closure runs.
    public func withUnsafeBytes<T>(_ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
        try storage.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }

    /// Replaces the bytes at a position, such as a length that is known only now.
    mutating func replace(at position: Int, with value: some FixedWidthInteger) {
        storage.withUnsafeMutableBytes {
            $0.storeBytes(of: value.bigEndian, toByteOffset: position, as: type(of: value))
        }
    }

    /// Lets the closure write up to `limit` bytes at the end; it returns how many it wrote.
    mutating func append(upTo limit: Int, _ write: (UnsafeMutableRawPointer) -> Int) {
        reserve(limit)
        let position = count
        count += storage.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            return write(base + position)
        }
    }

    /// Makes room for more bytes.
    mutating func reserve(_ additional: Int) {
        guard storage.count - count < additional else { return }
        let size = max(storage.count * 2, count + additional, 256)
        let filled = count
        let old = storage
        storage = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
            guard let base = buffer.baseAddress else { return }
            _ = old.withUnsafeBytes { $0.baseAddress.map { memcpy(base, $0, filled) } }
            memset(base + filled, 0, size - filled)
            initialized = size
        }
    }

    @inline(__always)
    private mutating func store(_ value: some FixedWidthInteger) {
        reserve(MemoryLayout.size(ofValue: value))
        let position = count
        storage.withUnsafeMutableBytes { $0.storeBytes(of: value, toByteOffset: position, as: type(of: value)) }
        count += MemoryLayout.size(ofValue: value)
    }
}
