import Bus
import Contracts
import Database
import YAML

struct SalesTaxCodeRow: SetupRow {
    static let table = "sales_tax_codes"
    static let section = "sales-tax-codes"

    var company: Company
    var code: String
    var name: String
    /// Whether amounts contain the tax.
    var included: Bool
    /// The part of the tax that is not deductible, in percent.
    var nonDeductible: Percentage

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        SalesTaxCodeRow(
            company: try column("data_area_id", row?.company),
            code: try column("sales_tax_code", row?.code),
            name: try column("name", row?.name),
            included: try column("included", row?.included),
            nonDeductible: try column("non_deductible", row?.nonDeductible))
    }

    var entry: SetupEntry {
        .keys(
            [Self.section, code],
            [
                "name": .text(name), "included": included ? YAMLValue(true) : nil,
                "non-deductible": nonDeductible == .zero ? nil : YAMLValue(nonDeductible),
            ])
    }
}

/// The rate of a sales tax code for a time.
struct SalesTaxRateRow: SetupRow {
    static let table = "sales_tax_rates"
    static let section = SalesTaxCodeRow.section

    var company: Company
    var code: String
    var validFrom: CalendarDate
    /// The last day; nil when it is valid until further notice.
    var validTo: CalendarDate?
    var percentage: Percentage

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        SalesTaxRateRow(
            company: try column("data_area_id", row?.company),
            code: try column("sales_tax_code", row?.code),
            validFrom: try column("valid_from", row?.validFrom),
            validTo: try column("valid_to", row?.validTo),
            percentage: try column("percentage", row?.percentage))
    }

    var entry: SetupEntry {
        guard validFrom != .first || validTo != nil else {
            return .value([Self.section, code, "percentage"], "percentage", YAMLValue(percentage))
        }
        return .item(
            [Self.section, code, "rates"], key: validFrom.description,
            [
                "from": validFrom == .first ? nil : YAMLValue(validFrom), "to": validTo.map { YAMLValue($0) },
                "percentage": YAMLValue(percentage),
            ])
    }
}

struct SalesTaxGroupRow: SetupRow {
    static let table = "sales_tax_groups"
    static let section = "sales-tax-groups"

    var company: Company
    var group: String
    var code: String

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        SalesTaxGroupRow(
            company: try column("data_area_id", row?.company),
            group: try column("sales_tax_group", row?.group),
            code: try column("sales_tax_code", row?.code))
    }

    var entry: SetupEntry { .name(code, in: [Self.section, group]) }
}

struct ItemSalesTaxGroupRow: SetupRow {
    static let table = "item_sales_tax_groups"
    static let section = "item-sales-tax-groups"

    var company: Company
    var group: String
    var code: String

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        ItemSalesTaxGroupRow(
            company: try column("data_area_id", row?.company),
            group: try column("item_sales_tax_group", row?.group),
            code: try column("sales_tax_code", row?.code))
    }

    var entry: SetupEntry { .name(code, in: [Self.section, group]) }
}

/// Which billing sales tax group a project, contract or customer has.
struct SalesTaxGroupDefaultRow: SetupRow {
    static let table = "sales_tax_group_defaults"
    static let section = "sales-tax-group-defaults"

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

    var entry: SetupEntry { .value([Self.section] + relation.place(of: number), "group", .text(group)) }
}

extension CompanyReader {
    mutating func readSalesTax() throws(YAMLError) {
        var codes: Set<String> = []
        for (code, value) in try members(SalesTaxCodeRow.section) {
            try value.onlyKeys(["name", "percentage", "included", "non-deductible", "rates"])
            codes.insert(code)
            rows.salesTaxCodes.append(
                SalesTaxCodeRow(
                    company: company, code: code, name: try value.optionalString("name") ?? code,
                    included: try value.optionalBool("included") ?? false,
                    nonDeductible: try value.optional("non-deductible")?.asPercentage() ?? .zero))
            rows.salesTaxRates += try readRates(of: code, value)
        }
        for (group, value) in try members(SalesTaxGroupRow.section) {
            salesTaxGroups.insert(group)
            for code in try readGroup(value, codes: codes) {
                rows.salesTaxGroups.append(SalesTaxGroupRow(company: company, group: group, code: code))
            }
        }
        for (group, value) in try members(ItemSalesTaxGroupRow.section) {
            itemSalesTaxGroups.insert(group)
            for code in try readGroup(value, codes: codes) {
                rows.itemSalesTaxGroups.append(ItemSalesTaxGroupRow(company: company, group: group, code: code))
            }
        }
        try readSalesTaxGroupDefaults()
    }

