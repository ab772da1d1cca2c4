import Bus
import Contracts
import Database

/// The posted invoices: `project_invoices`, `project_invoice_lines`, `project_invoice_bookings` and
/// `sales_tax_transactions`. What is posted is never changed.
struct InvoiceStore {
    let connection: Connection

    func write(_ invoice: ProjectInvoice) throws { try connection.insert(invoice, into: "project_invoices") }

    func write(lines: CopyRows) throws {
        try connection.copy(lines, of: ProjectInvoiceLine.self, into: "project_invoice_lines")
    }

    func write(taxes: CopyRows) throws {
        try connection.copy(taxes, of: SalesTaxTransaction.self, into: "sales_tax_transactions")
    }

    /// The unique index that refuses to bill an unbilled sale twice.
    static let billedTwice = "project_invoice_lines_unbilled"

    /// A line of a proposal whose unbilled sale is on an invoice already.
    struct BilledTwice: Record {
        var lineNumber: Int
        var unbilledActualId: GUID
        var proposalNumber: String
        var customerInvoiceNumber: String?

        static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
            BilledTwice(
                lineNumber: try column("line_number", row?.lineNumber, as: Int32.self),
                unbilledActualId: try column("unbilled_actual_id", row?.unbilledActualId),
                proposalNumber: try column("proposal_number", row?.proposalNumber),
                customerInvoiceNumber: try column("customer_invoice_number", row?.customerInvoiceNumber))
        }
    }

    /// The first line of a proposal that bills what an earlier invoice billed.
    func firstBilledTwice(company: Company, proposal: String) throws -> BilledTwice? {
        try connection.record(
            BilledTwice.self,
            """
            SELECT line.line_number, line.unbilled_actual_id, earlier.proposal_number, invoice.customer_invoice_number
            FROM invoice_proposal_lines line
            JOIN project_invoice_lines earlier
                ON earlier.data_area_id = line.data_area_id AND earlier.unbilled_actual_id = line.unbilled_actual_id
            LEFT JOIN project_invoices invoice
                ON invoice.data_area_id = earlier.data_area_id AND invoice.proposal_number = earlier.proposal_number
            WHERE line.data_area_id = $1 AND line.proposal_number = $2 AND line.reversed_actual_id IS NULL
            ORDER BY line.line_number LIMIT 1
            """, company, proposal)
    }
}
