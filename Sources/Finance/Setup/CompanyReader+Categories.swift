import Bus
import Contracts
import YAML

extension CompanyReader {
    mutating func readLineProperties() throws(YAMLError) {
        var known: [String: LineProperty] = [:]
        for (label, value) in try members("line-properties") {
            let billingType = BillingType(rawValue: label)
            guard billingType != nil || label == FinanceSetup.notSpecified else {
                let labels = BillingType.allCases.map(\.rawValue) + [FinanceSetup.notSpecified]
                throw value.error("is no billing type; use one of \(labels.joined(separator: ", "))")
            }
            try value.onlyKeys(["id", "name", "chargeable", "accrue-revenue"])
            let id = try value.string("id")
            let property = LineProperty(
                id: id, name: try value.optionalString("name") ?? id, chargeable: try value.bool("chargeable"),
                accruesRevenue: try value.bool("accrue-revenue"))
            guard known[id] == nil || known[id] == property else {
                throw value.error("says something else of the line property \"\(id)\" than an earlier line")
            }
            known[id] = property
            tables.append(
                .lineProperties, company, billingType?.rawValue ?? "", id, property.name, property.chargeable,
                property.accruesRevenue)
        }
    }

    mutating func readCategories() throws(YAMLError) {
        var defaults: [TransactionClass: String] = [:]
        for (id, value) in try members("project-categories") {
            try value.onlyKeys(["class", "item-sales-tax-group", "default"])
            let transactionClass: TransactionClass = try value.required("class").asLabel()
            let group = try value.optional("item-sales-tax-group")?
                .asName(in: itemSalesTaxGroups, of: "item-sales-tax-groups")
            let isDefault = try value.optionalBool("default") ?? false
            if isDefault {
                if let other = defaults[transactionClass] {
                    throw value.error("is the second default of \(transactionClass.rawValue), after \"\(other)\"")
                }
                defaults[transactionClass] = id
            }
            tables.append(.projectCategories, company, id, transactionClass.rawValue, group, isDefault)
        }
    }
}
