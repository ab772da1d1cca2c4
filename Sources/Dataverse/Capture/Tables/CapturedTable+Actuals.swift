import Contracts

extension CapturedTable {
    /// Actuals (`domain.md` §1.1). The accounting feedback is not among the columns (promise 9).
    static func actuals(_ columns: DataverseConfiguration.Columns, _ choices: ChoiceTables) -> CapturedTable {
        CapturedTable(
            entitySet: "msdyn_actuals", name: "actuals",
            columns: [
                .required("msdyn_actualid", "actual_id", .id),
                .required(
                    "msdyn_transactiontypecode", "transaction_type", .choice(ChoiceLabels(choices.transactionType))),
                .optional("msdyn_billingstatus", "billing_status", .choice(ChoiceLabels(choices.billingStatus))),
                .optional(
                    "msdyn_adjustmentstatus", "adjustment_status", .choice(ChoiceLabels(choices.adjustmentStatus))),
                .required(columns.skipSync, skipSyncColumn, .boolean),
                .optional(columns.accountingDate, "accounting_date", .date),
                .lookup("msdyn_invoice", "invoice_id"),
            ] + transactionColumns(choices))
    }

    /// What actuals and invoice line details say alike.
    static func transactionColumns(_ choices: ChoiceTables) -> [CapturedColumn] {
        [
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
        ]
    }

    /// The column whose lack refuses a page: a missing flag read as No would
    /// publish what Finance must not post.
    static let skipSyncColumn = "skip_sync"
}
