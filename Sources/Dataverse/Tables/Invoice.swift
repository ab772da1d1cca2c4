import Contracts
import Database

/// The header of a proforma invoice of order type *Work* (`domain.md` §2.1).
struct Invoice: CapturedRow {
    static let entitySet = "invoices"
    static let table = "invoices"
    static let onlyRows: (field: String, code: Int)? = CapturedTable.workOrders

    var invoiceId: GUID
    var rowVersion: Int
    /// Finance holds 20 characters of it.
    var invoiceNumber: String
    var name: String?
    var projectContractId: GUID?
    var customerId: GUID?
    var currencyId: GUID
    var status: ProjectInvoiceStatus
    var hasCorrections: Bool
    var lineAmount: Money
    var tax: Money?
    var totalAmount: Money?
    var accountingDate: CalendarDate?
    var paymentTerms: String?
    var billToName: String?
    var billToLine1: String?
    var billToLine2: String?
    var billToLine3: String?
    var billToPostalCode: String?
    var billToCity: String?
    var billToState: String?
    var billToCountry: String?

    var id: GUID { invoiceId }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        Invoice(
            invoiceId: try column("invoice_id", row?.invoiceId, .id("invoiceid")),
            rowVersion: try column("row_version", row?.rowVersion),
            invoiceNumber: try column("invoice_number", row?.invoiceNumber, .identifier("invoicenumber", most: 20)),
            name: try column("name", row?.name, .text("name", most: 300)),
            projectContractId: try column("project_contract_id", row?.projectContractId, .lookup("salesorderid")),
            customerId: try column("customer_id", row?.customerId, .lookup("customerid")),
            currencyId: try column("currency_id", row?.currencyId, .lookup("transactioncurrencyid")),
            status: try column(
                "status", row?.status, .choice("msdyn_projectinvoicestatus") { $0.projectInvoiceStatus }),
            hasCorrections: try column("has_corrections", row?.hasCorrections, .flag("msdyn_hascorrections")),
            lineAmount: try column("line_amount", row?.lineAmount, .decimal("totallineitemamount")),
            tax: try column("tax", row?.tax, .decimal("totaltax")),
            totalAmount: try column("total_amount", row?.totalAmount, .decimal("totalamount")),
            accountingDate: try column(
                "accounting_date", row?.accountingDate, .date(.configured { $0.invoiceAccountingDate })),
            paymentTerms: try column("payment_terms", row?.paymentTerms, .choice("paymenttermscode", termsLabels)),
            billToName: try column("bill_to_name", row?.billToName, .text("billto_name", most: 200)),
            billToLine1: try column("bill_to_line1", row?.billToLine1, .text("billto_line1", most: 200)),
            billToLine2: try column("bill_to_line2", row?.billToLine2, .text("billto_line2", most: 200)),
            billToLine3: try column("bill_to_line3", row?.billToLine3, .text("billto_line3", most: 200)),
            billToPostalCode: try column(
                "bill_to_postal_code", row?.billToPostalCode, .text("billto_postalcode", most: 20)),
            billToCity: try column("bill_to_city", row?.billToCity, .text("billto_city", most: 80)),
            billToState: try column("bill_to_state", row?.billToState, .text("billto_stateorprovince", most: 50)),
            billToCountry: try column("bill_to_country", row?.billToCountry, .text("billto_country", most: 80)))
    }

    /// `paymenttermscode` (`domain.md` §2.1).
    private static let termsLabels = [1: "Net 30", 2: "2% 10, Net 30", 3: "Net 45", 4: "Net 60"]
}
