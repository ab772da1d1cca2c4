import Bus
public import Contracts
public import Database
import Dataverse
import Finance

/// Why an invoice is not posted: one answer over both sides, with customer, date, age and what to do.
public struct InvoiceExplanation: Hashable, Sendable, Encodable {
    public let invoiceId: GUID
    public let number: String
    public let company: Company?
    public let customerAccount: String?
    public let customerName: String?
    public let currency: CurrencyCode?
    /// Without tax.
    public let amount: Money
    /// The date of the invoice, as far as it is known.
    public let date: CalendarDate?
    /// How many days ago it was published; nil when it was not.
    public let ageInDays: Int?
    /// How far it has come, in a word or two.
    public let state: String
    /// The customer's invoice, when it is posted.
    public let customerInvoice: String?
    /// What stands in the way, the first thing first; none when it is posted, or another system has it.
    public let obstacles: [Obstacle]

    /// The invoices with a number, or the one with an id.
    ///
    /// - throws: `DatabaseError`.
    public static func list(
        _ invoice: String, dataverse: Connection, finance: Connection
    ) throws -> [InvoiceExplanation] {
        let paused = try TableMapStore.paused(on: finance) + TableMapStore.paused(on: dataverse)
        return try InvoiceProgressReport.list(dataverse, invoice: invoice).map { own in
            let other = try ProposalProgressReport.list(finance, invoiceId: own.invoice.invoiceId).first
            return InvoiceExplanation(own, other, errors: try errors(of: own, dataverse, finance), paused: paused)
        }
    }

    /// The numbers of messages about an invoice that did not take effect.
    private static func errors(
        of invoice: InvoiceProgressReport, _ dataverse: Connection, _ finance: Connection
    ) throws -> [String] {
        let id = [invoice.invoice.invoiceId]
        let found = try [
            ErrorNumbers.find(.invoiceConfirmed, about: id, prefix: "F", finance),
            ErrorNumbers.find(.actualCreated, about: invoice.actuals, prefix: "F", finance),
            ErrorNumbers.find(.invoicePosted, about: id, prefix: "D", dataverse),
            ErrorNumbers.find(.accountingDetail, about: invoice.actuals, prefix: "D", dataverse),
        ]
        return found.flatMap { $0.values.sorted() }
    }

    private init(
        _ dataverse: InvoiceProgressReport, _ finance: ProposalProgressReport?, errors: [String],
        paused: [TableMapSwitch]
    ) {
        let invoice = dataverse.invoice
        invoiceId = invoice.invoiceId
        number = invoice.number
        company = finance?.proposal.company
        customerAccount = finance?.proposal.customerAccount ?? dataverse.customerAccount
        customerName = finance?.proposal.customerName ?? dataverse.customerName
        currency = invoice.currency
        amount = invoice.lineAmount
        date = invoice.posted?.invoiceDate ?? finance?.accountingDate ?? dataverse.accountingDate
        ageInDays = dataverse.daysSincePublication ?? finance?.daysSinceReceipt
        customerInvoice = invoice.posted?.customerInvoiceNumber ?? finance?.customerInvoice
        obstacles = Obstacles.of(dataverse, finance, errors: errors, paused: paused)
        state =
            invoice.settlement ?? finance.map { finance in
                switch finance.proposal.status {
                case .open, .ready: "proposal \(finance.proposal.status.rawValue)"
                case .invoiced: "posted"
                }
            } ?? (invoice.publishedVersion == nil ? invoice.status : "published")
    }
}
