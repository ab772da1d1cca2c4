import Contracts

extension CapturedTable {
    /// Contract line milestones (`domain.md` §1.4).
    static func milestones(_ choices: ChoiceTables) -> CapturedTable {
        CapturedTable(
            entitySet: "msdyn_contractlinescheduleofvalues", name: "milestones",
            columns: [
                .required("msdyn_contractlinescheduleofvalueid", "milestone_id", .id),
                .optional("msdyn_name", "name", .text(most: 100)),
                .optional("msdyn_amount", "amount", .money),
                .lookup("msdyn_contractlineid", "contract_line_id"),
                .lookup("msdyn_contract", "project_contract_id"),
                .lookup("msdyn_project", "project_id"),
                .optional(
                    "msdyn_invoicestatus", "invoice_status", .choice(ChoiceLabels(choices.milestoneInvoiceStatus))),
            ])
    }
}
