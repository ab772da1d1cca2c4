import CLibPQ

/// A result of the server. Owns its memory.
final class QueryResult {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit { PQclear(pointer) }

    var status: ExecStatusType { PQresultStatus(pointer) }
    var rowCount: Int { Int(PQntuples(pointer)) }
    var columnCount: Int { Int(PQnfields(pointer)) }

    var columnNames: [String] {
        (0..<columnCount).map { String(cString: PQfname(pointer, Int32($0))) }
    }

    var columnTypes: [DatabaseType] {
        (0..<columnCount).map { DatabaseType(rawValue: PQftype(pointer, Int32($0))) }
    }

    /// How many rows the statement inserted, updated, deleted, copied or returned.
    var affectedRows: Int { Int(String(cString: PQcmdTuples(pointer))) ?? 0 }

    /// What the server did, such as `COMMIT`.
    var commandTag: String { String(cString: PQcmdStatus(pointer)) }

    /// A part of an error or a notice.
    func diagnostic(_ field: Diagnostic) -> String? {
        PQresultErrorField(pointer, field.rawValue).map { String(cString: $0) }
    }
}

/// The parts of an error or a notice (libpq's `PG_DIAG_…`, by their letters in the protocol).
enum Diagnostic {
    case severity, sqlState, message, detail, hint, table, column, constraint

    var rawValue: Int32 {
        let letter: UnicodeScalar =
            switch self {
            case .severity: "V"
            case .sqlState: "C"
            case .message: "M"
            case .detail: "D"
            case .hint: "H"
            case .table: "t"
            case .column: "c"
            case .constraint: "n"
            }
        return Int32(letter.value)
    }
}
