public import Database

/// A table of which pages are missing: a page says that there is more than has come.
public struct UnfinishedTable: Hashable, Sendable, Encodable {
    /// The Web API's name of the table's rows: `msdyn_actuals`.
    public let table: String
    /// The file after which it goes on.
    public let file: String
    /// How many rows of the request have come.
    public let rows: Int
    /// How many it has, where a page says.
    public let count: Int?

    /// One sentence, and what to do.
    public var sentence: String {
        let counted = count.map { "of \($0) rows \(min(rows, $0)) are here" } ?? "\(rows) rows are here"
        return "\(table) goes on after \(file): \(counted); load the pages that follow, or what was refused of it"
    }
}

/// The tables that are not all here (`domain.md` §9.25).
public struct UnfinishedTables {
    private let connection: Connection

    public init(connection: Connection) { self.connection = connection }

    /// All of them, by table.
    ///
    /// - throws: `DatabaseError`.
    public func tables() throws -> [UnfinishedTable] {
        try UnfinishedPageStore(connection: connection).all().map(UnfinishedTable.init)
    }
}

extension UnfinishedTable {
    init(_ pages: UnfinishedPages) {
        self.init(table: pages.entitySet, file: pages.file, rows: pages.rows, count: pages.count)
    }
}
