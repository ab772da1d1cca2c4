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
    /// Columns that a load reads besides, and that the table does not keep.
    let spooledOnly: [CapturedColumn]

    /// - parameter readsVouchers: whether a load takes note of the vouchers of actuals.
    /// - throws: `DatabaseError` when a row's columns cannot be listed.
    init<Row: CapturedRow>(_ row: Row.Type, _ configuration: DataverseConfiguration, readsVouchers: Bool = false) throws
    {
        var lister = CapturedColumnLister(configuration)
        _ = try Row.columns(&lister, of: nil)
        entitySet = Row.entitySet
        name = Row.table
        columns = lister.columns
        onlyRows = Row.onlyRows
        spooledOnly =
            readsVouchers && Row.self == Actual.self
            ? [
                CapturedColumn(
                    field: configuration.columns.voucher, name: Self.openingVoucher, kind: .identifier(most: 20),
                    isRequired: false, isNeeded: true)
            ] : []
    }

    var key: CapturedColumn { columns[0] }
    /// All that a load reads, in the order of the spool's columns.
    var readColumns: [CapturedColumn] { columns + spooledOnly }
    /// What the spool calls the voucher that an actual has already.
    static let openingVoucher = "opening_voucher"
    /// Where the row's version stands in a Web API page.
    static let versionField = "versionnumber"

    /// The rows of all captured tables.
    static let rows: [any CapturedRow.Type] = [
        Account.self, Currency.self, LegalEntity.self, OrganizationalUnit.self, Category.self, BookableResource.self,
        Product.self, Project.self, ProjectContract.self, ContractLine.self, Milestone.self, Invoice.self,
        InvoiceLine.self,
        InvoiceLineDetail.self, Actual.self, TransactionConnection.self,
    ]

    /// The captured tables.
    ///
    /// - parameter readsVouchers: whether a load takes note of the vouchers of actuals.
    /// - throws: `DatabaseError` when a row's columns cannot be listed.
    static func all(_ configuration: DataverseConfiguration, readsVouchers: Bool = false) throws -> [CapturedTable] {
        try rows.map { try CapturedTable($0, configuration, readsVouchers: readsVouchers) }
    }

    /// `msdyn_ordertype` *Work*: of invoices and contracts, only those are a project's (`domain.md` §2.1).
    static let workOrders = (field: "msdyn_ordertype", code: 192_350_001)
}
