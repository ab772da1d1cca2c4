import Text

extension ReportCell {
    /// The cell as a field of comma-separated values.
    ///
    /// Text that a spreadsheet would take for a formula gets an apostrophe before it, as spreadsheets themselves write
    /// text: what came from outside must not compute. Numbers are written by this program and stay as they are. What a
    /// terminal would act on is escaped, and lines are kept.
    var csvField: String {
        switch self {
        case .empty: ""
        case .number(let number): number
        case .text(let text): Self.quoted(Self.formulaStarts.contains(where: text.hasPrefix) ? "'" + text : text)
        }
    }

    private static let formulaStarts = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]

    private static func quoted(_ text: String) -> String {
        let text = text.escapedLines()
        let isPlain =
            text.utf8.allSatisfy {
                $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\n")
            } && text.first != " " && text.last != " "
        return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}

extension [ReportCell] {
    /// The cells as a record of comma-separated values (RFC 4180), ended as it says.
    var csvRecord: String { map(\.csvField).joined(separator: ",") + "\r\n" }
}
