import Bus
import Contracts
import Database

/// How lines of an invoice were posted, whatever their amounts: a row of `project_invoice_bookings`. A credit takes back
/// what its original was posted with (`domain.md` §9.26).
struct ProjectInvoiceBooking: Record {
    var company: Company
    var proposalNumber: String
    /// Counted from 1 within the invoice.
    var number: Int
    var booking: InvoiceLineBooking

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ProjectInvoiceBooking(
            company: try column("data_area_id", row?.company),
            proposalNumber: try column("proposal_number", row?.proposalNumber),
            number: try column("booking_number", row?.number, as: Int32.self),
            booking: try column.record("", row?.booking))
    }
}

extension InvoiceLineBooking: Record {
    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        let isChargeable: Bool = try column("chargeable", row?.isChargeable)
        let project: String = try column("project_number", row?.project)
        let revenue = LedgerAccount(
            postingType: try column("revenue_posting_type", row?.revenue.postingType),
            mainAccount: try column("revenue_account", row?.revenue.mainAccount), projectNumber: project)
        let customer = LedgerAccount(
            postingType: .customerBalance, mainAccount: try column("customer_account", row?.customer.mainAccount))
        let salesTax: String? = try column("sales_tax_account", row?.salesTax?.mainAccount)
        let onAccount: OnAccountOrigin? = try column("transaction_origin", row?.onAccount)
        let codes: [String] = try column("sales_tax_codes", row?.salesTaxCodes.map(\.code))
        let percentages: [Percentage] = try column("percentages", row?.salesTaxCodes.map(\.percentage))
        let included: [Bool] = try column("included", row?.salesTaxCodes.map(\.included))
        let nonDeductible: [Percentage] = try column(
            "non_deductible_percentages", row?.salesTaxCodes.map(\.nonDeductible))
        let booksNonDeductibleWithLine: Bool = try column(
            "books_non_deductible_with_line", row?.booksNonDeductibleWithLine)
        let discount: String? = try column("discount_account", row?.discount?.mainAccount)
        let feeType: PostingType? = try column("fee_posting_type", row?.fee?.postingType)
        let feeAccount: String? = try column("fee_account", row?.fee?.mainAccount)
        var booking = InvoiceLineBooking(
            project: project, revenue: revenue, onAccount: onAccount, isChargeable: isChargeable, customer: customer,
            salesTaxCodes: zip(zip(codes, percentages), zip(included, nonDeductible)).map {
                SalesTaxCode(code: $0.0, name: $0.0, percentage: $0.1, included: $1.0, nonDeductible: $1.1)
            },
            salesTax: salesTax.map {
                LedgerAccount(postingType: .salesTax, mainAccount: $0, projectNumber: project)
            }, booksNonDeductibleWithLine: booksNonDeductibleWithLine)
        booking.discount = discount.map {
            LedgerAccount(postingType: .invoicedRevenue, mainAccount: $0, projectNumber: project)
        }
        if let feeType, let feeAccount {
            booking.fee = LedgerAccount(postingType: feeType, mainAccount: feeAccount, projectNumber: project)
        }
        return booking
    }
}
