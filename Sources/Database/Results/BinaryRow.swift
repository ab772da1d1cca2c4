/// A row of a result, read by column.
///
/// A row of ``Rows`` can be kept. A row that ``Connection/forEach(_:parameters:isPrepared:row:)`` passes to a closure is a
/// view that is valid only inside of it.
///
/// Every getter throws a ``DatabaseError`` that names the column when it is null or of another type. Columns count from 0.
/// Nobody counts them outside of this module: they are read by name, as a ``Record``, or as the only one.
@usableFromInline
struct BinaryRow {
    private let table: FieldTable
    private let base: Int

    init(table: FieldTable, base: Int) {
        self.table = table
        self.base = base
    }

    /// The number of columns.
    var count: Int { table.types.count }

    /// The columns' names; none for a row of a `COPY`.
    var columnNames: [String] { table.names }

    /// How an error calls a column.
    func name(_ column: Int) -> String { table.name(column) }

    func isNull(_ column: Int) throws -> Bool {
        try span(column).length < 0
    }

    /// An `int2`, `int4` or `int8`.
    func int(_ column: Int) throws -> Int { Int(try int64(column)) }

    /// An `int2`, `int4` or `int8`.
    func int64(_ column: Int) throws -> Int64 {
        let bytes = try value(column, of: .int8, or: .int4, or: .int2)
        return switch bytes.count {
        case 8: bytes.bigEndian(at: 0, as: Int64.self)
        case 4: Int64(bytes.bigEndian(at: 0, as: Int32.self))
        case 2: Int64(bytes.bigEndian(at: 0, as: Int16.self))
        default: throw wrongLength(column, "an integer", bytes.count)
        }
    }

    /// An `int2` or `int4`.
    func int32(_ column: Int) throws -> Int32 {
        let bytes = try value(column, of: .int4, or: .int2)
        return switch bytes.count {
        case 4: bytes.bigEndian(at: 0, as: Int32.self)
        case 2: Int32(bytes.bigEndian(at: 0, as: Int16.self))
        default: throw wrongLength(column, "an int4", bytes.count)
        }
    }

    /// An `int2`.
    func int16(_ column: Int) throws -> Int16 {
        try value(column, of: .int2, length: 2).bigEndian(at: 0, as: Int16.self)
    }

    func bool(_ column: Int) throws -> Bool {
        try value(column, of: .bool, length: 1)[0] != 0
    }

    /// Any type whose binary form is its text: `text`, `varchar`, `json`, an enumeration.
    func string(_ column: Int) throws -> String {
        String(decoding: try utf8(column), as: UTF8.self)
    }

    /// The UTF-8 of a text, without a copy.
    ///
    /// Valid as long as the row: for a row of ``Rows``, as long as you keep the rows.
    func utf8(_ column: Int) throws -> UnsafeRawBufferPointer {
        let bytes = try value(column)
        guard !table.types[column].isBinaryOnly else { throw wrongType(column, "text") }
        return bytes
    }

    /// A `bytea`, without a copy.
    ///
    /// Valid as long as the row: for a row of ``Rows``, as long as you keep the rows.
    func bytes(_ column: Int) throws -> UnsafeRawBufferPointer {
        try value(column, of: .bytea)
    }

    func uuid(_ column: Int) throws -> UUIDBytes {
        let bytes = try value(column, of: .uuid, length: 16)
        return UUIDBytes(
            high: bytes.bigEndian(at: 0, as: UInt64.self), low: bytes.bigEndian(at: 8, as: UInt64.self))
    }

    /// A `numeric` times `10^scale`, exactly.
    ///
    /// - throws: ``DatabaseError`` when it has more decimals, is NaN or infinite, or does not fit.
    func numeric(_ column: Int, scale: Int) throws -> Int128 {
        let bytes = try value(column, of: .numeric)
        do {
            return try WireNumeric(bytes).unscaled(at: scale)
        } catch {
            let limit = error == .tooPrecise ? " (\(scale))" : ""
            throw DatabaseError(message: "\(table.name(column)) \(error.rawValue)\(limit)")
        }
    }

    /// A `numeric` with the decimals that it is shown with.
    ///
    /// - throws: ``DatabaseError`` when it is NaN or infinite, or does not fit.
    func numeric(_ column: Int) throws -> Numeric {
        let bytes = try value(column, of: .numeric)
        do {
            let wire = try WireNumeric(bytes)
            return Numeric(unscaled: try wire.unscaled(at: wire.scale), scale: wire.scale)
        } catch {
            throw DatabaseError(message: "\(table.name(column)) \(error.rawValue)")
        }
    }

    /// A `date`, in days since 2000-01-01.
    func day(_ column: Int) throws -> Int32 {
        try value(column, of: .date, length: 4).bigEndian(at: 0, as: Int32.self)
    }

