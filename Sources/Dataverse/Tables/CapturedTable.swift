import Contracts
import Database

/// A Dataverse table that the bus captures, and the table that keeps it, as an environment names its columns.
struct CapturedTable: Sendable {
    /// The Web API's name of the table's rows: `msdyn_actuals`.
    let entitySet: String
    /// Our table.
    let name: String
    /// The row's id first, then the rest in the order of the spool's columns.
    let columns: [CapturedColumn]
    let onlyRows: (field: String, code: Int)?

    /// - throws: `DatabaseError` when a row's columns cannot be listed.
    init<Row: CapturedRow>(_ row: Row.Type, _ configuration: DataverseConfiguration) throws {
        var lister = CapturedColumnLister(configuration)
        _ = try Row.columns(&lister, of: nil)
        entitySet = Row.entitySet
        name = Row.table
        columns = lister.columns
        onlyRows = Row.onlyRows
    }

    var key: CapturedColumn { columns[0] }
    /// Where the row's version stands in a Web API page.
    static let versionField = "versionnumber"

    /// The rows of all captured tables.
    static let rows: [any CapturedRow.Type] = [
        Account.self, Currency.self, LegalEntity.self, OrganizationalUnit.self, Category.self, BookableResource.self,
        Project.self, ProjectContract.self, ContractLine.self, Milestone.self, Invoice.self, InvoiceLine.self,
        InvoiceLineDetail.self, Actual.self, TransactionConnection.self,
    ]

    /// The captured tables.
    ///
    /// - throws: `DatabaseError` when a row's columns cannot be listed.
    static func all(_ configuration: DataverseConfiguration) throws -> [CapturedTable] {
        try rows.map { try CapturedTable($0, configuration) }
    }

    /// `msdyn_ordertype` *Work*: of invoices and contracts, only those are a project's (`domain.md` §2.1).
    static let workOrders = (field: "msdyn_ordertype", code: 192_350_001)
}
