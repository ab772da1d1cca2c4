import Bus
import Contracts
import Database
import YAML

/// The profiles of a project, a contract, a project group or the company (`domain.md` §6.12, §9.19).
struct AccountingProfileRow: SetupRow {
    static let table = "accounting_profiles"
    static let section = "accounting-profiles"

    var company: Company
    var relation: SetupRelation
    /// Empty for the company.
    var number: String
    /// Nil where a less specific rule says which.
    var timeAndMaterial: TimeAndMaterialProfile?
    var fixedPrice: FixedPriceProfile?

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        AccountingProfileRow(
            company: try column("data_area_id", row?.company),
            relation: try column("relation", row?.relation),
            number: try column("number", row?.number),
            timeAndMaterial: try column("time_and_material", row?.timeAndMaterial),
            fixedPrice: try column("fixed_price", row?.fixedPrice))
    }

    var entry: SetupEntry {
        .keys(
            [Self.section] + relation.place(of: number),
            [
                "time-and-material": timeAndMaterial.map { YAMLValue($0) },
                "fixed-price": fixedPrice.map { YAMLValue($0) },
            ])
    }
}

extension AccountingProfileRow {
    /// Where Finance's own flag *On-account invoicing* sends fixed price (`domain.md` §6.12).
    enum OnAccount: String, CaseIterable {
        /// To *WIP invoiced on-account*: completed contract, and percentage, which differ in estimates alone.
        case balance
        /// To *Invoiced revenue on-account*.
        case profitAndLoss = "profit-and-loss"

        var profile: FixedPriceProfile { self == .balance ? .completedContract : .withoutWIP }
    }

    /// Reads the names of profiles, or the flags of Finance that come to them: *accrue revenue* to with WIP, *on-account
    /// invoicing* to where fixed price goes.
    init(
        _ rule: YAMLNode, company: Company, relation: SetupRelation, number: String
    ) throws(YAMLError) {
        try rule.onlyKeys(["time-and-material", "fixed-price", "accrue-revenue", "on-account"])
        self.init(company: company, relation: relation, number: number)
        if let name = try rule.optional("time-and-material") { timeAndMaterial = try name.asLabel() }
        if let name = try rule.optional("fixed-price") { fixedPrice = try name.asLabel() }
        if let flag = try rule.optional("accrue-revenue") {
            guard timeAndMaterial == nil else { throw flag.error("cannot stand beside time-and-material") }
            timeAndMaterial = try rule.bool("accrue-revenue") ? .withWIP : .withoutWIP
        }
        if let flag = try rule.optional("on-account") {
            guard fixedPrice == nil else { throw flag.error("cannot stand beside fixed-price") }
            fixedPrice = try flag.asLabel(OnAccount.self).profile
        }
        guard timeAndMaterial != nil || fixedPrice != nil else {
            throw rule.error("says no profile: give time-and-material, fixed-price, or both")
        }
    }
}

extension CompanyReader {
    mutating func readAccountingProfiles() throws(YAMLError) {
        guard let profiles = try node.optionalMapping(AccountingProfileRow.section) else { return }
        for (relation, number, profile) in try profiles.related([.company, .group, .contract, .project]) {
            try checkGroup(relation, number, profile)
            rows.accountingProfiles.append(
                try AccountingProfileRow(profile, company: company, relation: relation, number: number))
        }
    }
}

extension FinanceSetup {
    mutating func takeAccountingProfiles(_ rows: SetupRows) {
        for row in rows.accountingProfiles {
            accountingProfiles[row.relation, default: [:]][row.number] = AccountingProfiles(
                timeAndMaterial: row.timeAndMaterial, fixedPrice: row.fixedPrice)
        }
    }
}
