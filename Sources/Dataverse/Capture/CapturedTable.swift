import Contracts

/// A Dataverse table that the bus captures, and the table that keeps it.
struct CapturedTable: Sendable {
    /// The Web API's name of the table's rows: `msdyn_actuals`.
    let entitySet: String
    /// Our table.
    let name: String
    /// The row's id first, then the rest in the order of the spool's columns.
    let columns: [CapturedColumn]
    /// Rows of which this choice has another code are counted and skipped.
    var onlyRows: (field: String, code: Int)?
    /// Whether Dataverse may delete a row, as it may while an invoice is a
    /// draft. Everything else is never deleted.
    var canBeDeleted = false

    var key: CapturedColumn { columns[0] }
    /// Where the row's version stands in a Web API page.
    static let versionField = "versionnumber"

    /// The captured tables, as an environment names their columns.
    static func all(_ configuration: DataverseConfiguration) -> [CapturedTable] {
        let columns = configuration.columns
        let choices = configuration.choices
        return [
            accounts, currencies, companies, organizationalUnits(columns), categories, bookableResources,
            projects(columns), projectContracts(columns), contractLines(choices), milestones(choices),
            invoices(columns, choices), invoiceLines(choices), invoiceLineDetails(columns, choices),
            actuals(columns, choices), transactionConnections,
        ]
    }

    /// `msdyn_ordertype` *Work*: of invoices and contracts, only those are a project's (`domain.md` §2.1).
    static let workOrders = (field: "msdyn_ordertype", code: 192_350_001)
}
