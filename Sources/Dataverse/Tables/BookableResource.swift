import Contracts
import Database

/// A bookable resource.
struct BookableResource: CapturedRow {
    static let entitySet = "bookableresources"
    static let table = "bookable_resources"

    var bookableResourceId: GUID
    var rowVersion: Int
    var name: String

    var id: GUID { bookableResourceId }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        BookableResource(
            bookableResourceId: try column(
                "bookable_resource_id", row?.bookableResourceId, .id("bookableresourceid")),
            rowVersion: try column("row_version", row?.rowVersion),
            name: try column("name", row?.name, .text("name", most: 100)))
    }
}
