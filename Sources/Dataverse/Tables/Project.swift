import Contracts
import Database

/// A project (`domain.md` §1.4).
struct Project: CapturedRow {
    static let entitySet = "msdyn_projects"
    static let table = "projects"

    var projectId: GUID
    var rowVersion: Int
    var name: String?
    /// Its number in Finance.
    var projectNumber: String?
    var projectContractId: GUID?
    var contractingUnitId: GUID?
    /// The legal entity that owns it.
    var companyId: GUID?

    var id: GUID { projectId }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        Project(
            projectId: try column("project_id", row?.projectId, .id("msdyn_projectid")),
            rowVersion: try column("row_version", row?.rowVersion),
            name: try column("name", row?.name, .text("msdyn_subject", most: 200)),
            projectNumber: try column(
                "project_number", row?.projectNumber, .identifier(.configured { $0.projectNumber }, most: 20)),
            projectContractId: try column("project_contract_id", row?.projectContractId, .lookup("msdyn_salesorderid")),
            contractingUnitId: try column(
                "contracting_unit_id", row?.contractingUnitId, .lookup("msdyn_contractorganizationalunitid")),
            companyId: try column("company_id", row?.companyId, .id(.configured { $0.company })))
    }
}
