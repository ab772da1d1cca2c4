import CLibPQ

/// The rows of a query as records that are asked for one by one, however many there are: two of them, on two connections, can
/// be merged.
///
/// Lives in a transaction, one at a time on a connection.
public final class RecordCursor<R: Record> {
    private let connection: Connection
    private let chunk: Int
    private var rows: [R] = []
    private var position = 0
    private var isAtEnd = false

    private static var name: String { "record_cursor" }

    /// - parameter chunk: how many rows are fetched at once.
    /// - throws: ``DatabaseError``.
    public init(
        _ type: R.Type, chunk: Int = 10_000, on connection: Connection, _ query: String,
        _ parameters: (any DatabaseValue)?...
    ) throws {
        self.connection = connection
        self.chunk = chunk
        try connection.declareCursor(Self.name, query, parameters)
    }

    /// The next rows, as many as are fetched at once; none at the end.
    ///
    /// - throws: ``DatabaseError``.
    public func nextChunk() throws -> [R] {
        guard !isAtEnd else { return [] }
        var rows: [R] = []
        rows.reserveCapacity(chunk)
        // Not prepared: the next cursor of this name returns other columns.
        try connection.forEachRecord(R.self, "FETCH \(chunk) FROM \(Self.name)", isPrepared: false) { rows.append($0) }
        if rows.count < chunk {
            isAtEnd = true
            try connection.executeScript("CLOSE \(Self.name)")
        }
        return rows
    }
}
