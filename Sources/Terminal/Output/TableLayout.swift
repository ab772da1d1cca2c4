/// Where the cells of a table stand: its columns, and how wide each is.
struct TableLayout {
    let columns: [Table.Column]
    private(set) var widths: [Int]

    init(columns: [Table.Column]) {
        self.columns = columns
        widths = columns.map(\.title.displayWidth)
    }

    private var total: Int { widths.reduce(0, +) + 2 * max(0, widths.count - 1) }

    /// Makes room for rows.
    mutating func widen(for rows: some Sequence<[String]>) {
        for row in rows {
            for (index, cell) in zip(columns.indices, row) { widths[index] = max(widths[index], cell.displayWidth) }
        }
    }

    /// Takes from the last left-aligned column what a line has more than so many characters.
    mutating func narrow(to width: Int?) {
        guard let width, total > width, let last = columns.lastIndex(where: { $0.alignment == .left }) else { return }
        widths[last] = max(widths[last] - (total - width), min(widths[last], 8))
    }

    /// The titles, and the rule under them.
    func head(isStyled: Bool) -> String {
        let titles = line(columns.map(\.title))
        return (isStyled ? "\u{1B}[1m\(titles)\u{1B}[0m" : titles) + "\n" + rule + "\n"
    }

    /// A line under the titles, or over totals.
    var rule: String { widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ") }

    /// A row, each cell cut to its column's width.
    func line(_ cells: [String]) -> String {
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
