import Text

/// Rows under titles, for people to read. Titles and cells are escaped, so a cell is on one line.
///
///     var table = Table(columns: ["topic", .number("lag"), "state"])
///     table.append("actual-created", 1500.grouped, "running")
///     table.print()
public struct Table: Sendable {
    public struct Column: Sendable, ExpressibleByStringLiteral {
        public enum Alignment: Sendable {
            case left
            case right
        }

        public let title: String
        public var alignment: Alignment

        public init(_ title: String, alignment: Alignment = .left) {
            self.title = title.escaped
            self.alignment = alignment
        }

        public init(stringLiteral value: String) {
            self.init(value)
        }

        /// A column of numbers, aligned to the right.
        public static func number(_ title: String) -> Column {
            Column(title, alignment: .right)
        }
    }

    public let columns: [Column]
    public private(set) var rows: [[String]] = []

    public init(columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row; cells that are missing at its end are empty.
    public mutating func append(_ cells: String...) {
        append(cells)
    }

    /// Adds a row; cells that are missing at its end are empty, cells beyond the columns are dropped.
    public mutating func append(_ cells: [String]) {
        let row = cells.prefix(columns.count).map(\.escaped)
        rows.append(row + Array(repeating: "", count: columns.count - row.count))
    }

    /// Writes the table to standard output; on a terminal it is made to fit.
    public func print() {
        StandardStream.output.write(
            render(width: StandardStream.output.columns, isStyled: StandardStream.output.isStyled))
    }

    /// The table as text, each line ended.
    ///
    /// - Parameters:
    ///   - width: in characters; a table that is wider has its last left-aligned column cut, with a … at the cut. Not cut when nil.
    ///   - isStyled: whether titles are bold.
    public func render(width: Int? = nil, isStyled: Bool = false) -> String {
        guard !columns.isEmpty else { return "" }
        var widths = columns.indices.map { index in
            max(columns[index].title.displayWidth, rows.lazy.map { $0[index].displayWidth }.max() ?? 0)
        }
        let total = widths.reduce(0, +) + 2 * (widths.count - 1)
        if let width, total > width, let last = columns.lastIndex(where: { $0.alignment == .left }) {
            widths[last] = max(widths[last] - (total - width), min(widths[last], 8))
        }
        let titles = line(columns.map(\.title), widths)
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
        let head = isStyled ? "\u{1B}[1m\(titles)\u{1B}[0m" : titles
        return ([head, rule] + rows.map { line($0, widths) }).map { $0 + "\n" }.joined()
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for index in columns.indices {
            let cell = cells[index].truncated(toWidth: widths[index])
            let padding = String(repeating: " ", count: widths[index] - cell.displayWidth)
            if index > 0 { line += "  " }
            line += columns[index].alignment == .left ? cell + padding : padding + cell
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
