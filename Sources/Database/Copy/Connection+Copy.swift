import CLibPQ

extension Connection {
    /// Loads rows: `COPY table (columns) FROM STDIN (FORMAT binary)`.
    ///
    /// - returns: how many rows were loaded.
    /// - throws: ``DatabaseError``, or what the body throws; nothing is loaded then.
    @discardableResult
    public func copyIn(_ sql: String, _ body: (CopySink) throws -> Void) throws -> Int {
        let started = try runSimple(sql)
        guard started.status == PGRES_COPY_IN, PQbinaryTuples(started.pointer) == 1 else {
            abandonCopy(started, sql)
            throw DatabaseError(message: "copyIn takes a COPY … FROM STDIN (FORMAT binary), not: \(sql)")
        }
        let sink = CopySink(handle)
        do {
            try sink.writeHeader()
            try body(sink)
            try sink.writeTrailer()
        } catch is CopySink.Ended {
            return try finishCopy(sql)
        } catch {
            // The server has its own error to tell when it ended the COPY, and the body threw another for it.
            if !sink.hasEnded { PQputCopyEnd(handle, "the rows could not be made") }
            do {
                _ = try finishCopy(sql)
            } catch let serverError where sink.hasEnded {
                throw serverError
            } catch {}
            throw error
        }
        PQputCopyEnd(handle, nil)
        return try finishCopy(sql)
    }

    /// Reads rows: `COPY (SELECT …) TO STDOUT (FORMAT binary)`, the fastest way to read many. A `COPY` takes no
    /// parameters and names no columns.
    ///
    /// - parameter row: is given each row, as a view that is valid only inside the closure. If it throws, the statement is
    ///   cancelled, and with it the transaction that it is part of.
    /// - throws: ``DatabaseError``, or what the closure throws.
    func copyOut(_ sql: String, row: (BinaryRow) throws -> Void) throws {
        let started = try runSimple(sql)
        guard started.status == PGRES_COPY_OUT, PQbinaryTuples(started.pointer) == 1 else {
            abandonCopy(started, sql)
            throw DatabaseError(message: "copyOut takes a COPY … TO STDOUT (FORMAT binary), not: \(sql)")
        }
        let table = FieldTable(
            names: [], types: Array(repeating: .unknown, count: started.columnCount))
        let view = BinaryRow(table: table, base: 0)
        do {
            var isFirst = true
            while let length = nextCopyRow(into: table, skippingHeader: isFirst) {
                isFirst = false
                defer { PQfreemem(length.buffer) }
                guard let hasRow = length.hasRow else {
                    throw DatabaseError(message: "the server sent a row that is not in the format of a binary COPY")
                }
                if hasRow { try row(view) }
            }
        } catch {
            drainCopy()
            _ = try? finishCopy(sql)
            throw error
        }
        _ = try finishCopy(sql)
    }

    /// Fetches the next message of a `COPY` and finds the values of its row.
    ///
    /// - returns: the message, to be freed, and whether it has a row (nil when it is malformed); nil at the end.
    private func nextCopyRow(
        into table: FieldTable, skippingHeader: Bool
    ) -> (buffer: UnsafeMutablePointer<CChar>, hasRow: Bool?)? {
        var buffer: UnsafeMutablePointer<CChar>?
        let length = PQgetCopyData(handle, &buffer, 0)
        guard length > 0, let buffer else { return nil }
        let bytes = UnsafeRawBufferPointer(start: buffer, count: Int(length))
        return (buffer, table.fill(fromCopy: bytes, skippingHeader: skippingHeader))
    }

    /// Ends a statement that is not the `COPY` that was wanted.
    private func abandonCopy(_ started: QueryResult, _ sql: String) {
        if started.status == PGRES_COPY_IN { PQputCopyEnd(handle, "this COPY was not wanted") }
        if started.status == PGRES_COPY_OUT { drainCopy() }
        _ = try? finishCopy(sql)
    }

    /// Ends a `COPY` that nobody wants to read to its end.
    private func drainCopy() {
        cancelHandle.cancelStatement()
        var buffer: UnsafeMutablePointer<CChar>?
        while PQgetCopyData(handle, &buffer, 0) > 0 {
            PQfreemem(buffer)
            buffer = nil
        }
    }

    /// Takes all results, and throws the first error.
    private func finishCopy(_ sql: String) throws -> Int {
        var count = 0
        var failure: DatabaseError?
        while let result = PQgetResult(handle) {
            do {
                count = try check(result, statement: sql).affectedRows
            } catch let error as DatabaseError {
                failure = failure ?? error
            }
            // A lost connection may repeat itself for ever.
            if !isUsable { break }
        }
        if let failure { throw failure }
        guard isUsable else { throw DatabaseError(connection: handle, statement: sql) }
        return count
    }
}

extension FieldTable {
    /// Finds the values of a row in a message of a `COPY`, of which the first has a header before the row.
    ///
    /// - returns: false for the trailer; nil when the message is malformed.
    fileprivate func fill(fromCopy bytes: UnsafeRawBufferPointer, skippingHeader: Bool) -> Bool? {
        var position = 0
        if skippingHeader {
            guard bytes.count >= 21 else { return nil }
            position = 19 + Int(bytes.bigEndian(at: 15, as: Int32.self))
        }
        guard bytes.count - position >= 2 else { return nil }
        let count = Int(bytes.bigEndian(at: position, as: Int16.self))
        position += 2
        if count == -1 { return false }
        guard count == types.count else { return nil }
        for column in 0..<count {
            guard let span = FieldSpan(at: &position, in: bytes) else { return nil }
            spans[column] = span
        }
        return true
    }
}
