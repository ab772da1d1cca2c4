import CLibPQ

extension Connection {
    /// The rows of a statement as records, held in memory.
    ///
    /// - throws: ``DatabaseError``, which names the column and the statement when a row is not what the record takes.
    public func records<R: Record>(
        _ type: R.Type, _ sql: String, _ parameters: (any DatabaseValue)?...
    ) throws -> [R] {
        let rows = try query(sql, parameters: parameters)
        return try naming(sql) {
            let reader = try RecordReader<R>(columns: rows.columnNames)
            return try rows.map(reader.read)
        }
    }

    /// The row of a statement that returns one at most; nil when it returns none.
    ///
    /// - throws: ``DatabaseError``, also when there are several rows.
    public func record<R: Record>(_ type: R.Type, _ sql: String, _ parameters: (any DatabaseValue)?...) throws -> R? {
        let rows = try query(sql, parameters: parameters)
        guard !rows.isEmpty else { return nil }
        return try naming(sql) {
            try RecordReader<R>(columns: rows.columnNames).read(rows.single())
        }
    }

    /// The values of a statement that returns one column.
    ///
    /// - throws: ``DatabaseError``.
    public func values<Value: ColumnValue>(
        _ type: Value.Type, _ sql: String, _ parameters: (any DatabaseValue)?...
    ) throws -> [Value] {
        let rows = try query(sql, parameters: parameters)
        return try naming(sql) { try rows.map { try Value.read(Cell($0, 0)) } }
    }

    /// The value of a statement that returns one column of one row.
    ///
    /// - throws: ``DatabaseError``, also when there is no row or there are several.
    public func value<Value: ColumnValue>(
        _ type: Value.Type, _ sql: String, _ parameters: (any DatabaseValue)?...
    ) throws -> Value {
        let rows = try query(sql, parameters: parameters)
        return try naming(sql) { try Value.read(Cell(rows.single(), 0)) }
    }

    /// The value of a statement that returns one column of one row at most; nil when it returns no row.
    ///
    /// - throws: ``DatabaseError``, also when there are several rows.
    public func optionalValue<Value: ColumnValue>(
        _ type: Value.Type, _ sql: String, _ parameters: (any DatabaseValue)?...
    ) throws -> Value? {
        let rows = try query(sql, parameters: parameters)
        guard !rows.isEmpty else { return nil }
        return try naming(sql) { try Value.read(Cell(rows.single(), 0)) }
    }

    /// Passes the rows of a statement as records, one by one, however many there are.
    ///
    /// - parameter record: is given each row. If it throws, the statement is cancelled, and with it the transaction that it
    ///   is part of. It must not use the connection.
    /// - throws: ``DatabaseError``, or what the closure throws.
    public func forEachRecord<R: Record>(
        _ type: R.Type, _ sql: String, _ parameters: (any DatabaseValue)?..., record: (R) throws -> Void
    ) throws {
        try forEachRecord(type, sql, parameters, isPrepared: true, record)
    }

    /// Passes the rows of a statement that returns other columns each time.
    func forEachRecord<R: Record>(
        _ type: R.Type, _ sql: String, _ parameters: [(any DatabaseValue)?] = [], isPrepared: Bool,
        _ record: (R) throws -> Void
    ) throws {
        var reader: RecordReader<R>?
        try forEach(sql, parameters: parameters, isPrepared: isPrepared) { row in
            let read = try naming(sql) {
                let current = try reader ?? RecordReader<R>(columns: row.columnNames)
                reader = current
                return try current.read(row)
            }
            try record(read)
        }
    }

    /// Passes the rows of a query as records in chunks, with a chance to use the connection between them.
    ///
    /// To be used inside a transaction; one at a time.
    ///
    /// - parameter chunk: how many rows are passed before `afterChunk` is called; it is called after the last ones too.
    /// - throws: ``DatabaseError``, or what the closures throw.
    public func forEachRecord<R: Record>(
        _ type: R.Type, chunk: Int, _ query: String, _ parameters: (any DatabaseValue)?...,
        record: (R) throws -> Void, afterChunk: () throws -> Void
    ) throws {
        try declareCursor("chunked_records", query, parameters)
        var isFull = true
        while isFull {
            var count = 0
            // Not prepared: the next cursor of this name returns other columns.
            try forEachRecord(type, "FETCH \(chunk) FROM chunked_records", [], isPrepared: false) {
                count += 1
                try record($0)
            }
            try afterChunk()
            isFull = count == chunk
        }
        try executeScript("CLOSE chunked_records")
    }

    /// Loads rows that records were appended to, in the order of the record's columns.
    ///
    /// - parameter whileOpen: called when the rows are sent and the `COPY` has not ended.
    /// - returns: how many rows were loaded.
    /// - throws: ``DatabaseError``; nothing is loaded then.
    @discardableResult
    public func copy<R: Record>(
        _ rows: CopyRows, of type: R.Type, into table: String, whileOpen: () -> Void = {}
    ) throws -> Int {
        guard !rows.isEmpty else { return 0 }
        return try copyIn("COPY \(table) (\(R.columnList)) FROM STDIN (FORMAT binary)") {
            try $0.write(rows)
            whileOpen()
        }
    }

    /// Inserts one record.
    ///
    /// - parameter conflict: an `ON CONFLICT` clause.
    /// - returns: how many rows were inserted or updated.
    /// - throws: ``DatabaseError``.
    @discardableResult
    public func insert<R: Record>(_ record: R, into table: String, _ conflict: String = "") throws -> Int {
        try execute(
            "INSERT INTO \(table) (\(R.columnList)) VALUES (\(R.parameterList)) \(conflict)",
            parameters: record.parameters)
    }

    /// A cursor takes parameters, but is not prepared.
    func declareCursor(_ name: String, _ query: String, _ parameters: [(any DatabaseValue)?]) throws {
        let sql = "DECLARE \(name) NO SCROLL CURSOR FOR \(query)"
        let list = ParameterList(parameters)
        let types = list.types.map(\.rawValue)
        let result = list.withUnsafePointers { values, lengths in
            PQexecParams(handle, sql, list.count, types, values, lengths, list.formats, 1)
        }
        _ = try check(result, statement: sql)
    }
}

/// Says in which statement a row was not what was wanted.
func naming<T>(_ sql: String, _ body: () throws -> T) throws -> T {
    do { return try body() } catch var error as DatabaseError {
        if error.statement == nil { error.statement = sql }
        throw error
    }
}
