/// Reads a row of a result as a ``Record``.
public struct RecordDecoder: ColumnCoder {
    @usableFromInline let row: BinaryRow
    /// Where each column of the record stands in the row.
    @usableFromInline let places: [Int]
    @usableFromInline var next = 0

    init(_ row: BinaryRow, places: [Int]) {
        self.row = row
        self.places = places
    }

    @inlinable
    public mutating func code<Value: ColumnValue>(_ name: @autoclosure () -> String, _ value: Value?) throws -> Value {
        let place = places[next]
        next += 1
        return try Value.read(Cell(row, place))
    }

    @inlinable
    public mutating func record<Nested: Record>(_ prefix: StaticString, _ value: Nested?) throws -> Nested {
        try Nested.columns(&self, of: nil)
    }

    public mutating func optionalRecord<Nested: Record>(
        _ prefix: StaticString, presentIf key: StaticString, _ value: Nested?
    ) throws -> Nested? {
        let names = Nested.columnNames
        guard let index = names.firstIndex(of: "\(key)") else {
            throw DatabaseError(message: "\(Nested.self) has no column \"\(key)\", only \(names)")
        }
        if try row.isNull(places[next + index]) {
            next += names.count
            return nil
        }
        return try Nested.columns(&self, of: nil)
    }
}

/// Reads the rows of one result as records, whose places it looks up once.
struct RecordReader<R: Record> {
    private let places: [Int]

    /// - throws: ``DatabaseError`` when the result lacks a column.
    init(columns: [String]) throws {
        var known: [String: Int] = [:]
        for (place, name) in columns.enumerated() where known[name] == nil { known[name] = place }
        places = try R.columnNames.map { name in
            guard let place = known[name] else {
                throw DatabaseError(message: "the result has no column \"\(name)\", only \(columns)")
            }
            return place
        }
    }

    /// The columns stand in the record's own order, as those of a `COPY` do, which names none.
    init() { places = Array(R.columnNames.indices) }

    func read(_ row: BinaryRow) throws -> R {
        var decoder = RecordDecoder(row, places: places)
        return try R.read(&decoder)
    }
}
