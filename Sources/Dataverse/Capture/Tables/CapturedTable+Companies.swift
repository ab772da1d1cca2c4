extension CapturedTable {
    /// Legal entities.
    static let companies = CapturedTable(
        entitySet: "cdm_companies", name: "companies",
        columns: [
            .required("cdm_companyid", "company_id", .id),
            .required("cdm_companycode", "code", .companyCode),
            .optional("cdm_name", "name", .text(most: 100)),
        ])
}
