import Bus
import Contracts
import Database

/// The legal entities, their currencies, the organizational units, and what configuration says of those (`unit_companies`).
struct CompanyStore {
    let connection: Connection

    /// What configuration says of a unit.
    private struct ConfiguredUnit: Record {
        var unitName: String
        var companyCode: Company

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            ConfiguredUnit(
                unitName: try column("unit_name", row?.unitName),
                companyCode: try column("company_code", row?.companyCode))
        }
    }

    /// All of them: they are few.
    ///
    /// - throws: `DatabaseError`.
    func directory() throws -> CompanyDirectory {
        let entities = try connection.records(LegalEntity.self, "SELECT \(LegalEntity.columnList) FROM companies")
        let units = try connection.records(
            OrganizationalUnit.self, "SELECT \(OrganizationalUnit.columnList) FROM organizational_units")
        let configured = try connection.records(
            ConfiguredUnit.self, "SELECT \(ConfiguredUnit.columnList) FROM unit_companies")
        return CompanyDirectory(
            legalEntities: Dictionary(uniqueKeysWithValues: entities.map { ($0.companyId, $0.code) }),
            units: Dictionary(uniqueKeysWithValues: units.map { ($0.organizationalUnitId, $0) }),
            configured: Dictionary(uniqueKeysWithValues: configured.map { ($0.unitName, $0.companyCode) }))
    }

    /// All currencies: they are few.
    ///
    /// - throws: `DatabaseError`.
    func currencies() throws -> [Currency] {
        try connection.records(Currency.self, "SELECT \(Currency.columnList) FROM currencies")
    }

    /// Makes `unit_companies` say what the configuration says.
    ///
    /// - returns: whether that changed anything.
    /// - throws: `DatabaseError`.
    func replaceConfigured(_ companies: [String: Company]) throws -> Bool {
        let (names, codes) = (Array(companies.keys), Array(companies.values))
        let gone = try connection.execute("DELETE FROM unit_companies WHERE unit_name <> ALL ($1)", names)
        let changed = try connection.execute(
            """
            INSERT INTO unit_companies AS u SELECT * FROM unnest($1::text[], $2::text[])
            ON CONFLICT (unit_name) DO UPDATE SET company_code = excluded.company_code
            WHERE u.company_code <> excluded.company_code
            """, names, codes)
        return gone + changed > 0
    }
}
