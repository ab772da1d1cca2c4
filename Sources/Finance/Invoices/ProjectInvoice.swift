import Bus
import Contracts
import Database

/// A posted invoice: ProjInvoiceJour (`domain.md` §4.7).
struct ProjectInvoice: Record {
    var company: Company
    var customerInvoiceNumber: String
    var proposalNumber: String
    var invoiceId: GUID
    var voucher: String
    var invoiceDate: CalendarDate
    var dueDate: CalendarDate
    var contractNumber: String
    var customerAccount: String
    var currency: CurrencyCode
    /// Without tax.
    var lineAmount: Money
    var salesTaxAmount: Money
    var invoiceAmount: Money
    var exchangeRate: ExchangeRate
    /// What the customer owes, converted as one amount (§9.7).
    var accountingInvoiceAmount: Money
    /// The accounting amounts of the lines that add to the invoice, without tax.
    var accountingDetailAmount: Money
    /// Nil when the company has no reporting currency, as the two amounts.
    var reportingRate: ExchangeRate?
    var reportingInvoiceAmount: Money?
    var reportingDetailAmount: Money?
    var lineCount: Int

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ProjectInvoice(
            company: try column("data_area_id", row?.company),
            customerInvoiceNumber: try column("customer_invoice_number", row?.customerInvoiceNumber),
            proposalNumber: try column("proposal_number", row?.proposalNumber),
            invoiceId: try column("invoice_id", row?.invoiceId),
            voucher: try column("voucher", row?.voucher),
            invoiceDate: try column("invoice_date", row?.invoiceDate),
            dueDate: try column("due_date", row?.dueDate),
            contractNumber: try column("contract_number", row?.contractNumber),
            customerAccount: try column("customer_account", row?.customerAccount),
            currency: try column("currency", row?.currency),
            lineAmount: try column("line_amount", row?.lineAmount),
            salesTaxAmount: try column("sales_tax_amount", row?.salesTaxAmount),
            invoiceAmount: try column("invoice_amount", row?.invoiceAmount),
            exchangeRate: try column("exchange_rate", row?.exchangeRate),
            accountingInvoiceAmount: try column("accounting_invoice_amount", row?.accountingInvoiceAmount),
            accountingDetailAmount: try column("accounting_detail_amount", row?.accountingDetailAmount),
            reportingRate: try column("reporting_exchange_rate", row?.reportingRate),
            reportingInvoiceAmount: try column("reporting_invoice_amount", row?.reportingInvoiceAmount),
            reportingDetailAmount: try column("reporting_detail_amount", row?.reportingDetailAmount),
            lineCount: try column("line_count", row?.lineCount))
    }
}

/// What posting computed for one proposal line.
struct ProjectInvoiceLine: Record {
    var company: Company
    var proposalNumber: String
    var lineNumber: Int
    var actualId: GUID
    /// The unbilled sale that it bills; an unbilled sale is billed once.
    var unbilledActualId: GUID?
    /// How it was posted: a row of `project_invoice_bookings`.
    var bookingNumber: Int
    /// The tax of each code of its booking, in their order.
    var salesTaxes: [Money]
    var salesTaxAmount: Money
    var accountingAmount: Money
    /// What it took back of WIP and accrued revenue, in accounting currency at the rate of the accrual (§6.13).
    var accrualReversed: Money
    /// The unbilled sale of the fee that is a part of the line, and what it took back of that.
    var feeActualId: GUID?
    var feeAccrualReversed: Money
    /// The same two in the reporting currency; nil when the company has none.
    var reportingAmount: Money?
    var reportingAccrualReversed: Money?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ProjectInvoiceLine(
            company: try column("data_area_id", row?.company),
            proposalNumber: try column("proposal_number", row?.proposalNumber),
            lineNumber: try column("line_number", row?.lineNumber, as: Int32.self),
            actualId: try column("actual_id", row?.actualId),
            unbilledActualId: try column("unbilled_actual_id", row?.unbilledActualId),
            bookingNumber: try column("booking_number", row?.bookingNumber, as: Int32.self),
            salesTaxes: try column("sales_taxes", row?.salesTaxes),
            salesTaxAmount: try column("sales_tax_amount", row?.salesTaxAmount),
            accountingAmount: try column("accounting_amount", row?.accountingAmount),
            accrualReversed: try column("accrual_reversed", row?.accrualReversed),
            feeActualId: try column("fee_actual_id", row?.feeActualId),
            feeAccrualReversed: try column("fee_accrual_reversed", row?.feeAccrualReversed),
            reportingAmount: try column("reporting_amount", row?.reportingAmount),
            reportingAccrualReversed: try column("reporting_accrual_reversed", row?.reportingAccrualReversed))
    }
}

/// The sales tax of one code and rate on an invoice: TaxTrans (`domain.md` §4.8).
struct SalesTaxTransaction: Record {
    var company: Company
    var voucher: String
    var salesTaxCode: String
    /// The code's name, as it is printed.
    var name: String
    var currency: CurrencyCode
    var percentage: Percentage
    /// Whether the lines' amounts contained it.
    var included: Bool
    var baseAmount: Money
    var taxAmount: Money
    /// What of the tax is not deductible.
    var nonDeductibleAmount: Money
    var accountingBaseAmount: Money
    var accountingTaxAmount: Money
    /// Nil when the company has no reporting currency.
    var reportingTaxAmount: Money?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        SalesTaxTransaction(
            company: try column("data_area_id", row?.company),
            voucher: try column("voucher", row?.voucher),
            salesTaxCode: try column("sales_tax_code", row?.salesTaxCode),
            name: try column("name", row?.name),
            currency: try column("currency", row?.currency),
            percentage: try column("percentage", row?.percentage),
            included: try column("included", row?.included),
            baseAmount: try column("base_amount", row?.baseAmount),
            taxAmount: try column("tax_amount", row?.taxAmount),
            nonDeductibleAmount: try column("non_deductible_amount", row?.nonDeductibleAmount),
            accountingBaseAmount: try column("accounting_base_amount", row?.accountingBaseAmount),
            accountingTaxAmount: try column("accounting_tax_amount", row?.accountingTaxAmount),
            reportingTaxAmount: try column("reporting_tax_amount", row?.reportingTaxAmount))
    }
}
