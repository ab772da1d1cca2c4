import Bus
public import Contracts
public import Database

/// A proposal, and the customer's invoice that posting made of it.
public struct InvoicedProposal: Record {
    public let company: Company
    public let number: String
    public let invoiceId: GUID
    /// The customer's name, or account when Finance was not told the name.
    public let customer: String
    public let currency: CurrencyCode
    public let currencyPrecision: Int
    public let lines: Int
    /// Without tax.
    public let amount: Money
    /// What an open one waits for.
    public let waitingFor: String?
    /// Nil until it is posted, as what follows.
    public let salesTaxAmount: Money?
    public let invoiceAmount: Money?
    public let voucher: String?
    public let customerInvoiceNumber: String?

    public static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        InvoicedProposal(
            company: try column("data_area_id", row?.company),
            number: try column("proposal_number", row?.number),
            invoiceId: try column("invoice_id", row?.invoiceId),
            customer: try column("customer", row?.customer),
            currency: try column("currency", row?.currency),
            currencyPrecision: try column("currency_precision", row?.currencyPrecision, as: Int16.self),
            lines: try column("total_count", row?.lines),
            amount: try column("line_amount", row?.amount),
            waitingFor: try column("waiting_for", row?.waitingFor),
            salesTaxAmount: try column("sales_tax_amount", row?.salesTaxAmount),
            invoiceAmount: try column("invoice_amount", row?.invoiceAmount),
            voucher: try column("voucher", row?.voucher),
            customerInvoiceNumber: try column("customer_invoice_number", row?.customerInvoiceNumber))
    }

    /// All of them, in the order of company and number.
    ///
    /// - throws: `DatabaseError`.
    public static func all(_ connection: Connection) throws -> [InvoicedProposal] {
        try connection.records(
            InvoicedProposal.self,
            """
            SELECT p.data_area_id, p.proposal_number, p.invoice_id,
                coalesce(p.customer_name, p.customer_account) AS customer, p.currency, p.currency_precision,
                p.total_count, p.line_amount, p.waiting_for, i.sales_tax_amount, i.invoice_amount, i.voucher,
                i.customer_invoice_number
            FROM invoice_proposals p LEFT JOIN project_invoices i USING (data_area_id, proposal_number)
            ORDER BY data_area_id, proposal_number
            """)
    }
}
