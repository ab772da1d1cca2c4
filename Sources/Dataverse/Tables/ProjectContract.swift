import Contracts
import Database

/// A project contract, a sales order of order type *Work* (`domain.md` §1.4).
struct ProjectContract: CapturedRow {
    static let entitySet = "salesorders"
    static let table = "project_contracts"
    static let onlyRows: (field: String, code: Int)? = CapturedTable.workOrders

    var projectContractId: GUID
    var rowVersion: Int
    /// Its number in Finance.
    var contractNumber: String?
    var name: String?
    var customerId: GUID?
    var currencyId: GUID?
    var contractingUnitId: GUID?
    /// The legal entity that owns it.
    var companyId: GUID?

    var id: GUID { projectContractId }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ProjectContract(
            projectContractId: try column("project_contract_id", row?.projectContractId, .id("salesorderid")),
            rowVersion: try column("row_version", row?.rowVersion),
            contractNumber: try column("contract_number", row?.contractNumber, .identifier("ordernumber", most: 20)),
            name: try column("name", row?.name, .text("name", most: 300)),
            customerId: try column("customer_id", row?.customerId, .lookup("customerid")),
            currencyId: try column("currency_id", row?.currencyId, .lookup("transactioncurrencyid")),
            contractingUnitId: try column(
                "contracting_unit_id", row?.contractingUnitId, .lookup("msdyn_contractorganizationalunitid")),
            companyId: try column("company_id", row?.companyId, .id(.configured { $0.company })))
    }
}
