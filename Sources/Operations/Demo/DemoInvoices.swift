import Contracts
import Database
import Dataverse
import Finance

/// The invoices of the demo, as both sides tell of them.
enum DemoInvoices {
    static func load(dataverse: Connection, finance: Connection) throws -> [DemoReport.Invoice] {
        let updated = try DataverseCounts.updatedActuals(dataverse)
        return try InvoicedProposal.all(finance).map { proposal in
            func text(_ amount: Money?) -> String { amount?.text(precision: proposal.currencyPrecision) ?? "" }
            return DemoReport.Invoice(
                company: proposal.company.rawValue, proforma: proposal.number, customer: proposal.customer,
                currency: proposal.currency.rawValue, lines: proposal.lines, amount: text(proposal.amount),
                salesTax: text(proposal.salesTaxAmount), total: text(proposal.invoiceAmount),
                voucher: proposal.voucher, customerInvoice: proposal.customerInvoiceNumber,
                actualsUpdated: "\(updated[proposal.invoiceId] ?? 0) of \(proposal.lines)",
                waitingFor: proposal.waitingFor)
        }
    }
}
