import Bus
import Contracts
import YAML

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
        let onAccount: AccountingProfile.OnAccount = try profile.required("on-account").asLabel()
        tables.append(
            .accountingProfiles, company, relation.rawValue, number, try profile.bool("accrue-revenue"),
            onAccount.rawValue)
    }

    mutating func readPostingAccounts() throws(YAMLError) {
        for (name, accounts) in try members("posting-accounts") {
            guard let type = PostingType(rawValue: name) else {
                let known = PostingType.allCases.map(\.rawValue).joined(separator: ", ")
                throw accounts.error("is no posting type; use one of \(known)")
            }
            try accounts.onlyKeys(["company", "categories", "contracts", "projects"])
            if let account = try accounts.optionalString("company") {
                tables.append(.postingAccounts, company, type.rawValue, SetupRelation.company.rawValue, "", account)
            }
            for (key, relation) in [
                ("categories", SetupRelation.category), ("contracts", .contract), ("projects", .project),
            ] {
                for (number, account) in try accounts.optionalMapping(key)?.entries ?? [] {
                    tables.append(
                        .postingAccounts, company, type.rawValue, relation.rawValue, number, try account.asString())
                }
            }
        }
    }

    mutating func readCustomers() throws(YAMLError) {
        for (terms, days) in try members("payment-terms") {
            paymentTerms.insert(terms)
            tables.append(.paymentTerms, company, terms, Int32(try days.asInt(in: 0...3_660)))
        }
        for (account, value) in try members("customers") {
            guard account.count <= 20 else { throw value.error("is longer than the 20 characters that Finance holds") }
            try value.onlyKeys(["name", "payment-terms", "on-hold"])
            tables.append(
                .customers, company, account, try value.string("name"),
                try value.optional("payment-terms")?.asName(in: paymentTerms, of: "payment-terms"),
                try value.optionalBool("on-hold") ?? false)
        }
    }

    func readSequences() throws(YAMLError) -> [FinanceConfiguration.Sequence] {
        var sequences: [FinanceConfiguration.Sequence] = []
        for (name, value) in try members("number-sequences") {
            guard let sequence = NumberSequence(rawValue: name) else {
                let known = NumberSequence.allCases.map(\.rawValue).joined(separator: ", ")
                throw value.error("is no number sequence; use one of \(known)")
            }
            try value.onlyKeys(["prefix", "next", "digits"])
            let digits = try value.optional("digits")?.asInt(in: 1...18) ?? 6
            let prefix = try value.string("prefix")
            guard prefix.count + digits <= 20 else {
                throw value.error("makes numbers of more than the 20 characters that Finance holds")
            }
            sequences.append(
                FinanceConfiguration.Sequence(
                    sequence: sequence, prefix: prefix, next: try value.optional("next")?.asInt(in: 1...Int.max) ?? 1,
                    digits: digits, place: value.place))
        }
        return sequences
    }
}
