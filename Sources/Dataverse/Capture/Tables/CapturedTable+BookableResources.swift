extension CapturedTable {
    /// Bookable resources.
    static let bookableResources = CapturedTable(
        entitySet: "bookableresources", name: "bookable_resources",
        columns: [
            .required("bookableresourceid", "bookable_resource_id", .id),
            .required("name", "name", .text(most: 100)),
        ])
}
