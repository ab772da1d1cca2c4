import Contracts
public import YAML

/// A set-up file: companies with all their rules, as `ledgerbus finance configure` takes it and `ledgerbus finance
/// export` writes it.
///
/// Everything is checked when it is read, so that what is applied is whole.
public struct FinanceConfiguration: Sendable {
    /// The companies, in the file's order.
    private(set) var sections: [Section] = []

    /// A company with its rules.
    struct Section: Sendable {
        var row: SetupStore.CompanyRow
        var sequences: [NumberSequenceSetting] = []
        var rows = SetupRows()
        /// Where the company stands in the file; nil when it comes from the database.
        var place: Place?

        var company: Company { row.id }
    }

    /// Where something stands in the file.
    struct Place: Hashable, Sendable {
        let file: String
        let line: Int

        func error(_ message: String) -> YAMLError { YAMLError(file: file, line: line, message: message) }
    }

    init(sections: [Section]) { self.sections = sections }

    /// Reads a set-up file's bytes, which errors call `file`.
    ///
    /// - throws: `YAMLError` with file and line, at the first thing that is wrong.
    public init(parsing bytes: [UInt8], file: String) throws(YAMLError) {
        let root = try YAML.parse(bytes, file: file)
        try root.onlyKeys(["companies"])
        for (id, node) in try root.mapping("companies").entries {
            var reader = CompanyReader(company: try Self.company(id, node), node: node)
            sections.append(try reader.read())
        }
        guard !sections.isEmpty else { throw root.error("names no company") }
    }

    private static func company(_ id: String, _ node: YAMLNode) throws(YAMLError) -> Company {
        guard let company = Company(id), company.rawValue == id else {
            throw node.error("must be a company: one to four letters or digits, in lower case")
        }
        return company
    }
}

extension FinanceConfiguration.Section {
    /// All that the company has, as a set-up file says it.
    var entries: [SetupEntry] { [row.entry] + sequences.map(\.entry) + rows.entries }

    /// What an invoice has to say of who invoices, and the set-up does not (directive 2006/112/EC, article 226).
    var warnings: [String] {
        let entity = rows.legalEntity.first
        let missing = [("address", entity?.address), ("tax-number", entity?.taxNumber)].filter { $0.1 == nil }.map(\.0)
        guard !missing.isEmpty else { return [] }
        return [
            "company \(company) has no \(missing.joined(separator: " and no ")) in \(LegalEntityRow.section): its "
                + "invoices are printed without"
        ]
    }
}

extension YAMLNode {
    var place: FinanceConfiguration.Place { FinanceConfiguration.Place(file: file, line: line) }
}
