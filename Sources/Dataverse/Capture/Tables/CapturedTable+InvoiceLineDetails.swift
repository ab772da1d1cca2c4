import Contracts

extension CapturedTable {
    /// Invoice line details (`domain.md` §2.3).
    static func invoiceLineDetails(
        _ columns: DataverseConfiguration.Columns, _ choices: ChoiceTables
    ) -> CapturedTable {
        CapturedTable(
            entitySet: "msdyn_invoicelinetransactions", name: "invoice_line_details",
            columns: [
                .required("msdyn_invoicelinetransactionid", "invoice_line_detail_id", .id),
                .lookup("msdyn_invoice", "invoice_id", isRequired: true),
                .lookup("msdyn_invoicelineid", "invoice_line_id"),
                .optional("msdyn_correction", "is_correction", .boolean),
                .optional(columns.milestone, "milestone_id", .id),
                .required(
                    "msdyn_transactionclassification", "transaction_class",
                    .choice(ChoiceLabels(choices.transactionClass))),
                .optional("msdyn_billingtype", "billing_type", .choice(ChoiceLabels(choices.billingType))),
                .optional("msdyn_quantity", "quantity", .money),
                .optional("msdyn_price", "price", .money),
                .required("msdyn_amount", "amount", .money),
                .lookup("transactioncurrencyid", "currency_id", isRequired: true),
                .required("msdyn_documentdate", "document_date", .date),
                .lookup("msdyn_salescontract", "project_contract_id"),
                .lookup("msdyn_salescontractlineid", "contract_line_id"),
                .lookup("msdyn_project", "project_id"),
                .lookup("msdyn_contractorganizationalunitid", "contracting_unit_id"),
                .lookup("msdyn_resourceorganizationalunitid", "resourcing_unit_id"),
                .lookup("msdyn_accountcustomer", "customer_id"),
                .lookup("msdyn_transactioncategory", "category_id"),
                .lookup("msdyn_bookableresource", "bookable_resource_id"),
                .optional("msdyn_description", "description", .text(most: 200)),
                .optional("msdyn_externaldescription", "external_description", .text(most: 200)),
            ],
            canBeDeleted: true)
    }
}
