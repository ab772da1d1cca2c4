import Bus
import Contracts
import Database
import YAML

/// A product that the company has released, with the item sales tax group of material that is of it (`domain.md` §6.13).
struct ReleasedProductRow: SetupRow {
    static let table = "released_products"
    static let section = "released-products"

    var company: Company
    var productNumber: String
    var itemSalesTaxGroup: String

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ReleasedProductRow(
            company: try column("data_area_id", row?.company),
            productNumber: try column("product_number", row?.productNumber),
            itemSalesTaxGroup: try column("item_sales_tax_group", row?.itemSalesTaxGroup))
    }

    var entry: SetupEntry {
        .value([Self.section, productNumber], "item-sales-tax-group", .text(itemSalesTaxGroup))
    }
}

extension CompanyReader {
    mutating func readReleasedProducts() throws(YAMLError) {
        for (number, value) in try members(ReleasedProductRow.section) {
            rows.releasedProducts.append(
                ReleasedProductRow(
                    company: company, productNumber: number,
                    itemSalesTaxGroup: try value.asName(in: itemSalesTaxGroups, of: ItemSalesTaxGroupRow.section)))
        }
    }
}

extension FinanceSetup {
    mutating func takeReleasedProducts(_ rows: SetupRows) {
        for row in rows.releasedProducts { releasedProducts[row.productNumber] = row.itemSalesTaxGroup }
    }
}
