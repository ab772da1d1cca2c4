import Contracts
import Database

/// A legal entity, `cdm_company`.
struct LegalEntity: CapturedRow {
    static let entitySet = "cdm_companies"
    static let table = "companies"

    var companyId: GUID
    var rowVersion: Int
    var code: Company
    var name: String?

    var id: GUID { companyId }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        LegalEntity(
            companyId: try column("company_id", row?.companyId, .id("cdm_companyid")),
            rowVersion: try column("row_version", row?.rowVersion),
            code: try column("code", row?.code, .companyCode("cdm_companycode")),
            name: try column("name", row?.name, .text("cdm_name", most: 100)))
    }
}
