/// What a database takes for the rows of a table by `COPY` alone, as the measure of what else is done with them.
public struct PlainCopy {
    private let url: String
    private let table: String
    private let order: String
    private let batch: Int

    /// - parameter order: the columns by which the rows are read.
    /// - parameter batch: how many rows each transaction copies.
    public init(url: String, table: String, order: String, batch: Int) {
        self.url = url
        self.table = table
        self.order = order
        self.batch = batch
    }

    /// Copies the rows into an empty table of the same columns and indexes, which is left there.
    ///
    /// - returns: the time of the transactions, without that of the reading.
    /// - throws: ``DatabaseError``.
    public func run() throws -> Duration {
        let source = try Connection(url: url, applicationName: "plain copy")
        let target = try Connection(url: url, applicationName: "plain copy")
        try source.executeScript("ANALYZE \(table); CREATE TABLE plain_\(table) (LIKE \(table) INCLUDING ALL)")
        var took = Duration.zero
        var rows = CopyRows()
        func write() throws {
            let start = ContinuousClock.now
            try target.transaction {
                _ = try target.copyIn("COPY plain_\(table) FROM STDIN (FORMAT binary)") { try $0.write(rows) }
            }
            took += .now - start
            rows.removeAll(keepingCapacity: true)
        }
        try source.copyOut("COPY (SELECT * FROM \(table) ORDER BY \(order)) TO STDOUT (FORMAT binary)") { row in
            rows.beginRow(columns: row.count)
            for column in 0..<row.count {
                if try row.isNull(column) { rows.null() } else { rows.append(bytes: try row.bytes(column)) }
            }
            if rows.rowCount == batch { try write() }
        }
        if !rows.isEmpty { try write() }
        return took
    }
}
