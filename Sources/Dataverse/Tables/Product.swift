import Contracts
import Database

/// A product. Finance knows it by its number.
struct Product: CapturedRow {
    static let entitySet = "products"
    static let table = "products"

    var productId: GUID
    var rowVersion: Int
    var number: String

    var id: GUID { productId }

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        Product(
            productId: try column("product_id", row?.productId, .id("productid")),
            rowVersion: try column("row_version", row?.rowVersion),
            number: try column("product_number", row?.number, .identifier("productnumber", most: 100)))
    }
}
