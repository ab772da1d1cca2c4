import Database

/// The table `unfinished_pages`: requests of which a page says that there is more than has come.
struct UnfinishedPageStore {
    let connection: Connection

    /// What is open, by table and context.
    ///
    /// - throws: `DatabaseError`.
    func all() throws -> [UnfinishedPages] {
        try connection.records(
            UnfinishedPages.self,
            "SELECT \(UnfinishedPages.columnList) FROM unfinished_pages ORDER BY entity_set, context")
    }

    /// The entity sets of the tables that are open.
    ///
    /// - throws: `DatabaseError`.
    func openTables() throws -> Set<String> {
        Set(try connection.values(String.self, "SELECT DISTINCT entity_set FROM unfinished_pages"))
    }

    /// Takes note of the pages of a table that a load brings.
    ///
    /// - returns: whether the table was open, and is no more.
    /// - throws: `DatabaseError`.
    func note(_ frames: [PageFrame], of entitySet: String) throws -> Bool {
        guard !frames.isEmpty else { return false }
        let open = try all().filter { $0.entitySet == entitySet }
        let after = UnfinishedPages.after(frames, of: entitySet, open: open)
        guard after != open else { return false }
        try replace(after, of: entitySet)
        return after.isEmpty
    }

    /// Makes some pages all that is open of a table.
    ///
    /// - throws: `DatabaseError`.
    func replace(_ pages: [UnfinishedPages], of entitySet: String) throws {
        try connection.execute("DELETE FROM unfinished_pages WHERE entity_set = $1", entitySet)
        for page in pages { try connection.insert(page, into: "unfinished_pages") }
    }
}

extension UnfinishedPages: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        UnfinishedPages(
            entitySet: try column("entity_set", row?.entitySet), context: try column("context", row?.context),
            file: try column("file", row?.file), rows: try column("rows_here", row?.rows),
            count: try column("rows_counted", row?.count))
    }
}
