import Contracts

extension CapturedTable {
    /// Invoice lines (`domain.md` §2.2).
    static func invoiceLines(_ choices: ChoiceTables) -> CapturedTable {
        CapturedTable(
            entitySet: "invoicedetails", name: "invoice_lines",
            columns: [
                .required("invoicedetailid", "invoice_line_id", .id),
                .lookup("invoiceid", "invoice_id", isRequired: true),
                .lookup("msdyn_project", "project_id"),
                .lookup("salesorderdetailid", "contract_line_id"),
                .optional("msdyn_billingmethod", "billing_method", .choice(ChoiceLabels(choices.billingMethod))),
            ],
            canBeDeleted: true)
    }
}
