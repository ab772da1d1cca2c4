import Database

extension Connection {
    /// Visits the rows of a query in chunks of 10,000, with a chance to write
    /// between them, inside a transaction.
    ///
    /// - parameter query: SQL without parameters.
    /// - throws: `DatabaseError`, whatever the closures throw.
    func stream(_ query: String, _ row: (BinaryRow) throws -> Void, afterChunk: () throws -> Void) throws {
        let chunk = 10_000
        try executeScript("DECLARE due NO SCROLL CURSOR FOR \(query)")
        var isFull = true
        while isFull {
            var count = 0
            try forEach("FETCH \(chunk) FROM due") {
                count += 1
                try row($0)
            }
            try afterChunk()
            isFull = count == chunk
        }
        try executeScript("CLOSE due")
    }
}
