import Contracts
import Database

/// A transaction category. Finance knows it by its name.
struct Category: CapturedRow {
    static let entitySet = "msdyn_transactioncategories"
    static let table = "categories"

    var categoryId: GUID
    var rowVersion: Int
    var name: String

    var id: GUID { categoryId }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        Category(
            categoryId: try column("category_id", row?.categoryId, .id("msdyn_transactioncategoryid")),
            rowVersion: try column("row_version", row?.rowVersion),
            name: try column("name", row?.name, .identifier("msdyn_name", most: 60)))
    }
}
