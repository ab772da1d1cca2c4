import Bus
import Contracts
import Database
import YAML

/// The main account of a posting type, for a project, a contract, a project group, a category, a transaction class or
/// the company (`domain.md` §9.19).
struct PostingAccountRow: SetupRow {
    static let table = "posting_accounts"
    static let section = "posting-accounts"

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

    var entry: SetupEntry {
        .value(
            [Self.section, postingType.rawValue] + relation.place(of: number), "account", .text(mainAccount))
    }
}

extension CompanyReader {
    mutating func readPostingAccounts() throws(YAMLError) {
        for (name, accounts) in try members(PostingAccountRow.section) {
            guard let type = PostingType(rawValue: name) else {
                let known = PostingType.allCases.map(\.rawValue).joined(separator: ", ")
                throw accounts.error("is no posting type; use one of \(known)")
            }
            for (relation, number, account) in try accounts.related([
                .company, .transactionClass, .category, .group, .contract, .project,
            ]) {
                try checkGroup(relation, number, account)
                try checkClass(relation, number, account)
                rows.postingAccounts.append(
                    PostingAccountRow(
                        company: company, postingType: type, relation: relation, number: number,
                        mainAccount: try account.asString()))
            }
        }
        try checkAccrual()
    }

    /// Revenue is accrued only where cost posts to profit and loss (`domain.md` §6.12). No profile posts cost elsewhere, so
    /// that set-up could contradict it only by an account that is both.
    private func checkAccrual() throws(YAMLError) {
        func accounts(_ type: PostingType) -> Set<String> {
            Set(rows.postingAccounts.lazy.filter { $0.postingType == type }.map(\.mainAccount))
        }
        let both = accounts(.cost).intersection(accounts(.wipSalesValue)).sorted()
        guard let account = both.first else { return }
        throw try node.required(PostingAccountRow.section).error(
            "has \(account) as an account of cost and of wip-sales-value: revenue is accrued only where cost posts to "
                + "profit and loss, and what is accrued stands on the balance")
    }

    private func checkClass(_ relation: SetupRelation, _ name: String, _ account: YAMLNode) throws(YAMLError) {
        guard relation == .transactionClass, TransactionClass(rawValue: name) == nil else { return }
        let known = TransactionClass.allCases.map(\.rawValue).joined(separator: ", ")
        throw account.error("is for the class \"\(name)\", which is none: there are \(known)")
    }
}

extension FinanceSetup {
    mutating func takePostingAccounts(_ rows: SetupRows) {
        for row in rows.postingAccounts {
            postingAccounts[row.postingType, default: [:]][row.relation, default: [:]][row.number] = row.mainAccount
        }
    }
}
