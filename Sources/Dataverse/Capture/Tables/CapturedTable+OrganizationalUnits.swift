extension CapturedTable {
    /// Contracting and resourcing units.
    static func organizationalUnits(_ columns: DataverseConfiguration.Columns) -> CapturedTable {
        CapturedTable(
            entitySet: "msdyn_organizationalunits", name: "organizational_units",
            columns: [
                .required("msdyn_organizationalunitid", "organizational_unit_id", .id),
                .required("msdyn_name", "name", .text(most: 100)),
                .optional(columns.company, "company_id", .id),
            ])
    }
}
