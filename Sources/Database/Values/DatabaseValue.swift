public import Foundation

/// A value that can be a parameter of a statement and a column of a result.
public protocol DatabaseValue: ColumnValue {
    /// The type that it has in PostgreSQL.
    static var databaseType: DatabaseType { get }

    /// Appends the value in PostgreSQL's binary format.
    func write(to bytes: inout WireBytes)

    /// Reads a column, such as with `try cell.int64()`.
    ///
    /// - throws: ``DatabaseError`` when the column is null or of another type.
    init(_ cell: Cell) throws
}

extension String: DatabaseValue {
    public static let databaseType = DatabaseType.text
    public static var placeholder: String { "" }
    public func write(to bytes: inout WireBytes) { bytes.append(self) }
    public init(_ cell: Cell) throws { self = try cell.string() }
}

extension Bool: DatabaseValue {
    public static let databaseType = DatabaseType.bool
    public static var placeholder: Bool { false }
    public func write(to bytes: inout WireBytes) { bytes.append(self) }
    public init(_ cell: Cell) throws { self = try cell.bool() }
}

extension Int: DatabaseValue {
    public static let databaseType = DatabaseType.int8
    public static var placeholder: Int { 0 }
    public func write(to bytes: inout WireBytes) { bytes.append(Int64(self)) }
    public init(_ cell: Cell) throws { self = try cell.int() }
}

extension Int64: DatabaseValue {
    public static let databaseType = DatabaseType.int8
    public static var placeholder: Int64 { 0 }
    public func write(to bytes: inout WireBytes) { bytes.append(self) }
    public init(_ cell: Cell) throws { self = try cell.int64() }
}

extension Int32: DatabaseValue {
    public static let databaseType = DatabaseType.int4
    public static var placeholder: Int32 { 0 }
    public func write(to bytes: inout WireBytes) { bytes.append(self) }
    public init(_ cell: Cell) throws { self = try cell.int32() }
}

extension Int16: DatabaseValue {
    public static let databaseType = DatabaseType.int2
    public static var placeholder: Int16 { 0 }
    public func write(to bytes: inout WireBytes) { bytes.append(self) }
    public init(_ cell: Cell) throws { self = try cell.int16() }
}

extension UUIDBytes: DatabaseValue {
    public static let databaseType = DatabaseType.uuid
    public static var placeholder: UUIDBytes { UUIDBytes(high: 0, low: 0) }
    public func write(to bytes: inout WireBytes) {
        bytes.append(high)
        bytes.append(low)
    }
    public init(_ cell: Cell) throws { self = try cell.uuid() }
}

extension UUID: DatabaseValue {
    public static let databaseType = DatabaseType.uuid
    public static var placeholder: UUID { UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)) }
    public func write(to bytes: inout WireBytes) {
        withUnsafeBytes(of: uuid) { bytes.append(bytes: $0) }
    }
    public init(_ cell: Cell) throws {
        let value = try cell.uuid()
        var raw = UUID().uuid
        withUnsafeMutableBytes(of: &raw) {
            $0.storeBytes(of: value.high.bigEndian, toByteOffset: 0, as: UInt64.self)
            $0.storeBytes(of: value.low.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
        self.init(uuid: raw)
    }
}

extension Numeric: DatabaseValue {
    public static let databaseType = DatabaseType.numeric
    public static var placeholder: Numeric { Numeric(unscaled: 0, scale: 0) }
    public func write(to bytes: inout WireBytes) { bytes.append(numeric: unscaled, scale: scale) }
    public init(_ cell: Cell) throws { self = try cell.numeric() }
}

extension Day: DatabaseValue {
    public static let databaseType = DatabaseType.date
    public static var placeholder: Day { Day(daysSince2000: 0) }
    public func write(to bytes: inout WireBytes) { bytes.append(daysSince2000) }
    public init(_ cell: Cell) throws { self.init(daysSince2000: try cell.day()) }
}

extension Instant: DatabaseValue {
    public static let databaseType = DatabaseType.timestamptz
    public static var placeholder: Instant { Instant(microsecondsSince2000: 0) }
    public func write(to bytes: inout WireBytes) { bytes.append(microsecondsSince2000) }
    public init(_ cell: Cell) throws { self.init(microsecondsSince2000: try cell.timestamp()) }
}
