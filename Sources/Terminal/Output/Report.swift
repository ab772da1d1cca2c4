import Text

/// Rows of any number, and totals under them, as a table for people, as comma-separated values for a spreadsheet, or as
/// JSON for programs. A row is written and forgotten, and nothing of it is cut, however narrow the terminal.
///
///     var report = Report<TrialBalanceLine, TrialBalanceTotal>(
///         columns: [
///             .text("account", { $0.account }, total: { _ in "total" }),
///             .decimal("debit", { $0.debit.description }, total: { $0.debit.description }),
///         ], as: options.format, empty: "Nothing is posted.")
///     try query.forEachLine { try report.append($0) }
///     try report.finish(totals: [total])
///
/// A report without totals is a `Report<Row, Never>`. Its JSON is an array of rows; that of others an object of `rows`
/// and `totals`. Comma-separated values have no totals, so that a spreadsheet adds nothing up twice.
public struct Report<Row: Encodable, Total: Encodable> {
    private let columns: [ReportColumn<Row, Total>]
    private let format: ReportFormat
    private let empty: PrintedText?
    private let isStyled: Bool
    private let write: (String) -> Void

    /// How many rows there were.
    public private(set) var count = 0
    private var layout: TableLayout
    /// Rows of a table whose columns are not as wide as they must be yet.
    private var waiting: [[String]] = []
    /// What is written at once.
    private var buffer = ""

    private static var hasTotals: Bool { Total.self != Never.self }
    /// Columns are as wide as so many rows make them; later ones may widen them, but no row waits longer.
    private static var rowsAtOnce: Int { 1_000 }
    private static var bytesAtOnce: Int { 64 * 1024 }

    /// A report on standard output.
    ///
    /// - parameters:
    ///   - empty: the sentence for people when there is no row; the titles alone when it is left out.
    public init(columns: [ReportColumn<Row, Total>], as format: ReportFormat, empty: PrintedText? = nil) {
        let output = StandardStream.output
        self.init(
            columns: columns, as: format, empty: empty, isStyled: output.isStyled, write: { output.write($0) })
    }

    init(
        columns: [ReportColumn<Row, Total>], as format: ReportFormat, empty: PrintedText? = nil,
        isStyled: Bool = false, write: @escaping (String) -> Void
    ) {
        self.columns = columns
        self.format = format
        self.empty = empty
        self.isStyled = isStyled
        self.write = write
        layout = TableLayout(columns: columns.map { Table.Column($0.title, alignment: $0.alignment) })
        if format == .csv { buffer = columns.map { ReportCell.text($0.title) }.csvRecord }
    }

    /// - throws: `EncodingError` when JSON cannot hold the row.
    public mutating func append(_ row: Row) throws {
        switch format {
        case .text:
            waiting.append(columns.map { $0.cell(row).tableCell })
            count += 1
            if waiting.count == Self.rowsAtOnce { appendTable() }
        case .csv:
            buffer += columns.map { $0.cell(row) }.csvRecord
            count += 1
        case .json:
            buffer += count == 0 ? jsonHead + "\n" : ",\n"
            buffer += jsonIndentation + (try JSONNodeEncoder.encode(row).text(indentation: jsonIndentation))
            count += 1
        }
        if buffer.utf8.count >= Self.bytesAtOnce { flush() }
    }

    /// Ends the report; nothing is appended any more.
    ///
    /// - throws: `EncodingError`.
    public mutating func finish(totals: [Total]) throws {
        switch format {
        case .text: appendEnd(totals)
        case .csv: break
        case .json:
            buffer += count == 0 ? jsonHead : Self.hasTotals ? "\n  " : "\n"
            buffer += Self.hasTotals ? "],\n  \"totals\" : \(try jsonTotals(totals))\n}\n" : "]\n"
        }
        flush()
    }

    private mutating func flush() {
        guard !buffer.isEmpty else { return }
        write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}

extension Report where Total == Never {
    /// Ends a report without totals.
    ///
    /// - throws: `EncodingError`.
    public mutating func finish() throws { try finish(totals: []) }
}

// For people.
extension Report {
    private mutating func appendTable() {
        let isFirst = count == waiting.count
        layout.widen(for: waiting)
        if isFirst { buffer += layout.head(isStyled: isStyled) }
        for row in waiting { buffer += layout.line(row) + "\n" }
        waiting.removeAll(keepingCapacity: true)
    }

    private mutating func appendEnd(_ totals: [Total]) {
        if count == 0, let empty {
            buffer += empty.text + "\n"
            return
        }
        let lines = totals.map { total in columns.map { $0.total(total).tableCell } }
        layout.widen(for: lines)
        if !waiting.isEmpty || count == 0 { appendTable() }
        guard !lines.isEmpty else { return }
        layout.widen(for: lines)
        buffer += layout.rule + "\n"
        for line in lines { buffer += layout.line(line) + "\n" }
    }
}

// For programs.
extension Report {
    private var jsonIndentation: String { Self.hasTotals ? "    " : "  " }
    private var jsonHead: String { Self.hasTotals ? "{\n  \"rows\" : [" : "[" }

    private func jsonTotals(_ totals: [Total]) throws -> String {
        try JSONNodeEncoder.encode(totals).text(indentation: "  ")
    }
}

extension ReportCell {
    /// The cell as a person reads it: on one line, a number with thousands separators.
    fileprivate var tableCell: String {
        switch self {
        case .empty: ""
        case .text(let text): text.escaped
        case .number(let number): number.groupedDecimal.escaped
        }
    }
}
