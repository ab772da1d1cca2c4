import CLibPQ

/// A value in a result's memory; a length of -1 is a null.
struct FieldSpan {
    var start: UnsafeRawPointer?
    var length: Int
}

/// The columns of a result, and where the values of its rows lie.
final class FieldTable {
    let names: [String]
    let types: [DatabaseType]
    let spans: UnsafeMutablePointer<FieldSpan>
    private let spanCount: Int
    /// What the spans point into, when it lives as long as the table.
    private let result: QueryResult?

    /// Room for one row at a time, filled anew for each.
    init(names: [String], types: [DatabaseType]) {
        self.names = names
        self.types = types
        result = nil
        spanCount = types.count
        spans = .allocate(capacity: max(1, spanCount))
        spans.initialize(repeating: FieldSpan(start: nil, length: -1), count: max(1, spanCount))
    }

    /// All rows of a result.
    init(_ result: QueryResult) {
        self.result = result
        names = result.columnNames
        types = result.columnTypes
        spanCount = result.rowCount * types.count
        spans = .allocate(capacity: max(1, spanCount))
        spans.initialize(repeating: FieldSpan(start: nil, length: -1), count: max(1, spanCount))
        for row in 0..<result.rowCount {
            fill(from: result, row: row, at: row * types.count)
        }
    }

    deinit {
        spans.deinitialize(count: max(1, spanCount))
        spans.deallocate()
    }

    func fill(from result: QueryResult, row: Int, at base: Int) {
        for column in 0..<types.count {
            let isNull = PQgetisnull(result.pointer, Int32(row), Int32(column)) != 0
            spans[base + column] =
                isNull
                ? FieldSpan(start: nil, length: -1)
                : FieldSpan(
                    start: UnsafeRawPointer(PQgetvalue(result.pointer, Int32(row), Int32(column))),
                    length: Int(PQgetlength(result.pointer, Int32(row), Int32(column))))
        }
    }

    /// How an error calls a column.
    func name(_ column: Int) -> String {
        column < names.count ? "column \"\(names[column])\"" : "column \(column + 1)"
    }
}
