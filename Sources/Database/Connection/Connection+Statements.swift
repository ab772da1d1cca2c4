import CLibPQ

extension Connection {
    /// Runs a statement with parameters `$1`, `$2`, … and returns its rows. A nil is a null.
    ///
    /// The statement is prepared once a connection, so the SQL should be constant.
    ///
    /// - throws: ``DatabaseError``.
    func query(_ sql: String, _ parameters: (any DatabaseValue)?...) throws -> Rows {
        Rows(try run(sql, ParameterList(parameters)))
    }

    /// Runs a statement with parameters from a list.
    func query(_ sql: String, parameters: [(any DatabaseValue)?]) throws -> Rows {
        Rows(try run(sql, ParameterList(parameters)))
    }

    /// Runs a statement with parameters `$1`, `$2`, … and returns how many rows it touched. A nil is a null.
    ///
    /// - throws: ``DatabaseError``.
    @discardableResult
    public func execute(_ sql: String, _ parameters: (any DatabaseValue)?...) throws -> Int {
        try run(sql, ParameterList(parameters)).affectedRows
    }

    /// Runs a statement with parameters from a list.
    @discardableResult
    public func execute(_ sql: String, parameters: [(any DatabaseValue)?]) throws -> Int {
        try run(sql, ParameterList(parameters)).affectedRows
    }

    /// Runs statements separated by semicolons, without parameters, in one round trip. Outside of a transaction
    /// they are one.
    ///
    /// - throws: ``DatabaseError`` of the first that fails; none after it is run.
    public func executeScript(_ sql: String) throws {
        _ = try runSimple(sql)
    }

    /// One round trip in the simple protocol.
    @discardableResult
    func runSimple(_ sql: String) throws -> QueryResult {
        try check(PQexec(handle, sql), statement: sql)
    }

    private func run(_ sql: String, _ parameters: ParameterList) throws -> QueryResult {
        do {
            return try runPrepared(sql, parameters)
        } catch let error as DatabaseError where error.isStalePlan {
            // Inside a transaction the whole of it has to be tried again.
            statements.forget(sql)
            guard !isInTransaction else { throw error }
            return try runPrepared(sql, parameters)
        }
    }

    private func runPrepared(_ sql: String, _ parameters: ParameterList) throws -> QueryResult {
        let statement = try prepare(sql, parameters.types)
        let result = parameters.withUnsafePointers { values, lengths in
            PQexecPrepared(handle, statement.name, parameters.count, values, lengths, parameters.formats, 1)
        }
        return try check(result, statement: sql)
    }

    func prepare(_ sql: String, _ types: [DatabaseType]) throws -> StatementCache.Statement {
        if let prepared = statements.statement(sql, for: types) { return prepared }
        if statements.isFull {
            try runSimple("DEALLOCATE ALL")
            statements.removeAll()
        }
        let statement = statements.draft(sql, for: types)
        let result = PQprepare(
            handle, statement.name, sql, Int32(types.count), statement.types.map(\.rawValue))
        _ = try check(result, statement: sql)
        if let replaced = statements.keep(statement, for: sql) { try runSimple("DEALLOCATE \(replaced)") }
        return statement
    }

    /// - throws: ``DatabaseError`` unless the server did what it was told.
    func check(_ result: OpaquePointer?, statement: String) throws -> QueryResult {
        guard let result else { throw DatabaseError(connection: handle, statement: statement) }
        let checked = QueryResult(result)
        switch checked.status {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE, PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_EMPTY_QUERY:
            return checked
        default:
            throw DatabaseError(checked, statement: statement, connection: handle)
        }
    }
}
