/// Reads a row of a result as a ``Record``.
public struct RecordDecoder: ColumnCoder {
    @usableFromInline let row: BinaryRow
    /// Where each column of the record stands in the row.
    @usableFromInline let places: [Int]
    /// The records within the record that may be missing, in their order.
    private let optionals: [OptionalPlace]
    @usableFromInline var next = 0
    private var nextOptional = 0

    init(_ row: BinaryRow, places: [Int], optionals: [OptionalPlace]) {
        self.row = row
        self.places = places
        self.optionals = optionals
    }

    @inlinable
    public mutating func code<Value: ColumnValue>(_ name: @autoclosure () -> String, _ value: Value?) throws -> Value {
        let place = places[next]
        next += 1
        return try Value.read(Cell(row, place))
    }

    @inlinable
    public mutating func record<Nested: Record>(_ prefix: StaticString, _ value: Nested?) throws -> Nested {
        try Nested.read(&self)
    }

    public mutating func optionalRecord<Nested: Record>(
        _ prefix: StaticString, presentIf key: StaticString, _ value: Nested?
    ) throws -> Nested? {
        let optional = optionals[nextOptional]
        nextOptional += 1
        if try row.isNull(places[next + optional.key]) {
            next += optional.columns
            nextOptional += optional.optionals
            return nil
        }
        return try Nested.read(&self)
    }
}

/// Reads the rows of one result as records, whose places it looks up once.
struct RecordReader<R: Record> {
    private let places: [Int]
    private let optionals: [OptionalPlace]

    /// - throws: ``DatabaseError`` when the result lacks a column.
    init(columns: [String]) throws {
        var known: [String: Int] = [:]
        for (place, name) in columns.enumerated() where known[name] == nil { known[name] = place }
        let lists = ColumnLists.of(R.self)
        optionals = lists.optionals
        places = try lists.names.map { name in
            guard let place = known[name] else {
                throw DatabaseError(message: "the result has no column \"\(name)\", only \(columns)")
            }
            return place
        }
    }

    func read(_ row: BinaryRow) throws -> R {
        var decoder = RecordDecoder(row, places: places, optionals: optionals)
        return try R.read(&decoder)
    }
}
