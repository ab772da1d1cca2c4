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
            ] + transactionColumns(choices),
            canBeDeleted: true)
    }
}
