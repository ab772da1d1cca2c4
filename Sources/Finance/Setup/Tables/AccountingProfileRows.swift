import Bus
import Contracts
import Database
import YAML

/// The profiles of a project, a contract or the company (`domain.md` §6.12, §9.19).
struct AccountingProfileRow: SetupRow {
    static let table = "accounting_profiles"
    static let section = "accounting-profiles"

    var company: Company
    var relation: SetupRelation
    /// Empty for the company.
    var number: String
    /// Time and material: with WIP, or without.
    var accruesRevenue: Bool
    /// Fixed price.
    var onAccount: AccountingProfiles.OnAccount

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        AccountingProfileRow(
            company: try column("data_area_id", row?.company),
            relation: try column("relation", row?.relation),
            number: try column("number", row?.number),
            accruesRevenue: try column("accrue_revenue", row?.accruesRevenue),
            onAccount: try column("on_account", row?.onAccount))
    }

    var entry: SetupEntry {
        .keys(
            [Self.section] + relation.place(of: number),
            ["accrue-revenue": YAMLValue(accruesRevenue), "on-account": YAMLValue(onAccount)])
    }
}

extension CompanyReader {
    mutating func readAccountingProfiles() throws(YAMLError) {
        guard let profiles = try node.optionalMapping(AccountingProfileRow.section) else { return }
        for (relation, number, profile) in try profiles.related([.company, .contract, .project]) {
            try append(profile, relation, number)
        }
    }

    private mutating func append(
        _ profile: YAMLNode, _ relation: SetupRelation, _ number: String
    ) throws(YAMLError) {
        try profile.onlyKeys(["accrue-revenue", "on-account"])
        rows.accountingProfiles.append(
            AccountingProfileRow(
                company: company, relation: relation, number: number,
                accruesRevenue: try profile.bool("accrue-revenue"),
                onAccount: try profile.required("on-account").asLabel()))
    }
}

extension FinanceSetup {
    mutating func takeAccountingProfiles(_ rows: SetupRows) {
        for row in rows.accountingProfiles {
            accountingProfiles[row.relation, default: [:]][row.number] = AccountingProfiles(
                accruesRevenue: row.accruesRevenue, onAccount: row.onAccount)
        }
    }
}
