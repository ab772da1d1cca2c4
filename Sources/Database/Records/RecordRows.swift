/// The rows of a result as records that are read when they are asked for.
///
/// It keeps the result's memory, so that what a record holds without a copy, a ``ByteView``, is valid as long.
public struct RecordRows<R: Record> {
    private let rows: Rows
    private let reader: RecordReader<R>
    private let statement: String

    init(_ rows: Rows, _ statement: String) throws {
        self.rows = rows
        self.statement = statement
        reader = try naming(statement) { try RecordReader(columns: rows.columnNames) }
    }

    /// How many rows there are.
    public var count: Int { rows.count }

    /// A row, counted from 0.
    ///
    /// - throws: ``DatabaseError``, which names the column and the statement.
    public func record(_ index: Int) throws -> R {
        try naming(statement) { try reader.read(rows[index]) }
    }
}

/// The bytes of a `bytea`, not copied: valid as long as the ``RecordRows`` that they come from, or inside the closure
/// that is given the record.
public struct ByteView: DatabaseValue, @unchecked Sendable {
    // Safe to send where the rows are sent along: the bytes are never written.
    public let bytes: UnsafeRawBufferPointer

    public static var databaseType: DatabaseType { .bytea }
    public static var placeholder: ByteView { ByteView(bytes: UnsafeRawBufferPointer(start: nil, count: 0)) }

    /// - parameter bytes: must stay as they are while the view is used.
    public init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    public init(_ cell: Cell) throws { bytes = try cell.bytes() }

    public func write(to bytes: inout WireBytes) { bytes.append(bytes: self.bytes) }
}

extension Connection {
    /// The rows of a statement as records that are read one by one when they are asked for.
    ///
    /// - throws: ``DatabaseError``, also when the result lacks a column.
    public func recordRows<R: Record>(
        _ type: R.Type, _ sql: String, _ parameters: (any DatabaseValue)?...
    ) throws -> RecordRows<R> {
        try RecordRows(query(sql, parameters: parameters), sql)
    }
}
