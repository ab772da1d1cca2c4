import Bus
import Contracts
import Database

/// A posted line that a credit takes back.
private struct CreditedRow: Record {
    var actualId: GUID
    var amount: Money
    var salesTaxes: [Money]
    var booking: ProjectInvoiceBooking
    var exchangeRate: ExchangeRate
    var reportingRate: ExchangeRate?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        CreditedRow(
            actualId: try column("actual_id", row?.actualId),
            amount: try column("amount", row?.amount),
            salesTaxes: try column("sales_taxes", row?.salesTaxes),
            booking: try column.record("", row?.booking),
            exchangeRate: try column("exchange_rate", row?.exchangeRate),
            reportingRate: try column("reporting_exchange_rate", row?.reportingRate))
    }
}

/// A posted credit.
struct CreditRow: Record {
    var reversedActualId: GUID
    var amount: Money
    var salesTaxes: [Money]

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        CreditRow(
            reversedActualId: try column("reversed_actual_id", row?.reversedActualId),
            amount: try column("amount", row?.amount),
            salesTaxes: try column("sales_taxes", row?.salesTaxes))
    }
}

// What a credit takes back.
extension InvoiceStore {
    /// The posted lines of billed sales, with what credits have taken back of them. Those that are not posted are left out.
    ///
    /// Their invoices are locked, so that nobody else credits them until the transaction ends.
    func creditedLines(of actuals: [GUID], company: Company) throws -> [GUID: CreditedLine] {
        let rows = try connection.records(
            CreditedRow.self,
            """
            SELECT original.actual_id, original.amount, posted.sales_taxes, invoice.exchange_rate,
                invoice.reporting_exchange_rate,
                \(ProjectInvoiceBooking.columnList(of: "booking"))
            FROM invoice_proposal_lines original
            JOIN project_invoice_lines posted USING (data_area_id, proposal_number, line_number)
            JOIN project_invoice_bookings booking USING (data_area_id, proposal_number, booking_number)
            JOIN project_invoices invoice USING (data_area_id, proposal_number)
            WHERE original.data_area_id = $1 AND original.actual_id = ANY ($2)
            """, company, actuals)
        guard !rows.isEmpty else { return [:] }
        try connection.execute(
            """
            SELECT FROM project_invoices WHERE data_area_id = $1 AND proposal_number = ANY ($2)
            ORDER BY proposal_number FOR UPDATE
            """, company, Set(rows.map(\.booking.proposalNumber)).sorted())
        var lines = Dictionary(
            rows.map {
                (
                    $0.actualId,
                    CreditedLine(
                        proposalNumber: $0.booking.proposalNumber, amount: $0.amount, salesTaxes: $0.salesTaxes,
                        booking: $0.booking.booking,
                        rates: PostingRates(accounting: $0.exchangeRate, reporting: $0.reportingRate))
                )
            }
        ) { first, _ in first }
        for credit in try credits(of: rows.map(\.actualId), company: company) {
            lines[credit.reversedActualId]?.take(credit.amount, taxes: credit.salesTaxes)
        }
        return lines
    }

    /// The posted credits that take back some billed sales.
    func credits(of actuals: [GUID], company: Company) throws -> [CreditRow] {
        try connection.records(
            CreditRow.self,
            """
            SELECT credit.reversed_actual_id, credit.amount, posted.sales_taxes
            FROM invoice_proposal_lines credit
            JOIN project_invoice_lines posted USING (data_area_id, proposal_number, line_number)
            WHERE credit.data_area_id = $1 AND credit.reversed_actual_id = ANY ($2)
            """, company, actuals)
    }

    func write(bookings: CopyRows) throws {
        try connection.copy(bookings, of: ProjectInvoiceBooking.self, into: "project_invoice_bookings")
    }
}
