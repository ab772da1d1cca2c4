extension CapturedTable {
    /// Projects (`domain.md` §1.4).
    static func projects(_ columns: DataverseConfiguration.Columns) -> CapturedTable {
        CapturedTable(
            entitySet: "msdyn_projects", name: "projects",
            columns: [
                .required("msdyn_projectid", "project_id", .id),
                .optional("msdyn_subject", "name", .text(most: 200)),
                .optional(columns.projectNumber, "project_number", .identifier(most: 20)),
                .lookup("msdyn_salesorderid", "project_contract_id"),
                .lookup("msdyn_contractorganizationalunitid", "contracting_unit_id"),
                .optional(columns.company, "company_id", .id),
            ])
    }
}
