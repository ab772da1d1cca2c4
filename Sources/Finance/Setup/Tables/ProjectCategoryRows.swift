import Bus
import Contracts
import Database
import YAML

struct ProjectCategoryRow: SetupRow {
    static let table = "project_categories"
    static let section = "project-categories"

    var company: Company
    var category: ProjectCategory
    /// Used for an actual of its class that names no category (`domain.md` §6.10.6).
    var isDefault: Bool

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ProjectCategoryRow(
            company: try column("data_area_id", row?.company),
            category: ProjectCategory(
                id: try column("category_id", row?.category.id),
                transactionClass: try column("transaction_class", row?.category.transactionClass),
                itemSalesTaxGroup: try column("item_sales_tax_group", row?.category.itemSalesTaxGroup)),
            isDefault: try column("is_default", row?.isDefault))
    }

    var entry: SetupEntry {
        .keys(
            [Self.section, category.id],
            [
                "class": YAMLValue(category.transactionClass),
                "item-sales-tax-group": .text(orNil: category.itemSalesTaxGroup),
                "default": isDefault ? YAMLValue(true) : nil,
            ])
    }
}

extension CompanyReader {
    mutating func readCategories() throws(YAMLError) {
        var defaults: [TransactionClass: String] = [:]
        for (id, value) in try members(ProjectCategoryRow.section) {
            try value.onlyKeys(["class", "item-sales-tax-group", "default"])
            let category = ProjectCategory(
                id: id, transactionClass: try value.required("class").asLabel(),
                itemSalesTaxGroup: try value.optional("item-sales-tax-group")?
                    .asName(in: itemSalesTaxGroups, of: ItemSalesTaxGroupRow.section))
            let isDefault = try value.optionalBool("default") ?? false
            if isDefault {
                if let other = defaults[category.transactionClass] {
                    throw value.error(
                        "is the second default of \(category.transactionClass.rawValue), after \"\(other)\"")
                }
                defaults[category.transactionClass] = id
            }
            rows.projectCategories.append(
                ProjectCategoryRow(company: company, category: category, isDefault: isDefault))
        }
    }
}

extension FinanceSetup {
    mutating func takeCategories(_ rows: SetupRows) {
        for row in rows.projectCategories {
            categories[row.category.id] = row.category
            if row.isDefault { defaultCategories[row.category.transactionClass] = row.category.id }
        }
    }
}
