public import YAML

/// A set-up file: companies with all their rules, as `ledgerbus finance configure` takes it.
///
/// Everything is checked when it is read, so that what is applied is whole.
public struct FinanceConfiguration: Sendable {
    /// The companies, in the file's order.
    public private(set) var companies: [Company] = []
    private(set) var rows = SetupRows()

    /// A company of the file.
    public struct Company: Hashable, Sendable {
        public let id: String
        let name: String
        let accountingCurrency: String
        let accountingCurrencyPrecision: Int
        let place: Place
        /// As they are to be at least.
        var sequences: [NumberSequenceStore.Row] = []
    }

    /// Where something stands in the file.
    struct Place: Hashable, Sendable {
        let file: String
        let line: Int

        func error(_ message: String) -> YAMLError { YAMLError(file: file, line: line, message: message) }
    }

    /// Reads a set-up file's bytes, which errors call `file`.
    ///
    /// - throws: `YAMLError` with file and line, at the first thing that is wrong.
    public init(parsing bytes: [UInt8], file: String) throws(YAMLError) {
        let root = try YAML.parse(bytes, file: file)
        try root.onlyKeys(["companies"])
        for (id, node) in try root.mapping("companies").entries {
            var reader = CompanyReader(company: id, node: node, rows: rows)
            companies.append(try reader.read())
            rows = reader.rows
        }
        guard !companies.isEmpty else { throw root.error("names no company") }
    }
}

extension YAMLNode {
    var place: FinanceConfiguration.Place { FinanceConfiguration.Place(file: file, line: line) }
}
