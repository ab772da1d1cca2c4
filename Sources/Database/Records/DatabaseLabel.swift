/// A closed set of meanings that is stored as its labels: the states of a row, a choice.
///
/// SQL takes a label from here, never from a text of its own:
///
/// ```swift
/// "SELECT … FROM integration_journals WHERE status = \(JournalStatus.draft.sql)"
/// ```
public protocol DatabaseLabel: DatabaseValue, RawRepresentable, CaseIterable where RawValue == String {}

extension DatabaseLabel {
    public static var databaseType: DatabaseType { .text }

    public static var placeholder: Self {
        guard let any = allCases.first else { preconditionFailure("\(Self.self) has no meaning at all") }
        return any
    }

    @inlinable
    public func write(to bytes: inout WireBytes) { bytes.append(rawValue) }

    /// - throws: ``DatabaseError`` when the column is null, no text, or holds another label.
    @inlinable
    public init(_ cell: Cell) throws {
        let label = try cell.string()
        guard let meaning = Self(rawValue: label) else {
            throw DatabaseError(
                message: "\(cell.name) holds \"\(label)\", which is no \(Self.self)",
                hint: "was it stored by a newer program?")
        }
        self = meaning
    }

    /// The label as a literal in SQL.
    public var sql: String { "'\(rawValue.replacing("'", with: "''"))'" }
}

extension Sequence where Element: DatabaseLabel {
    /// The labels as literals in SQL, as in `IN (…)`.
    public var sql: String { map(\.sql).joined(separator: ", ") }
}
