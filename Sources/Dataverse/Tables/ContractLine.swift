import Contracts
import Database

/// A project contract line.
struct ContractLine: CapturedRow {
    static let entitySet = "salesorderdetails"
    static let table = "contract_lines"

    var contractLineId: GUID
    var rowVersion: Int
    var name: String?
    var billingMethod: BillingMethod?
    var projectContractId: GUID?
    var projectId: GUID?

    var id: GUID { contractLineId }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ContractLine(
            contractLineId: try column("contract_line_id", row?.contractLineId, .id("salesorderdetailid")),
            rowVersion: try column("row_version", row?.rowVersion),
            name: try column("name", row?.name, .text("salesorderdetailname", most: 100)),
            billingMethod: try column(
                "billing_method", row?.billingMethod, .choice("msdyn_billingmethod") { $0.billingMethod }),
            projectContractId: try column("project_contract_id", row?.projectContractId, .lookup("salesorderid")),
            projectId: try column("project_id", row?.projectId, .lookup("msdyn_project")))
    }
}
