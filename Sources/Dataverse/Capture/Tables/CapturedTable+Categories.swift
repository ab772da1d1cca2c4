extension CapturedTable {
    /// Transaction categories.
    static let categories = CapturedTable(
        entitySet: "msdyn_transactioncategories", name: "categories",
        columns: [
            .required("msdyn_transactioncategoryid", "category_id", .id),
            .required("msdyn_name", "name", .identifier(most: 60)),
        ])
}
