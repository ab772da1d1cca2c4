/// One column of one row, to be read as what it holds.
///
/// What is read without a copy is valid as long as the row.
public struct Cell {
    let row: BinaryRow
    let column: Int

    @usableFromInline
    init(_ row: BinaryRow, _ column: Int) {
        self.row = row
        self.column = column
    }

    /// How an error calls the column.
    public var name: String { row.name(column) }

    public var isNull: Bool { get throws { try row.isNull(column) } }

    /// An `int2`, `int4` or `int8`.
    public func int64() throws -> Int64 { try row.int64(column) }

    /// Any type whose binary form is its text: `text`, `varchar`, `json`, an enumeration.
    public func string() throws -> String { try row.string(column) }

    /// A `bytea`, without a copy.
    public func bytes() throws -> UnsafeRawBufferPointer { try row.bytes(column) }

    public func uuid() throws -> UUIDBytes { try row.uuid(column) }

    func bool() throws -> Bool { try row.bool(column) }
    func int() throws -> Int { try row.int(column) }
    func int32() throws -> Int32 { try row.int32(column) }
    func int16() throws -> Int16 { try row.int16(column) }
    func numeric() throws -> Numeric { try row.numeric(column) }
    func timestamp() throws -> Int64 { try row.timestamp(column) }
    func arrayElements() throws -> BinaryRow { try row.arrayElements(column) }

    /// A `numeric` times `10^scale`, exactly.
    ///
    /// - throws: ``DatabaseError`` when it has more decimals, is NaN or infinite, or does not fit.
    public func numeric(scale: Int) throws -> Int128 { try row.numeric(column, scale: scale) }

    /// A `date`, in days since 2000-01-01.
    public func day() throws -> Int32 { try row.day(column) }
}
