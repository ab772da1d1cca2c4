import Contracts
import Database

/// A contracting or resourcing unit.
struct OrganizationalUnit: CapturedRow {
    static let entitySet = "msdyn_organizationalunits"
    static let table = "organizational_units"

    var organizationalUnitId: GUID
    var rowVersion: Int
    var name: String
    /// The legal entity that it belongs to.
    var companyId: GUID?
    /// The currency in which it tracks its costs.
    var currencyId: GUID?

    var id: GUID { organizationalUnitId }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        OrganizationalUnit(
            organizationalUnitId: try column(
                "organizational_unit_id", row?.organizationalUnitId, .id("msdyn_organizationalunitid")),
            rowVersion: try column("row_version", row?.rowVersion),
            name: try column("name", row?.name, .identifier("msdyn_name", most: 100)),
            companyId: try column("company_id", row?.companyId, .id(.configured { $0.company })),
            currencyId: try column("currency_id", row?.currencyId, .lookup("msdyn_currency")))
    }
}
