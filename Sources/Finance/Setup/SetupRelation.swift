import Bus
import Database
import YAML

/// What a rule is for. Of several that fit, the most specific one holds (`domain.md` §9.19).
enum SetupRelation: String, DatabaseLabel {
    case project
    case contract
    /// A project group.
    case group
    case customer
    case category
    case transactionClass = "class"
    case company
}

// How a set-up file says it: one rule for the company, and the others by number.
extension SetupRelation {
    /// The key under which rules of this kind stand.
    private var key: String {
        switch self {
        case .project: "projects"
        case .contract: "contracts"
        case .group: "groups"
        case .customer: "customers"
        case .category: "categories"
        case .transactionClass: "classes"
        case .company: "company"
        }
    }

    /// The keys under which the rule of a number stands.
    func place(of number: String) -> [String] { self == .company ? [key] : [key, number] }

    /// The rules of a section, each with its number, which is empty for the company.
    fileprivate func rules(of section: YAMLNode) throws(YAMLError) -> [(number: String, rule: YAMLNode)] {
        if self == .company { return try section.optional(key).map { [("", $0)] } ?? [] }
        return try section.optionalMapping(key)?.entries.map { ($0.key, $0.value) } ?? []
    }

    fileprivate static func onlyKeys(_ relations: [SetupRelation], in section: YAMLNode) throws(YAMLError) {
        try section.onlyKeys(relations.map(\.key))
    }
}

extension YAMLNode {
    /// The rules of a section that stand by what they are for.
    ///
    /// - parameter relations: what they may be for.
    func related(
        _ relations: [SetupRelation]
    ) throws(YAMLError) -> [(relation: SetupRelation, number: String, rule: YAMLNode)] {
        try SetupRelation.onlyKeys(relations, in: self)
        var related: [(relation: SetupRelation, number: String, rule: YAMLNode)] = []
        for relation in relations {
            for (number, rule) in try relation.rules(of: self) { related.append((relation, number, rule)) }
        }
        return related
    }
}
