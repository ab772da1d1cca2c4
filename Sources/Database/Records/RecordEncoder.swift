/// Rows take the columns of a ``Record`` one after another.
extension CopyRows: ColumnCoder {
    @inlinable
    public mutating func code<Value: ColumnValue>(_ name: @autoclosure () -> String, _ value: Value?) throws -> Value {
        guard let value else { throw DatabaseError.nothingToWrite("column \"\(name())\"") }
        value.append(to: &self)
        columns += 1
        return value
    }

    @inlinable
    public mutating func record<Nested: Record>(_ prefix: StaticString, _ value: Nested?) throws -> Nested {
        guard let value else { throw DatabaseError.nothingToWrite("\(Nested.self)") }
        try value.write(to: &self)
        return value
    }

    public mutating func optionalRecord<Nested: Record>(
        _ prefix: StaticString, presentIf key: StaticString, _ value: Nested?
    ) throws -> Nested? {
        if let value {
            try value.write(to: &self)
            return value
        }
        let missing = Nested.columnNames.count
        for _ in 0..<missing { null() }
        columns += missing
        return nil
    }
}

extension CopyRows {
    /// Appends a record as a row, its columns in the order of ``Record/columnNames``.
    ///
    /// - throws: ``DatabaseError`` when a value does not fit its column; nothing is appended then.
    @inlinable
    public mutating func append<R: Record>(_ record: R) throws {
        let row = beginRow()
        do { try record.write(to: &self) } catch {
            removeLast()
            throw error
        }
        endRow(row)
    }

    /// Appends many records, each as a row.
    public mutating func append<R: Record>(contentsOf records: some Sequence<R>) throws {
        for record in records { try append(record) }
    }
}

/// Collects a ``Record`` as parameters of a statement.
struct ParameterEncoder: ColumnCoder {
    private(set) var parameters: [(any DatabaseValue)?] = []

    mutating func code<Value: ColumnValue>(_ name: @autoclosure () -> String, _ value: Value?) throws -> Value {
        guard let value else { throw DatabaseError.nothingToWrite("column \"\(name())\"") }
        parameters.append(value.parameter)
        return value
    }

    mutating func record<Nested: Record>(_ prefix: StaticString, _ value: Nested?) throws -> Nested {
        guard let value else { throw DatabaseError.nothingToWrite("\(Nested.self)") }
        return try Nested.columns(&self, of: value)
    }

    mutating func optionalRecord<Nested: Record>(
        _ prefix: StaticString, presentIf key: StaticString, _ value: Nested?
    ) throws -> Nested? {
        if let value { return try Nested.columns(&self, of: value) }
        for _ in Nested.columnNames { parameters.append(nil) }
        return nil
    }
}

extension DatabaseError {
    /// A record that left one of its own columns out.
    @usableFromInline
    static func nothingToWrite(_ what: String) -> DatabaseError {
        DatabaseError(message: "\(what) was given nothing to write")
    }
}
