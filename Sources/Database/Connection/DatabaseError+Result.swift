import CLibPQ

extension DatabaseError {
    /// What a result of the server says.
    init(_ result: QueryResult, statement: String?, connection: OpaquePointer) {
        self.init(
            message: (result.diagnostic(.message) ?? String(cString: PQresultErrorMessage(result.pointer))).oneLine)
        sqlState = result.diagnostic(.sqlState)
        severity = result.diagnostic(.severity)
        detail = result.diagnostic(.detail)
        hint = result.diagnostic(.hint)
        table = result.diagnostic(.table)
        column = result.diagnostic(.column)
        constraint = result.diagnostic(.constraint)
        self.statement = statement
        // An error without a state is libpq's own: it could not write, which it says before it calls the connection bad.
        isConnectionLost = PQstatus(connection) == CONNECTION_BAD || sqlState == nil || Self.endsSession(sqlState)
    }

    /// What the client library says of a connection.
    init(connection: OpaquePointer, statement: String?) {
        self.init(message: String(cString: PQerrorMessage(connection)).oneLine)
        self.statement = statement
        isConnectionLost = PQstatus(connection) == CONNECTION_BAD
    }

    /// A database that can't be reached, or does not let us in.
    static func unreachable(_ url: DatabaseURL, reason: String, _ failure: ConnectionFailure) -> DatabaseError {
        var error = DatabaseError(
            message: "the database \(url) \(failure.words): \(url.redacting(reason.oneLine))", hint: failure.cure)
        error.isConnectionLost = failure == .away
        return error
    }

    /// Connection exceptions, a server that goes down or is not up yet, and sessions ended for idling.
    private static func endsSession(_ sqlState: String?) -> Bool {
        guard let sqlState else { return false }
        return sqlState.hasPrefix("08") || ["57P01", "57P02", "57P03", "57P05", "25P03"].contains(sqlState)
    }
}

extension String {
    /// The lines joined with semicolons.
    fileprivate var oneLine: String {
        split(whereSeparator: \.isNewline).map { $0.drop { $0.isWhitespace } }.joined(separator: "; ")
    }
}
