import Contracts
import Database

/// A contract line's milestone, and how far it is billed (`domain.md` §1.4).
struct Milestone: CapturedRow {
    static let entitySet = "msdyn_contractlinescheduleofvalues"
    static let table = "milestones"

    var milestoneId: GUID
    var rowVersion = 1
    var name: String?
    var amount: Money?
    var currencyId: GUID?
    var contractLineId: GUID?
    var projectContractId: GUID?
    var projectId: GUID?
    var invoiceDate: CalendarDate?
    var invoiceStatus: MilestoneInvoiceStatus?
    /// Whom it is billed to, where its contract line has several customers, each with a milestone of its own
    /// (`domain.md` §6.6); else its contract's. The Web API's column is not published: configuration names it.
    var customerId: GUID?

    var id: GUID { milestoneId }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        Milestone(
            milestoneId: try column("milestone_id", row?.milestoneId, .id("msdyn_contractlinescheduleofvalueid")),
            rowVersion: try column("row_version", row?.rowVersion),
            name: try column("name", row?.name, .text("msdyn_name", most: 100)),
            amount: try column("amount", row?.amount, .decimal("msdyn_amount")),
            currencyId: try column("currency_id", row?.currencyId, .lookup("transactioncurrencyid")),
            contractLineId: try column("contract_line_id", row?.contractLineId, .lookup("msdyn_contractlineid")),
            projectContractId: try column("project_contract_id", row?.projectContractId, .lookup("msdyn_contract")),
            projectId: try column("project_id", row?.projectId, .lookup("msdyn_project")),
            invoiceDate: try column("invoice_date", row?.invoiceDate, .date("msdyn_invoicedate")),
            invoiceStatus: try column(
                "invoice_status", row?.invoiceStatus,
                .choice("msdyn_invoicestatus") { $0.milestoneInvoiceStatus }.needed),
            customerId: try column("customer_id", row?.customerId, .id(.configured { $0.milestoneCustomer })))
    }
}
