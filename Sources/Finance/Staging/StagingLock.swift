import Database

extension Connection {
    /// Waits until no import from staging takes rows, and keeps it from taking any until the transaction ends.
    ///
    /// Staging holds it while it changes rows that are there already, and import from staging from when it makes sure that
    /// the rows of which it made lines have not changed meanwhile; so a row is either processed as it was, or changed and
    /// then processed. Rows that are new need no lock.
    ///
    /// Nobody holds it while it sends rows to the server: a client that is stopped there would hold it for ever.
    func lockStagedRows() throws {
        // "staging", in ASCII.
        try lockUntilTransactionEnds(0x73_74_61_67_69_6e_67)
    }

    /// Waits until no other import makes journal lines of rows, until the transaction ends.
    func lockImport() throws {
        // "import", in ASCII.
        try lockUntilTransactionEnds(0x69_6d_70_6f_72_74)
    }
}
