import Bus
import Contracts
import YAML

extension CompanyReader {
    mutating func readSalesTax() throws(YAMLError) {
        var codes: Set<String> = []
        for (code, value) in try members("sales-tax-codes") {
            try value.onlyKeys(["name", "percentage", "included"])
            codes.insert(code)
            tables.append(
                .salesTaxCodes, company, code, try value.optionalString("name") ?? code,
                try value.required("percentage").asDecimal(Percentage.self),
                try value.optionalBool("included") ?? false)
        }
        for (group, value) in try members("sales-tax-groups") {
            salesTaxGroups.insert(group)
            try readGroup(group, value, codes: codes, .salesTaxGroups)
        }
        for (group, value) in try members("item-sales-tax-groups") {
            itemSalesTaxGroups.insert(group)
            try readGroup(group, value, codes: codes, .itemSalesTaxGroups)
        }
        guard let defaults = try node.optionalMapping("sales-tax-group-defaults") else { return }
        try defaults.onlyKeys(["projects", "contracts", "customers"])
        for (key, relation) in [
            ("projects", SetupRelation.project), ("contracts", .contract), ("customers", .customer),
        ] {
            for (number, value) in try defaults.optionalMapping(key)?.entries ?? [] {
                tables.append(
                    .salesTaxGroupDefaults, company, relation.rawValue, number,
                    try value.asName(in: salesTaxGroups, of: "sales-tax-groups"))
            }
        }
    }

    private mutating func readGroup(
        _ group: String, _ value: YAMLNode, codes: Set<String>, _ table: ConfiguredTables.Table
    ) throws(YAMLError) {
        var known: Set<String> = []
        for item in try value.asSequence() {
            let code = try item.asName(in: codes, of: "sales-tax-codes")
            guard known.insert(code).inserted else { throw item.error("names \"\(code)\" a second time") }
            tables.append(table, company, group, code)
        }
    }
}
