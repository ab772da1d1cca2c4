import Contracts

extension CapturedTable {
    /// Project contract lines.
    static func contractLines(_ choices: ChoiceTables) -> CapturedTable {
        CapturedTable(
            entitySet: "salesorderdetails", name: "contract_lines",
            columns: [
                .required("salesorderdetailid", "contract_line_id", .id),
                .optional("salesorderdetailname", "name", .text(most: 100)),
                .optional("msdyn_billingmethod", "billing_method", .choice(ChoiceLabels(choices.billingMethod))),
                .lookup("salesorderid", "project_contract_id"),
                .lookup("msdyn_project", "project_id"),
            ])
    }
}
