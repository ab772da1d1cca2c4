import Bus
import Contracts
import Database
import YAML

/// The main account of a posting type, for a project, a contract, a category or the company (`domain.md` §9.19).
struct PostingAccountRow: SetupRow {
    static let table = "posting_accounts"

    var company: Company
    var postingType: PostingType
    var relation: SetupRelation
    /// Empty for the company.
    var number: String
    var mainAccount: String

    static func columns<Coder: ColumnCoder>(_ column: inout Coder, of row: Self?) throws -> Self {
        PostingAccountRow(
            company: try column("data_area_id", row?.company),
            postingType: try column("posting_type", row?.postingType),
            relation: try column("relation", row?.relation),
            number: try column("number", row?.number),
            mainAccount: try column("main_account", row?.mainAccount))
    }
}

extension CompanyReader {
    mutating func readPostingAccounts() throws(YAMLError) {
        for (name, accounts) in try members("posting-accounts") {
            guard let type = PostingType(rawValue: name) else {
                let known = PostingType.allCases.map(\.rawValue).joined(separator: ", ")
                throw accounts.error("is no posting type; use one of \(known)")
            }
            try accounts.onlyKeys(["company", "categories", "contracts", "projects"])
            if let account = try accounts.optionalString("company") { append(type, .company, "", account) }
            for (key, relation) in [
                ("categories", SetupRelation.category), ("contracts", .contract), ("projects", .project),
            ] {
                for (number, account) in try accounts.optionalMapping(key)?.entries ?? [] {
                    append(type, relation, number, try account.asString())
                }
            }
        }
    }

    private mutating func append(
        _ type: PostingType, _ relation: SetupRelation, _ number: String, _ account: String
    ) {
        rows.postingAccounts.append(
            PostingAccountRow(
                company: company, postingType: type, relation: relation, number: number, mainAccount: account))
    }
}

extension FinanceSetup {
    mutating func takePostingAccounts(_ rows: SetupRows) {
        for row in rows.postingAccounts {
            postingAccounts[row.postingType, default: [:]][row.relation, default: [:]][row.number] = row.mainAccount
        }
    }
}
