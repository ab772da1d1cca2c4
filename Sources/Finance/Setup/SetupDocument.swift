import Contracts
public import YAML

extension FinanceConfiguration {
    /// The set-up as a set-up file says it: applying it to where it came from changes nothing.
    public var document: YAMLValue {
        let companies = sections.map { section in
            var document = SetupDocument()
            for entry in section.entries { document.add(entry) }
            document.addGroups(named: section.rows)
            return YAMLValue.Member(section.company.rawValue, .mapping(document.members))
        }
        return .mapping([.init("companies", .mapping(companies))])
    }
}

/// The keys of a company in a set-up file, put together of its rows.
private struct SetupDocument {
    private var root = Node()

    /// A mapping or a list in the making.
    private final class Node {
        var keys: [String] = []
        var nodes: [String: Node] = [:]
        var items: [YAMLValue]?
        var value: YAMLValue?

        /// What stands under a key, which is added when it is not there.
        func node(_ key: String) -> Node {
            if let known = nodes[key] { return known }
            let node = Node()
            keys.append(key)
            nodes[key] = node
            return node
        }

        func node(at place: some Sequence<String>) -> Node { place.reduce(self) { $0.node($1) } }
    }

    mutating func add(_ entry: SetupEntry) {
        switch entry.form {
        case .keys:
            let node = root.node(at: entry.place)
            for field in entry.fields { node.node(field.name).value = field.value }
        case .value: root.node(at: entry.place).value = entry.fields.first?.value
        case .item: append(.row(entry.fields.map { .init($0.name, $0.value) }), to: entry.place.dropLast())
        case .name: entry.place.last.map { append(.text($0), to: entry.place.dropLast()) }
        }
    }

    private func append(_ item: YAMLValue, to list: some Sequence<String>) {
        root.node(at: list).items = (root.node(at: list).items ?? []) + [item]
    }

    /// Names the groups without members that other rules name: no row is theirs.
    mutating func addGroups(named rows: SetupRows) {
        for row in rows.salesTaxGroupDefaults { addGroup(row.group, to: SalesTaxGroupRow.section) }
        for row in rows.projectCategories { addGroup(row.category.itemSalesTaxGroup, to: ItemSalesTaxGroupRow.section) }
        for row in rows.accountingProfiles where row.relation == .group {
            addGroup(row.number, to: ProjectGroupRow.section)
        }
        for row in rows.postingAccounts where row.relation == .group {
            addGroup(row.number, to: ProjectGroupRow.section)
        }
        for row in rows.releasedProducts { addGroup(row.itemSalesTaxGroup, to: ItemSalesTaxGroupRow.section) }
        for row in rows.parameters {
            addGroup(row.parameters.milestoneItemSalesTaxGroup, to: ItemSalesTaxGroupRow.section)
            addGroup(row.parameters.retainerItemSalesTaxGroup, to: ItemSalesTaxGroupRow.section)
        }
    }

    private func addGroup(_ group: String?, to section: String) {
        guard let group else { return }
        let node = root.node(section).node(group)
        node.items = node.items ?? []
    }

    var members: [YAMLValue.Member] { Self.members(root, level: 0) }

    private static func members(_ node: Node, level: Int) -> [YAMLValue.Member] {
        node.keys.compactMap { key in node.nodes[key].map { .init(key, value($0, level: level + 1)) } }
    }

    /// Rows are short, and stand on one line each; sections do not.
    private static func value(_ node: Node, level: Int) -> YAMLValue {
        if let value = node.value { return value }
        if let items = node.items { return .sequence(items) }
        let members = members(node, level: level)
        let isRow = level > 1 && members.count <= 8 && node.nodes.values.allSatisfy { $0.value != nil }
        return isRow ? .row(members) : .mapping(members)
    }
}