    /// A `timestamptz` or `timestamp`, in microseconds since 2000-01-01.
    func timestamp(_ column: Int) throws -> Int64 {
        let bytes = try value(column, of: .timestamptz, or: .timestamp)
        guard bytes.count == 8 else { throw wrongLength(column, "a timestamptz", bytes.count) }
        return bytes.bigEndian(at: 0, as: Int64.self)
    }

}

// By name and type.
extension BinaryRow {
    /// A column by its place.
    subscript<T: DatabaseValue>(column: Int, as type: T.Type) -> T {
        get throws { try T(Cell(self, column)) }
    }

    /// A column by its place; null is nil.
    subscript<T: DatabaseValue>(column: Int, as type: T?.Type) -> T? {
        get throws { try isNull(column) ? nil : T(Cell(self, column)) }
    }

    /// A column by its name.
    subscript<T: DatabaseValue>(name: String, as type: T.Type) -> T {
        get throws { try T(Cell(self, index(of: name))) }
    }

    /// A column by its name; null is nil.
    subscript<T: DatabaseValue>(name: String, as type: T?.Type) -> T? {
        get throws { try self[index(of: name), as: type] }
    }

    private func index(of name: String) throws -> Int {
        guard let index = table.names.firstIndex(of: name) else {
            throw DatabaseError(message: "the result has no column \"\(name)\", only \(table.names)")
        }
        return index
    }
}

extension BinaryRow {
    private func span(_ column: Int) throws -> FieldSpan {
        guard column >= 0, column < table.types.count else {
            throw DatabaseError(message: "the result has \(table.types.count) columns, and no column \(column + 1)")
        }
        return table.spans[base + column]
    }

    private func value(_ column: Int) throws -> UnsafeRawBufferPointer {
        let span = try span(column)
        guard span.length >= 0 else { throw DatabaseError(message: "\(table.name(column)) is null") }
        return UnsafeRawBufferPointer(start: span.start, count: span.length)
    }

    private func value(
        _ column: Int, of type: DatabaseType, or second: DatabaseType? = nil, or third: DatabaseType? = nil
    ) throws -> UnsafeRawBufferPointer {
        let bytes = try value(column)
        let actual = table.types[column]
        guard actual == type || actual == .unknown || actual == second || actual == third else {
            throw wrongType(column, type.description)
        }
        return bytes
    }

    private func value(_ column: Int, of type: DatabaseType, length: Int) throws -> UnsafeRawBufferPointer {
        let bytes = try value(column, of: type)
        guard bytes.count == length else { throw wrongLength(column, "a \(type)", bytes.count) }
        return bytes
    }

    private func wrongType(_ column: Int, _ wanted: String) -> DatabaseError {
        DatabaseError(message: "\(table.name(column)) is of type \(table.types[column]), and was read as \(wanted)")
    }

    private func wrongLength(_ column: Int, _ wanted: String, _ length: Int) -> DatabaseError {
        DatabaseError(message: "\(table.name(column)) has \(length) bytes, and was read as \(wanted)")
    }

    /// The elements of an array, as the columns of a row.
    func arrayElements(_ column: Int) throws -> BinaryRow {
        let bytes = try value(column)
        let malformed = DatabaseError(
            message: "\(table.name(column)) was read as an array, and is none of one dimension")
        guard bytes.count >= 12 else { throw malformed }
        let dimensions = bytes.bigEndian(at: 0, as: Int32.self)
        guard dimensions == 0 || dimensions == 1 && bytes.count >= 20 else { throw malformed }
        let type = DatabaseType(rawValue: bytes.bigEndian(at: 8, as: UInt32.self))
        let count = dimensions == 0 ? 0 : Int(bytes.bigEndian(at: 12, as: Int32.self))
        guard count >= 0, count <= bytes.count / 4 else { throw malformed }
        let name = column < table.names.count ? table.names[column] : "\(column + 1)"
        let elements = FieldTable(
            names: (0..<count).map { "\(name)[\($0 + 1)]" }, types: Array(repeating: type, count: count))
        var position = 20
        for index in 0..<count {
            guard
                let span = FieldSpan(at: &position, in: bytes)
            else { throw malformed }
            elements.spans[index] = span
        }
        return BinaryRow(table: elements, base: 0)
    }
}

extension FieldSpan {
    /// Reads a length and steps over the value; nil when it reaches beyond the bytes.
    init?(at position: inout Int, in bytes: UnsafeRawBufferPointer) {
        guard bytes.count - position >= 4 else { return nil }
        let length = Int(bytes.bigEndian(at: position, as: Int32.self))
        position += 4
        guard length >= 0 else {
            self.init(start: nil, length: -1)
            return
        }
        guard bytes.count - position >= length else { return nil }
        self.init(start: bytes.baseAddress.map { $0 + position }, length: length)
        position += length
    }
}
