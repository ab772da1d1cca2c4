import Bus
import Contracts
import Database
import YAML

struct SalesTaxCodeRow: SetupRow {
    static let table = "sales_tax_codes"

    var company: Company
    var code: SalesTaxCode

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        SalesTaxCodeRow(
            company: try column("data_area_id", row?.company),
            code: SalesTaxCode(
                code: try column("sales_tax_code", row?.code.code),
                name: try column("name", row?.code.name),
                percentage: try column("percentage", row?.code.percentage),
                included: try column("included", row?.code.included)))
    }
}

struct SalesTaxGroupRow: SetupRow {
    static let table = "sales_tax_groups"

    var company: Company
    var group: String
    var code: String

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        SalesTaxGroupRow(
            company: try column("data_area_id", row?.company),
            group: try column("sales_tax_group", row?.group),
            code: try column("sales_tax_code", row?.code))
    }
}

struct ItemSalesTaxGroupRow: SetupRow {
    static let table = "item_sales_tax_groups"

    var company: Company
    var group: String
    var code: String

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ItemSalesTaxGroupRow(
            company: try column("data_area_id", row?.company),
            group: try column("item_sales_tax_group", row?.group),
            code: try column("sales_tax_code", row?.code))
    }
}

/// Which billing sales tax group a project, contract or customer has.
struct SalesTaxGroupDefaultRow: SetupRow {
    static let table = "sales_tax_group_defaults"

    var company: Company
    var relation: SetupRelation
    var number: String
    var group: String

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        SalesTaxGroupDefaultRow(
            company: try column("data_area_id", row?.company),
            relation: try column("relation", row?.relation),
            number: try column("number", row?.number),
            group: try column("sales_tax_group", row?.group))
    }
}

extension CompanyReader {
    mutating func readSalesTax() throws(YAMLError) {
        var codes: Set<String> = []
        for (code, value) in try members("sales-tax-codes") {
            try value.onlyKeys(["name", "percentage", "included"])
            codes.insert(code)
            rows.salesTaxCodes.append(
                SalesTaxCodeRow(
                    company: company,
                    code: SalesTaxCode(
                        code: code, name: try value.optionalString("name") ?? code,
                        percentage: try value.required("percentage").asDecimal(),
                        included: try value.optionalBool("included") ?? false)))
        }
        for (group, value) in try members("sales-tax-groups") {
            salesTaxGroups.insert(group)
            for code in try readGroup(value, codes: codes) {
                rows.salesTaxGroups.append(SalesTaxGroupRow(company: company, group: group, code: code))
            }
        }
        for (group, value) in try members("item-sales-tax-groups") {
            itemSalesTaxGroups.insert(group)
            for code in try readGroup(value, codes: codes) {
                rows.itemSalesTaxGroups.append(ItemSalesTaxGroupRow(company: company, group: group, code: code))
            }
        }
        try readSalesTaxGroupDefaults()
    }

    /// The codes of a group.
    private func readGroup(_ value: YAMLNode, codes: Set<String>) throws(YAMLError) -> [String] {
        var group: [String] = []
        for item in try value.asSequence() {
            let code = try item.asName(in: codes, of: "sales-tax-codes")
            guard !group.contains(code) else { throw item.error("names \"\(code)\" a second time") }
            group.append(code)
        }
        return group
    }

    private mutating func readSalesTaxGroupDefaults() throws(YAMLError) {
        guard let defaults = try node.optionalMapping("sales-tax-group-defaults") else { return }
        try defaults.onlyKeys(["projects", "contracts", "customers"])
        for (key, relation) in [
            ("projects", SetupRelation.project), ("contracts", .contract), ("customers", .customer),
        ] {
            for (number, value) in try defaults.optionalMapping(key)?.entries ?? [] {
                rows.salesTaxGroupDefaults.append(
                    SalesTaxGroupDefaultRow(
                        company: company, relation: relation, number: number,
                        group: try value.asName(in: salesTaxGroups, of: "sales-tax-groups")))
            }
        }
    }
}

extension FinanceSetup {
    mutating func takeSalesTax(_ rows: SetupRows) {
        for row in rows.salesTaxCodes { salesTaxCodes[row.code.code] = row.code }
        for row in rows.salesTaxGroups { salesTaxGroups[row.group, default: []].append(row.code) }
        salesTaxGroups = salesTaxGroups.mapValues { $0.sorted() }
        for row in rows.itemSalesTaxGroups { itemSalesTaxGroups[row.group, default: []].insert(row.code) }
        for row in rows.salesTaxGroupDefaults {
            salesTaxGroupDefaults[row.relation, default: [:]][row.number] = row.group
        }
    }
}
