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
        var layout = TableLayout(columns: columns)
        layout.widen(for: rows)
        layout.narrow(to: width)
        return layout.head(isStyled: isStyled) + rows.map { layout.line($0) + "\n" }.joined()
    }
}
