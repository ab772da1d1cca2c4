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
}
