/// The rows of a result, held in memory.
struct Rows: RandomAccessCollection {
    private let table: FieldTable
    let count: Int

    init(_ result: QueryResult) {
        table = FieldTable(result)
        count = result.rowCount
    }

    var startIndex: Int { 0 }
    var endIndex: Int { count }

    subscript(index: Int) -> Row {
        precondition(index >= 0 && index < count, "there are only \(count) rows")
        return BinaryRow(table: table, base: index * table.types.count)
    }

    /// The columns' names.
    var columnNames: [String] { table.names }

    /// The only row.
    ///
    /// - throws: ``DatabaseError`` when there is none or more than one.
    func single() throws -> Row {
        guard count == 1 else { throw DatabaseError(message: "one row was expected, and there are \(count)") }
        return self[0]
    }
}

/// A row of ``Rows``.
typealias Row = BinaryRow
