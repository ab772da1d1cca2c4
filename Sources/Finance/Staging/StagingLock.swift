import Database

extension Connection {
    /// Waits until no import from staging takes rows, and keeps it from taking any until the transaction ends.
    ///
    /// Import from staging holds it while it takes a chunk of rows, and staging while it changes rows that are there
    /// already; so a row is either processed as it was, or changed and then processed. Rows that are new need no lock.
    func lockStagedRows() throws {
        // "staging", in ASCII.
        try lockUntilTransactionEnds(0x73_74_61_67_69_6e_67)
    }

    /// Has the transaction's statements find the rows that they touch by index, in tables that may hold millions.
    ///
    /// What the planner believes of a table that has just grown is a scan of all of it.
    func findRowsByIndex() throws {
        try executeScript(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")
    }
}
