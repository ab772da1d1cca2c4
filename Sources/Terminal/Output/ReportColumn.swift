/// A column of a ``Report``: its title, and what a row and a total have in it.
///
/// JSON does not ask for columns: there a row is what it encodes.
public struct ReportColumn<Row, Total>: Sendable {
    let title: String
    let alignment: Table.Column.Alignment
    let cell: @Sendable (Row) -> ReportCell
    let total: @Sendable (Total) -> ReportCell

    /// Words, numbers of documents, dates and instants (as ISO 8601 has them).
    ///
    /// - parameters:
    ///   - cell: nil for an empty cell.
    ///   - total: what a total has in it; nothing when it is left out.
    public static func text(
        _ title: String, _ cell: @escaping @Sendable (Row) -> String?,
        total: @escaping @Sendable (Total) -> String? = { _ in nil }
    ) -> Self {
        Self(
            title: title, alignment: .left, cell: { ReportCell(cell($0), ReportCell.text) },
            total: { ReportCell(total($0), ReportCell.text) })
    }

    /// Amounts, quantities and rates: exact decimals as they are written with a point and no separators, `-1234.50`.
    public static func decimal(
        _ title: String, _ cell: @escaping @Sendable (Row) -> String?,
        total: @escaping @Sendable (Total) -> String? = { _ in nil }
    ) -> Self {
        Self(
            title: title, alignment: .right, cell: { ReportCell(cell($0), ReportCell.number) },
            total: { ReportCell(total($0), ReportCell.number) })
    }

    /// Whole numbers that count something.
    public static func count(
        _ title: String, _ cell: @escaping @Sendable (Row) -> Int?,
        total: @escaping @Sendable (Total) -> Int? = { _ in nil }
    ) -> Self {
        decimal(title, { cell($0).map(String.init) }, total: { total($0).map(String.init) })
    }
}

/// What stands in one place of a report.
enum ReportCell {
    case empty
    case text(String)
    /// A decimal number without separators.
    case number(String)

    init(_ value: String?, _ make: (String) -> ReportCell) { self = value.map(make) ?? .empty }
}
