import Bus
import Contracts
import Database
import YAML

/// Billing type to line property (`domain.md` §6.10.7).
struct LinePropertyRow: SetupRow {
    static let table = "line_properties"
    static let section = "line-properties"

    var company: Company
    /// Nil is the billing type *Not specified*, which is stored as an empty text.
    var billingType: BillingType?
    var property: LineProperty

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        let company: Company = try column("data_area_id", row?.company)
        let label: String = try column("billing_type", row.map { $0.billingType?.rawValue ?? "" })
        return LinePropertyRow(
            company: company, billingType: BillingType(rawValue: label),
            property: LineProperty(
                id: try column("line_property_id", row?.property.id),
                name: try column("name", row?.property.name),
                chargeable: try column("chargeable", row?.property.chargeable),
                accruesRevenue: try column("accrue_revenue", row?.property.accruesRevenue)))
    }

    var entry: SetupEntry {
        .keys(
            [Self.section, billingType?.rawValue ?? FinanceSetup.notSpecified],
            [
                "id": .text(property.id), "name": .text(property.name), "chargeable": YAMLValue(property.chargeable),
                "accrue-revenue": YAMLValue(property.accruesRevenue),
            ])
    }
}

extension CompanyReader {
    mutating func readLineProperties() throws(YAMLError) {
        var known: [String: LineProperty] = [:]
        for (label, value) in try members(LinePropertyRow.section) {
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
            rows.lineProperties.append(
                LinePropertyRow(company: company, billingType: billingType, property: property))
        }
    }
}

extension FinanceSetup {
    mutating func takeLineProperties(_ rows: SetupRows) {
        for row in rows.lineProperties { lineProperties[row.billingType] = row.property }
    }
}