    /// One percentage for ever, or one from a day on, and to another, in a list.
    private func readRates(of code: String, _ value: YAMLNode) throws(YAMLError) -> [SalesTaxRateRow] {
        guard let list = try value.optionalSequence("rates") else {
            return [
                SalesTaxRateRow(
                    company: company, code: code, validFrom: .first,
                    percentage: try value.required("percentage").asPercentage())
            ]
        }
        if let percentage = try value.optional("percentage") {
            throw percentage.error("cannot stand beside rates, which have a percentage each")
        }
        guard !list.isEmpty else { throw value.error("has no rate: rates is empty") }
        var rates: [(row: SalesTaxRateRow, node: YAMLNode)] = []
        for rate in list {
            try rate.onlyKeys(["from", "to", "percentage"])
            let row = SalesTaxRateRow(
                company: company, code: code, validFrom: try rate.optional("from")?.asDate() ?? .first,
                validTo: try rate.optional("to")?.asDate(), percentage: try rate.required("percentage").asPercentage())
            if let validTo = row.validTo, validTo < row.validFrom { throw rate.error("ends before it starts") }
            rates.append((row, rate))
        }
        rates.sort { $0.row.validFrom < $1.row.validFrom }
        for (earlier, later) in zip(rates, rates.dropFirst())
        where earlier.row.validTo.map({ later.row.validFrom <= $0 }) ?? true {
            let end = earlier.row.validTo.map { "to \($0)" } ?? "on"
            throw later.node.error("overlaps the rate from \(earlier.row.validFrom) \(end)")
        }
        return rates.map(\.row)
    }

    /// The codes of a group.
    private func readGroup(_ value: YAMLNode, codes: Set<String>) throws(YAMLError) -> [String] {
        var group: [String] = []
        for item in try value.asSequence() {
            let code = try item.asName(in: codes, of: SalesTaxCodeRow.section)
            guard !group.contains(code) else { throw item.error("names \"\(code)\" a second time") }
            group.append(code)
        }
        return group
    }

    private mutating func readSalesTaxGroupDefaults() throws(YAMLError) {
        guard let defaults = try node.optionalMapping(SalesTaxGroupDefaultRow.section) else { return }
        for (relation, number, value) in try defaults.related([.project, .contract, .customer]) {
            rows.salesTaxGroupDefaults.append(
                SalesTaxGroupDefaultRow(
                    company: company, relation: relation, number: number,
                    group: try value.asName(in: salesTaxGroups, of: SalesTaxGroupRow.section)))
        }
    }
}

extension FinanceSetup {
    mutating func takeSalesTax(_ rows: SetupRows) {
        for row in rows.salesTaxCodes {
            salesTaxCodes[row.code] = DatedSalesTaxCode(
                code: row.code, name: row.name, included: row.included, nonDeductible: row.nonDeductible)
        }
        for row in rows.salesTaxRates.sorted(by: { $0.validFrom < $1.validFrom }) {
            salesTaxCodes[row.code]?.rates.append(
                .init(validFrom: row.validFrom, validTo: row.validTo, percentage: row.percentage))
        }
        for row in rows.salesTaxGroups { salesTaxGroups[row.group, default: []].append(row.code) }
        salesTaxGroups = salesTaxGroups.mapValues { $0.sorted() }
        for row in rows.itemSalesTaxGroups { itemSalesTaxGroups[row.group, default: []].insert(row.code) }
        for row in rows.salesTaxGroupDefaults {
            salesTaxGroupDefaults[row.relation, default: [:]][row.number] = row.group
        }
    }
}
