import CLibPQ

extension Connection {
    /// Runs a statement with parameters and passes its rows one by one, however many there are.
    ///
    /// - parameter row: is given each row, as a view that is valid only inside the closure. If it throws, the statement is
    ///   cancelled, and with it the transaction that it is part of. It must not use the connection.
    /// - throws: ``DatabaseError``, or what the closure throws.
    /// - parameter isPrepared: false for a statement that returns other columns each time.
    func forEach(
        _ sql: String, parameters: [(any DatabaseValue)?], isPrepared: Bool = true, row: (BinaryRow) throws -> Void
    ) throws {
        let list = ParameterList(parameters)
        let statement = isPrepared ? try prepare(sql, list.types) : nil
        let isSent = list.withUnsafePointers { values, lengths in
            if let statement {
                PQsendQueryPrepared(handle, statement.name, list.count, values, lengths, list.formats, 1)
            } else {
                PQsendQueryParams(
                    handle, sql, list.count, list.types.map(\.rawValue), values, lengths, list.formats, 1)
            }
        }
        guard isSent == 1, PQsetSingleRowMode(handle) == 1 else {
            throw DatabaseError(connection: handle, statement: sql)
        }
        do {
            var table: FieldTable?
            while let result = PQgetResult(handle) {
                let checked = try check(result, statement: sql)
                guard checked.status == PGRES_SINGLE_TUPLE else { continue }
                let current = table ?? FieldTable(names: checked.columnNames, types: checked.columnTypes)
                table = current
                current.fill(from: checked, row: 0, at: 0)
                try withExtendedLifetime(checked) { try row(BinaryRow(table: current, base: 0)) }
            }
        } catch {
            if (error as? DatabaseError)?.isStalePlan == true { statements.forget(sql) }
            if PQtransactionStatus(handle) == PQTRANS_ACTIVE { cancelHandle.cancelStatement() }
            while isUsable, let result = PQgetResult(handle) { PQclear(result) }
            throw error
        }
    }
}
