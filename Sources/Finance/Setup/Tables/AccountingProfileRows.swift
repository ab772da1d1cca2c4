import Bus
import Contracts
import Database
import YAML

/// The profiles of a project, a contract or the company (`domain.md` §6.12, §9.19).
struct AccountingProfileRow: SetupRow {
    static let table = "accounting_profiles"

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
}

extension CompanyReader {
    mutating func readAccountingProfiles() throws(YAMLError) {
        guard let profiles = try node.optionalMapping("accounting-profiles") else { return }
        try profiles.onlyKeys(["company", "contracts", "projects"])
        if let profile = try profiles.optional("company") { try append(profile, .company, "") }
        for (number, profile) in try profiles.optionalMapping("contracts")?.entries ?? [] {
            try append(profile, .contract, number)
        }
        for (number, profile) in try profiles.optionalMapping("projects")?.entries ?? [] {
            try append(profile, .project, number)
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
