public import Foundation

/// Rows encoded for a binary `COPY`, detached from any connection: one thread encodes while another sends.
///
/// Begin each row with its number of columns, then append exactly that many values, in the order and the types of the
/// `COPY`'s columns: the wire has no types, so an `int8` appended for an `int4` column is refused by the server.
public struct CopyRows: Sendable {
    @usableFromInline var bytes = WireBytes()
    private var starts: [Int] = []
    /// How many columns of a record have been appended.
    @usableFromInline var columns = 0

    public init() {}

    public var rowCount: Int { starts.count }
    public var byteCount: Int { bytes.count }
    public var isEmpty: Bool { starts.isEmpty }

    public mutating func beginRow(columns: Int) {
        starts.append(bytes.count)
        bytes.append(Int16(columns))
    }

    /// Begins the row of a record, whose columns are counted as they come.
    ///
    /// - returns: what ``endRow(_:)`` is told.
    @usableFromInline
    mutating func beginRow() -> Int {
        beginRow(columns: 0)
        columns = 0
        return bytes.count
    }

    @usableFromInline
    mutating func endRow(_ row: Int) {
        bytes.replace(at: row - 2, with: Int16(columns))
    }

    public mutating func null() {
        bytes.append(-1 as Int32)
    }

    public mutating func append(_ value: Bool) { bytes.appendField(value ? 1 as UInt8 : 0) }

    /// An `int2`.
    public mutating func append(_ value: Int16) { bytes.appendField(value) }

    /// An `int4`.
    public mutating func append(_ value: Int32) { bytes.appendField(value) }

    /// An `int8`.
    public mutating func append(_ value: Int64) { bytes.appendField(value) }

    /// An `int8`.
    public mutating func append(_ value: Int) { append(Int64(value)) }

    /// A text (or a `bytea` of its UTF-8).
    public mutating func append(_ value: String) {
        var value = value
        value.withUTF8 { append(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// A text, by its UTF-8.
    public mutating func append(utf8 value: UnsafeRawBufferPointer) { append(bytes: value) }

    /// A `bytea`.
    public mutating func append(bytes value: UnsafeRawBufferPointer) {
        bytes.appendField(bytes: value)
    }

    /// A `bytea`.
    public mutating func append(bytes value: [UInt8]) {
        value.withUnsafeBytes { append(bytes: $0) }
    }

    public mutating func append(_ value: UUIDBytes) {
        append(uuid: (value.high, value.low))
    }

    public mutating func append(uuid value: (high: UInt64, low: UInt64)) {
        bytes.appendField(UInt128(value.high) << 64 | UInt128(value.low))
    }

    public mutating func append(_ value: UUID) {
        Swift.withUnsafeBytes(of: value.uuid) { append(bytes: $0) }
    }

    /// A `date`, in days since 2000-01-01.
    public mutating func append(date daysSince2000: Int32) { append(daysSince2000) }

    /// A `timestamptz`, in microseconds since 2000-01-01T00:00Z.
    public mutating func append(timestamp microsecondsSince2000: Int64) { append(microsecondsSince2000) }

    /// A `numeric`: `unscaled / 10^scale`.
    public mutating func append(numeric unscaled: Int128, scale: Int) {
        bytes.appendField { $0.append(numeric: unscaled, scale: scale) }
    }

    /// Begins a value, which is then written to ``bytes``.
    ///
    /// - returns: what ``endField(_:)`` is told.
    @usableFromInline
    mutating func beginField() -> Int {
        bytes.append(0 as Int32)
        return bytes.count
    }

    @usableFromInline
    mutating func endField(_ field: Int) {
        bytes.replace(at: field - 4, with: Int32(bytes.count - field))
    }

    /// Whether two of the rows hold the same.
    public func areEqual(_ row: Int, _ other: Int) -> Bool {
        bytes.withUnsafeBytes { $0[range(of: row)].elementsEqual($0[range(of: other)]) }
    }

    private func range(of row: Int) -> Range<Int> {
        starts[row]..<(row + 1 < starts.count ? starts[row + 1] : bytes.count)
    }

    /// Appends a row of other rows, so as to send rows in another order than they came in.
    public mutating func append(row: Int, of other: CopyRows) {
        let start = other.starts[row]
        let end = row + 1 < other.starts.count ? other.starts[row + 1] : other.bytes.count
        starts.append(bytes.count)
        other.bytes.withUnsafeBytes { bytes.append(bytes: UnsafeRawBufferPointer(rebasing: $0[start..<end])) }
    }

    /// Appends a row of other rows with another `int8` in its first column, such as the number of a batch that was not
    /// known when the row was encoded.
    public mutating func append(row: Int, of other: CopyRows, first: Int64) {
        let start = bytes.count
        append(row: row, of: other)
        // After the number of columns and the length of the first.
        bytes.replace(at: start + 6, with: first)
    }

    /// Takes the last row back, also one that has not all of its columns yet.
    public mutating func removeLast() {
        bytes.truncate(to: starts.removeLast())
    }

    public mutating func removeAll(keepingCapacity: Bool = false) {
        bytes.removeAll(keepingCapacity: keepingCapacity)
        starts.removeAll(keepingCapacity: keepingCapacity)
    }

    /// All rows as they go over the wire, without the header and the trailer of a `COPY`.
    public func withUnsafeBytes<T>(_ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
        try bytes.withUnsafeBytes(body)
    }
}
