/// What a column of a ``Record`` can hold: a ``DatabaseValue``, or an optional one where the column may be null.
public protocol ColumnValue: Sendable {
    /// Any value of this type. It stands in where only the columns' names are asked for, and is never stored.
    static var placeholder: Self { get }

    /// Reads a column.
    ///
    /// - throws: ``DatabaseError`` when the column is of another type, or null and the type has no null.
    static func read(_ cell: Cell) throws -> Self

    /// Appends the value as the next column of a row.
    func append(to rows: inout CopyRows)

    /// The value as a parameter of a statement; nil is a null.
    var parameter: (any DatabaseValue)? { get }
}

extension DatabaseValue {
    @inlinable
    public static func read(_ cell: Cell) throws -> Self { try Self(cell) }

    @inlinable
    public func append(to rows: inout CopyRows) {
        let field = rows.beginField()
        write(to: &rows.bytes)
        rows.endField(field)
    }

    public var parameter: (any DatabaseValue)? { self }
}

extension Optional: ColumnValue where Wrapped: DatabaseValue {
    public static var placeholder: Wrapped? { nil }

    @inlinable
    public static func read(_ cell: Cell) throws -> Wrapped? {
        try cell.isNull ? nil : Wrapped(cell)
    }

    @inlinable
    public func append(to rows: inout CopyRows) {
        if let self { self.append(to: &rows) } else { rows.null() }
    }

    public var parameter: (any DatabaseValue)? { self }
}
