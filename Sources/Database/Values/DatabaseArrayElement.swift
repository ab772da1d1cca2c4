public import Foundation

/// A value of which there are arrays in PostgreSQL.
///
/// An array of bytes is a `bytea`, which is one value; an array of any other element is an array.
public protocol DatabaseArrayElement: Sendable {
    /// The type of the whole array.
    static var arrayType: DatabaseType { get }

    /// Appends a whole array in PostgreSQL's binary format.
    static func write(_ array: [Self], to bytes: inout WireBytes)

    /// Reads a column that is an array.
    static func read(_ cell: Cell) throws -> [Self]
}

extension DatabaseArrayElement where Self: DatabaseValue {
    public static func write(_ array: [Self], to bytes: inout WireBytes) {
        bytes.appendArrayHeader(of: databaseType, count: array.count, hasNulls: false)
        for element in array {
            bytes.appendField { element.write(to: &$0) }
        }
    }

    public static func read(_ cell: Cell) throws -> [Self] {
        let elements = try cell.arrayElements()
        return try (0..<elements.count).map { try Self(Cell(elements, $0)) }
    }
}

/// An array some elements of which are null.
extension Optional: DatabaseArrayElement where Wrapped: DatabaseValue & DatabaseArrayElement {
    public static var arrayType: DatabaseType { Wrapped.arrayType }

    public static func write(_ array: [Wrapped?], to bytes: inout WireBytes) {
        bytes.appendArrayHeader(
            of: Wrapped.databaseType, count: array.count, hasNulls: array.contains { $0 == nil })
        for element in array {
            if let element {
                bytes.appendField { element.write(to: &$0) }
            } else {
                bytes.append(-1 as Int32)
            }
        }
    }

    public static func read(_ cell: Cell) throws -> [Wrapped?] {
        let elements = try cell.arrayElements()
        return try (0..<elements.count).map { try elements.isNull($0) ? nil : Wrapped(Cell(elements, $0)) }
    }
}

extension Array: ColumnValue, DatabaseValue where Element: DatabaseArrayElement {
    public static var databaseType: DatabaseType { Element.arrayType }
    public static var placeholder: [Element] { [] }
    public func write(to bytes: inout WireBytes) { Element.write(self, to: &bytes) }
    public init(_ cell: Cell) throws { self = try Element.read(cell) }
}

extension UInt8: DatabaseArrayElement {
    public static let arrayType = DatabaseType.bytea

    public static func write(_ array: [UInt8], to bytes: inout WireBytes) {
        array.withUnsafeBytes { bytes.append(bytes: $0) }
    }

    public static func read(_ cell: Cell) throws -> [UInt8] {
        Array(try cell.bytes())
    }
}

extension Array: DatabaseArrayElement where Element == UInt8 {
    public static var arrayType: DatabaseType { .byteaArray }
}

extension Bool: DatabaseArrayElement { public static let arrayType = DatabaseType.boolArray }
extension Int: DatabaseArrayElement { public static let arrayType = DatabaseType.int8Array }
extension Int64: DatabaseArrayElement { public static let arrayType = DatabaseType.int8Array }
extension Int32: DatabaseArrayElement { public static let arrayType = DatabaseType.int4Array }
extension Int16: DatabaseArrayElement { public static let arrayType = DatabaseType.int2Array }
extension String: DatabaseArrayElement { public static let arrayType = DatabaseType.textArray }
extension UUIDBytes: DatabaseArrayElement { public static let arrayType = DatabaseType.uuidArray }
extension UUID: DatabaseArrayElement { public static let arrayType = DatabaseType.uuidArray }
extension Numeric: DatabaseArrayElement { public static let arrayType = DatabaseType.numericArray }
extension Day: DatabaseArrayElement { public static let arrayType = DatabaseType.dateArray }
extension Instant: DatabaseArrayElement { public static let arrayType = DatabaseType.timestamptzArray }

extension WireBytes {
    /// One dimension, counted from 1; none when there are no elements, as the server itself writes it.
    fileprivate mutating func appendArrayHeader(of type: DatabaseType, count: Int, hasNulls: Bool) {
        append(count == 0 ? 0 : 1 as Int32)
        append(hasNulls ? 1 : 0 as Int32)
        append(Int32(bitPattern: type.rawValue))
        guard count > 0 else { return }
        append(Int32(count))
        append(1 as Int32)
    }
}
