import Contracts

extension CapturedTable {
    /// Proforma invoices (`domain.md` §2.1). Finance holds 20 characters of the number.
    static func invoices(_ columns: DataverseConfiguration.Columns, _ choices: ChoiceTables) -> CapturedTable {
        CapturedTable(
            entitySet: "invoices", name: "invoices",
            columns: [
                .required("invoiceid", "invoice_id", .id),
                .required("invoicenumber", "invoice_number", .identifier(most: 20)),
                .optional("name", "name", .text(most: 300)),
                .lookup("salesorderid", "project_contract_id"),
                .lookup("customerid", "customer_id"),
                .lookup("transactioncurrencyid", "currency_id", isRequired: true),
                .required(
                    "msdyn_projectinvoicestatus", "status", .choice(ChoiceLabels(choices.projectInvoiceStatus))),
                .optional("msdyn_hascorrections", "has_corrections", .boolean),
                .required("totallineitemamount", "line_amount", .money),
                .optional("totaltax", "tax", .money),
                .optional("totalamount", "total_amount", .money),
                .optional(columns.invoiceAccountingDate, "accounting_date", .date),
                .optional("paymenttermscode", "payment_terms", .choice(paymentTerms)),
                .optional("billto_name", "bill_to_name", .text(most: 200)),
                .optional("billto_line1", "bill_to_line1", .text(most: 200)),
                .optional("billto_line2", "bill_to_line2", .text(most: 200)),
                .optional("billto_line3", "bill_to_line3", .text(most: 200)),
                .optional("billto_postalcode", "bill_to_postal_code", .text(most: 20)),
                .optional("billto_city", "bill_to_city", .text(most: 80)),
                .optional("billto_stateorprovince", "bill_to_state", .text(most: 50)),
                .optional("billto_country", "bill_to_country", .text(most: 80)),
            ],
            onlyRows: workOrders)
    }

    /// `paymenttermscode` (`domain.md` §2.1).
    private static let paymentTerms = ChoiceLabels([1: "Net 30", 2: "2% 10, Net 30", 3: "Net 45", 4: "Net 60"])
}
