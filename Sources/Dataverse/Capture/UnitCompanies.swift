import Database

/// The configured legal entities of organizational units, kept in the
/// database where views can join them.
struct UnitCompanies {
    let connection: Connection

    /// Makes the table say what the configuration says.
    ///
    /// - returns: whether that changed anything.
    /// - throws: `DatabaseError`.
    func replace(_ companies: [String: String]) throws -> Bool {
        let (names, codes) = (Array(companies.keys), Array(companies.values))
        let gone = try connection.execute("DELETE FROM unit_companies WHERE unit_name <> ALL ($1::text[])", names)
        let changed = try connection.execute(
            """
            INSERT INTO unit_companies AS u SELECT * FROM unnest($1::text[], $2::text[])
            ON CONFLICT (unit_name) DO UPDATE SET company_code = excluded.company_code
            WHERE u.company_code <> excluded.company_code
            """, names, codes)
        return gone + changed > 0
    }
}
