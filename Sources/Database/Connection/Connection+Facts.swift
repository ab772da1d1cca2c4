import CLibPQ

/// What a session is like that the product depends on, as the server and what stands between say it.
public struct SessionFacts: Hashable, Sendable {
    /// What the database keeps texts in, such as `UTF8`.
    public let serverEncoding: String
    /// The server takes no writes: it is a standby, or the database was made read-only.
    public let isReadOnly: Bool
    /// Statements of one session may run in another's: a pooler stands between that lends a server's session for a
    /// transaction at a time.
    public let isPooledByTransaction: Bool

    public init(serverEncoding: String, isReadOnly: Bool, isPooledByTransaction: Bool) {
        self.serverEncoding = serverEncoding
        self.isReadOnly = isReadOnly
        self.isPooledByTransaction = isPooledByTransaction
    }
}

extension Connection {
    /// What the session is like, by one question to the server.
    ///
    /// - throws: ``DatabaseError``.
    public func facts() throws -> SessionFacts {
        SessionFacts(
            serverEncoding: PQparameterStatus(handle, "server_encoding").map { String(cString: $0) } ?? "",
            isReadOnly: try answer("SHOW transaction_read_only") == "on",
            isPooledByTransaction: try isPooledByTransaction())
    }

    /// Refuses a session that takes no writes, as another server may soon, or this one again.
    ///
    /// - throws: ``DatabaseError``, after which it is worth trying again.
    public func requireWrites() throws {
        guard try answer("SHOW transaction_read_only") == "on" else { return }
        var error = DatabaseError(
            message: "the database \(url) takes no writes: it is a standby, or read-only",
            hint: "if it has a primary, name all servers in the URL, postgres://first,second/\(url.database ?? "")")
        error.isConnectionLost = true
        throw error
    }

    /// A server tells its process when a session begins; a pooler tells a number of its own. That one lends sessions by the
    /// transaction shows when two of ours are served by one process in turn.
    private func isPooledByTransaction() throws -> Bool {
        let first = try serverProcess()
        guard first != backendProcess else { return false }
        let other = try Connection(url: url.text, applicationName: "ledgerbus looks for a pooler")
        for _ in 0..<10 {
            let own = try serverProcess()
            if try own != first || other.serverProcess() == own { return true }
        }
        return false
    }

    private func serverProcess() throws -> Int32? { Int32(try answer("SELECT pg_backend_pid()")) }

    /// The one value of an answer, without a prepared statement, which a pooler may not know.
    private func answer(_ sql: String) throws -> String {
        let result = try runSimple(sql)
        guard result.rowCount > 0, let value = PQgetvalue(result.pointer, 0, 0) else { return "" }
        return String(cString: value)
    }
}
