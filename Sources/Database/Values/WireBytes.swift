import Glibc

/// Values in PostgreSQL's binary format, one after another: big-endian, without lengths or separators.
///
/// It grows as needed and keeps its memory when emptied. A copy is a value of its own.
public struct WireBytes: @unchecked Sendable {
    // Safe to send: the memory is written only by the one value that has it alone; a shared one is copied first.
    private var memory = Memory()
    private var base: UnsafeMutableRawPointer?
    private var capacity = 0

    /// How many bytes there are.
    public private(set) var count = 0

    public init() {}

    public mutating func append(_ value: Int16) { store(value) }
    public mutating func append(_ value: Int32) { store(value) }
    public mutating func append(_ value: Int64) { store(value) }
    public mutating func append(_ value: UInt64) { store(value) }
    public mutating func append(_ value: Bool) { store(value ? 1 as UInt8 : 0) }

    /// Text is its UTF-8.
    public mutating func append(_ value: String) {
        var value = value
        value.withUTF8 { append(bytes: UnsafeRawBufferPointer($0)) }
    }

    public mutating func append(bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        append(upTo: bytes.count) { target in
            target.copyMemory(from: source, byteCount: bytes.count)
            return bytes.count
        }
    }

    /// Takes back everything, and frees the memory unless told to keep it.
    public mutating func removeAll(keepingCapacity: Bool = false) {
        if keepingCapacity { count = 0 } else { self = WireBytes() }
    }

    /// Takes back what was appended last.
    mutating func truncate(to count: Int) {
        precondition((0...self.count).contains(count))
        self.count = count
    }

    /// The bytes, for as long as the closure runs.
    public func withUnsafeBytes<T>(_ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
        try withExtendedLifetime(memory) { try body(UnsafeRawBufferPointer(start: base, count: count)) }
    }

    /// Replaces the bytes at a position, such as a length that is known only now.
    mutating func replace(at position: Int, with value: some FixedWidthInteger & BitwiseCopyable) {
        precondition(position >= 0 && position + MemoryLayout.size(ofValue: value) <= count)
        // Zero more bytes: memory of its own, at the end.
        let end = reserve(0)
        (end - count + position).storeBytes(of: value.bigEndian, as: type(of: value))
    }

    /// Lets the closure write up to `limit` bytes at the end; it returns how many it wrote.
    @inline(__always)
    mutating func append(upTo limit: Int, _ write: (UnsafeMutableRawPointer) -> Int) {
        count += write(reserve(limit))
    }

    /// Makes room for more bytes, and returns where they go.
    @discardableResult
    @inline(__always)
    mutating func reserve(_ additional: Int) -> UnsafeMutableRawPointer {
        if count + additional <= capacity, isKnownUniquelyReferenced(&memory), let base { return base + count }
        return makeRoom(count + additional)
    }

    @inline(never)
    private mutating func makeRoom(_ needed: Int) -> UnsafeMutableRawPointer {
        let size = needed <= capacity ? capacity : max(capacity * 2, needed, 256)
        if !isKnownUniquelyReferenced(&memory) {
            let copy = Memory()
            let target = copy.resize(to: size)
            if let base { target.copyMemory(from: base, byteCount: count) }
            memory = copy
            base = target
        } else {
            base = memory.resize(to: size)
        }
        capacity = size
        return base.unsafelyUnwrapped + count
    }

    @inline(__always)
    private mutating func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T) {
        append(upTo: MemoryLayout<T>.size) { target in
            target.storeBytes(of: value.bigEndian, as: T.self)
            return MemoryLayout<T>.size
        }
    }
}

extension WireBytes {
    /// Appends a value after its length, as the fields of a row and the elements of an array are.
    @inline(__always)
    mutating func appendField<T: FixedWidthInteger & BitwiseCopyable>(_ value: T) {
        let size = MemoryLayout<T>.size
        append(upTo: 4 + size) { target in
            target.storeBytes(of: Int32(size).bigEndian, as: Int32.self)
            target.storeBytes(of: value.bigEndian, toByteOffset: 4, as: T.self)
            return 4 + size
        }
    }

    /// Appends bytes after their length.
    mutating func appendField(bytes: UnsafeRawBufferPointer) {
        append(upTo: 4 + bytes.count) { target in
            target.storeBytes(of: Int32(bytes.count).bigEndian, as: Int32.self)
            if let source = bytes.baseAddress {
                (target + 4).copyMemory(from: source, byteCount: bytes.count)
            }
            return 4 + bytes.count
        }
    }

    /// Appends what a closure writes after its length.
    @inline(__always)
    mutating func appendField(_ write: (inout WireBytes) -> Void) {
        let position = count
        append(0 as Int32)
        write(&self)
        replace(at: position, with: Int32(count - position - 4))
    }
}

/// Memory of the C library, which can often grow without being copied.
private final class Memory {
    private var base: UnsafeMutableRawPointer?

    deinit { free(base) }

    /// - precondition: there is that much memory.
    func resize(to size: Int) -> UnsafeMutableRawPointer {
        guard let resized = realloc(base, size) else { preconditionFailure("out of memory") }
        base = resized
        return resized
    }
}
