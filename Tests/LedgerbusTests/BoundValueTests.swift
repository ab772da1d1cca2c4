import Foundation
import Testing

/// Every value in SQL is bound: what a source puts into the text of a statement is a name of ours, a label or a constant.
struct BoundValueTests {
    /// A text literal of a source that is SQL, and what is put into it.
    private struct Statement {
        let file: String
        let interpolations: [String]
    }

    /// Forms that hold no value: labels of enumerations, lists of columns, constants of a type, names of a table's parts.
    private static var forms: [Regex<Substring>] {
        [
            /[\s\S]*\.sql\)?/, /[\s\S]*[cC]olumnList[\s\S]*/, /[\s\S]*\.parameterList/, /[\s\S]*\.rawValue/,
            /(?:Self|[A-Z]\w*)[\s\S]*/, /(?:table|spool|row|rows|columns?|names|changes|currency|period)(?!\w)[\s\S]*/,
            /(?:sums?|sides|first|list|match|differs|isMissing)\([\s\S]*/, /[\s\S]*\.joined\(separator:[\s\S]*/,
            /connection\.quoted\(.*\)/,
        ]
    }

    /// What was looked at by a person and is no value: names of tables and columns, conditions and numbers of parameters.
    private static let reviewed: Set<String> = Set(
        """
        $0 accruedRevenue actual actualId added amount arriving beginning billedSales candidates changed column
        commandLineSetting company condition conflict corrections date deleted edits from gone id ids invoices
        isAskedFor isBilled isChanged isLike isNewer isOfDetail isPosted key known likeness lines name nothingElse order pair
        position query rowBytes runSetting side sign sql statement transaction1Id type version vouchers wip
        """.split(whereSeparator: \.isWhitespace).map(String.init)
    ).union([
        "$0.name", "$0.column.name", "age", "patience.components.seconds * 1_000", "process",
        // Of the demo's advice, which is no statement.
        "report.bootstrapServers", "report.financeURL", "report.dataverseURL", "report.directory",
        "areReversals ? \"NOT \" : \"\"", "company + 1", "invoiceId + 1", "max(1, timeout.milliseconds)",
        "period == nil ? \"IS NULL AND $2::date IS NULL\" : \"= $2\"",
    ])

    @Test("What stands in the text of a statement is no value")
    func bound() throws {
        let statements = try Self.statements()
        #expect(statements.count > 200, "only \(statements.count) statements were found")
        for statement in statements {
            for text in statement.interpolations where !Self.isNoValue(text) {
                Issue.record(
                    """
                    \(statement.file): \\(\(text)) in SQL: bind it as $n, or, when it is a name or a condition of ours, add it \
                    to the reviewed
                    """)
            }
        }
    }

    @Test("A value in a statement is found", arguments: ["invoiceNumber", "request.reason", "error.message"])
    func found(_ text: String) {
        let source = "let a = \"SELECT 1 FROM t WHERE x = \\(\(text))\""
        #expect(Self.statements(in: source, file: "a").flatMap(\.interpolations) == [text])
        #expect(!Self.isNoValue(text))
    }

    private static func isNoValue(_ text: String) -> Bool {
        reviewed.contains(text) || forms.contains { text.wholeMatch(of: $0) != nil }
    }

    private static func statements() throws -> [Statement] {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Sources").standardizedFileURL
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.flatMap { file in
            statements(in: try String(contentsOf: file, encoding: .utf8), file: file.lastPathComponent)
        }
    }

    private static func statements(in source: String, file: String) -> [Statement] {
        let code = source.replacing(/(?m)^\s*\/\/.*$/, with: "")
        return code.matches(of: /"""([\s\S]*?)"""|"((?:[^"\\\n]|\\\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\\.)*)"/)
            .map { String($0.1 ?? $0.2 ?? "") }
            .filter { $0.contains(sql) }
            .map { Statement(file: file, interpolations: interpolations(of: $0)) }
    }

    private static var sql: Regex<Substring> {
        /\b(?:SELECT |INSERT INTO |DELETE FROM |CREATE (?:TEMP|TABLE|DATABASE)|LOCK TABLE |COPY \S+ |SET LOCAL |ANALYZE |DROP |ALTER |TRUNCATE |FROM \w+ WHERE |UPDATE \S+ (?:AS \w+ )?SET )/
    }

    private static func interpolations(of text: String) -> [String] {
        var found: [String] = []
        var rest = text[...]
        while let start = rest.firstRange(of: "\\(") {
            var depth = 1
            var end = start.upperBound
            while end < rest.endIndex {
                if rest[end] == "(" { depth += 1 }
                if rest[end] == ")" { depth -= 1 }
                if depth == 0 { break }
                end = rest.index(after: end)
            }
            found.append(rest[start.upperBound..<end].trimmingCharacters(in: .whitespacesAndNewlines))
            rest = rest[start.upperBound...]
        }
        return found
    }
}
